"""Days: how they are written, and the Belgian calendar of legal holidays and working days.

The ten legal holidays come from the `holidays` package (Act of 4 January 1974). Regional feast days are no legal
holidays and never move a day.
"""

import re
from datetime import date, timedelta
from functools import cache
from typing import Literal

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def parse_day(text: str) -> date:
    """Return the day that `text` writes as YYYY-MM-DD, the one form we read; raises ValueError."""
    if not _DAY.fullmatch(text):
        raise ValueError(f"{text!r} is no day written as YYYY-MM-DD")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is no day of the calendar") from None


@cache
def legal_holidays(year: int) -> frozenset[date]:
    """Return the ten Belgian legal holidays of `year`."""
    import holidays  # noqa: PLC0415  half the start of a command that needs no working days

    sundays_by_nature = {"Easter Sunday", "Whit Sunday", "Pentecost"}
    return frozenset(
        day
        for day, name in holidays.country_holidays("BE", years=year, language="en_US").items()
        if name not in sundays_by_nature
    )


def is_working_day(day: date, *, saturday_counts: bool = False) -> bool:
    """Whether `day` is a working day: no Sunday, no legal holiday, and no Saturday unless `saturday_counts`."""
    last = 5 if saturday_counts else 4
    return day.weekday() <= last and day not in legal_holidays(day.year)


def nth_working_day_after(day: date, n: int, *, saturday_counts: bool = False) -> date:
    """Return the `n`-th working day strictly after `day` (n = 0: `day` itself)."""
    while n > 0:
        day += timedelta(days=1)
        if is_working_day(day, saturday_counts=saturday_counts):
            n -= 1
    return day


def why_no_working_day(day: date) -> Literal["saturday", "sunday", "holiday"] | None:
    """Return why `day` is no working day, or None when it is one; a holiday on a weekend counts as a holiday."""
    if day in legal_holidays(day.year):
        return "holiday"
    return {5: "saturday", 6: "sunday"}.get(day.weekday())  # type: ignore[return-value]


_OFFICES_MAY_CLOSE = frozenset({(5, 8), (7, 11), (9, 27), (11, 2), (11, 15), (12, 26)})


def may_be_closed(day: date) -> bool:
    """Whether `day` is a regional feast or a day that offices often take; it never moves a deadline.

    8 May (Brussels), 11 July, 27 September, 2 November, 15 November, 26 December. Bridge days are not known to us.
    """
    return (day.month, day.day) in _OFFICES_MAY_CLOSE
