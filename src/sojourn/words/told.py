"""A finding in words: every sentence of it in one language, in the order people read them, whichever shell shows it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sojourn.decide.consequences import Consequence
from sojourn.decide.finding import Caution, Finding, Reason
from sojourn.law.model import Cite, Entry, Weighed
from sojourn.values.verdict import BEST_FIRST, Because, Result, Verdict
from sojourn.words.findings import CAUTIONS, HEADINGS, SIGNS, STANDINGS, Quoted, heading, quote, verdict
from sojourn.words.language import Words


@dataclass(frozen=True, slots=True)
class Point:
    """A line of law that carries the result; `lasts` and `better` are sentences that follow from it, or empty."""

    id: str
    sign: str
    text: str
    verdict: str
    lasts: str
    better: str
    quoted: Quoted


@dataclass(frozen=True, slots=True)
class Door:
    """The pathway to look at instead."""

    pathway: str
    title: str


@dataclass(frozen=True, slots=True)
class Way:
    """A place to file, or the answer of one reading: what it says and what it comes to."""

    id: str
    text: str
    result: Result
    heading: str
    quoted: Quoted | None = None


@dataclass(frozen=True, slots=True)
class WeighedPoint:
    """What an authority weighs, and the documents that show it."""

    id: str
    text: str
    shown_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """An authority (its name; empty where the law names none) and what it weighs."""

    who: str
    points: tuple[WeighedPoint, ...]


@dataclass(frozen=True, slots=True)
class Anchor:
    """An amount to plan with, and where the person stands."""

    id: str
    text: str
    amount: str
    stands: str


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact that is missing, and what an answer to it could change, one sentence each."""

    fact: str
    text: str
    could: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Warned:
    """A caution: its sort, and what it says about this pathway (empty where it concerns the law as a whole)."""

    kind: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Told:
    """One finding in words. What does not apply is empty."""

    pathway: str
    title: str
    result: Result
    sign: str
    heading: str
    gate_fails: bool
    known_from: str
    met: str
    points: tuple[Point, ...]
    doors: tuple[Door, ...]
    ways: tuple[Way, ...]
    readings: tuple[Way, ...]
    whatever: tuple[str, ...]
    scales: tuple[Scale, ...]
    anchors: tuple[Anchor, ...]
    missing: tuple[Missing, ...]
    warned: tuple[Warned, ...]
    helpers: tuple[str, ...]
    checked: bool
    """Whether a person has checked the texts of the pathway in this language (English is where they are written)."""


def tell(w: Words, f: Finding, could: Mapping[str, Consequence] | None = None) -> Told:
    """Return a finding in words; `could`: what each missing answer could change (`decide.consequences`)."""
    first = f.pathway.in_force.first
    told = not f.no_rule
    turned_away = told and f.result is Result.CLOSED and not f.gate_fails
    return Told(
        pathway=f.pathway.id,
        title=w.line(f.pathway, "title"),
        result=f.result,
        sign=SIGNS[f.result],
        heading=heading(w, f),
        gate_fails=f.gate_fails,
        known_from=w.say("We know the law of this pathway from {day} on.", day=w.day(first))
        if f.no_rule and first
        else "",
        met=_met(w, f) if told and f.result is Result.OPEN else "",
        points=tuple(_points(w, f)) if told else (),
        doors=tuple(Door(id, w.line(w.law.pathways[id], "title")) for id in f.instead) if told else (),
        ways=tuple(_ways(w, f)) if told else (),
        readings=tuple(_readings(w, f)) if told else (),
        whatever=tuple(w.fact(x) for x in f.split.facts) if told and f.split else (),
        scales=tuple(_scales(w, f)) if told else (),
        anchors=tuple(_anchors(w, f)) if told else (),
        missing=tuple(Missing(x, w.fact(x), _changes(w, (could or {}).get(x))) for x in f.missing) if told else (),
        warned=tuple(_warned(w, f)) if told else (),
        helpers=tuple(w.helper(x) for x in f.pathway.who_helps) if turned_away else (),
        checked=w.language == "en" or bool(f.pathway.checked.get(w.language, {}).get("by")),
    )


def _met(w: Words, f: Finding) -> str:
    count = sum(r.verdict is Verdict.MET for r in f.decisive if r.entry.part != "channel")  # a place to file is none
    return w.say("All {count} conditions that decide are met.", count=count)


