"""What the body of law consists of, once read: plain values without behaviour, ready to decide with.

Numbers in tests are whole: money in cents, days as ordinals (`date.toordinal`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from sojourn.law.faults import Fault
from sojourn.law.kept import Kept
from sojourn.values.known import Scalar
from sojourn.values.period import Period

if TYPE_CHECKING:
    from sojourn.law.household import HouseholdLaw
    from sojourn.law.limits import TimeLimits
    from sojourn.law.procedure import LegalisationLaw, Procedure

Grade = Literal["official", "secondary", "derived", "unconfirmed"]
WEAKER: tuple[Grade, ...] = ("official", "secondary", "derived", "unconfirmed")
"""The grades, each weaker than the one before."""
Effect = Literal["decides", "appraised", "reference", "practice", "caution"]
Part = Literal["gate", "exemption", "condition", "channel", "caution", "anchor"]


@dataclass(frozen=True, slots=True)
class Cite:
    """A pinpoint into `sources.yaml` with its grade; `period` where it is cited on some days only."""

    source: str
    at: str
    grade: Grade
    period: Period = field(default_factory=Period)

    @property
    def dated(self) -> bool:
        """Whether it is cited on some days only."""
        return self.period != Period()


@dataclass(frozen=True, slots=True)
class Source:
    """An act, judgment or page, once; `read` is the day we read it."""

    id: str
    title: str
    kind: str
    authority: str
    url: str
    read: date
    language: str
    part: str
    note: str = ""


# --- amounts -------------------------------------------------------------------------------------------------------


ConflictFault = Literal["digit", "cut", "overtaken", "other-day", "other-tariff", "no-basis"]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A published value (`cents`, of a month unless `yearly`) or first day (`day`) that differs from a row, and why."""

    source: str
    at: str
    fault: ConflictFault
    cents: int | None = None
    day: date | None = None
    yearly: bool = False


@dataclass(frozen=True, slots=True)
class AmountRow:
    """The value of an amount from `first` on, in cents: exact when `low == high`, unknown when both are None."""

    first: date
    until: date | None
    low: int | None
    high: int | None
    cite: Cite | None
    derived: str = ""
    unknown: str = ""
    seen: bool = False
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """`factor * amounts * max(0, fact - beyond)`; without a fact, `factor * amounts`."""

    factor: Decimal
    amounts: tuple[str, ...]
    fact: str | None = None
    beyond: int = 0


