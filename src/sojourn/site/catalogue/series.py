"""A dated amount as the steps it took through time, whether its rows are published or a formula gives them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sojourn.law.amounts import change_days, row_on, worth
from sojourn.law.model import Amount, Cite, Conflict, Law


@dataclass(frozen=True, slots=True)
class Step:
    """What an amount is worth in [first, until), in cents: exact when `low == high`, unknown when both are None.

    computed: whether no source prints this very number. seen: `first` is the day it was seen, not the day it began.
    """

    first: date
    until: date | None
    low: int | None
    high: int | None
    cites: tuple[Cite, ...]
    computed: bool
    seen: bool
    conflicts: tuple[Conflict, ...] = ()

    @property
    def exact(self) -> int | None:
        """Return the value, if there is exactly one."""
        return self.low if self.low == self.high else None


def series(law: Law, id: str, count: int = 0) -> tuple[Step, ...]:
    """Return the steps of the amount `id` in the order of time, with `count` as the value of the fact in its formula.

    Days on which nothing is in force have no step. Raises KeyError for an unknown amount.
    """
    amounts: Mapping[str, Amount] = law.amounts
    amount = amounts[id]
    days = sorted(change_days(dict(amounts), id))
    steps: list[Step] = []
    for day, until in zip(days, [*days[1:], None], strict=True):
        if amount.rows and row_on(amount, day) is None:
            continue
        if not amount.rows and day not in amount.period:
            continue
        value = worth(dict(amounts), id, day, count)
        own = value.rows[0][1] if amount.rows and value.rows else None
        cites = tuple(dict.fromkeys(c for c in (value.cite, *(row.cite for _, row in value.rows)) if c))
        step = Step(
            first=day,
            until=until,
            low=value.low,
            high=value.high,
            cites=cites,
            computed=own is None or bool(own.derived) or (own.cite is not None and own.cite.grade == "derived"),
            seen=own is not None and own.seen,
            conflicts=own.conflicts if own else (),
        )
        before = steps[-1] if steps else None
        if before and before.until == day and (before.low, before.high) == (step.low, step.high):
            steps[-1] = replace(before, until=until, conflicts=(*before.conflicts, *step.conflicts))
        else:
            steps.append(step)
    return tuple(steps)


def on_day(steps: tuple[Step, ...], day: date) -> Step | None:
    """Return the step in force on a day."""
    return next((s for s in steps if s.first <= day and (s.until is None or day < s.until)), None)
