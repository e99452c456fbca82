"""Counting a period: from the day on which something happened to its last day, every step told.

How a period is counted is data (`Counting`), written by a jurist in `law/be/time-limits.yaml`. Days are days of the
Belgian civil calendar, without hours, so summer time changes nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal

from sojourn.values.calendar import is_working_day, why_no_working_day
from sojourn.values.period import Period, add_months

Unit = Literal["days", "working_days", "months", "years"]
StepKind = Literal[
    "event", "stated", "presumed", "day-one", "last", "opens", "back", "stays-within", "paused", "rolled", "stays",
    "earliest", "latest", "moved-back", "no-day-to-act", "may-be-closed",
]  # fmt: skip
FIRST, LAST = date(1975, 1, 1), date(2099, 12, 31)
"""The days for which we vouch for the Belgian calendar: the Act of 4 January 1974, and as far as Easter is tabled."""

_DAY = timedelta(days=1)


class CalendarError(ValueError):
    """A period reaches beyond the calendar we know, or no day of it is left."""


@dataclass(frozen=True, slots=True)
class Length:
    """How long: `number` of calendar days, working days, months or years."""

    number: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Counting:
    """One way to count a period (wijze van berekening / mode de calcul).

    event: what happened on the day it starts from. length: None where the notice itself names the last day.
    after: from the event to the starting day (a letter is presumed to arrive on the third working day).
    day_counts: whether the starting day is day one; otherwise the day after it is.
    back: counted back from the event (an expiry); `opens` is then the first day of the window.
    within: the length is used up inside every window of so many days, each day counting (short stay).
    saturday_counts: whether Saturday is a working day. rolls: whether a last day on a Saturday, Sunday or legal
    holiday moves to the next working day.
    months_end: the last day of a period in months is the day with the `same-number` as the day before day one, or
    the `eve` of the day with the number of day one. They differ after the last day of a short month.
    """

    event: str
    length: Length | None = None
    after: Length | None = None
    day_counts: bool = False
    back: bool = False
    opens: Length | None = None
    within: int | None = None
    saturday_counts: bool = False
    rolls: bool = False
    months_end: Literal["same-number", "eve"] = "same-number"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a computation: what it is, the day it leads to, and what it was made of; any shell words it."""

    kind: StepKind
    day: date
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Count:
    """The last day of a period, the first day of its window where it has one, and the steps that led there."""

    last_day: date
    steps: tuple[Step, ...]
    opens: date | None = None


def count(
    counting: Counting, start: date, *, pauses: Sequence[Period] = (), stays: Sequence[Period] = ()
) -> Count:  # fmt: skip
    """Return the last day of a period that starts from the event on `start`.

    pauses: closed stretches of time during which the period stood still, half-open.
    stays: for a short stay, earlier stays, half-open (entry day, day after the exit day).
    Raises CalendarError outside the calendar we know, or when no day of a short stay is left.
    """
    if not FIRST <= start <= LAST:
        raise CalendarError(f"{start} lies outside the calendar we know, {FIRST} to {LAST}")
    steps = [Step("event", start, {"event": counting.event})]
    if counting.length is None:
        last, opens = start, None
        steps.append(Step("stated", last))
    elif counting.back:
        last, opens = _back(counting, counting.length, start, steps)
    else:
        last, opens = _forward(counting, counting.length, start, stays, steps), None
    for pause in sorted(pauses, key=lambda p: p.first or date.min):
        if pause.first and pause.until and start <= pause.first <= last:
            days = (pause.until - pause.first).days
            last += timedelta(days)
            steps.append(Step("paused", last, {"from": pause.first, "until": pause.until, "days": days}))
    if why := why_no_working_day(last):
        if counting.rolls:
            last = next(d for d in _days_from(last) if is_working_day(d))
            steps.append(Step("rolled", last, {"why": why}))
        elif counting.within is None:
            steps.append(Step("stays", last, {"why": why}))
    if last > LAST:
        raise CalendarError(f"{last} lies outside the calendar we know, which ends on {LAST}")
    return Count(last, tuple(steps), opens)


