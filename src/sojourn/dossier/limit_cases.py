"""Worked cases of time limits: the days that must come out, held against those that do."""

from collections.abc import Iterator
from datetime import date

from sojourn.dossier.time_limit import Computation, LimitError, count
from sojourn.law.faults import Fault
from sojourn.law.limits import LimitCase
from sojourn.law.model import Law
from sojourn.values.counting import CalendarError


def faults(law: Law) -> list[Fault]:
    """Return what every worked case of the law's time limits expects and does not get."""
    return [fault for case in law.time_limits.cases for fault in differences(law, case)]


def differences(law: Law, case: LimitCase) -> Iterator[Fault]:
    """Yield what comes out otherwise than the case expects."""

    def differs(what: str) -> Fault:
        mend = f"Correct the case or the time limit ({case.why})."
        return Fault(case.file, case.line, "case-contradicts-rule", f'case "{case.name}": {what}', mend)

    limit = law.time_limits.on(case.limit, case.day)
    if limit is None or case.expect.get("no_rule"):
        if (limit is None) != case.expect.get("no_rule", False):
            yield differs(f"on {case.day} {'no' if limit is None else 'a'} rule is known")
        return
    try:
        found = count(
            limit, case.day, event=case.event or None, length=case.length, pauses=case.pauses, stays=case.stays
        )
    except (LimitError, CalendarError) as error:
        yield differs(str(error))
        return
    for key, expected in case.expect.items():
        if key == "readings":
            for id, last in expected.items():
                days = {c.last_day for c in (*found.readings, *found.advice) if c.name == id}
                if days != {last}:
                    yield differs(f"expects {last} in the reading {id}, the rule gives {_days(days)}")
        elif expected not in _outcomes(found, key):
            yield differs(f"expects {key} {expected}, the rule gives {_days(_outcomes(found, key))}")


def _outcomes(found: Computation, key: str) -> set[date]:
    if key == "last_day":
        days = [c.last_day for c in found.readings]
    elif key == "day_one":
        days = [s.day for c in found.readings for s in c.steps if s.kind == "day-one"]
    else:
        days = [getattr(found, key)]
    return set(filter(None, days))


def _days(days: set[date]) -> str:
    return ", ".join(sorted(map(str, days))) or "none"