@dataclass(frozen=True, slots=True)
class Recheck:
    """When an amount is expected to move: each year on a day (month, day), or so many months after the last time."""

    because: str
    yearly: tuple[int, int] | None = None
    months: int | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """A dated series (`rows`), or a sum of terms over other series (`terms`) from `first` on."""

    id: str
    says: str
    rows: tuple[AmountRow, ...] = ()
    terms: tuple[Term, ...] = ()
    formula: str = ""
    period: Period = field(default_factory=Period)
    cite: Cite | None = None
    recheck: Recheck | None = field(default=None, compare=False)

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts the amount depends on."""
        return tuple(dict.fromkeys(t.fact for t in self.terms if t.fact))


# --- tests ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Number:
    """A fixed threshold; `plus` is what it holds beyond the number that the author wrote, where that is strict."""

    value: int
    plus: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class OfAmount:
    """The value of an amount on the day, plus one unit where the comparison is strict."""

    amount: str
    plus: int = 0


@dataclass(frozen=True, slots=True)
class OfDay:
    """A day reckoned from the filing day.

    how: "filing-day" (the day itself, plus `plus`), "not-older" (the earliest D with D + `months` + `days` >= filing
    day), "passed" (the day after the latest D for which `working_days`, then `years`, `months` and `days` have passed),
    "ahead" (the earliest D with D - `months` - `days` >= filing day).
    """

    how: Literal["filing-day", "not-older", "passed", "ahead"]
    plus: int = 0
    working_days: int = 0
    years: int = 0
    months: int = 0
    days: int = 0
    saturday_counts: bool = False


Threshold = Number | OfAmount | OfDay


@dataclass(frozen=True, slots=True)
class Member:
    """A single-valued fact is one of `values`."""

    fact: str
    values: frozenset[Scalar]


@dataclass(frozen=True, slots=True)
class Holds:
    """A set fact holds at least one of `values`."""

    fact: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reaches:
    """A number, amount of money or day is at least the threshold."""

    fact: str
    threshold: Threshold


@dataclass(frozen=True, slots=True)
class All:
    tests: tuple["Test", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    tests: tuple["Test", ...]


@dataclass(frozen=True, slots=True)
class Not:
    test: "Test"


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least `count` of the tests hold."""

    count: int
    tests: tuple["Test", ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """A test with a source of its own, whose grade bears on it alone."""

    cite: Cite
    test: "Test"


@dataclass(frozen=True, slots=True)
class Weighed:
    """An authority weighs it, if `when` holds."""

    id: str
    by: str
    shown_by: tuple[str, ...]
    when: "Test | None"


@dataclass(frozen=True, slots=True)
class Reading:
    """One defended answer to a disputed point."""

    id: str
    says: str
    cite: Cite
    test: "Test"


@dataclass(frozen=True, slots=True)
class Disputed:
    """A disputed point (`key` is unique in the pathway) with its readings."""

    key: str
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class NotModelled:
    """A point we do not decide: `why` in English, in the other languages under `key` in `texts/`."""

    why: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Constant:
    """Always true, or never (a reading may say so)."""

    value: bool


Test = Member | Holds | Reaches | All | AnyOf | Not | AtLeast | Cited | Weighed | Disputed | NotModelled | Constant


def walk(test: Test | None) -> Iterator[Test]:
    """Yield the test and every test inside it."""
    if test is None:
        return
    yield test
    match test:
        case All(tests) | AnyOf(tests) | AtLeast(_, tests):
            for t in tests:
                yield from walk(t)
        case Not(t) | Cited(_, t):
            yield from walk(t)
        case Weighed(when=t):
            yield from walk(t)
        case Disputed(readings=readings):
            for r in readings:
                yield from walk(r.test)


# --- pathways ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of law in a rule: a gate, exemption, condition, channel, caution or anchor."""

    id: str
    part: Part
    says: str
    cite: Cite
    period: Period
    test: Test | None = None
    effect: Effect = "decides"
    seen: date | None = None
    also: tuple[Cite, ...] = ()
    quote: tuple[tuple[str, str], ...] = ()
    by: str = ""
    shown_by: tuple[str, ...] = ()
    better: str = ""
    lasts: str = ""
    instead: tuple[str, ...] = ()
    caution: str = ""
    fact: str = ""
    amount: str = ""
    note: str = ""
    line: int = 0

    @property
    def cites(self) -> tuple[Cite, ...]:
        """The citations that an explanation may show: `cite`, and where it is dated, those that stand in for it."""
        return (self.cite, *(c for c in self.also if c.dated)) if self.cite.dated else (self.cite,)

    def cite_on(self, day: date) -> Cite:
        """Return the citation to show on a day; a sound body of law has one for each day of the line."""
        return next((c for c in self.cites if day in c.period), self.cite)


@dataclass(frozen=True, slots=True)
class Case:
    """A worked case: facts in, what must come out."""

    name: str
    on: date
    facts: dict[str, Any]
    expect: dict[str, Any]
    why: str
    line: int


@dataclass(frozen=True)
class Pathway(Kept):
    """One residence pathway: its rule, texts, page and cases."""

    apart: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("entries",),
        ("texts",),
        ("page", "pages"),
        ("checked", "missing_texts", "cases"),
        ("procedure",),
    )

    id: str
    title: str
    terms: dict[str, str]
    region: str
    in_force: Period
    reviewed: dict[str, Any]
    entries: tuple[Entry, ...]
    who_helps: tuple[str, ...]
    not_modelled: tuple[str, ...]
    texts: dict[str, dict[str, str]]
    checked: dict[str, dict[str, Any]]
    page: dict[str, Any]
    pages: dict[str, dict[str, Any]]
    missing_texts: dict[str, list[str]]
    cases: tuple[Case, ...]
    folder: str
    file: str
    procedure: "Procedure | None"
    digest: str = ""

    @property
    def review(self) -> Literal["none", "valid", "outdated"]:
        """Whether a jurist signed the rule, and still as it is (`digest`, from `law.signature`)."""
        if not self.reviewed["of"]:
            return "none"
        return "valid" if self.reviewed["of"] == self.digest else "outdated"

    def of(self, *parts: Part) -> list[Entry]:
        """Return the entries of these parts, in the order of the file."""
        return [e for e in self.entries if e.part in parts]

    def entry(self, id: str) -> Entry:
        """Return the entry `id`; raises KeyError."""
        return next(e for e in self.entries if e.id == id) if any(e.id == id for e in self.entries) else _none(id)


