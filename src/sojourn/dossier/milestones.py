"""The timeline: from payment and filing to the card, its renewal, permanent residence and nationality."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sojourn.decide.variables import Facts
from sojourn.dossier.applies import Stages, filed_with
from sojourn.dossier.course import Course
from sojourn.dossier.fees import Fees
from sojourn.dossier.race import computed, known_day, limit_on
from sojourn.dossier.time_limit import Computation
from sojourn.law.limits import Limit
from sojourn.law.model import Law
from sojourn.law.procedure import After, Clock, Line

Kind = Literal["pay", "file", "decide", "confirmation", "collection", "registration", "title", "validity", "renewal",
               "unlimited", "nationality"]  # fmt: skip
Bound = Literal["on", "by", "until", "not-before", "unknown"]
Assumes = Literal["starts-with-filing", "decided-on-last-day", "valid-from-decision", "valid-for-most-years",
                  "stay-begins-with-filing"]  # fmt: skip
_FOLLOWS = frozenset(
    {"confirmation", "collection", "registration", "title", "validity", "renewal", "unlimited", "nationality"}
)


@dataclass(frozen=True, slots=True)
class Milestone:
    """One thing on the way.

    line: the line of law that says so; None for the filing itself. day: the day it falls on, `on` it, `by` it, `until`
    it or not before it, as `bound` says; None where no source tells. opens: the first day of a window.
    computation: how the day was counted. limit: the limit that will count it, where its first day is not known yet.
    assumes: what the day supposes. missing: the facts that would tell more.
    """

    kind: Kind
    stage: str
    line: Line | None
    day: date | None
    bound: Bound
    opens: date | None = None
    computation: Computation | None = None
    limit: Limit | None = None
    assumes: tuple[Assumes, ...] = ()
    missing: tuple[str, ...] = ()


def last_decision(law: Law, course: Course, stage: str, filed: date) -> tuple[Clock, Computation] | None:
    """Return the clock on which the authority decides in a stage, and its last day if it starts on the filing day.

    None where no source sets a time, or the clock starts with neither the filing nor the admission of the file.
    """
    for clock, _ in course.clocks:
        starts = {"filed", "admissible"} & set(clock.starts)
        if clock.stage == stage and clock.who == "authority" and starts and clock.limit:
            found = computed(law, clock.limit, filed)
            if found is not None and found.limit.kind == "decide":
                return clock, found
    return None


def milestones(
    law: Law, stages: Stages, course: Course, fees: Fees, facts: Facts, filed: date
) -> tuple[Milestone, ...]:  # fmt: skip
    """Return the way ahead of an application filed on day `filed`, in the order in which it is gone.

    What has no day of its own stands after the decision, in the order of the law.
    """
    way = [*_before(stages, fees, filed), *_ahead(law, stages, course, facts, filed)]
    decided = max((m.day for m in way if m.kind == "decide" and m.day), default=filed)
    return tuple(sorted(way, key=lambda m: m.opens or m.day or decided))


def _before(stages: Stages, fees: Fees, filed: date) -> Iterator[Milestone]:
    for due in fees.due:
        if due.pay_by is not None and due.status.value != "no":
            yield Milestone("pay", due.fee.stage, due.fee, due.pay_by, "by")
    for stage, _ in stages.values():
        if filed_with(stage, stages, filed):
            yield Milestone("file", stage.id, stage, filed, "on")


def _ahead(law: Law, stages: Stages, course: Course, facts: Facts, filed: date) -> Iterator[Milestone]:
    decided: date | None = None
    for stage, _ in stages.values():
        if filed_with(stage, stages, filed):
            found = last_decision(law, course, stage.id, filed)
            if found is None:
                yield from _undated(course, stage.id)
            else:
                clock, count = found
                assumes: tuple[Assumes, ...] = () if "filed" in clock.starts else ("starts-with-filing",)
                yield Milestone("decide", stage.id, clock, count.safe_day, "by", computation=count, assumes=assumes)
                decided = count.safe_day
        yield from _required(law, course, stage.id)
        yield from _after(law, course, stage.id, facts, filed, decided)
    for later in dict.fromkeys(a.stage for a, _ in course.after if a.stage not in stages):
        yield from _after(law, course, later, facts, filed, decided)


def _undated(course: Course, stage: str) -> Iterator[Milestone]:
    """Yield the decision of a stage for which no source sets a time."""
    for clock, _ in course.clocks:
        if clock.stage == stage and clock.who == "authority" and "filed" in clock.starts:
            yield Milestone("decide", stage, clock, None, "unknown")
            return


def _required(law: Law, course: Course, stage: str) -> Iterator[Milestone]:
    """Yield what the person must do in time once the grant is there."""
    for clock, _ in course.clocks:
        won = any(start == "entered" or start.endswith("granted") for start in clock.starts)
        if clock.stage == stage and clock.who == "applicant" and won and clock.limit:
            limit = limit_on(law, clock.limit, course.on)
            yield Milestone("registration", stage, clock, None, "unknown", limit=limit)


def _after(
    law: Law, course: Course, stage: str, facts: Facts, filed: date, decided: date | None
) -> Iterator[Milestone]:  # fmt: skip
    for line, _ in course.after:
        if line.stage != stage or line.kind not in _FOLLOWS:
            continue
        yield _milestone(law, course, line, facts, filed, decided)


def _milestone(law: Law, course: Course, line: After, facts: Facts, filed: date, decided: date | None) -> Milestone:
    kind: Kind = line.kind  # type: ignore[assignment]
    limit = limit_on(law, line.limit, filed)
    if limit is None:
        return Milestone(kind, line.stage, line, None, "unknown")
    if line.fact:
        return _from_fact(law, line, kind, limit, facts, filed)
    expiry = _expiry(law, course, line, decided)
    start = decided if kind == "validity" else expiry
    found = computed(law, line.limit, start) if start else None
    if found is None:
        return Milestone(kind, line.stage, line, None, "unknown", limit=limit)
    if kind == "validity":
        return Milestone(kind, line.stage, line, found.safe_day, "until", None, found,
                         assumes=("decided-on-last-day", "valid-from-decision", "valid-for-most-years"))  # fmt: skip
    return Milestone(kind, line.stage, line, found.safe_day, "by", found.opens, found,
                     assumes=("decided-on-last-day", "valid-from-decision", "valid-for-most-years"))  # fmt: skip


def _from_fact(law: Law, line: After, kind: Kind, limit: Limit, facts: Facts, filed: date) -> Milestone:
    known = known_day(facts, line.fact)
    if known is None and limit.kind != "wait":
        return Milestone(kind, line.stage, line, None, "unknown", limit=limit, missing=(line.fact,))
    found = computed(law, line.limit, known or filed, on=filed)
    if found is None:
        return Milestone(kind, line.stage, line, None, "unknown", limit=limit)
    assumes: tuple[Assumes, ...] = () if known else ("stay-begins-with-filing",)
    missing = () if known else (line.fact,)
    if limit.kind == "wait":
        return Milestone(kind, line.stage, line, found.from_then, "not-before", None, found, None, assumes, missing)
    return Milestone(kind, line.stage, line, found.safe_day, "by", found.opens, found, None, assumes, missing)


def _expiry(law: Law, course: Course, line: After, decided: date | None) -> date | None:
    """Return when the title that is to be renewed ends at the latest, where the law limits its validity."""
    for title, _ in course.after:
        if title.kind == "validity" and title.stage == line.of and title.limit and decided:
            found = computed(law, title.limit, decided)
            return found.safe_day if found else None
    return None
