"""What is due in dossiers of a Flemish card, by hand: the lines as JSON, five periods as arithmetic, nothing else.

No chain of hashes, no corrections, no law, no readings but the two of the appeal, no reasons. It stands for what one
writes who needs this list once.
"""

import json
from datetime import date, timedelta
from pathlib import Path

import holidays

_FREE = {
    day
    for day, name in holidays.country_holidays("BE", years=range(2024, 2030), language="en_US").items()
    if name not in ("Easter Sunday", "Whit Sunday", "Pentecost")
}


def scan(folder: Path, on: date, within: int) -> list[tuple[str, date]]:
    """Return each file with the day on which something is due within so many days, nearest first."""
    found = []
    for path in sorted(folder.glob("*.sojourn")):
        with path.open(encoding="utf-8") as lines:
            next(lines)
            events = sorted((json.loads(line) for line in lines), key=lambda e: (e["on"], e["n"]))
        found += [(path.name, day) for day in _due([e for e in events if e["on"] <= on.isoformat()], on, within)]
    return sorted(found, key=lambda x: (x[1], x[0]))


def _due(events: list[dict], on: date, within: int) -> list[date]:  # type: ignore[type-arg]
    days: list[tuple[date, date]] = []  # the safe day, and the last day of the longest reading
    barred: tuple[date, date] | None = None
    for e in events:
        day, data = date.fromisoformat(e["on"]), e["data"]
        match e["kind"]:
            case "found-incomplete":
                days = [(day + timedelta(30),) * 2]
            case "admissible":
                days = [(day + timedelta(120),) * 2]
            case "extended":
                days = [(date.fromisoformat(data["until"]),) * 2]
            case "refused":
                sent = date.fromisoformat(data["dispatched"])
                weekdays, with_saturday = _third(sent, 5), _third(sent, 6)
                last = [d + timedelta(29) for d in (weekdays, with_saturday)]
                days = [(_back(min(last)), max(last))]
                barred = (_year(max(weekdays, with_saturday)),) * 2
            case "appeal-decided":
                last_day = date.fromisoformat(data["received"]) + timedelta(60)
                days = [(_back(last_day), last_day)]
            case "completed" | "appealed":
                days = []
    out = []
    for safe, last_day in [*days, *([barred] if barred else [])]:
        nearest = safe if safe >= on else last_day
        if nearest >= on and (nearest <= on + timedelta(within) or safe < on):
            out.append(nearest)
    return sorted(out)


def _third(sent: date, week: int) -> date:
    left = 3
    while left:
        sent += timedelta(1)
        left -= sent.isoweekday() <= week and sent not in _FREE
    return sent


def _back(day: date) -> date:
    while day.weekday() > 4 or day in _FREE:
        day -= timedelta(1)
    return day


def _year(day: date) -> date:
    return date(day.year + 1, day.month, day.day) - timedelta(1)  # no refusal of the bench falls on a 29 February
