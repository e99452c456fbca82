"""A time limit on a day: every reading counted, and the day that is safe in all of them."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sojourn.law.limits import Limit, LimitReading
from sojourn.law.model import Cite
from sojourn.values.calendar import is_working_day, may_be_closed, why_no_working_day
from sojourn.values.counting import FIRST, Count, Counting, Length, Step
from sojourn.values.counting import count as count_period
from sojourn.values.period import Period

_DAY = timedelta(days=1)


class LimitError(ValueError):
    """The question does not fit the limit: an event it does not start from, or a length it has or lacks."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One reading, counted from one event."""

    reading: LimitReading
    event: str
    last_day: date
    opens: date | None
    steps: tuple[Step, ...]

    @property
    def name(self) -> str:
        """The id of the reading; empty where the limit has only one."""
        return self.reading.id


@dataclass(frozen=True, slots=True)
class Computation:
    """A limit counted from `start`.

    safe_day: for who must act, and for what lasts, the earliest last day of all readings that may move it, moved back
    (never forward) to a day on which one can act; where an authority must decide or the person must wait, the latest.
    None where no source gives a length. steps: from the readings to the safe day. opens: when a window opens.
    readings: what the law may mean, arguments included; the safe day is never later than any of them where the person
    must act. advice: earlier days by which it is wise to act all the same.
    """

    limit: Limit
    start: date
    readings: tuple[Counted, ...]
    safe_day: date | None
    opens: date | None
    steps: tuple[Step, ...]
    advice: tuple[Counted, ...] = ()

    @property
    def source(self) -> Cite:
        """The provision of the limit itself."""
        return self.limit.cite

    @property
    def from_then(self) -> date | None:
        """The day after the safe day, on which silence has its effect or the person is free again."""
        return self.safe_day + _DAY if self.safe_day and self.limit.kind in ("decide", "wait") else None


def count(
    limit: Limit, start: date, *, event: str | None = None, length: Length | None = None,
    pauses: Sequence[Period] = (), stays: Sequence[Period] = (),
) -> Computation:  # fmt: skip
    """Return the limit counted from the event on `start`, in every reading.

    event: the one that happened, where several may start it; all of them when left out. length: only for a convention
    that serves limits of any length. pauses, stays: as in `values.counting.count`.
    Raises LimitError when the question does not fit the limit, CalendarError outside the calendar.
    """
    _fits(limit, event, length, pauses, stays)
    if limit.none_known:
        return Computation(limit, start, (), None, None, ())
    counted = tuple(
        _counted(r, replace(c, length=length) if length else c, start, pauses, stays)
        for r in limit.readings
        for c in r.countings
        if event in (None, c.event)
    )
    safe, steps = _safe(limit, start, [c.last_day for c in counted if c.reading.moves_safe_day])
    opens = max((c.opens for c in counted if c.opens and c.reading.moves_safe_day), default=None)
    readings = tuple(c for c in counted if c.reading.weight != "advice")
    advice = tuple(c for c in counted if c.reading.weight == "advice")
    return Computation(limit, start, readings, safe, opens, steps, advice)


def _fits(
    limit: Limit, event: str | None, length: Length | None, pauses: Sequence[Period], stays: Sequence[Period]
) -> None:
    if event is not None and event not in limit.events:
        raise LimitError(f'{limit.id} does not start from "{event}" but from: {", ".join(limit.events)}')
    if limit.as_set and length is None:
        raise LimitError(f"{limit.id} serves time limits of any length: say how long")
    if length is not None and not limit.as_set:
        raise LimitError(f"{limit.id} has a length of its own")
    if pauses and not limit.pause:
        raise LimitError(f"no source lets {limit.id} stand still")
    if stays and all(c.within is None for r in limit.readings for c in r.countings):
        raise LimitError(f"earlier stays do not matter for {limit.id}")


def _counted(
    reading: LimitReading, counting: Counting, start: date, pauses: Sequence[Period], stays: Sequence[Period]
) -> Counted:
    found: Count = count_period(counting, start, pauses=pauses, stays=stays)
    return Counted(reading, counting.event, found.last_day, found.opens, found.steps)


def _safe(limit: Limit, start: date, last_days: list[date]) -> tuple[date, tuple[Step, ...]]:
    if limit.kind in ("decide", "wait"):
        day = max(last_days)
        return day, (Step("latest", day),) if len(set(last_days)) > 1 else ()
    day = min(last_days)
    steps = [Step("earliest", day)] if len(set(last_days)) > 1 else []
    why = why_no_working_day(day)
    if limit.act_on != "any" and why:
        back = day
        while not is_working_day(back):
            back -= _DAY
        if back < start and not limit.readings[0].countings[0].back:
            steps.append(Step("no-day-to-act", day))
        else:
            steps.append(Step("moved-back", back, {"why": why, "from": day}))
            day = back
    if limit.act_on == "office-open" and may_be_closed(day):
        steps.append(Step("may-be-closed", day))
    return day, tuple(steps)


def oldest_start(limit: Limit, day: date) -> date:
    """Return the earliest event from which `day` is still on time: the oldest issue date of a paper used on `day`.

    A later start never gives an earlier safe day, so the search halves the days since the calendar we know begins.
    Raises LimitError when the limit has no length of its own, or `day` lies too late for every event up to that day.
    """

    def reached(ordinal: int) -> bool:
        safe = count(limit, date.fromordinal(ordinal)).safe_day
        if safe is None:
            raise LimitError(f"no source gives {limit.id} a length")
        return safe >= day

    starts = range(FIRST.toordinal(), day.toordinal() + 1)
    found = bisect_left(starts, True, key=reached)
    if found == len(starts):
        raise LimitError(f"{day} is too late for {limit.id}, whatever the day it starts from")
    return date.fromordinal(starts[found])
