"""A plan in the words of a language: what every shell shows of it (`sojourn.papers.journey`)."""

from collections.abc import Iterator, Sequence
from datetime import date

from sojourn.dossier.applies import Answer, Applies, procedure_of
from sojourn.dossier.errands import Errand, Fetch
from sojourn.dossier.events import SHAPES, Kind
from sojourn.dossier.fees import FeeDue
from sojourn.dossier.filing import PlaceFound
from sojourn.dossier.milestones import Milestone
from sojourn.dossier.plan import ClockRun, Plan, Route
from sojourn.dossier.race import RaceRun, limit_on
from sojourn.dossier.time_limit import Computation
from sojourn.law.limits import Limit
from sojourn.law.model import Cite, Entry, Pathway
from sojourn.law.procedure import Account, Appeal, Line, Notice
from sojourn.law.procedure import Procedure as Lines
from sojourn.papers import journey as j
from sojourn.papers.codes import payment_text
from sojourn.papers.page import CLOSE, OPEN, blank
from sojourn.values.calendar import why_no_working_day
from sojourn.values.money import Money
from sojourn.values.verdict import Result
from sojourn.words.findings import GRADES, HEADINGS, heading, source_line, verdict
from sojourn.words.language import Words
from sojourn.words.limits import REST_DAYS, SAFE_DAYS, length_text, step_text
from sojourn.words.payment import nationalities
from sojourn.words.sheets import capital, seal_text

SILENCE = {
    "granted": "Silence counts as a grant.",
    "nothing": "Silence has no effect: nothing is granted and nothing refused.",
    "refused": "Silence counts as a refusal.",
    "may-refuse": "If you let it pass, the application may be rejected.",
    "as-advised": "Silence follows the advice; without advice it counts as a refusal.",
    "inadmissible": "If you let it pass, the application is inadmissible.",
    "none-known": "No source says what silence means.",
}
WARNINGS = {
    "timing": "Mind the time",
    "disputed": "Disputed",
    "practice": "In practice",
    "ask-first": "Ask first",
    "inadmissible": "Else it is inadmissible",
    "work": "Do not start before the grant",
}
PER = {
    "application": "for each application",
    "person": "for each person",
    "year-of-validity": "for each year of validity",
    "card": "for each card",
}
DUE = {
    "before-filing": "before you file",
    "at-filing": "when you file",
    "after-grant": "after the grant",
    "at-registration": "when you register",
}
PAYER = {"applicant": "You pay it yourself.", "anyone": "Anybody may pay it for you."}
BOUNDS = {
    "on": "{day}",
    "by": "by {day} at the latest",
    "until": "until {day} at the latest",
    "not-before": "from {day} at the earliest",
}
ASSUMES = {
    "starts-with-filing": "if the file is declared admissible on the filing day; each day later moves it",
    "decided-on-last-day": "if the decision comes on its last day",
    "valid-from-decision": "if the card is valid from that day",
    "valid-for-most-years": "if it is given for the longest time the law allows",
    "stay-begins-with-filing": "if your lawful residence in Belgium begins on the filing day; a later start moves it, "
    "an earlier one brings it nearer",
}
_KEY_STEPS = frozenset({"event", "last", "back", "stays-within", "stated"})
_AFTER_GRANT = frozenset({"collection", "registration", "title", "validity", "renewal"})


def journey(w: Words, plan: Plan, payer: j.Payer | None = None) -> j.Journey:
    """Return the plan in words. payer: for the messages of payments; what is not known of them becomes a blank."""
    return _Teller(w, plan, payer or j.Payer()).told()