def _back(counting: Counting, length: Length, start: date, steps: list[Step]) -> tuple[date, date | None]:
    opens = None
    if counting.opens:
        opens = shifted(start, Length(-counting.opens.number, counting.opens.unit))
        steps.append(Step("opens", opens, {"length": counting.opens}))
    last = shifted(start, Length(-length.number, length.unit))
    steps.append(Step("back", last, {"length": length}))
    return last, opens


def _forward(counting: Counting, length: Length, start: date, stays: Sequence[Period], steps: list[Step]) -> date:
    day = start
    if counting.after:
        day = shifted(start, counting.after, saturday_counts=counting.saturday_counts)
        counted = _counted(start, day, counting.after, counting.saturday_counts)
        steps.append(Step("presumed", day, {"length": counting.after, "counted": counted}))
    one = day if counting.day_counts else day + _DAY
    steps.append(Step("day-one", one, {"counts": counting.day_counts}))
    if counting.within is not None:
        last = last_day_of_stay(one, length.number, counting.within, stays)
        steps.append(Step("stays-within", last, {"length": length, "within": counting.within, "stays": len(stays)}))
        return last
    if length.unit in ("months", "years") and counting.months_end == "eve":
        last = _eve(one, length)
    else:
        last = shifted(one - _DAY, length, saturday_counts=counting.saturday_counts)
    counted = _counted(one - _DAY, last, length, counting.saturday_counts)
    steps.append(Step("last", last, {"length": length, "counted": counted}))
    return last


def shifted(day: date, by: Length, *, saturday_counts: bool = False) -> date:
    """Return the day so many days, working days, months or years after `day`, or before it when the number is negative.

    A month without the day number ends on its last day. Raises CalendarError outside the calendar we know.
    """
    try:
        if by.unit == "days":
            moved = day + timedelta(by.number)
        elif by.unit == "working_days":
            away, moved = abs(by.number), day
            while away:
                moved += _DAY if by.number > 0 else -_DAY
                away -= is_working_day(moved, saturday_counts=saturday_counts)
        else:
            moved = add_months(day, by.number * (12 if by.unit == "years" else 1))
    except OverflowError:
        raise CalendarError(f"{by.number} {by.unit} from {day} leads outside the calendar") from None
    return moved


def _eve(one: date, length: Length) -> date:
    """Return the eve of the day with the number of day `one`; the end of the month when it has no such day."""
    target = shifted(one, length)
    return target - _DAY if target.day == one.day else target


def _days_from(day: date) -> Iterator[date]:
    while True:
        yield day
        day += _DAY


def _counted(after: date, last: date, length: Length, saturday_counts: bool) -> tuple[date, ...]:
    """Return the working days that were counted, to be shown; none for other units and for long periods."""
    if length.unit != "working_days" or length.number > 10:
        return ()
    days = (after + timedelta(n) for n in range(1, (last - after).days + 1))
    return tuple(d for d in days if is_working_day(d, saturday_counts=saturday_counts))


def days_used(stays: Sequence[Period], day: date, within: int) -> int:
    """Return on how many of the `within` days up to and including `day` somebody stayed; stays are half-open."""
    return _used(_stayed(stays), day, within)


def last_day_of_stay(entry: date, days: int, within: int, earlier: Sequence[Period] = ()) -> date:
    """Return the last day of an unbroken stay from `entry` on with at most `days` in every window of `within` days.

    Raises CalendarError when the days are already used up on the day of entry; it names the first day with one left.
    """
    stayed = _stayed(earlier)
    if _used(stayed | {entry}, entry, within) > days:
        free = next(d for d in _days_from(entry) if _used(stayed | {d}, d, within) <= days)
        raise CalendarError(
            f"on {entry} all {days} days of the last {within} are used; the first day with one left is {free}"
        )
    stayed = {d for d in stayed if d < entry}
    last = entry
    while (last - entry).days + 2 + _used(stayed, last + _DAY, within) <= days:
        last += _DAY
    return last


def _stayed(stays: Sequence[Period]) -> set[date]:
    return {
        stay.first + timedelta(n) for stay in stays if stay.first and stay.until
        for n in range((stay.until - stay.first).days)
    }  # fmt: skip


def _used(stayed: set[date], day: date, within: int) -> int:
    first = day - timedelta(within - 1)
    return sum(first <= d <= day for d in stayed)
