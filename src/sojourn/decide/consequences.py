"""What each missing answer could change: the results that it could bring about or rule out."""

from collections.abc import Iterator
from dataclasses import dataclass

from sojourn.decide.assess import Cells, cut_values, engine
from sojourn.decide.diagram import reach, restrict
from sojourn.decide.finding import Finding
from sojourn.decide.program import BIT, Segment
from sojourn.decide.variables import Choice, Facts, Presence, Scale
from sojourn.law.model import Law
from sojourn.values.known import Band, Known, NoneOf, OneOf
from sojourn.values.verdict import BEST_FIRST, Result

_GOOD = BIT[Result.OPEN] | BIT[Result.CONTESTED]


@dataclass(frozen=True, slots=True)
class Consequence:
    """What an answer to one fact could change, whatever the other answers are.

    settles: the results that some answer brings about alone, best first. closes: after some answer nobody can say any
    more "you may apply", though without it one could. With neither, the fact matters together with others.
    """

    settles: tuple[Result, ...]
    closes: bool


def consequences(law: Law, finding: Finding, facts: Facts) -> dict[str, Consequence]:
    """Return for each missing fact of a finding what an answer to it could change."""
    e = engine(law)
    ready = e.ready(finding.pathway, finding.on)
    if ready is None or not finding.missing:
        return {}
    segment, day = ready.segment, e.day(finding.on)
    cells = Cells(segment, facts, day)
    left = restrict(segment.result, cells)
    hope = reach(left, cells) & _GOOD
    out = {}
    for fact in finding.missing:
        reached = [
            reach(left, Cells(segment, {**facts, fact: known}, day)) for known in _answers(segment, fact, facts, cells)
        ]
        settles = tuple(r for r in BEST_FIRST if r is not Result.UNDETERMINED and BIT[r] in reached)
        out[fact] = Consequence(
            settles, any(hope and bits & BIT[Result.CLOSED] and not bits & _GOOD for bits in reached)
        )
    return out


def _answers(segment: Segment, fact: str, facts: Facts, cells: Cells) -> Iterator[Known]:
    """Yield one answer for each part of its range in which the law treats the fact alike."""
    known = facts.get(fact)
    absent = known.values if isinstance(known, NoneOf) else frozenset()
    held = known.includes if isinstance(known, NoneOf) else frozenset()
    kinds: list[Presence] = []
    for i, variable in enumerate(segment.variables):
        if getattr(variable, "fact", None) != fact:
            continue
        possible = [c for c in range(variable.count) if cells[i] >> c & 1]
        if isinstance(variable, Choice):
            for cell in possible:
                yield OneOf(frozenset(x for x, c in variable.cell.items() if c == cell))
        elif isinstance(variable, Scale):
            cuts = cut_values(segment, i, cells.day)
            for cell in possible:
                low = cuts[cell - 1] if cell else variable.least
                high = cuts[cell] - 1 if cell < len(cuts) else variable.most
                yield Band(low, high)
        elif isinstance(variable, Presence):
            kinds.append(variable)
            if 1 in possible:
                yield NoneOf(absent, held | {min(map(str, variable.values))})
    if kinds and not held:
        yield NoneOf(absent.union(*(k.values for k in kinds)))