def _points(w: Words, f: Finding) -> Iterator[Point]:
    if f.result is Result.OPEN:
        return
    shown: list[Reason] = list(f.decisive)
    if f.result is Result.UNDETERMINED:
        shown = [r for r in shown if r.because in (Because.SECONDARY, Because.NOT_MODELLED, Because.NO_RULE_KNOWN)]
    for r in shown:
        id = r.entry.id
        freed = f.result is Result.NOT_NEEDED
        yield Point(
            id,
            "✓" if freed else "✗" if r.verdict is Verdict.NOT_MET else "?",
            w.line(f.pathway, id),
            "" if freed else verdict(w, r),
            w.line(f.pathway, f"{id}.lasts") if freed else "",
            _advice(w, f, r),
            quote(w, r.entry.cite_on(f.on)),
        )


def _advice(w: Words, f: Finding, r: Reason) -> str:
    """Return what to do about a line that turns somebody away, or what is not decided where the law leaves it open."""
    id = r.entry.id
    if r.entry.better and (f.gate_fails or r.turns_away):
        return w.line(f.pathway, f"{id}.better")
    texts, undecided = f.pathway.texts["en"], f"{id}.not_modelled"
    one = undecided in texts and f"{undecided}.2" not in texts  # of several, the tree tells which
    return w.line(f.pathway, undecided) if one and r.because is Because.NOT_MODELLED else ""


def _ways(w: Words, f: Finding) -> Iterator[Way]:
    if f.result not in (Result.NOT_NEEDED, Result.CLOSED):  # closed, each of them is: the reasons say why
        for entry, result in sorted(f.channels, key=lambda way: BEST_FIRST.index(way[1])):
            yield Way(entry.id, w.line(f.pathway, entry.id), result, w.say(HEADINGS[result]))


def _readings(w: Words, f: Finding) -> Iterator[Way]:
    for x in f.readings:
        key = f"{x.key}.{x.reading}"
        cite = Cite(x.by, x.at, x.grade)  # type: ignore[arg-type]
        yield Way(key, w.line(f.pathway, key), x.result, w.say(HEADINGS[x.result]), quote(w, cite))


def _scales(w: Words, f: Finding) -> Iterator[Scale]:
    """Yield what authorities weigh, under who weighs it, each point with its evidence."""
    by: dict[str, list[Entry]] = {}
    for e in f.weighs:
        for who in dict.fromkeys(point.by for point in f.weighed.get(e.id, ())) or ("",):
            by.setdefault(who, []).append(e)
    for who, entries in by.items():
        points = tuple(
            WeighedPoint(
                e.id,
                w.line(f.pathway, e.id),
                evidence(w, (point for point in f.weighed.get(e.id, ()) if point.by == who)),
            )
            for e in entries
        )
        yield Scale(w.helper(who) if who else "", points)


def evidence(w: Words, points: Iterable[Weighed]) -> tuple[str, ...]:
    """Return the names of the documents that show these points, each once."""
    return tuple(w.evidence(id) for id in dict.fromkeys(id for point in points for id in point.shown_by))


def _anchors(w: Words, f: Finding) -> Iterator[Anchor]:
    for a in f.anchors:
        if a.low is not None:
            yield Anchor(a.entry.id, w.line(f.pathway, a.entry.id), w.money(a.low), w.say(STANDINGS[a.stands]))


def _warned(w: Words, f: Finding) -> Iterator[Warned]:
    seen: dict[tuple[str, str], Caution] = {}
    for c in f.cautions:
        seen.setdefault((c.kind, c.entry.id if c.entry else ""), c)
    for c in seen.values():
        yield Warned(c.kind, w.say(CAUTIONS[c.kind]), w.line(f.pathway, c.entry.id) if c.entry else "")


SETTLES = {
    Result.OPEN: "An answer could settle it: you may apply.",
    Result.NOT_NEEDED: "An answer could settle it: you need no such permit.",
    Result.CONTESTED: "An answer could leave only a disputed point.",
    Result.CLOSED: "An answer could close this door.",
}


def _changes(w: Words, could: Consequence | None) -> tuple[str, ...]:
    if could is None:
        return ()
    told = [w.say(SETTLES[r]) for r in could.settles]
    if could.closes and Result.CLOSED not in could.settles:
        told.append(w.say("An answer could leave no way to apply."))
    return tuple(told) or (w.say("It matters together with other answers."),)
