"""The plan as a paper: where, what, when and how much; and its days as a calendar."""

from collections.abc import Iterable, Iterator, Sequence

from sojourn.papers import journey as j
from sojourn.papers.codes import can_draw
from sojourn.papers.matter import Due, Matter, Person
from sojourn.papers.page import Block, Callout, Document, Heading, Lines, Part, Points, Qr, Table, Text, Tick
from sojourn.papers.voice import Voice

_SIGNS = {"holds": "✓", "may-fail": "!", "unknown": "?"}
_KINDS = {"by": "act", "on": "act", "until": "lasts", "not-before": "wait"}


def plan_paper(v: Voice, plan: j.Journey) -> Document:
    """Return the plan as a document; each source has a number, and stands at the end."""
    return _Writer(v, plan).document()


def plan_matter(v: Voice, plan: j.Journey, key: str) -> Matter:
    """Return the days of the plan as a matter, for the calendar; `key` names this plan and no other."""
    dues = []
    for m in plan.timeline:
        if m.day is None:
            continue
        kind = "decide" if m.kind == "decide" else _KINDS[m.bound]
        source = m.origin.line if m.origin else ""
        notes = (m.when, *m.depends, *m.steps)
        dues.append(Due(f"plan.{m.kind}.{m.stage}.{m.id}", m.says, m.day, kind, m.opens, (), notes, source))  # type: ignore[arg-type]
    title = v.say("Plan: {title}", title=plan.title)
    return Matter(key, plan.pathway, title, plan.today, Person(), plan.filing_day, dues=tuple(dues), law=plan.law)


