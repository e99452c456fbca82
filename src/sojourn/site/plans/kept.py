"""What a visitor chose for a plan: the filing day and what is ticked off. In the session only, by pathway."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpRequest

KEY = "plans"
_MOST_TICKS = 200


@dataclass
class Chosen:
    """filed: the filing day chosen, None for today. other: the day to compare with. ticks: papers in hand, by id."""

    filed: date | None = None
    other: date | None = None
    ticks: list[str] = field(default_factory=list)


def chosen(request: HttpRequest, pathway: str) -> Chosen:
    """Return what was chosen for a pathway."""
    kept: dict[str, Any] = (request.session.get(KEY) or {}).get(pathway, {})
    filed, other = (date.fromisoformat(kept[x]) if kept.get(x) else None for x in ("filed", "other"))
    return Chosen(filed, other, list(kept.get("ticks", [])))


def choose(request: HttpRequest, pathway: str, what: Chosen) -> None:
    """Keep what was chosen for a pathway."""
    kept = dict(request.session.get(KEY) or {})
    kept[pathway] = {
        "filed": what.filed.isoformat() if what.filed else None,
        "other": what.other.isoformat() if what.other else None,
        "ticks": what.ticks[:_MOST_TICKS],
    }
    request.session[KEY] = kept
