"""A dossier in the words of a language, as its papers take it: `sojourn.papers.matter`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256

from sojourn.decide.variables import Facts
from sojourn.dossier.applies import Answer, Applies, procedure_of
from sojourn.dossier.events import SHAPES, Event, Kind
from sojourn.dossier.evidence import Matrix, Requirement, evidence
from sojourn.dossier.evidence import Paper as Asked
from sojourn.dossier.fees import fees
from sojourn.dossier.filing import Filing, filing
from sojourn.dossier.ledger import Ledger, event_line
from sojourn.dossier.running import History, Running, history, running
from sojourn.dossier.stated import Stated, stated
from sojourn.dossier.time_limit import Computation
from sojourn.law.model import Pathway
from sojourn.law.procedure import Appeal, Procedure
from sojourn.papers.matter import Due, Held, Mark, Matter, Need, Person, Piece, Reading, Remedy, Sheet, Step
from sojourn.words.findings import source_line
from sojourn.words.language import Words
from sojourn.words.limits import reading_text, step_text
from sojourn.words.payment import nationalities, payment
from sojourn.words.sheets import capital, seal_text
from sojourn.words.state import doubts

LETTERS = {"vl-economic-migration": "nl"}  # the Flemish service works in Dutch
_ACT = {"vl-decree-2021-10-15": "the Flemish decree of 15 October 2021"}  # its source was read in French
_NEEDS: Mapping[str, Need] = {"required": "required", "advised": "advised", "if-asked": "if-asked"}
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
    past = history(ledger.events, on)
    who = stated(w.law, past.events)
    filed = next((e.on for e in past.events if e.kind is Kind.FILED), None)
    refused = next((e for e in reversed(past.events) if e.kind is Kind.REFUSED), None)
    found = running(w.law, procedure, who.facts, past)
    steps = _steps(w, pathway, procedure, who, filed or on, past.events)
    return Matter(
        key=_key(ledger),
        pathway=pathway.id,
        title=w.line(pathway, "title"),
        on=on,
        person=_person(w, who),
        filed=filed,
        reference=next((str(e.data["reference"]) for e in reversed(past.events) if e.data.get("reference")), ""),
        steps=tuple(steps),
        dues=tuple(sorted(_dues(w, found, past), key=lambda d: (d.day, d.id))),
        history=tuple(Mark(e.on, w.say(SHAPES[e.kind].says)) for e in past.events if e.kind in _COURSE),
        remedy=_remedy(w, procedure, found, refused, past) if refused else None,
        decided=refused.on if refused else None,
        dispatched=refused.day("dispatched") if refused else None,
        law=w.say("Law read until {day}; version {digest}.", day=w.day(w.law.read_until), digest=w.law.digest[:12]),
    )


def _key(ledger: Ledger) -> str:
    """Return what names this dossier and no other: the hash of its first event, which no later one changes."""
    first = event_line(ledger.events[0], "")[0] if ledger.events else b""
    return sha256(first).hexdigest()[:16]


def _person(w: Words, who: Stated) -> Person:
    born = who.said.get("person.birth_date")
    return Person(
        who.said.get("person.name", ""),
        date.fromisoformat(born) if born else None,
        ", ".join(w.country(code) for code in nationalities(who.facts)),
    )


# -- what to bring and to pay ---------------------------------------------------------------------------------------


def _steps(
    w: Words, pathway: Pathway, procedure: Procedure, who: Stated, day: date, events: Sequence[Event]
) -> Iterator[Step]:
    facts = who.facts
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
            payments=tuple(payment(w, procedure, x, who) for x in payments),
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


# -- which days count ---------------------------------------------------------------------------------------------


def _dues(w: Words, found: Iterable[Running], past: History) -> Iterator[Due]:
    for r in found:
        if r.ended is not None or r.limit is None or r.counted is None or r.counted.safe_day is None or r.day is None:
            continue
        due = _due(w, f"{r.limit.id}.{past.number(r.event)}", r.counted)
        notes = [*due.notes, *doubts(w, r)]
        yield replace(due, day=r.day, notes=tuple(notes))


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


def _remedy(w: Words, procedure: Procedure, found: Iterable[Running], refused: Event, past: History) -> Remedy | None:
    r = next((r for r in found if r.event is refused and isinstance(r.line, Appeal)), None)
    if r is None or not isinstance(r.line, Appeal):
        return None
    line, counted = r.line, None if r.assumed else r.counted
    due = _due(w, f"{line.limit}.{refused.number}", counted) if counted and counted.safe_day else None
    lodged = next((e.on for e in past.events if e.kind is Kind.APPEALED and e.on >= refused.on), None)
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
