"""The law on one day: what thresholds are worth."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sojourn.law.amounts import Worth, worth
from sojourn.law.model import Amount, Law, Number, OfAmount, OfDay, Threshold
from sojourn.values.calendar import nth_working_day_after
from sojourn.values.period import add_months

if TYPE_CHECKING:
    from sojourn.decide.program import Segment


@dataclass(frozen=True, slots=True)
class Bound:
    """The value of a threshold on a day: exact when `low == high`; unknown when both are None."""

    low: int | None
    high: int | None


@dataclass
class Day:
    """The thresholds of one day, each reckoned once.

    worths: what amounts are worth; days between which no amount changes may share it.
    """

    law: Law
    on: date
    worths: dict[tuple[str, int], Worth] = field(default_factory=dict)
    _days: dict[OfDay, int] = field(default_factory=dict)
    _cuts: dict[tuple[int, int], tuple[int, ...]] = field(default_factory=dict)

    def worth(self, amount: str, count: int = 0) -> Worth:
        """Return what `amount` is worth today, for `count` persons where it depends on them."""
        key = (amount, count)
        if key not in self.worths:
            self.worths[key] = worth(self.law.amounts, amount, self.on, count)
        return self.worths[key]

    def amount(self, id: str) -> Amount:
        """Return the amount `id`."""
        return self.law.amounts[id]

    def bound(self, threshold: Threshold, count: int = 0) -> Bound:
        """Return the threshold in cents, units or day ordinals."""
        if isinstance(threshold, Number):
            return Bound(threshold.value, threshold.value)
        if isinstance(threshold, OfAmount):
            w = self.worth(threshold.amount, count)
            if w.low is None or w.high is None:
                return Bound(None, None)
            return Bound(w.low + threshold.plus, w.high + threshold.plus)
        if threshold not in self._days:
            self._days[threshold] = self._reckon(threshold)
        day = self._days[threshold]
        return Bound(day, day)

    def cuts(self, segment: "Segment", i: int) -> tuple[int, ...]:
        """Return the thresholds of variable `i` of a segment, ascending, in cents, units or day ordinals."""
        key = (id(segment), i)
        if key not in self._cuts:
            values = []
            for threshold, count, end in segment.cuts[i]:
                bound = self.bound(threshold, count)
                value = bound.low if end == "low" else bound.high
                assert value is not None
                values.append(value)
            self._cuts[key] = tuple(values)
        return self._cuts[key]

    def _reckon(self, threshold: OfDay) -> int:
        if threshold.how == "filing-day":
            return self.on.toordinal() + threshold.plus
        if threshold.how == "not-older":
            # the earliest D with D + months + days >= filing day; that sum never falls as D grows
            guess = add_months(self.on, -threshold.months) - timedelta(days=threshold.days + 4)
            while add_months(guess, threshold.months) + timedelta(days=threshold.days) < self.on:
                guess += timedelta(days=1)
            return guess.toordinal()
        if threshold.how == "ahead":
            # the earliest D with D - months - days >= filing day; that difference never falls as D grows
            guess = add_months(self.on, threshold.months) + timedelta(days=threshold.days - 4)
            while add_months(guess, -threshold.months) - timedelta(days=threshold.days) < self.on:
                guess += timedelta(days=1)
            return guess.toordinal()
        guess = add_months(self.on, -12 * threshold.years - threshold.months) - timedelta(days=threshold.days - 4)
        while passed_on(guess, threshold) > self.on:
            guess -= timedelta(days=1)
        return guess.toordinal() + 1


def passed_on(day: date, span: OfDay) -> date:
    """Return the day on which `span` after `day` has passed: working days first, then years and months, then days."""
    start = nth_working_day_after(day, span.working_days, saturday_counts=span.saturday_counts)
    return add_months(start, 12 * span.years + span.months) + timedelta(days=span.days)


def overtakes(span: OfDay, fixed: date) -> date:
    """Return the first filing day on which the day reckoned by `span` lies after `fixed`."""
    if span.how == "filing-day":
        return fixed + timedelta(days=1 - span.plus)
    if span.how == "not-older":
        return add_months(fixed, span.months) + timedelta(days=span.days + 1)
    return passed_on(fixed, span)
