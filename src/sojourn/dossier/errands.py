"""Errands: each paper with the day by which it must be in hand, when to ask for it, and in which order to go."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from sojourn.decide.day import Day
from sojourn.decide.variables import Facts
from sojourn.dossier.applies import Stages, filed_with
from sojourn.dossier.evidence import Matrix, Paper, Requirement, oldest_issue
from sojourn.dossier.legalisation import Seal
from sojourn.dossier.race import known_day
from sojourn.values.period import add_months

Task = Literal["issue", "seal", "translate"]
_NO_SEAL = frozenset({Seal.NONE})


@dataclass(frozen=True, slots=True)
class Fetch:
    """One paper to fetch.

    tasks: what must be done to it, one after the other; the translation only if it is in another language.
    in_hand_by: the day on which it is filed; None where its stage is filed later, on a day not known yet.
    request_by: the latest day to ask for it; None where no source says how long the issuer takes, or the day is not
    known. late: whether that day is past.
    held: when the one at hand was issued, if a fact tells. held_until: the last filing day on which it is young enough.
    oldest_if_late: for a later stage, the earliest day of issue if the decision before it takes all its time.
    """

    paper: Paper
    tasks: tuple[Task, ...]
    in_hand_by: date | None
    request_by: date | None = None
    late: bool = False
    held: date | None = None
    held_until: date | None = None
    oldest_if_late: date | None = None

    @property
    def too_old(self) -> bool:
        """Whether the one at hand is certainly too old on its filing day."""
        return self.held is not None and self.paper.oldest is not None and self.held < self.paper.oldest


@dataclass(frozen=True, slots=True)
class Errand:
    """One thing to show: any of `fetches` does."""

    requirement: Requirement
    fetches: tuple[Fetch, ...]

    @property
    def tasks(self) -> int:
        """How many steps the shortest of the alternatives takes."""
        return min(len(f.tasks) for f in self.fetches)


def errands(
    matrix: Matrix, stages: Stages, facts: Facts, day: Day, decided: date | None, today: date
) -> tuple[Errand, ...]:  # fmt: skip
    """Return the papers in the order in which to fetch them: by filing, then what takes most steps first.

    decided: the last day of the decision that a later stage waits for, if it is known.
    """
    order = {id: i for i, id in enumerate(stages)}
    found = []
    for r in matrix.requirements:
        filed = filed_with(stages[r.stage][0], stages, day.on)
        found.append(Errand(r, tuple(_fetch(day, p, filed, facts, decided, today) for p in r.papers)))
    found.sort(key=lambda e: (order[e.requirement.stage], -e.tasks, e.requirement.order))
    return tuple(found)


def _fetch(day: Day, paper: Paper, filed: date | None, facts: Facts, decided: date | None, today: date) -> Fetch:
    document = paper.document
    tasks: list[Task] = ["issue"]
    if {s.seal for s in paper.sealing} - _NO_SEAL:
        tasks.append("seal")
    if paper.translation != "none":
        tasks.append("translate")
    request_by = filed - timedelta(document.lead_days) if filed and document.lead_days is not None else None
    held = known_day(facts, document.issued) if document.issued else None
    held_until = None
    if held and document.max_age:
        months, days = document.max_age
        held_until = add_months(held, months) + timedelta(days)
    if_late = oldest_issue(document, Day(day.law, decided)) if filed is None and decided else None
    late = request_by is not None and request_by < today
    return Fetch(paper, tuple(tasks), filed, request_by, late, held, held_until, if_late)
