"""A naive second opinion: plain recursion over the law for a person of whom everything is known.

Shares no code with `sojourn.decide` but the holidays. Levels are words: "no" < "open" < "weighed" < "yes".
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import product
from typing import Any

from sojourn.law import model as m
from sojourn.values.calendar import is_working_day
from sojourn.values.known import Exact, Known

RANK = {"no": 0, "open": 1, "weighed": 2, "yes": 3}


def amount(law: m.Law, id: str, day: date, facts: dict[str, Any]) -> tuple[int | None, int | None]:
    a = law.amounts[id]
    if a.rows:
        for row in a.rows:
            if row.first <= day and (row.until is None or day < row.until):
                return row.low, row.high
        return None, None
    if (a.period.first and day < a.period.first) or (a.period.until and day >= a.period.until):
        return None, None
    low = high = Decimal(0)
    for t in a.terms:
        x = y = t.factor
        for name in t.amounts:
            p, q = amount(law, name, day, facts)
            if p is None or q is None:
                return None, None
            x, y = x * p, y * q
        if t.fact:
            n = max(0, facts[t.fact] - t.beyond)
            x, y = x * n, y * n
        low, high = low + x, high + y
    one = Decimal(1)
    return int(low.quantize(one, ROUND_HALF_UP)), int(high.quantize(one, ROUND_HALF_UP))


def secondary(law: m.Law, id: str, day: date) -> bool:
    """Whether the amount rests on anything but official sources that day."""
    a = law.amounts[id]
    cites = [a.cite] + [r.cite for r in a.rows if r.first <= day and (r.until is None or day < r.until)]
    return any(c.grade != "official" for c in cites if c) or any(
        secondary(law, n, day) for t in a.terms for n in t.amounts
    )


def shifted(day: date, months: int) -> date:
    year, month = day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1
    for last in range(day.day, 0, -1):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    raise AssertionError


def reaches(law: m.Law, t: m.Reaches, facts: dict[str, Any], on: date) -> str:
    value, th = facts[t.fact], t.threshold
    if isinstance(th, m.Number):
        return "yes" if value >= th.value else "no"
    if isinstance(th, m.OfAmount):
        low, high = amount(law, th.amount, on, facts)
        if low is None or high is None:
            return "open"
        return "yes" if value >= high + th.plus else "no" if value < low + th.plus else "open"
    day = date.fromordinal(value)
    if th.how == "filing-day":
        return "yes" if day >= on + timedelta(days=th.plus) else "no"
    if th.how == "not-older":
        return "yes" if shifted(day, th.months) + timedelta(days=th.days) >= on else "no"
    if th.how == "ahead":
        return "yes" if shifted(day, -th.months) - timedelta(days=th.days) >= on else "no"
    left, moved = th.working_days, day
    while left:
        moved += timedelta(days=1)
        left -= is_working_day(moved, saturday_counts=th.saturday_counts)
    passed = shifted(moved, 12 * th.years + th.months) + timedelta(days=th.days) <= on
    return "no" if passed else "yes"


def level(
    law: m.Law, t: m.Test, facts: dict[str, Any], on: date, chosen: dict[str, int], weak: str, *, firm: bool = False
) -> str:
    """weak: what a secondary source cannot carry here, "no" or "yes". firm: in a dispute with an official reading."""

    def of(x: m.Test, w: str = weak, *, firm: bool = firm) -> str:
        return level(law, x, facts, on, chosen, w, firm=firm)

    def lean(x: str) -> str:
        return "open" if x == weak else x

    match t:
        case m.Constant(value):
            return "yes" if value else "no"
        case m.Member(fact, values):
            return "yes" if facts[fact] in values else "no"
        case m.Holds(fact, values):
            return "yes" if set(facts[fact]) & values else "no"
        case m.Reaches():
            found = reaches(law, t, facts, on)
            own = isinstance(t.threshold, m.OfAmount) and not firm and secondary(law, t.threshold.amount, on)
            return lean(found) if own else found
        case m.NotModelled():
            return "open"
        case m.All(tests):
            return min(map(of, tests), key=RANK.__getitem__)
        case m.AnyOf(tests):
            return max(map(of, tests), key=RANK.__getitem__)
        case m.AtLeast(count, tests):
            return (
                sorted(map(of, tests), key=RANK.__getitem__, reverse=True)[count - 1] if count <= len(tests) else "no"
            )
        case m.Not(x):
            inner = of(x, "yes" if weak == "no" else "no")
            return {"yes": "no", "no": "yes"}.get(inner, inner)
        case m.Cited(cite, x):
            return lean(of(x)) if cite.grade == "secondary" else of(x)
        case m.Weighed(when=when):
            inner = "yes" if when is None else of(when)
            return "weighed" if inner in ("yes", "weighed") else inner
        case m.Disputed(key, readings):
            official = any(r.cite.grade == "official" for r in readings)
            inner = of(readings[chosen[key]].test, firm=firm or official)
            return inner if official else lean(inner)
    raise AssertionError(t)


def disputes(t: Any) -> Iterator[m.Disputed]:
    if isinstance(t, m.Disputed):
        yield t
        for r in t.readings:
            yield from disputes(r.test)
    elif isinstance(t, m.All | m.AnyOf | m.AtLeast):
        for x in t.tests:
            yield from disputes(x)
    elif isinstance(t, m.Not | m.Cited):
        yield from disputes(t.test)
    elif isinstance(t, m.Weighed):
        yield from disputes(t.when)


def result(law: m.Law, pathway: m.Pathway, facts: dict[str, Any], on: date) -> str:
    """Return the result for a person of whom everything is known."""
    first, until = pathway.in_force.first, pathway.in_force.until
    if (first and on < first) or (until and on >= until):
        return "undetermined"
    lines = [
        e
        for e in pathway.entries
        if e.part in ("gate", "exemption", "condition", "channel")
        and e.effect == "decides"
        and not (e.period.first and on < e.period.first)
        and not (e.period.until and on >= e.period.until)
    ]
    keys = [d for e in lines for d in disputes(e.test)]
    found = set()
    for combo in product(*(range(len(d.readings)) for d in keys)):
        chosen = {d.key: i for d, i in zip(keys, combo, strict=True)}
        of: dict[str, list[str]] = {"gate": [], "exemption": [], "condition": [], "channel": []}
        for e in lines:
            weak = "yes" if e.part == "exemption" else "no"
            x = "open" if e.seen and on < e.seen else level(law, e.test, facts, on, chosen, weak)  # type: ignore[arg-type]
            if e.cite.grade == "secondary" and x == weak:
                x = "open"
            of[e.part].append(x)
        gate = min(of["gate"], key=RANK.__getitem__)
        exempt = max(of["exemption"], key=RANK.__getitem__, default="no")
        met = min(of["condition"], key=RANK.__getitem__, default="yes")
        if of["channel"]:
            met = min(met, max(of["channel"], key=RANK.__getitem__), key=RANK.__getitem__)
        if gate == "no":
            found.add("closed")
        elif exempt == "yes":
            found.add("not_needed" if RANK[gate] >= 2 else "undetermined")
        elif exempt == "no" and met == "no":
            found.add("closed")
        elif exempt == "no" and RANK[gate] >= 2 and RANK[met] >= 2:
            found.add("open")
        else:
            found.add("undetermined")
    if len(found) == 1:
        return found.pop()
    return "undetermined" if "undetermined" in found else "contested"


def plain(facts: dict[str, Known]) -> dict[str, Any]:
    """Return the values of exact facts."""
    return {id: k.value for id, k in facts.items() if isinstance(k, Exact)}
