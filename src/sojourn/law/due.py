"""What must be read again: amounts past the day on which they usually move, old sources, announced changes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from sojourn.law.basis import basis, procedure_basis
from sojourn.law.model import Amount, Law, Pathway, Recheck
from sojourn.values.period import add_months

Kind = Literal["amount", "unknown-amount", "change", "source"]
ANNOUNCED = ("change_ahead", "suspended_law")


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to look at again.

    since: the day from which it is due; for an announced change that has not come yet, its day.
    id: of the amount, line of law or source. pathways: those that rest on it. because: in English, as the law says it.
    """

    kind: Kind
    id: str
    since: date
    pathways: tuple[str, ...]
    because: str = ""


def due(law: Law, on: date) -> list[Due]:
    """Return what must be read again on a day, the longest due first.

    An amount is due once the day has passed on which its `recheck:` expects it to move and no row begins there; a row
    that says `unknown` is due at once; a source once it was read longer ago than `stale_after_days` of law.yaml.
    """
    users = _users(law)
    found = [*_amounts(law, on, users), *_changes(law, on), *_sources(law, on, users)]
    return sorted(found, key=lambda d: (d.since, d.kind, d.id))


def next_change(law: Law, pathway: Pathway, after: date) -> date | None:
    """Return the next day after `after` on which the pathway, or an amount it uses, is known or expected to change."""
    days = {d for e in pathway.entries for d in (e.period.first, e.period.until)} | {pathway.in_force.until}
    for id in _amounts_of(law, pathway):
        amount = law.amounts[id]
        days |= {d for row in amount.rows for d in (row.first, row.until)}
        if amount.recheck:
            days.add(expected(amount, amount.recheck))
    return min((d for d in days if d and d > after), default=None)


def expected(amount: Amount, recheck: Recheck) -> date | None:
    """Return the day on which the amount is expected to move after its last known row; None without such a row."""
    known = [row for row in amount.rows if row.low is not None]
    if not known:
        return None
    last = known[-1].first
    if recheck.yearly is None:
        return add_months(last, recheck.months or 0)
    month, day = recheck.yearly
    this_year = date(last.year, month, day)
    return this_year if this_year > last else date(last.year + 1, month, day)


def _amounts(law: Law, on: date, users: dict[str, tuple[str, ...]]) -> Iterator[Due]:
    for amount in law.amounts.values():
        pathways = users.get(f"amount {amount.id}", ())
        open_row = next((r for r in amount.rows if r.low is None and r.first <= on < (r.until or date.max)), None)
        if open_row:
            yield Due("unknown-amount", amount.id, open_row.first, pathways, open_row.unknown)
        elif amount.recheck and (day := expected(amount, amount.recheck)) and day <= on:
            yield Due("amount", amount.id, day, pathways, amount.recheck.because)


def _changes(law: Law, on: date) -> Iterator[Due]:
    """Yield cautions that speak of a change, and lines of law that begin or end between our reading and the day."""
    for p in law.pathways.values():
        for e in p.entries:
            if e.caution in ANNOUNCED and on in e.period:
                yield Due("change", f"{p.id}: {e.id}", e.period.first or law.read_until, (p.id,), e.says)
            for day in (e.period.first, e.period.until):
                if day and law.read_until < day <= on:
                    yield Due("change", f"{p.id}: {e.id}", day, (p.id,), e.says)


def _sources(law: Law, on: date, users: dict[str, tuple[str, ...]]) -> Iterator[Due]:
    for source in law.sources.values():
        since = source.read + timedelta(days=law.stale_after_days)
        pathways = users.get(f"source {source.id}", ())
        if since < on and pathways:
            yield Due("source", source.id, since, pathways, source.title)


def _amounts_of(law: Law, pathway: Pathway) -> tuple[str, ...]:
    procedure = procedure_basis(law, pathway.procedure).amounts if pathway.procedure else ()
    return tuple(dict.fromkeys((*basis(law, pathway).amounts, *procedure)))


def _users(law: Law) -> dict[str, tuple[str, ...]]:
    """Return the pathways that rest on each amount and source, under `amount ID` and `source ID`."""
    found: dict[str, dict[str, None]] = {}
    for p in law.pathways.values():
        rests = [basis(law, p), *([procedure_basis(law, p.procedure)] if p.procedure else [])]
        for b in rests:
            for name in (*(f"amount {id}" for id in b.amounts), *(f"source {id}" for id in b.sources)):
                found.setdefault(name, {})[p.id] = None
    return {name: tuple(pathways) for name, pathways in found.items()}
