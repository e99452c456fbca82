"""Clock races: what must still last when something else is reached, such as a lawful stay when the decision comes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from sojourn.decide.day import Day
from sojourn.decide.variables import Facts
from sojourn.dossier.applies import Applies, Stages, lines_on
from sojourn.dossier.time_limit import Computation, LimitError, count
from sojourn.law.limits import Limit
from sojourn.law.model import Law
from sojourn.law.procedure import Clock, Procedure, Race
from sojourn.values.counting import CalendarError
from sojourn.values.known import Exact
from sojourn.values.period import add_months

_DAY = timedelta(days=1)
_HORIZON = 3653  # days; who files for something that ends later than that has no race to lose


@dataclass(frozen=True, slots=True)
class RaceRun:
    """A race for one person and one filing day.

    state: it `holds`, it `may-fail` (what must last may end first), or it is `unknown` because a fact is missing.
    reached: the last day on which what must come first may come, if its clock starts on the filing day. It can start
    later where `started_by` is set: then the race holds only if the clock starts by that day.
    ends: the last day on which the other thing lasts. file_by: the latest filing day, today or later, for which the
    race would hold; None where there is none, or it holds.
    goal, end: how both days were counted, where a time limit gives them.
    """

    race: Race
    applies: Applies
    state: Literal["holds", "may-fail", "unknown"]
    reached: date | None
    ends: date | None
    goal: Computation | None = None
    end: Computation | None = None
    started_by: date | None = None
    file_by: date | None = None
    missing: tuple[str, ...] = ()


def races(law: Law, procedure: Procedure, stages: Stages, facts: Facts, day: Day, today: date) -> tuple[RaceRun, ...]:
    """Return the races that concern the person, for an application filed on `day.on`."""
    found = lines_on(procedure.races, stages, facts, day)
    return tuple(_run(law, procedure, race, answer, facts, day.on, today) for race, answer in found)


def _run(
    law: Law, procedure: Procedure, race: Race, applies: Applies, facts: Facts, filed: date, today: date
) -> RaceRun:  # fmt: skip
    clocks = (c for c in procedure.clocks if c.stage == race.stage and filed in c.period)
    clock = next((c for c in clocks if c.id == race.clock), None)
    goal = computed(law, clock.limit, filed) if clock else None
    reached = add_months(filed, race.months) if race.months is not None else goal.safe_day if goal else None
    started = known_day(facts, race.fact)
    end = computed(law, race.limit, started) if race.limit and started else None
    ends = end.safe_day if end else None if race.limit else started
    if reached is None or ends is None:
        missing = (race.fact,) if started is None else ()
        return RaceRun(race, applies, "unknown", reached, ends, goal, end, missing=missing)
    at_goal = _goal(law, race, clock)
    if reached > ends:
        file_by = _latest(at_goal, ends, today, filed)
        return RaceRun(race, applies, "may-fail", reached, ends, goal, end, file_by=file_by)
    later = clock is not None and "filed" not in clock.starts
    started_by = _latest(at_goal, ends, filed, ends) if later else None
    return RaceRun(race, applies, "holds", reached, ends, goal, end, started_by=started_by)


def _goal(law: Law, race: Race, clock: Clock | None) -> Callable[[date], date | None]:
    """Return what gives, for a day on which the race starts, the day that must come first."""

    def by_clock(start: date) -> date | None:
        found = computed(law, clock.limit, start) if clock else None
        return found.safe_day if found else None

    months = race.months
    return by_clock if months is None else lambda start: add_months(start, months)


def _latest(at_goal: Callable[[date], date | None], ends: date, first: date, last: date) -> date | None:
    """Return the latest start from `first` to `last` for which the goal comes by `ends`, or None.

    A later start never brings the goal nearer, so the search halves what is left.
    """

    def fits(start: date) -> bool:
        goal = at_goal(start)
        return goal is not None and goal <= ends

    low, high = first, min(last, first + timedelta(_HORIZON))
    if low > high or not fits(low):
        return None
    while low < high:
        middle = low + (high - low + _DAY) // 2
        low, high = (middle, high) if fits(middle) else (low, middle - _DAY)
    return low


def known_day(facts: Facts, fact: str) -> date | None:
    """Return the day that a fact says, or None where it is not known exactly."""
    known = facts.get(fact)
    return date.fromordinal(known.value) if isinstance(known, Exact) and isinstance(known.value, int) else None


def limit_on(law: Law, limit: str, day: date) -> Limit | None:
    """Return the time limit as it is in force on a day; None where the law knows none by that name then."""
    return law.time_limits.on(limit, day) if limit in law.time_limits.limits else None


def computed(law: Law, limit: str, start: date, *, on: date | None = None) -> Computation | None:
    """Return the time limit `limit` counted from `start`, as it is in force on day `on` (on `start` when left out).

    None where it is not known for that day, or has no length.
    """
    found = limit_on(law, limit, on or start)
    if found is None or found.as_set or found.none_known:
        return None
    try:
        return count(found, start)
    except (LimitError, CalendarError):
        return None