def _none(id: str) -> Entry:
    raise KeyError(id)


# --- facts and questions -------------------------------------------------------------------------------------------


ABOUT_MEMBERS = "member."
"""Facts of a member of the household in relation to the person begin with this."""


@dataclass(frozen=True)
class Fact:
    """A fact: its type, values and bounds. `likely` weighs the order of questions and never an answer."""

    id: str
    says: str
    type: Literal["choice", "set", "bool", "integer", "money", "date", "country", "countries"]
    values: dict[str, str]
    unit: str
    least: int | None
    most: int | None
    change: str
    likely: dict[str, float]

    @property
    def of_member(self) -> bool:
        """Whether it tells how a member of the household stands to the person: never a fact of the person."""
        return self.id.startswith(ABOUT_MEMBERS)

    @property
    def is_set(self) -> bool:
        """Whether the fact holds several values."""
        return self.type in ("set", "countries")

    @property
    def is_number(self) -> bool:
        """Whether the fact is a whole number inside (money in cents, days as ordinals)."""
        return self.type in ("integer", "money", "date")


@dataclass(frozen=True)
class Question:
    """A question to a person: what it asks, why, and which facts it answers."""

    id: str
    sets: tuple[str, ...]
    ask: str
    why: str
    help: str
    none: str
    cost: float


@dataclass(frozen=True)
class Contradiction:
    """Facts that cannot hold together."""

    id: str
    says: str
    test: Test


@dataclass(frozen=True)
class Law(Kept):
    """The whole body of law. `digest` names exactly this text of it."""

    apart: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("questions",),
        ("sources",),
        ("time_limits",),
        ("texts",),
        ("legalisation",),
        ("household",),
        ("compiled",),
    )

    digest: str
    read_until: date
    stale_after_days: int
    languages: tuple[str, ...]
    helpers: dict[str, str]
    facts: dict[str, Fact]
    groups: dict[str, frozenset[str]]
    questions: tuple[Question, ...]
    contradictions: tuple[Contradiction, ...]
    amounts: dict[str, Amount]
    sources: dict[str, Source]
    pathways: dict[str, Pathway]
    time_limits: "TimeLimits"
    texts: dict[str, dict[str, Any]]
    stray_texts: tuple[Fault, ...]
    definitions: dict[str, str]
    folders: tuple[str, ...]
    legalisation: "LegalisationLaw | None"
    household: "HouseholdLaw | None"
    compiled: dict[str, Any] = field(default_factory=dict, compare=False)

    @property
    def person_facts(self) -> dict[str, Fact]:
        """The facts of a person, without those about a member of the household."""
        return {id: fact for id, fact in self.facts.items() if not fact.of_member}
