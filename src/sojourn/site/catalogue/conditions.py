"""The lines of a rule that are in force, as a reader meets them: by part, with what they do and who says so."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sojourn.law.basis import basis, cites_of, procedure_basis
from sojourn.law.model import WEAKER, Cite, Disputed, Entry, Grade, Law, Pathway, Source, walk
from sojourn.words.findings import CAUTIONS, EFFECTS
from sojourn.words.language import Words

RULE_PARTS = {
    "gate": "What this pathway is about",
    "exemption": "Who needs no such permit",
    "condition": "Conditions",
    "channel": "Where one may file",
    "caution": "What to mind",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One defended answer to a disputed point."""

    says: str
    cite: Cite


@dataclass(frozen=True, slots=True)
class Line:
    """A line of law in words. then: what follows without it, or while it lasts. does: how it bears on the answer."""

    id: str
    says: str
    then: str
    does: str
    by: str
    cite: Cite
    readings: tuple[Reading, ...]


def parts(w: Words, pathway: Pathway, on: date) -> Iterator[tuple[str, tuple[Line, ...]]]:
    """Yield the heading and lines of each part of a rule, as in force on a day."""
    for part, heading in RULE_PARTS.items():
        lines = tuple(_line(w, pathway, e, on) for e in pathway.entries if e.part == part and on in e.period)
        if lines:
            yield w.say(heading), lines


def disputed(w: Words, pathway: Pathway, on: date) -> tuple[Line, ...]:
    """Return the lines with a disputed point, with the readings of each."""
    found = (_line(w, pathway, e, on) for e in pathway.entries if on in e.period)
    return tuple(line for line in found if line.readings)


def _line(w: Words, pathway: Pathway, e: Entry, on: date) -> Line:
    then = next((w.line(pathway, f"{e.id}.{key}") for key in ("better", "lasts") if getattr(e, key)), "")
    does = CAUTIONS[e.caution] if e.part == "caution" else EFFECTS.get(e.effect, "")
    readings = tuple(
        Reading(w.line(pathway, f"{e.id}.{r.id}"), r.cite)
        for t in walk(e.test)
        if isinstance(t, Disputed)
        for r in t.readings
    )
    return Line(
        e.id,
        w.line(pathway, e.id),
        then,
        w.say(does) if does else "",
        w.helper(e.by) if e.by else "",
        e.cite_on(on),
        readings,
    )


def sources_of(law: Law, pathway: Pathway) -> tuple[tuple[Source, Grade], ...]:
    """Return the sources of a pathway, each with the best grade in which it is cited, the surest first."""
    best: dict[str, Grade] = {}
    for cite in cites(law, pathway):
        known = best.get(cite.source)
        if known is None or WEAKER.index(cite.grade) < WEAKER.index(known):
            best[cite.source] = cite.grade
    listed = [(law.sources[id], grade) for id, grade in best.items()]
    return tuple(sorted(listed, key=lambda x: (WEAKER.index(x[1]), x[0].kind != "act", x[0].title)))


def cites(law: Law, pathway: Pathway) -> Iterator[Cite]:
    """Yield every citation of a pathway's rule, procedure and amounts."""
    for e in pathway.entries:
        yield from cites_of(e)
    used = [basis(law, pathway)]
    if pathway.procedure:
        used.append(procedure_basis(law, pathway.procedure))
        for line in pathway.procedure.lines():
            yield from (line.cite, *line.also)
    for id in dict.fromkeys(id for b in used for id in b.amounts):
        amount = law.amounts[id]
        yield from (c for c in (amount.cite, *(row.cite for row in amount.rows)) if c)


def cited_by(law: Law) -> dict[str, list[tuple[Pathway, tuple[Cite, ...]]]]:
    """Return for each source the pathways that rest on it, each with its pinpoints."""
    found: dict[str, list[tuple[Pathway, tuple[Cite, ...]]]] = {}
    for pathway in law.pathways.values():
        by_source: dict[str, dict[Cite, None]] = {}
        for cite in cites(law, pathway):
            by_source.setdefault(cite.source, {})[cite] = None
        for source, used in by_source.items():
            found.setdefault(source, []).append((pathway, tuple(used)))
    return found
