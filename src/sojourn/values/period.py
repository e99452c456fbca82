"""Periods: half-open, `[first, until)`; and calendar arithmetic with months."""

import calendar
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` (included) to `until` (excluded); None is open on that side."""

    first: date | None = None
    until: date | None = None

    def __contains__(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.until is None or day < self.until)

    def overlaps(self, other: "Period") -> bool:
        """Whether some day lies in both."""
        starts = max(self.first or date.min, other.first or date.min)
        return starts < min(self.until or date.max, other.until or date.max)


def add_months(day: date, months: int) -> date:
    """Return the same day number `months` later, or the last day of that month when it has no such day.

    Raises OverflowError outside the years 1 to 9999.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:
        raise OverflowError(f"{day} plus {months} months lies outside the calendar")
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
