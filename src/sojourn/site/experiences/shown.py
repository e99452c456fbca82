"""What of the experiences is shown: the published ones, and numbers only from enough reports."""

import time
from dataclasses import dataclass
from datetime import date
from statistics import median

from django.db.models.signals import post_delete, post_save

from sojourn.site.experiences.models import ENDINGS, Experience, State

ENOUGH = 5
"""Reports from which numbers are shown; fewer could point to a person."""
MOST_SHOWN = 30
_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Told:
    """One experience as the page shows it."""

    id: str
    language: str
    text: str
    region: str
    filed: date | None
    decided: date | None
    outcome: str
    asked_for: str
    month: date


@dataclass(frozen=True, slots=True)
class Numbers:
    """What reports add up to. months: the median from filing to decision, with how many reports it rests on."""

    reports: int
    outcomes: tuple[tuple[str, int], ...]
    months: float | None
    timed: int


@dataclass(frozen=True, slots=True)
class Shown:
    """The experiences of a pathway. `mark` changes whenever they do."""

    told: tuple[Told, ...]
    count: int
    numbers: Numbers | None
    mark: str


_shown: dict[str, tuple[float, Shown]] = {}


def shown(pathway: str) -> Shown:
    """Return what is published about a pathway; read from the database at most every five seconds in a process."""
    now = time.monotonic()
    kept = _shown.get(pathway)
    if kept is None or now - kept[0] > _SECONDS:
        kept = _shown[pathway] = (now, _read(pathway))
    return kept[1]


def _read(pathway: str) -> Shown:
    published = list(Experience.objects.filter(pathway=pathway, state=State.PUBLISHED))
    told = tuple(
        Told(
            str(x.id), x.language, x.text, x.region, x.filed, x.decided, x.outcome, x.asked_for,
            x.created.date().replace(day=1),
        )
        for x in published[:MOST_SHOWN]
    )  # fmt: skip
    mark = f"{len(published)} {max((x.changed for x in published), default='')}"
    return Shown(told, len(published), numbers(published), mark)


def numbers(published: list[Experience]) -> Numbers | None:
    """Return what the reports with an outcome add up to, None where they are too few to say."""
    reports = [x for x in published if x.outcome]
    if len(reports) < ENOUGH:
        return None
    outcomes = tuple((o, n) for o in ENDINGS if (n := sum(x.outcome == o for x in reports)))
    spans = [
        (x.decided.year - x.filed.year) * 12 + x.decided.month - x.filed.month for x in reports if x.filed and x.decided
    ]
    enough = len(spans) >= ENOUGH
    return Numbers(len(reports), outcomes, median(spans) if enough else None, len(spans) if enough else 0)


def forget(**_: object) -> None:
    """Read anew at the next request: something was published, changed or erased."""
    _shown.clear()


post_save.connect(forget, sender=Experience, dispatch_uid="experiences-shown")
post_delete.connect(forget, sender=Experience, dispatch_uid="experiences-shown")
