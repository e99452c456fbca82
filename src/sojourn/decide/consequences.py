"""What each missing answer could change: the results that it could bring about alone."""

from collections.abc import Iterator

from sojourn.decide.assess import Cells, cut_values, engine
from sojourn.decide.finding import Finding
from sojourn.decide.program import Segment
from sojourn.decide.variables import Choice, Facts, Presence, Scale
from sojourn.law.model import Law
from sojourn.values.known import Band, Known, NoneOf, OneOf
from sojourn.values.verdict import BEST_FIRST, Result


def consequences(law: Law, finding: Finding, facts: Facts) -> dict[str, tuple[Result, ...]]:
    """Return for each missing fact the results, best first, that an answer to it alone could bring about.

    Empty where no single answer settles anything: then it matters together with others.
    """
    e = engine(law)
    ready = e.ready(finding.pathway, finding.on)
    if ready is None:
        return {}
    out = {}
    for fact in finding.missing:
        results = {
            e.result(finding.pathway, {**facts, fact: known}, finding.on)
            for known in _answers(ready.segment, fact, facts, Cells(ready.segment, facts, e.day(finding.on)))
        }
        out[fact] = tuple(r for r in BEST_FIRST if r in results and r is not Result.UNDETERMINED)
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
        possible = [c for c in range(variable.count) if cells(i) >> c & 1]
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
