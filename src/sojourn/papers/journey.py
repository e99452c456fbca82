"""A plan in words: what a page, a paper, an API and a terminal show of it, in one language.

Ids, days and amounts stand beside the words, so that a program can read it too. Money: `"140.00 EUR"`.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Sure = Literal["yes", "no", "unknown"]


@dataclass(frozen=True, slots=True)
class Payer:
    """Whose application it is, as the passport writes it: what payment messages are made of. Never asked by `match`."""

    family_name: str = ""
    given_names: str = ""
    birth_date: date | None = None

    @property
    def known(self) -> bool:
        """Whether every part is there."""
        return bool(self.family_name and self.given_names and self.birth_date)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where something stands: the source, its title, the pinpoint, both in one line, its grade, its address."""

    source: str
    title: str
    at: str
    line: str
    grade: str
    says_grade: str
    url: str
    read: date


@dataclass(frozen=True, slots=True)
class Point:
    """One sentence of the law and where it stands. `kind`: what sort of warning it is, where it is one."""

    id: str
    says: str
    origin: Origin | None = None
    notes: tuple[str, ...] = ()
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place to file. `sure`: whether one may file there. `why`: the line of law that opens it."""

    id: str
    says: str
    sure: Sure
    why: Point | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class Filing:
    """One filing: the stage, at whose desk, on which day (None: later, not known yet), where, what to mind."""

    stage: str
    says: str
    sure: Sure
    authority: str
    day: date | None
    spots: tuple[Spot, ...]
    warnings: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class RaceTold:
    """A clock race: `state`, the days it turns on, the sentences that say so, and how the days were counted."""

    id: str
    says: str
    state: Literal["holds", "may-fail", "unknown"]
    reached: date | None
    ends: date | None
    started_by: date | None
    file_by: date | None
    told: tuple[str, ...]
    steps: tuple[str, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class RouteTold:
    """Another way, where a race may fail: whether it works, what one asks for there, and what one pays."""

    place: str
    says: str
    works: bool
    result: str
    stages: tuple[str, ...]
    fees: tuple[str, ...]
    warnings: tuple[Point, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seal:
    """What a paper needs if issued in `country` (empty: not known where)."""

    country: str
    seal: Literal["none", "apostille", "legalisation", "ask"]
    says: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that will do, and all it must be. `notes` says the rest in sentences."""

    id: str
    title: str
    says: str
    issuer: str
    oldest: date | None
    in_hand_by: date | None
    request_by: date | None
    late: bool
    held: date | None
    held_until: date | None
    too_old: bool
    oldest_if_late: date | None
    translation: Literal["none", "plain", "sworn"]
    languages: tuple[str, ...]
    seals: tuple[Seal, ...]
    tasks: tuple[Literal["issue", "seal", "translate"], ...]
    notes: tuple[str, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Errand:
    """One thing to show: any of `papers` does. `proves`: the conditions it proves; `tells`: what would make it sure."""

    number: int
    stage: str
    need: str
    sure: Sure
    tells: tuple[str, ...]
    proves: tuple[Point, ...]
    papers: tuple[Paper, ...]


@dataclass(frozen=True, slots=True)
class Weigher:
    """What one authority weighs; the notes of a point name what it is shown with."""

    by: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code. kind: a `payment` code that banking apps read (EPC069-12), or a text to `copy` from. says: which."""

    kind: Literal["payment", "copy"]
    text: str
    says: str


@dataclass(frozen=True, slots=True)
class Fee:
    """One fee. low, high: its bounds, empty where no source gives them for that day; then `last` is the last known one.

    amount: in words. later: what it will be if it falls due after the decision, where that differs.
    """

    id: str
    stage: str
    says: str
    sure: Sure
    low: str
    high: str
    last: str
    per: str
    due: str
    pay_by: date | None
    amount: str
    when: str
    payer: str
    account: str
    beneficiary: str
    message: str
    code: Code | None
    later: str
    notes: tuple[str, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock: who must act, what starts it, how long it is, what silence means.

    last_day: if it starts on the filing day; None where it starts with something that has no day yet.
    """

    id: str
    stage: str
    who: str
    says: str
    starts: str
    length: str
    last_day: date | None
    silence: str
    notes: tuple[str, ...]
    steps: tuple[str, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing on the timeline. id: the line of law that says so.

    when: its day in words. depends: what the day supposes. counted: how it was counted, in one step; steps: in all.
    """

    id: str
    kind: str
    stage: str
    says: str
    day: date | None
    opens: date | None
    bound: Literal["on", "by", "until", "not-before", "unknown"]
    when: str
    depends: tuple[str, ...]
    counted: str
    steps: tuple[str, ...]
    origin: Origin | None


@dataclass(frozen=True, slots=True)
class Journey:
    """The whole plan, in words.

    concerns: whether the pathway is about this person at all; otherwise it is another door, or none is needed.
    notes: what to mind about the filing day itself. obstacles: what stands in the way; where no permit is needed, why
    not. doors: the pathways to look at instead.
    """

    pathway: str
    language: str
    title: str
    filing_day: date
    today: date
    result: str
    heading: str
    concerns: bool
    notes: tuple[str, ...]
    filings: tuple[Filing, ...]
    obstacles: tuple[Point, ...]
    doors: tuple[Point, ...]
    races: tuple[RaceTold, ...]
    routes: tuple[RouteTold, ...]
    errands: tuple[Errand, ...]
    languages: tuple[Point, ...]
    weighs: tuple[Weigher, ...]
    fees: tuple[Fee, ...]
    totals: tuple[str, ...]
    clocks: tuple[Clock, ...]
    appeals: tuple[Clock, ...]
    timeline: tuple[Moment, ...]
    missing: tuple[Point, ...]
    not_modelled: tuple[str, ...]
    law: str