class _Writer:
    def __init__(self, v: Voice, plan: j.Journey) -> None:
        self.v, self.plan = v, plan
        self.sources: dict[tuple[str, str], j.Origin] = {}

    def document(self) -> Document:
        v, plan = self.v, self.plan
        title = v.say("Plan: {title}", title=plan.title)
        whole = (
            self.filings, self.races, self.errands, self.matrix, self.weighs, self.fees, self.clocks, self.way,
            self.unknown,
        )  # fmt: skip
        parts = [self.head(), *(part() for part in whole if plan.concerns), self.origins()]
        blocks = (Heading(title), *(block for part in parts for block in part))
        note = v.say("Information, no decision: only the authority decides.")
        return Document(title, plan.today, (Part(v.language, tuple(blocks), f"{plan.law} {note}"),))

    def ref(self, origin: j.Origin | None) -> str:
        """Return the number of a source with the pinpoint, in brackets."""
        if origin is None:
            return ""
        key = (origin.source, origin.grade)
        self.sources.setdefault(key, origin)
        return f" [{list(self.sources).index(key) + 1}: {origin.at}]"

    def said(self, point: j.Point) -> str:
        return " ".join((point.says + self.ref(point.origin), *point.notes))

    def section(self, title: str, items: Iterable[str], level: int = 2) -> Iterator[Block]:
        found = tuple(items)
        if found:
            yield Heading(title, level)
            yield Points(found)

    def day(self, filing: j.Filing) -> str:
        return self.v.weekday(filing.day) if filing.day else self.v.say("later, on a day of its own")

    def head(self) -> Iterator[Block]:
        v, plan = self.v, self.plan
        first, seen = v.weekday(plan.filing_day), v.day(plan.today)
        yield Lines((v.say("Filing day: {day}", day=first), v.say("State of {day}", day=seen), *plan.notes))
        yield Text(plan.heading, strong=True)
        failing = [race for race in plan.races if race.state == "may-fail"]
        for race in sorted(failing, key=lambda r: r.ends or plan.filing_day)[:1]:
            yield Callout(v.say("This plan can fail"), " ".join((race.says, *race.told)))
        for route in plan.routes:
            yield Callout(self.route_title(route), route.says)
        if plan.result == "not_needed":
            yield Points(tuple(map(self.said, plan.obstacles)))
        else:
            yield from self.section(v.say("What stands in the way"), map(self.said, plan.obstacles))
        for door in plan.doors:
            yield Callout(v.say("The door to look at: {title}", title=door.says))

    def route_title(self, route: j.RouteTold) -> str:
        return self.v.say("The way that works") if route.works else self.v.say("Another way")

    def filings(self) -> Iterator[Block]:
        v = self.v
        yield Heading(v.say("Where to file"), 2)
        for filing in self.plan.filings:
            perhaps = "" if filing.sure == "yes" else f" ({v.say('if it concerns you')})"
            yield Text(filing.says + perhaps, strong=True)
            yield Lines(
                (v.say("At: {authority}", authority=filing.authority), v.say("When: {day}", day=self.day(filing)))
            )
            spots = [self.spot(spot) for spot in filing.spots]
            yield Points(tuple(spots) or (v.say("No place is certain: see what stands in the way."),))
            yield from self.section(v.say("Mind"), map(self.said, filing.warnings), 3)

    def spot(self, spot: j.Spot) -> str:
        v = self.v
        sure = "" if spot.sure == "yes" else f" ({v.say('not certain yet')})"
        why = f" {v.say('Why there: {why}', why=spot.why.says)}{self.ref(spot.why.origin)}" if spot.why else ""
        return f"{spot.says}{self.ref(spot.origin)}{sure}{why}"

    def races(self) -> Iterator[Block]:
        v = self.v
        if self.plan.races:
            yield Heading(v.say("The race against the clock"), 2)
        for race in self.plan.races:
            yield Text(f"{_SIGNS[race.state]} {race.says}{self.ref(race.origin)}", strong=True)
            yield Points(race.told)
            yield from self.counted(race.steps)
        for route in self.plan.routes:
            yield Text(v.say("{title}: {text}", title=self.route_title(route), text=route.says), strong=True)
            yield Text(f"{route.result}.")
            yield from self.section(v.say("What you ask for"), route.stages, 3)
            yield from self.section(v.say("What you pay"), route.fees, 3)
            missing = [v.say("Not known yet: {facts}", facts=", ".join(route.missing))] if route.missing else []
            yield from self.section(v.say("Mind"), (*map(self.said, route.warnings), *missing), 3)

    def counted(self, steps: Sequence[str]) -> Iterator[Block]:
        if steps:
            yield Text(self.v.say("Counted: {steps}", steps="; ".join(steps)), small=True)

    def errands(self) -> Iterator[Block]:
        v, stage = self.v, ""
        yield Heading(v.say("Papers, in the order in which to fetch them"), 2)
        for e in self.plan.errands:
            if e.stage != stage:
                stage = e.stage
                filing = next(f for f in self.plan.filings if f.stage == stage)
                yield Heading(v.say("In hand by: {day}", day=self.day(filing)), 3)
                yield Text(filing.says)
            yield self.errand(e)
        yield from self.section(v.say("Languages"), map(self.said, self.plan.languages), 3)

    def named(self, e: j.Errand) -> str:
        return f" {self.v.say('or')} ".join(p.title for p in e.papers)

    def errand(self, e: j.Errand) -> Tick:
        v, title = self.v, f"{e.number}. {self.named(e)}"
        if e.need != "required":
            title += f" ({v.say('advised') if e.need == 'advised' else v.say('only if asked for')})"
        if e.sure != "yes":
            title += f" ({v.say('if it concerns you')})"
        notes: list[str] = []
        for p in e.papers:
            lead = f"{p.title}: " if len(e.papers) > 1 else ""
            notes += [f"{lead}{p.says}{self.ref(p.origin)}", *(f"· {note}" for note in p.notes)]
        if e.tells:
            notes.append(v.say("It depends on: {facts}", facts=", ".join(e.tells)))
        return Tick(title, tuple(notes))

    def matrix(self) -> Iterator[Block]:
        """Yield which paper proves which condition."""
        v = self.v
        proved: dict[str, tuple[str, list[str]]] = {}
        for e in self.plan.errands:
            for point in e.proves:
                proved.setdefault(point.id, (point.says, []))[1].append(f"{e.number}. {self.named(e)}")
        if proved:
            yield Heading(v.say("Which paper proves what"), 2)
            rows = tuple((says, "; ".join(papers)) for says, papers in proved.values())
            yield Table((v.say("Condition"), v.say("Papers")), rows)

    def weighs(self) -> Iterator[Block]:
        if self.plan.weighs:
            yield Heading(self.v.say("What the authority weighs"), 2)
        for weigher in self.plan.weighs:
            yield Text(weigher.by, strong=True)
            yield Points(tuple(map(self.said, weigher.points)))

    def fees(self) -> Iterator[Block]:
        yield Heading(self.v.say("To pay"), 2)
        for fee in self.plan.fees:
            yield Tick(f"{fee.says} {fee.amount}{self.ref(fee.origin)}", tuple(self.fee(fee)))
            if fee.code and can_draw():
                yield Qr(fee.code.text, fee.code.says)
        yield Points(self.plan.totals)

    def fee(self, fee: j.Fee) -> Iterator[str]:
        v = self.v
        filing = next(f for f in self.plan.filings if f.stage == fee.stage)
        yield v.say("For: {name}", name=filing.says)
        yield f"{v.say('When: {day}', day=fee.when)}. {fee.payer}"
        if fee.account:
            holder = fee.beneficiary or v.say("no source names the holder")
            yield v.say("To account {account} ({holder})", account=fee.account, holder=holder)
        if fee.message:
            yield v.say("Message, exactly: {message}", message=fee.message)
        if fee.later:
            yield fee.later
        yield from fee.notes
        if fee.sure != "yes":
            yield v.say("Whether you must pay it is not certain yet.")

    def clocks(self) -> Iterator[Block]:
        v = self.v
        yield Heading(v.say("Clocks, and what silence means"), 2)
        for clock in self.plan.clocks:
            yield from self.clock(clock)
        if self.plan.appeals:
            yield Heading(v.say("If it is refused"), 2)
        for appeal in self.plan.appeals:
            yield from self.clock(appeal)

    def clock(self, clock: j.Clock) -> Iterator[Block]:
        v = self.v
        yield Text(clock.says + self.ref(clock.origin), strong=True)
        told = [f"{clock.starts}. {v.say('Length: {length}', length=clock.length)}"]
        if clock.last_day:
            told.append(v.say("The last day would be {day}.", day=v.weekday(clock.last_day)))
        told += [clock.silence] if clock.silence else []
        yield Points((*told, *clock.notes))
        yield from self.counted(clock.steps)

    def way(self) -> Iterator[Block]:
        v = self.v
        yield Heading(v.say("The way ahead"), 2)
        rows = []
        for m in self.plan.timeline:
            depends = "; ".join((*m.depends, *((m.counted,) if m.counted else ())))
            rows.append((m.when, m.says + self.ref(m.origin), depends))
        yield Table((v.say("When"), v.say("What"), v.say("Depends on")), tuple(rows))

    def unknown(self) -> Iterator[Block]:
        v = self.v
        missing = [f"{p.says} ({p.id})" for p in self.plan.missing]
        yield from self.section(v.say("What would make this plan more precise"), missing)
        yield from self.section(v.say("What we do not decide"), self.plan.not_modelled)

    def origins(self) -> Iterator[Block]:
        v = self.v
        lines = []
        for n, origin in enumerate(self.sources.values(), 1):
            address = f": {origin.url}" if origin.url else ""
            read = v.say("read on {day}", day=v.day(origin.read))
            lines.append(f"[{n}] {origin.title} ({origin.says_grade}, {read}){address}")
        yield from self.section(v.say("Sources"), lines)