class _Teller:
    def __init__(self, w: Words, plan: Plan, payer: j.Payer) -> None:
        self.w, self.plan, self.payer = w, plan, payer
        self.pathway: Pathway = w.law.pathways[plan.pathway]
        self.lines: Lines = procedure_of(w.law, plan.pathway)

    def told(self) -> j.Journey:
        w, plan = self.w, self.plan
        finding = plan.filing.finding
        return j.Journey(
            pathway=plan.pathway,
            language=w.language,
            title=w.line(self.pathway, "title"),
            filing_day=plan.filing_day,
            today=plan.today,
            result=finding.result.value,
            heading=heading(w, finding),
            concerns=not finding.gate_fails and finding.result is not Result.NOT_NEEDED,
            notes=tuple(self.about_the_day()),
            filings=tuple(self.filings()),
            obstacles=tuple(self.obstacles()),
            doors=tuple(j.Point(id, w.line(w.law.pathways[id], "title")) for id in finding.instead),
            races=tuple(map(self.race, plan.races)),
            routes=tuple(map(self.route, plan.routes)),
            errands=tuple(self.errand(n, e) for n, e in enumerate(plan.errands, 1)),
            languages=tuple(self.languages()),
            weighs=tuple(self.weighs()),
            fees=tuple(self.fee(x) for x in plan.fees.due if x.status is not Answer.NO),
            totals=tuple(self.totals()),
            clocks=tuple(map(self.clock, plan.clocks)),
            appeals=tuple(self.appeal(a, answer) for a, answer in plan.course.appeals if self.first_time(a.stage)),
            timeline=tuple(map(self.moment, plan.timeline)),
            missing=tuple(j.Point(id, capital(w.fact(id))) for id in plan.missing),
            not_modelled=tuple(
                w.step(self.lines, f"not_modelled.{n}") for n, _ in enumerate(self.lines.not_modelled)
            ),
            law=w.say("Law read until {day}; version {digest}.", day=w.day(w.law.read_until), digest=w.law.digest[:12]),
        )  # fmt: skip

    def about_the_day(self) -> Iterator[str]:
        w, filed = self.w, self.plan.filing_day
        if filed < self.plan.today:
            yield w.say("This filing day has passed.")
        if why := why_no_working_day(filed):
            yield w.say("The filing day is {why}: most desks are closed then.", why=w.say(REST_DAYS[why]))

    # -- where, and what stands in the way -------------------------------------------------------------------------

    def origin(self, cite: Cite) -> j.Origin:
        source = self.w.law.sources[cite.source]
        line, grade = source_line(self.w, cite), self.w.say(GRADES[cite.grade])
        return j.Origin(cite.source, source.title, cite.at, line, cite.grade, grade, source.url or "", source.read)

    def point(self, line: Line, notes: Sequence[str] = ()) -> j.Point:
        return j.Point(line.id, self.w.step(self.lines, line.key), self.origin(line.cite), tuple(notes))

    def warning(self, notice: Notice, answer: Applies) -> j.Point:
        w = self.w
        says = w.say("{title}: {text}", title=w.say(WARNINGS[notice.kind]), text=w.step(self.lines, notice.key))
        return j.Point(notice.id, says, self.origin(notice.cite), tuple(self.unsure(answer)), notice.kind)

    def stage(self, id: str) -> str:
        return self.w.step(self.lines, next(s.key for s in self.lines.stages if s.id == id))

    def first_time(self, stage: str) -> bool:
        return any(s.id == stage for s, _ in self.plan.filing.stages)

    def unsure(self, answer: Applies) -> list[str]:
        """Return what would tell whether a line concerns the person; nothing where it does."""
        w = self.w
        if answer.answer is not Answer.UNKNOWN:
            return []
        told = [w.say("It depends on: {facts}", facts=", ".join(map(w.fact, answer.missing)))] if answer.missing else []
        return told or [w.say("Whether this concerns you, no source tells; ask first.")]

    def filings(self) -> Iterator[j.Filing]:
        for stage, answer in self.plan.filing.stages:
            later = any(self.first_time(id) for id in stage.after)
            yield j.Filing(
                stage.id,
                self.w.step(self.lines, stage.key),
                answer.answer.value,
                self.w.helper(stage.at),
                None if later else self.plan.filing_day,
                tuple(self.spot(x) for x in self.plan.filing.places[stage.id] if x.answer is not Answer.NO),
                tuple(self.warning(x, a) for x, a in self.plan.filing.warnings if x.stage == stage.id),
            )

    def spot(self, x: PlaceFound) -> j.Spot:
        why = None
        if x.channel is not None:
            entry = x.channel.entry
            why = j.Point(
                entry.id, self.w.line(self.pathway, entry.id), self.origin(entry.cite_on(self.plan.filing_day))
            )
        place = x.place
        return j.Spot(place.id, self.w.step(self.lines, place.key), x.answer.value, why, self.origin(place.cite))

    def obstacles(self) -> Iterator[j.Point]:
        for reason in self.plan.filing.obstacles:
            says = self.w.line(self.pathway, reason.entry.id)
            if self.plan.filing.finding.result is not Result.NOT_NEEDED:
                says += f" — {verdict(self.w, reason)}"
            yield j.Point(reason.entry.id, says, self.origin(reason.entry.cite_on(self.plan.filing_day)))

    def weighs(self) -> Iterator[j.Weigher]:
        finding, w = self.plan.filing.finding, self.w
        by: dict[str, list[Entry]] = {}
        for entry in finding.weighs:
            for who in dict.fromkeys(point.by for point in finding.weighed.get(entry.id, ())) or ("",):
                by.setdefault(who, []).append(entry)
        for who, entries in by.items():
            points = []
            for entry in entries:
                shown = dict.fromkeys(x for p in finding.weighed.get(entry.id, ()) if p.by == who for x in p.shown_by)
                notes = [w.say("Shown with: {evidence}", evidence=", ".join(map(w.evidence, shown)))] if shown else []
                says = w.line(self.pathway, entry.id)
                points.append(j.Point(entry.id, says, self.origin(entry.cite_on(self.plan.filing_day)), tuple(notes)))
            yield j.Weigher(w.helper(who) if who else w.say("the authority"), tuple(points))

    # -- the race against the clock --------------------------------------------------------------------------------

    def race(self, r: RaceRun) -> j.RaceTold:
        steps = [*self.counted(r.goal), *self.counted(r.end)]
        return j.RaceTold(
            r.race.id,
            self.w.step(self.lines, r.race.key),
            r.state,
            r.reached,
            r.ends,
            r.started_by,
            r.file_by,
            tuple(self.race_told(r)),
            tuple(steps),
            self.origin(r.race.cite),
        )

    def race_told(self, r: RaceRun) -> Iterator[str]:
        w = self.w
        starts_later = r.goal is not None and "filed" not in r.goal.limit.events
        if r.reached and r.race.months is not None:
            yield w.say("It must last until {day}.", day=w.weekday(r.reached))
        elif r.reached and starts_later:
            yield w.say(
                "Even if the file is declared admissible on the filing day, the decision may come as late as {day}.",
                day=w.weekday(r.reached),
            )
        elif r.reached:
            yield w.say("The decision may come as late as {day}.", day=w.weekday(r.reached))
        if r.ends:
            if r.end:
                limit = r.end.limit
                lasts = w.say(SAFE_DAYS["lasts"], day=w.weekday(r.ends))
                yield f"{w.limit(limit.text_id, limit.says)}. {lasts}."
            else:
                yield w.say("{what}: {day}.", what=capital(w.fact(r.race.fact)), day=w.weekday(r.ends))
        if r.state == "unknown":
            yield w.say("Not known yet: {facts}", facts=", ".join(map(w.fact, r.missing)) or w.say("the time it takes"))
        elif r.state == "may-fail" and r.file_by:
            yield w.say("So this plan can fail. Filed by {day} at the latest, it would hold.", day=w.weekday(r.file_by))
        elif r.state == "may-fail":
            yield w.say("So this plan can fail, and no filing day from today on changes that.")
        elif r.started_by:
            day = w.weekday(r.started_by)
            yield w.say("So it holds, if the file is declared admissible by {day} at the latest.", day=day)
        else:
            yield w.say("So it holds.")

    def counted(self, c: Computation | None) -> list[str]:
        """Return how a day was counted, by the reading that gives the safe day."""
        if c is None or not c.readings:
            return []
        first = next((r for r in c.readings if r.last_day == c.safe_day), c.readings[0])
        return [step_text(self.w, step) for step in (*first.steps, *c.steps)]

    def key_step(self, c: Computation | None) -> str:
        """Return from which day the safe reading counts, and the one step that gives its last day."""
        if c is None or not c.readings:
            return ""
        first = next((r for r in c.readings if r.last_day == c.safe_day), c.readings[0])
        return "; ".join(step_text(self.w, x) for x in first.steps if x.kind in _KEY_STEPS)

    def route(self, route: Route) -> j.RouteTold:
        other = _Teller(self.w, route.plan, self.payer)
        place = next(p for p in self.lines.filing if p.id == route.race.instead)
        return j.RouteTold(
            place.id,
            self.w.step(self.lines, place.key),
            route.works,
            self.w.say(HEADINGS[route.plan.filing.finding.result]),
            tuple(other.stage(s.id) for s, a in route.plan.filing.stages if a.answer is Answer.YES),
            tuple(other.short_fee(x) for x in route.plan.fees.due if x.status is Answer.YES),
            tuple(
                other.warning(x, a)
                for x, a in route.plan.filing.warnings
                if a.answer is Answer.YES and x.stage != route.race.stage
            ),
            tuple(capital(self.w.fact(id)) for id in route.plan.missing),
        )

    def short_fee(self, due: FeeDue) -> str:
        return f"{self.w.step(self.lines, due.fee.key)} {self.amount(due)[0] or self.w.say('amount unknown')}"

    # -- papers ----------------------------------------------------------------------------------------------------

    def errand(self, number: int, e: Errand) -> j.Errand:
        r, w = e.requirement, self.w
        answers = [p.applies for p in r.papers]
        sure = next((a.answer for a in answers if a.answer is Answer.YES), Answer.UNKNOWN)
        tells = dict.fromkeys(id for a in answers for id in a.missing) if sure is Answer.UNKNOWN else {}
        proves = tuple(j.Point(id, w.line(self.pathway, id)) for id in r.proves)
        return j.Errand(
            number, r.stage, r.need, sure.value, tuple(map(w.fact, tells)), proves, tuple(map(self.paper, e.fetches))
        )

    def paper(self, f: Fetch) -> j.Paper:
        w, d = self.w, f.paper.document
        rule = f.paper.languages
        return j.Paper(
            id=d.id,
            title=capital(w.evidence(d.id)),
            says=w.step(self.lines, d.key),
            issuer=w.step(self.lines, f"{d.key}.issuer") if d.issuer else "",
            oldest=f.paper.oldest,
            in_hand_by=f.in_hand_by,
            request_by=f.request_by,
            late=f.late,
            held=f.held,
            held_until=f.held_until,
            too_old=f.too_old,
            oldest_if_late=f.oldest_if_late,
            translation=f.paper.translation,
            languages=rule.accepted if rule and f.paper.translation != "none" else (),
            seals=tuple(j.Seal(x.country or "", x.seal.value, seal_text(w, x)) for x in f.paper.sealing),
            tasks=f.tasks,
            notes=tuple(self.notes(f)),
            origin=self.origin(d.cite),
        )

    def notes(self, f: Fetch) -> Iterator[str]:
        w, d = self.w, f.paper.document
        if d.issuer:
            yield w.say("Issued by: {issuer}", issuer=w.step(self.lines, f"{d.key}.issuer"))
        if f.paper.oldest:
            yield w.say("Issued on {day} or later.", day=w.day(f.paper.oldest))
        elif d.max_age:
            yield w.say("Fetch it when its filing day is near: it may not be old by then.")
        if f.oldest_if_late:
            day = w.day(f.oldest_if_late)
            yield w.say("If the decision before it takes all its time, issued on {day} or later.", day=day)
        if f.held and f.held_until:
            yield self.at_hand(f, f.held, f.held_until)
        yield from (text for x in f.paper.sealing if (text := seal_text(w, x)))
        if "translate" in f.tasks and f.paper.languages:
            if f.paper.translation == "sworn":
                yield w.say("With a sworn translation, unless in an accepted language.")
            else:
                yield w.say("With a translation, unless in an accepted language.")
        if f.in_hand_by and f.paper.document.max_age is not None and not f.request_by:
            yield w.say("No source says how long the issuer takes; ask for it early.")
        if f.request_by:
            yield w.say("Ask for it by {day} at the latest.", day=w.weekday(f.request_by))
        if f.late:
            yield w.say("That day has passed: ask at once, or file later.")

    def at_hand(self, f: Fetch, held: date, until: date) -> str:
        w = self.w
        if f.too_old:
            return w.say("The one of {day} is too old by then: fetch a new one.", day=w.day(held))
        return w.say("The one of {day} may be filed until {until}.", day=w.day(held), until=w.weekday(until))

    def languages(self) -> Iterator[j.Point]:
        for x in self.lines.languages:
            if self.plan.filing_day in x.period and any(self.first_time(s) for s in x.stages):
                yield self.point(x)

    # -- money -----------------------------------------------------------------------------------------------------

    def amount(self, due: FeeDue) -> tuple[str, str]:
        """Return the amount in words, and the last known one where no source gives it."""
        w, worth = self.w, due.worth
        if worth.low is None or worth.high is None:
            last = due.last_known
            return "", w.money(last.low) if last is not None and last.low is not None else ""
        ends = " – ".join(dict.fromkeys((w.money(worth.low), w.money(worth.high))))
        return f"{ends} {w.say(PER[due.fee.per])}", ""

    def fee(self, due: FeeDue) -> j.Fee:
        w, fee, worth = self.w, due.fee, due.worth
        words, last = self.amount(due)
        account = fee.account
        when = w.say(DUE[fee.due])
        if due.pay_by:
            when += f": {w.say('by {day} at the latest', day=w.weekday(due.pay_by))}"
        return j.Fee(
            id=fee.id,
            stage=fee.stage,
            says=w.step(self.lines, fee.key),
            sure=due.status.value,
            low=_euros(worth.low),
            high=_euros(worth.high),
            last=_euros(due.last_known.low if due.last_known else None),
            per=fee.per,
            due=fee.due,
            pay_by=due.pay_by,
            amount=words or self.unknown(last),
            when=when,
            payer=w.say(PAYER[fee.paid_by]),
            account=_grouped(account.iban) if account else "",
            beneficiary=account.beneficiary if account else "",
            message=self.message(account) if account else "",
            code=self.code(due, account) if account and due.pay_by else None,
            later=self.later(due),
            notes=tuple(self.fee_notes(due)),
            origin=self.origin(worth.cite or fee.cite),
        )

    def unknown(self, last: str) -> str:
        w = self.w
        text = w.say("No source gives the amount for that day.")
        return f"{text} {w.say('The last one known: {amount}.', amount=last)}" if last else text

    def later(self, due: FeeDue) -> str:
        then = self.plan.later(due.fee.id)
        if then is None or self.plan.decision is None:
            return ""
        words, last = self.amount(then)
        day = self.w.day(self.plan.decision[1].safe_day or self.plan.filing_day)
        return self.w.say("If you pay it only on {day}: {amount}", day=day, amount=words or self.unknown(last))

    def fee_notes(self, due: FeeDue) -> Iterator[str]:
        w = self.w
        if due.fee.account and not due.fee.account.beneficiary:
            yield w.say("No source names the holder of the account, so no payment code can be made.")
        if due.worth.cite and due.worth.cite.grade == "derived":
            yield w.say("This amount is computed, not published: check it on the page of the authority before you pay.")
        if due.status is Answer.UNKNOWN:
            yield from self.unsure(due.applies)
        for line, answer in due.exempt:
            yield " ".join([w.step(self.lines, line.key), *self.unsure(answer)])

    def message(self, account: Account) -> str:
        w, p = self.w, self.payer
        return account.message.format(
            family_name=p.family_name or blank(w.say("family name")),
            given_names=p.given_names or blank(w.say("given names")),
            nationality=self.nationality() or blank(w.say("nationality")),
            birth_date=_Born(p.birth_date, w.say("date of birth")),
        )

    def nationality(self) -> str:
        """Return the nationality in words, where the person has one only."""
        codes = nationalities(self.plan.facts)
        return self.w.country(codes[0]) if len(codes) == 1 else ""

    def code(self, due: FeeDue, account: Account) -> j.Code:
        """Return a payment code where holder, account and amount are all sourced and the message is whole."""
        w, worth = self.w, due.worth
        message = self.message(account)
        low, high, cite = worth.low, worth.high, worth.cite
        published = cite is not None and cite.grade in ("official", "secondary")
        if account.beneficiary and low is not None and low == high and published and self.payer.known:
            text = payment_text(account.beneficiary, account.iban, low, message)
            if text is not None:
                return j.Code("payment", text, w.say("Scan it with your banking app, and check what it shows."))
        plain = message.replace(OPEN, "[").replace(CLOSE, "]")
        amount = self.amount(due)[0] if low is None or low != high else _euros(low)
        lines = [x for x in (account.beneficiary, _grouped(account.iban), amount, plain) if x]
        says = w.say(
            "This is no payment code: it holds the text to copy into your banking app. "
            "Scan it with the camera of a phone."
        )
        return j.Code("copy", "\n".join(lines), says)

    def totals(self) -> Iterator[str]:
        """Yield what it comes to, for each length of the title, and what is not in it: unknown, or unknown by then."""
        w, found = self.w, self.plan.fees
        left = [x for x in found.due if x.status is not Answer.NO and (x.times(1) is None or self.plan.later(x.fee.id))]
        counted = [x for x in found.due if x.status is Answer.YES and x not in left]
        for years in range(1, (found.years or 1) + 1):
            sums = [x.times(years) or (0, 0) for x in counted]
            ends = dict.fromkeys((sum(low for low, _ in sums), sum(high for _, high in sums)))
            amount = " – ".join(map(w.money, ends))
            if not found.years:
                yield w.say("Together: {amount}", amount=amount)
            elif years == 1:
                yield w.say("Together, for a card of one year: {amount}", amount=amount)
            else:
                yield w.say("Together, for a card of {years} years: {amount}", years=years, amount=amount)
        if left:
            names = " ".join(w.step(self.lines, x.fee.key) for x in left)
            yield w.say("Not in it, since the amount is unknown: {fees}", fees=names)

    # -- clocks and the way ahead ----------------------------------------------------------------------------------

    def clock(self, run: ClockRun) -> j.Clock:
        w, clock = self.w, run.clock
        notes = list(self.unsure(run.applies))
        if run.computation and "filed" not in clock.starts:
            notes.append(capital(w.say(ASSUMES["starts-with-filing"])) + ".")
        return j.Clock(
            id=clock.id,
            stage=clock.stage,
            who=w.say("You") if clock.who == "applicant" else capital(w.say("the authority")),
            says=w.step(self.lines, clock.key),
            starts=self.events(clock.starts),
            length=self.length(run.limit),
            last_day=run.computation.safe_day if run.computation else None,
            silence=w.say(SILENCE[clock.on_silence]) if clock.on_silence else "",
            notes=tuple(notes),
            steps=tuple(self.counted(run.computation)),
            origin=self.origin(clock.cite),
        )

    def events(self, starts: Sequence[str]) -> str:
        w = self.w
        kinds = dict.fromkeys(Kind(e.rpartition(".")[2]) for e in starts)
        words = f" {w.say('or')} ".join(w.say(SHAPES[kind].says) for kind in kinds)
        return w.say("Starts with: {event}", event=words)

    def length(self, limit: Limit | None) -> str:
        w = self.w
        if limit is None or limit.none_known or not limit.readings:
            return w.say("No source gives a time limit for this.")
        lengths = dict.fromkeys(c.length for r in limit.readings if r.moves_safe_day for c in r.countings)
        words = [length_text(w, x) for x in lengths if x is not None]
        return f" {w.say('or')} ".join(words) if words else w.say("the notice itself names the last day")

    def appeal(self, line: Appeal, answer: Applies) -> j.Clock:
        w = self.w
        limit = limit_on(w.law, line.limit, self.plan.filing_day)
        notes = [*self.unsure(answer), w.say("To: {body}", body=w.step(self.lines, f"{line.key}.to"))]
        if limit and limit.mind:
            notes.append(w.limit(f"{limit.text_id}.mind", limit.mind))
        return j.Clock(
            line.id, line.stage, w.say("You"), w.step(self.lines, line.key), self.events(line.against),
            self.length(limit), None, "", tuple(notes), (), self.origin(line.cite),
        )  # fmt: skip

    def moment(self, m: Milestone) -> j.Moment:
        w = self.w
        says = w.say("You file: {what}", what=self.stage(m.stage)) if m.kind == "file" else \
            w.step(self.lines, m.line.key) if m.line else ""  # fmt: skip
        return j.Moment(
            id=m.line.id if m.line else m.kind,
            kind=m.kind,
            stage=m.stage,
            says=says,
            day=m.day,
            opens=m.opens,
            bound=m.bound,
            when=self.when(m),
            depends=tuple(self.depends(m)),
            counted=self.key_step(m.computation),
            steps=tuple(self.counted(m.computation)),
            origin=self.origin(m.line.cite) if m.line else None,
        )

    def when(self, m: Milestone) -> str:
        w = self.w
        if m.day is None:
            if m.kind == "confirmation":
                return w.say("once the time for the decision is over")
            if m.limit is None or m.limit.none_known:
                return w.say(DUE["after-grant"]) if m.kind in _AFTER_GRANT else w.say("no source sets a time")
            events = f" {w.say('or')} ".join(w.event(e) for e in m.limit.events)
            counting = m.limit.readings[0].countings[0]
            if counting.back and counting.opens:
                first = length_text(w, counting.opens)
                window = {"first": first, "length": self.length(m.limit), "event": events}
                return w.say("from {first} to {length} before: {event}", **window)
            if counting.back:
                return w.say("{length} before: {event}", length=self.length(m.limit), event=events)
            return w.say("within {length} of: {event}", length=self.length(m.limit), event=events)
        if m.opens:
            return w.say("from {first} to {last}", first=w.day(m.opens), last=w.day(m.day))
        return w.say(BOUNDS[m.bound], day=w.weekday(m.day))

    def depends(self, m: Milestone) -> Iterator[str]:
        for x in m.assumes:
            yield self.w.say(ASSUMES[x])
        if m.missing:
            yield self.w.say("Not known yet: {facts}", facts=", ".join(map(self.w.fact, m.missing)))


class _Born:
    """A day of birth that formats itself as a payment message writes it; a blank where it is not known."""

    def __init__(self, day: date | None, what: str) -> None:
        self.day, self.what = day, what

    def __format__(self, form: str) -> str:
        if self.day is None:
            return blank(f"{self.what}, {form}")
        return self.day.strftime("%d/%m/%Y" if "/" in form else "%d%m%Y")


def _euros(cents: int | None) -> str:
    return "" if cents is None else str(Money(cents))


def _grouped(iban: str) -> str:
    """Return an account number in groups of four, as people read it."""
    return " ".join(iban[n : n + 4] for n in range(0, len(iban), 4))
