"""What a pathway rests on in the rest of the law: amounts, facts, sources, and the names of people and documents."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sojourn.law.model import (
    Cite,
    Cited,
    Disputed,
    Entry,
    Holds,
    Law,
    Member,
    OfAmount,
    Pathway,
    Reaches,
    Weighed,
    walk,
)
from sojourn.law.procedure import Procedure


@dataclass(frozen=True, slots=True)
class Basis:
    """The ids of what a rule or a procedure uses, each once, in the order in which it comes to them."""

    amounts: tuple[str, ...]
    facts: tuple[str, ...]
    sources: tuple[str, ...]
    helpers: tuple[str, ...]
    evidence: tuple[str, ...]


def basis(law: Law, pathway: Pathway) -> Basis:
    """Return what the rule rests on, also through the amounts that another amount is computed from."""
    entries = pathway.entries
    tests = [t for e in entries for t in walk(e.test)]
    compared = [t.threshold.amount for t in tests if isinstance(t, Reaches) and isinstance(t.threshold, OfAmount)]
    amounts = _once(part for id in [*compared, *(e.amount for e in entries if e.amount)] for part in _parts(law, id))
    tested = [t.fact for t in tests if isinstance(t, Member | Holds | Reaches)]
    counted = [fact for id in amounts for fact in law.amounts[id].facts]
    cites = [c.source for e in entries for c in cites_of(e)]
    cites += [source for id in amounts for source in _sources_of_amount(law, id)]
    weighed: list[Entry | Weighed] = [*entries, *(t for t in tests if isinstance(t, Weighed))]
    return Basis(
        amounts=amounts,
        facts=_once([*tested, *(e.fact for e in entries), *counted]),
        sources=_once(cites),
        helpers=_once([*(x.by for x in weighed), *pathway.who_helps]),
        evidence=_once(id for x in weighed for id in x.shown_by),
    )


def procedure_basis(law: Law, procedure: Procedure) -> Basis:
    """Return what a procedure rests on."""
    lines = list(procedure.lines())
    tests = [t for line in lines for t in walk(line.test)]
    amounts = _once(part for fee in procedure.fees for part in _parts(law, fee.amount))
    accounts = [fee.account for fee in procedure.fees if fee.account]
    cites = [c for line in lines for c in (line.cite, *line.also)]
    for limit in (x for id in procedure.limits() for x in law.time_limits.limits.get(id, ())):
        cites += [limit.cite, *limit.also, *(reading.cite for reading in limit.readings if reading.cite)]
    cites += [c for account in accounts for c in (account.cite, *account.also)]
    cites += [t.cite for t in tests if isinstance(t, Cited)]
    printed = [source for id in amounts for source in _sources_of_amount(law, id)]
    days = [x.fact for x in procedure.races] + [x.fact for x in procedure.after]
    days += [paper.issued for paper in procedure.evidence]
    return Basis(
        amounts=amounts,
        facts=_once([*(t.fact for t in tests if isinstance(t, Member | Holds | Reaches)), *days]),
        sources=_once([*(c.source for c in cites), *printed]),
        helpers=_once(stage.at for stage in procedure.stages),
        evidence=_once(paper.id for paper in procedure.evidence),
    )


def cites_of(entry: Entry) -> Iterator[Cite]:
    """Yield every citation of a line of law, those of its tests and readings included."""
    yield from (entry.cite, *entry.also)
    for test in walk(entry.test):
        if isinstance(test, Cited):
            yield test.cite
        if isinstance(test, Disputed):
            yield from (reading.cite for reading in test.readings)


def _sources_of_amount(law: Law, id: str) -> Iterator[str]:
    """Yield the sources that print an amount, as the law has it or otherwise."""
    amount = law.amounts[id]
    yield from (cite.source for cite in (amount.cite, *(row.cite for row in amount.rows)) if cite)
    yield from (conflict.source for row in amount.rows for conflict in row.conflicts)


def _parts(law: Law, id: str) -> Iterator[str]:
    yield id
    for term in law.amounts[id].terms:
        for part in term.amounts:
            yield from _parts(law, part)


def _once(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(id for id in dict.fromkeys(ids) if id)
