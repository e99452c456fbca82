"""A dossier in the words of a language, as its papers take it: `sojourn.papers.matter`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256

from sojourn.decide.profile import FactValueError, read_value
from sojourn.decide.variables import Facts
from sojourn.dossier.applies import Answer, Applies, procedure_of
from sojourn.dossier.course import Course, course
from sojourn.dossier.events import SHAPES, Event, Kind, standing
from sojourn.dossier.evidence import Matrix, Requirement, evidence
from sojourn.dossier.evidence import Paper as Asked
from sojourn.dossier.fees import FeeDue, fees
from sojourn.dossier.filing import Filing, filing
from sojourn.dossier.ledger import Ledger, event_line
from sojourn.dossier.time_limit import Computation, LimitError, count
from sojourn.law.model import Pathway
from sojourn.law.procedure import Appeal, Clock, Procedure
from sojourn.papers.matter import Due, Held, Mark, Matter, Need, Payment, Person, Piece, Reading, Remedy, Sheet, Step
from sojourn.papers.page import blank
from sojourn.values.counting import CalendarError
from sojourn.values.known import Exact
from sojourn.words.findings import source_line
from sojourn.words.language import Words
from sojourn.words.limits import reading_text, step_text
from sojourn.words.sheets import capital, seal_text

LETTERS = {"vl-economic-migration": "nl"}  # the Flemish service works in Dutch
_ACT = {"vl-decree-2021-10-15": "the Flemish decree of 15 October 2021"}  # its source was read in French
_NEEDS: Mapping[str, Need] = {"required": "required", "advised": "advised", "if-asked": "if-asked"}
# What ends the time that an event of this kind started.
_ENDS = {
    Kind.FILED: {Kind.FOUND_INCOMPLETE, Kind.ADMISSIBLE, Kind.INADMISSIBLE, Kind.GRANTED, Kind.REFUSED},
    Kind.FOUND_INCOMPLETE: {Kind.COMPLETED, Kind.ADMISSIBLE, Kind.INADMISSIBLE, Kind.GRANTED, Kind.REFUSED},
    Kind.COMPLETED: {Kind.FOUND_INCOMPLETE, Kind.ADMISSIBLE, Kind.INADMISSIBLE, Kind.GRANTED, Kind.REFUSED},
    Kind.ADMISSIBLE: {Kind.EXTENDED, Kind.INADMISSIBLE, Kind.GRANTED, Kind.REFUSED},
    Kind.EXTENDED: {Kind.EXTENDED, Kind.GRANTED, Kind.REFUSED},
    Kind.APPEALED: {Kind.APPEAL_DECIDED},
    Kind.GRANTED: {Kind.REGISTERED},
}
_COURSE = frozenset(
    (
        Kind.FILED, Kind.FOUND_INCOMPLETE, Kind.COMPLETED, Kind.ADMISSIBLE, Kind.INADMISSIBLE, Kind.EXTENDED,
        Kind.GRANTED, Kind.REFUSED, Kind.APPEALED, Kind.APPEAL_DECIDED, Kind.COLLECTED, Kind.REGISTERED, Kind.RENEWED,
        Kind.WITHDRAWN, Kind.CLOSED,
    )
)  # fmt: skip


def letter_language(w: Words, pathway: str, reader: str) -> str:
    """Return the language to write in to the authority of the first step: its own, else one in which it takes papers.

    Of those the reader's, where it is among them, else English.
    """
    procedure = procedure_of(w.law, pathway)
    first = procedure.stages[0]
    if first.at in LETTERS:
        return LETTERS[first.at]
    accepted = [t for x in procedure.languages if first.id in x.stages for t in x.accepted]
    return next((t for t in (reader, "en", *accepted) if t in accepted), reader)


def matter(w: Words, ledger: Ledger, on: date) -> Matter:
    """Return the dossier as it was on day `on`, in words. Raises NoProcedureError; the ledger must have a header."""
    assert ledger.header is not None
    pathway = w.law.pathways[ledger.header.pathway]
    procedure = procedure_of(w.law, pathway.id)
    events = [e for e in standing(ledger.events) if e.on <= on]
    facts, said = stated(w, events)
    filed = next((e.on for e in events if e.kind is Kind.FILED), None)
    day = filed or on
    first = first_told(ledger.events)
    lines = course(w.law, pathway.id, facts, day)
    steps = _steps(w, pathway, procedure, facts, day, events)
    refused = next((e for e in reversed(events) if e.kind is Kind.REFUSED), None)
    return Matter(
        key=_key(ledger),
        pathway=pathway.id,
        title=w.line(pathway, "title"),
        on=on,
        person=_person(w, facts, said),
        filed=filed,
        reference=next((str(e.data["reference"]) for e in reversed(events) if e.data.get("reference")), ""),
        steps=tuple(steps),
        dues=tuple(sorted(_dues(w, procedure, lines, events, first), key=lambda d: (d.day, d.id))),
        history=tuple(Mark(e.on, w.say(SHAPES[e.kind].says)) for e in events if e.kind in _COURSE),
        remedy=_remedy(w, procedure, lines, refused, events) if refused else None,
        decided=refused.on if refused else None,
        dispatched=refused.day("dispatched") if refused else None,
        law=w.say("Law read until {day}; version {digest}.", day=w.day(w.law.read_until), digest=w.law.digest[:12]),
    )


def stated(w: Words, events: Iterable[Event]) -> tuple[Facts, dict[str, str]]:
    """Return the facts that events state for the law, and those that only a dossier holds; the last one counts."""
    facts, said = {}, {}
    for e in events:
        if e.kind is not Kind.FACT_STATED:
            continue
        id, value = str(e.data["fact"]), e.data["value"]
        if id not in w.law.facts:
            said[id] = str(value)
            continue
        try:
            facts[id] = read_value(w.law, w.law.facts[id], value)
        except FactValueError:  # the law has changed since, or knows this value no more
            facts.pop(id, None)
    return facts, said


def _key(ledger: Ledger) -> str:
    """Return what names this dossier and no other: the hash of its first event, which no later one changes."""
    first = event_line(ledger.events[0], "")[0] if ledger.events else b""
    return sha256(first).hexdigest()[:16]


def _person(w: Words, facts: Facts, said: Mapping[str, str]) -> Person:
    known = facts.get("person.nationalities")
    codes = sorted(map(str, known.value)) if isinstance(known, Exact) and isinstance(known.value, frozenset) else []
    born = said.get("person.birth_date")
    return Person(
        said.get("person.name", ""),
        date.fromisoformat(born) if born else None,
        ", ".join(w.country(code) for code in codes),
    )


# -- what to bring and to pay ---------------------------------------------------------------------------------------


def _steps(
    w: Words, pathway: Pathway, procedure: Procedure, facts: Facts, day: date, events: Sequence[Event]
) -> Iterator[Step]:
    where = filing(w.law, pathway.id, facts, day)
    matrix = evidence(w.law, pathway.id, facts, day)
    channel = next((str(e.data["channel"]) for e in events if e.kind is Kind.FILED and "channel" in e.data), "")
    due = fees(w.law, pathway.id, facts, day).due
    for n, (stage, applies) in enumerate(where.stages):
        asked = {p.document.id for r in matrix.requirements if r.stage == stage.id for p in r.papers}
        held = [e for e in events if e.kind is Kind.DOCUMENT_ADDED]
        others = [e for e in held if n == 0 and e.data["document"] not in asked]
        payments = [x for x in due if x.fee.stage == stage.id and x.status is not Answer.NO]
        yield Step(
            title=_perhaps(w, w.step(procedure, stage.key).rstrip("."), applies),
            authority=w.helper(stage.at),
            where=tuple(_places(w, procedure, where, stage.id, channel if n == 0 else "")),
            pieces=(
                *_pieces(w, procedure, matrix, stage.id, held if n == 0 else [], facts),
                *(Piece((_other(w, e),), held=(_held(w, e),)) for e in others),
            ),
            payments=tuple(_payment(w, procedure, x, facts, events) for x in payments),
            warnings=tuple(_warnings(w, procedure, where, stage.id, day)),
        )


def _perhaps(w: Words, title: str, applies: Applies) -> str:
    return title if applies.answer is Answer.YES else w.say("If it concerns you: {title}", title=title)


def _places(w: Words, procedure: Procedure, where: Filing, stage: str, channel: str) -> Iterator[str]:
    """Yield where one may file; once filed through a channel, only that."""
    for found in where.places.get(stage, ()):
        if found.answer is not Answer.NO and channel in ("", found.place.channel):
            yield w.step(procedure, found.place.key)


def _warnings(w: Words, procedure: Procedure, where: Filing, stage: str, day: date) -> Iterator[str]:
    for notice, applies in where.warnings:
        if notice.stage == stage and applies.answer is Answer.YES:
            yield w.step(procedure, notice.key)
    for languages in procedure.languages:
        if stage in languages.stages and day in languages.period:
            yield w.step(procedure, languages.key)


def _pieces(
    w: Words, procedure: Procedure, matrix: Matrix, stage: str, held: Sequence[Event], facts: Facts
) -> Iterator[Piece]:
    for r in matrix.requirements:
        if r.stage != stage:
            continue
        ids = {p.document.id for p in r.papers}
        sure = any(p.applies.answer is Answer.YES for p in r.papers)
        yield Piece(
            sheets=tuple(_sheet(w, procedure, p) for p in r.papers),
            need=_NEEDS[r.need],
            sure=sure,
            tells=() if sure else tuple(_tells(w, r, facts)),
            held=tuple(_held(w, e) for e in held if e.data["document"] in ids),
        )


def _tells(w: Words, r: Requirement, facts: Facts) -> list[str]:
    ids = dict.fromkeys(id for p in r.papers for id in p.applies.missing if id not in facts)
    return [w.fact(id) for id in ids]


def _sheet(w: Words, procedure: Procedure, asked: Asked) -> Sheet:
    d = asked.document
    notes = []
    if d.issuer:
        notes.append(w.say("Issued by: {issuer}", issuer=w.step(procedure, f"{d.key}.issuer")))
    if asked.oldest:
        notes.append(w.say("Issued on {day} or later.", day=w.day(asked.oldest)))
    notes += [text for x in asked.sealing if (text := seal_text(w, x))]
    return Sheet(d.id, capital(w.evidence(d.id)), w.step(procedure, d.key), tuple(notes))


def _other(w: Words, event: Event) -> Sheet:
    id = str(event.data["document"])
    return Sheet(id, capital(w.evidence(id)))


def _held(w: Words, event: Event) -> Held:
    return Held(
        capital(w.evidence(str(event.data["document"]))), event.day("issued"), str(event.data.get("file") or "")
    )


class _Slot(str):
    """A text that stands in a payment message whatever form it asks for."""

    __slots__ = ()

    def __format__(self, form: str) -> str:
        try:
            day = date.fromisoformat(self)
        except ValueError:
            return str(self)
        return day.strftime("%d/%m/%Y" if "/" in form else "%d%m%Y")


def _payment(w: Words, procedure: Procedure, due: FeeDue, facts: Facts, events: Iterable[Event]) -> Payment:
    fee, worth, account = due.fee, due.worth, due.fee.account
    amount = unknown = message = ""
    if worth.low is not None and worth.high is not None:
        ends = dict.fromkeys((w.money(worth.low), w.money(worth.high)))
        amount = " – ".join(ends)
        if fee.per == "year-of-validity":
            amount = w.say("{amount} for each year of validity", amount=amount)
    else:
        unknown = w.say("No source gives the amount for that day.")
        if due.last_known and due.last_known.low is not None:
            last = w.money(due.last_known.low)
            unknown += " " + w.say("The last one known: {amount}.", amount=last)
    if account:
        _, said = stated(w, events)
        known = facts.get("person.nationalities")
        single = isinstance(known, Exact) and isinstance(known.value, frozenset) and len(known.value) == 1
        nationality = _person(w, facts, said).nationality if single else blank(w.say("nationality"))
        message = account.message.format(
            family_name=blank(w.say("family name")),
            given_names=blank(w.say("given names")),
            nationality=nationality,
            birth_date=_Slot(said.get("person.birth_date") or blank(w.say("date of birth"))),
        )
    return Payment(
        w.step(procedure, fee.key), amount, unknown, account.iban if account else "",
        account.beneficiary if account else "", message, due.status is Answer.YES,
    )  # fmt: skip


# -- which days count ---------------------------------------------------------------------------------------------


def _dues(
    w: Words, procedure: Procedure, lines: Course, events: Sequence[Event], first: Mapping[int, int]
) -> Iterator[Due]:
    for n, e in enumerate(events):
        stage = _stage(procedure, e)
        later = {x.kind for x in events[n + 1 :] if _stage(procedure, x) == stage}
        if later & {Kind.WITHDRAWN, Kind.CLOSED}:
            continue
        if not later & _ENDS.get(e.kind, set()):
            for clock in lines.started_by(e.kind, stage):
                yield from _counted(w, clock, e, first)
        if Kind.APPEALED not in later:
            for remedy in lines.remedies(e.kind, stage):
                yield from _counted(w, remedy, e, first)


def _stage(procedure: Procedure, event: Event) -> str:
    named = str(event.data.get("procedure", ""))
    return named if any(s.id == named for s in procedure.stages) else procedure.stages[0].id


def _counted(w: Words, line: Clock | Appeal, event: Event, first: Mapping[int, int]) -> Iterator[Due]:
    found = computation(w, line.limit, event)
    if found is not None and found.safe_day is not None:
        yield _due(w, f"{line.limit}.{first.get(event.number, event.number)}", found)


def first_told(events: Iterable[Event]) -> dict[int, int]:
    """Return for each correction the number under which the event was first told, which no later correction changes."""
    first: dict[int, int] = {}
    for e in events:
        if e.corrects is not None:
            first[e.number] = first.get(e.corrects, e.corrects)
    return first


def computation(w: Words, id: str, event: Event) -> Computation | None:
    """Return a time limit counted from an event of a dossier, from the day that this limit starts with.

    None where the limit is not known for that day, or cannot be counted.
    """
    if not id:
        return None
    limit = w.law.time_limits.on(id, event.on)
    if limit is None or limit.as_set:
        return None
    name, start = _start(limit.events, event)
    try:
        return count(limit, start, event=name)
    except (LimitError, CalendarError):
        return None


def _start(starts: Sequence[str], event: Event) -> tuple[str | None, date]:
    """Return from which of its starting events a limit runs here, and that day; all of them where nothing tells."""
    received, sent, until = event.day("received"), event.day("dispatched"), event.day("until")
    for day, names in (
        (received, ("received", "presented", "handed-over", "notified", "known")),
        (sent, ("dispatch", "posted", "sent", "emailed")),
        (until, ("named-in-notice",)),
    ):
        name = next((x for x in names if x in starts), None)
        if day and name:
            return name, day
    return (starts[0] if len(starts) == 1 else None), event.on


def _due(w: Words, id: str, c: Computation) -> Due:
    limit = c.limit
    assert c.safe_day is not None
    notes = [w.limit(f"{limit.text_id}.mind", limit.mind)] if limit.mind else []
    if limit.then:
        says = w.limit(f"{limit.text_id}.then", limit.then)
        notes.append(w.say("From {day} on: {says}", day=w.weekday(c.from_then), says=says) if c.from_then else
                     w.say("After that: {says}", says=says))  # fmt: skip
    named = [r for r in c.readings if r.reading.id]
    return Due(
        id,
        w.limit(limit.text_id, limit.says),
        c.safe_day,
        limit.kind,
        c.opens,
        tuple(
            Reading(
                reading_text(w, limit, r.reading),
                r.last_day,
                r.reading.moves_safe_day,
                tuple(step_text(w, step) for step in r.steps),
            )
            for r in named
        ),
        tuple(notes),
        source_line(w, limit.cite),
        c.start,
    )


def _remedy(w: Words, procedure: Procedure, lines: Course, refused: Event, events: Sequence[Event]) -> Remedy | None:
    found = lines.remedies(refused.kind, _stage(procedure, refused))
    if not found:
        return None
    line = found[0]
    counted = computation(w, line.limit, refused) if refused.day("dispatched") or refused.day("received") else None
    due = _due(w, f"{line.limit}.{refused.number}", counted) if counted and counted.safe_day else None
    lodged = next((e.on for e in events if e.kind is Kind.APPEALED and e.on >= refused.on), None)
    source = line.cite.source
    return Remedy(
        to=capital(w.step(procedure, f"{line.key}.to")),
        act=w.say(_ACT[source]) if source in _ACT else w.law.sources[source].title,
        form=line.form,
        due=due,
        send_to=w.step(procedure, f"{line.key}.send_to") if line.send_to else "",
        on_pain=bool(line.on_pain_of),
        suspends=line.suspends,
        lodged=lodged,
        says=source_line(w, line.cite),
    )
