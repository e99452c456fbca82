"""The shape of every law file, as pydantic models: one definition for reading, for faults and for editors.

`python -m sojourn.law.schema FOLDER` writes the JSON Schemas that editors use.
"""

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, Strict, StringConstraints, model_validator

Day = Annotated[date, Strict()]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Value = Annotated[bool, Strict()] | Annotated[int, Strict()] | str
Grade_ = Literal["official", "secondary", "derived", "unconfirmed"]
Count = Annotated[int, Strict(), Field(ge=0, le=36500)]
Flag = Annotated[bool, Strict()]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class CiteShape(Shape):
    source: str
    at: Text
    grade: Grade_


class DatedCiteShape(CiteShape):
    """A citation that an explanation shows on some days only."""

    from_: Day | None = Field(None, alias="from")
    until: Day | None = None

    @model_validator(mode="after")
    def some_day(self) -> "DatedCiteShape":
        if self.from_ and self.until and self.from_ >= self.until:
            raise ValueError(f"{self.from_} to {self.until} is no period; `until` is the first day no longer cited")
        return self


class AmountRef(Shape):
    amount: str


class Span(Shape):
    working_days: Annotated[int, Strict(), Field(ge=0, le=60)] = 0
    years: Annotated[int, Strict(), Field(ge=0, le=100)] = 0
    months: Annotated[int, Strict(), Field(ge=0, le=600)] = 0
    days: Annotated[int, Strict(), Field(ge=0, le=36500)] = 0
    saturday_counts: Annotated[bool, Strict()] = False


Comparand = AmountRef | Annotated[int, Strict()] | str
DayRef = Day | Literal["filing-day"]


class ReadingShape(Shape):
    id: Id
    says: Text
    by: str
    at: Text
    grade: Grade_
    holds: "Annotated[bool, Strict()] | TestShape"


_COMBINERS = ("all", "any", "not_", "use", "appraised", "readings", "not_modelled", "of")
_COMPARISONS = (
    "is_", "is_not", "in_", "not_in", "any_in", "none_in", "at_least", "at_most", "more_than", "less_than",
    "on_or_after", "on_or_before", "after", "before", "not_older_than", "passed", "ahead",
)  # fmt: skip


class TestShape(Shape):
    """One test: a comparison of one fact, or a combination of tests."""

    __test__ = False
    model_config = ConfigDict(extra="forbid", populate_by_name=True)
    fact: str | None = None
    is_: Value | None = Field(None, alias="is")
    is_not: Value | None = None
    in_: list[Value] | str | None = Field(None, alias="in")
    not_in: list[Value] | str | None = None
    any_in: list[str] | str | None = None
    none_in: list[str] | str | None = None
    at_least: Comparand | None = None
    at_most: Comparand | None = None
    more_than: Comparand | None = None
    less_than: Comparand | None = None
    on_or_after: DayRef | None = None
    on_or_before: DayRef | None = None
    after: DayRef | None = None
    before: DayRef | None = None
    not_older_than: Span | None = None
    passed: Span | None = None
    ahead: Span | None = None
    all: "Annotated[list[TestShape], Field(min_length=1)] | None" = None
    any: "Annotated[list[TestShape], Field(min_length=1)] | None" = None
    not_: "TestShape | None" = Field(None, alias="not")
    of: "Annotated[list[TestShape], Field(min_length=1)] | None" = None
    use: str | None = None
    appraised: Id | None = None
    by: str | None = None
    shown_by: list[str] = []
    when: "TestShape | None" = None
    readings: Annotated[list[ReadingShape], Field(min_length=2)] | None = None
    not_modelled: Text | None = None
    cite: CiteShape | None = None

    @model_validator(mode="after")
    def one_form(self) -> "TestShape":
        given = [n.rstrip("_") for n in _COMPARISONS if getattr(self, n) is not None]
        combined = [n.rstrip("_") for n in _COMBINERS if getattr(self, n) is not None]
        if self.of is not None:
            if not isinstance(self.at_least, int) or isinstance(self.at_least, bool):
                raise ValueError("`of` needs `at_least: <number>` beside it")
            given = [n for n in given if n != "at_least"]
        if self.fact is not None:
            if combined or len(given) != 1:
                raise ValueError(
                    f"a test of a fact has exactly one comparison, not {len(given) + len(combined)}"
                    f" ({', '.join(given + combined) or 'none'})"
                )
        elif given or len(combined) != 1:
            raise ValueError(
                "a test is `fact` with one comparison, or exactly one of all, any, not, at_least/of, use, appraised, "
                f"readings, not_modelled; this one has {', '.join(given + combined) or 'none'}"
            )
        if self.when is not None and self.appraised is None:
            raise ValueError("`when` inside a test belongs to `appraised`")
        return self


class EntryShape(Shape):
    """What every line of law has."""

    id: Id
    says: Text
    cite: DatedCiteShape
    also: list[DatedCiteShape] = []
    quote: dict[str, Text] = {}
    from_: Day | None = Field(None, alias="from")
    until: Day | None = None
    seen: Day | None = None
    note: str | None = None
    when: TestShape | None = None
    all: Annotated[list[TestShape], Field(min_length=1)] | None = None
    any: Annotated[list[TestShape], Field(min_length=1)] | None = None
    not_: TestShape | None = Field(None, alias="not")
    readings: Annotated[list[ReadingShape], Field(min_length=2)] | None = None

    @model_validator(mode="after")
    def at_most_one_test(self) -> "EntryShape":
        given = [n.rstrip("_") for n in ("when", "all", "any", "not_", "readings") if getattr(self, n) is not None]
        if len(given) > 1:
            raise ValueError(f"has several tests ({', '.join(given)}); put them under one `all:` or `any:`")
        if self.from_ is not None and self.seen is not None:
            raise ValueError("has `from` and `seen`; `seen` is for sources without a start")
        return self


class GateShape(EntryShape):
    better: Text
    instead: list[str] = []


class ExemptionShape(EntryShape):
    lasts: Text
    instead: str | None = None
    effect: Literal["decides", "caution"] = "decides"


class ConditionShape(EntryShape):
    effect: Literal["decides", "appraised", "reference", "practice", "caution"] = "decides"
    by: str | None = None
    shown_by: list[str] = []
    better: Text | None = None
    instead: list[str] = []

    @model_validator(mode="after")
    def only_what_closes_has_a_door(self) -> "ConditionShape":
        if (self.better or self.instead) and self.effect != "decides":
            raise ValueError(f"has `better` or `instead`, but effect {self.effect}: only what closes needs a way on")
        if self.instead and not self.better:
            raise ValueError("has `instead` without `better`: say why that door fits")
        return self


class ChannelShape(EntryShape):
    pass


class CautionShape(EntryShape):
    kind: Literal[
        "discretionary", "timing", "bar_if_refused", "offence_before_grant", "suspended_law", "change_ahead",
        "unconfirmed", "practice", "secondary",
    ]  # fmt: skip


class AnchorShape(EntryShape):
    fact: str
    amount: str


class InForce(Shape):
    from_: Day = Field(alias="from")
    until: Day | None = None


_DIGEST = r"^[0-9a-f]{16}$"


def _signed(value: object) -> object:
    """Return the digest as text, for one without letters looks like a number; raises ValueError for no digest."""
    if value is None or re.match(_DIGEST, str(value)):
        return None if value is None else str(value)
    raise ValueError(f'"{value}" is no digest: sign the 16 characters that `sojourn law sheet` prints')


class Reviewed(Shape):
    by: Text | None = None
    on: Day | None = None
    of: Annotated[Annotated[str, StringConstraints(pattern=_DIGEST)] | None, BeforeValidator(_signed)] = None

    @model_validator(mode="after")
    def whole_or_empty(self) -> "Reviewed":
        empty = [name for name in ("by", "on", "of") if getattr(self, name) is None]
        if 0 < len(empty) < 3:
            missing = ", ".join(f"`{name}`" for name in empty)
            raise ValueError(f"a signature lacks {missing}: who, on which day, and the digest that `law sheet` prints")
        return self


class Named(TestShape):
    says: Text


class RuleShape(Shape):
    """A `rule.yaml`."""

    pathway: Id
    title: Text
    terms: dict[str, Text] = {}
    region: str | None = None
    in_force: InForce
    reviewed: Reviewed = Reviewed()
    define: dict[str, Named] = {}
    gate: Annotated[list[GateShape], Field(min_length=1)]
    exemptions: list[ExemptionShape] = []
    conditions: list[ConditionShape] = []
    channels: list[ChannelShape] = []
    cautions: list[CautionShape] = []
    anchors: list[AnchorShape] = []
    who_helps: list[str] = []
    not_modelled: list[Text] = []


class ConflictShape(Shape):
    """What a source prints otherwise than a row has it: another value (`prints`), or another first day (`dated`)."""

    source: str
    at: Text
    prints: str | None = None
    dated: Day | None = None
    per: Literal["month", "year"] = "month"
    fault: Literal["digit", "cut", "overtaken", "other-day", "other-tariff", "no-basis"]

    @model_validator(mode="after")
    def one_kind(self) -> "ConflictShape":
        if (self.prints is None) == (self.dated is None):
            raise ValueError("a conflict has `prints` (another value), or `dated` (another first day)")
        return self


class RowShape(Shape):
    from_: Day | None = Field(None, alias="from")
    seen: Day | None = None
    until: Day | None = None
    value: str | None = None
    at_least: str | None = None
    at_most: str | None = None
    unknown: Text | None = None
    derived: Text | None = None
    cite: CiteShape | None = None
    also: list[CiteShape] = []
    conflicts: list[ConflictShape] = []
    note: str | None = None

    @model_validator(mode="after")
    def one_kind(self) -> "RowShape":
        if (self.from_ is None) == (self.seen is None):
            raise ValueError("a row has `from`, or `seen` where the source gives no start")
        bounded = self.at_least is not None or self.at_most is not None
        if (self.value is not None) + bounded + (self.unknown is not None) != 1:
            raise ValueError("a row has `value`, or `at_least` with `at_most`, or `unknown`")
        if bounded and (self.at_least is None or self.at_most is None):
            raise ValueError("bounds need both `at_least` and `at_most`")
        if self.unknown is None and self.cite is None:
            raise ValueError("a value needs its `cite`")
        return self


class RecheckShape(Shape):
    """When an amount is expected to move: `yearly` on a day such as 01-01, or so many `months` after its last row."""

    yearly: Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])$")] | None = None
    months: Annotated[int, Field(ge=1, le=60)] | None = None
    because: Text

    @model_validator(mode="after")
    def one_kind(self) -> "RecheckShape":
        if (self.yearly is None) == (self.months is None):
            raise ValueError("`recheck` has `yearly: MM-DD`, or `months`")
        return self


class AmountShape(Shape):
    """One file of `amounts/`."""

    amount: Id
    says: Text
    unit: Literal["EUR"]
    rows: list[RowShape] = []
    formula: Text | None = None
    from_: Day | None = Field(None, alias="from")
    until: Day | None = None
    round: Literal["half_up"] | None = None
    recheck: RecheckShape | None = None
    cite: CiteShape | None = None
    note: str | None = None

    @model_validator(mode="after")
    def rows_or_formula(self) -> "AmountShape":
        if bool(self.rows) == (self.formula is not None):
            raise ValueError("an amount has `rows`, or a `formula`")
        if self.formula is not None and (self.from_ is None or self.cite is None or self.round is None):
            raise ValueError("a formula needs `from`, `round: half_up` and `cite`")
        if self.formula is not None and self.recheck is not None:
            raise ValueError("a formula moves with its amounts; `recheck` stands there")
        return self


class SourceShape(Shape):
    title: Text
    kind: Literal["act", "treaty", "judgment", "guidance", "secondary"]
    authority: Text
    url: str | None = None
    read: Day
    language: str
    part: Literal["whole", "part", "not-read"]
    key: str | None = None
    note: str | None = None


class SourcesShape(Shape):
    """`sources.yaml`."""

    sources: dict[Id, SourceShape]


class FactShape(Shape):
    says: Text
    type: Literal["choice", "set", "bool", "integer", "money", "date", "country", "countries"]
    values: dict[str, Text] = {}
    unit: str | None = None
    least: int | None = None
    most: int | None = None
    change: Literal["fixed", "slow", "changeable"]
    likely: dict[str, Annotated[float, Field(ge=0, le=1)]] = {}
    note: str | None = None


class GroupShape(Shape):
    says: Text
    members: list[str]


class ContradictionShape(Shape):
    id: Id
    says: Text
    never: TestShape


class FactsShape(Shape):
    """`facts.yaml`."""

    groups: dict[str, GroupShape] = {}
    facts: dict[str, FactShape]
    contradictions: list[ContradictionShape] = []


class QuestionShape(Shape):
    id: Id
    sets: Annotated[list[str], Field(min_length=1)]
    ask: Text
    why: Text
    help: str | None = None
    none: str | None = None
    options: Literal["all"] | None = None
    cost: Annotated[float, Field(gt=0)] = 1.0


class QuestionsShape(Shape):
    """`questions.yaml`."""

    questions: list[QuestionShape]


class LawShape(Shape):
    """`law.yaml`."""

    read_until: Day
    languages: list[str]
    stale_after_days: int
    helpers: dict[str, Text] = {}
    define: dict[str, Named] = {}


class DefinitionsShape(Shape):
    """`definitions.yaml`: named tests and helpers beside the pathways that share them."""

    helpers: dict[str, Text] = {}
    define: dict[str, Named] = {}


class Checked(Shape):
    by: str | None = None
    on: Day | None = None


class TextsShape(Shape):
    """`texts/<language>.yaml` of a pathway."""

    language: str
    checked: Checked = Checked()
    title: Text
    texts: dict[str, Text]
    page: dict[str, Any] = {}
    procedure: dict[str, Text] = {}
    not_modelled: list[Text] = []


class LawTextsShape(Shape):
    """`texts/<language>.yaml` of the body of law."""

    language: str
    checked: Checked = Checked()
    facts: dict[str, Text] = {}
    values: dict[str, dict[str, Text]] = {}
    units: dict[str, Text] = {}
    groups: dict[str, Text] = {}
    questions: dict[str, dict[str, Text]] = {}
    helpers: dict[str, Text] = {}
    contradictions: dict[str, Text] = {}
    definitions: dict[str, Text] = {}
    time_limits: dict[str, Text] = {}
    evidence: dict[str, Text] = {}
    amounts: dict[str, Text] = {}
    authorities: dict[str, Text] = {}
    legalisation: dict[str, Text] = {}


class InsteadShape(Shape):
    not_: Text = Field(alias="not")
    better: Text
    instead: str | None = None


class Difficulty(Shape):
    discretion: Annotated[int, Field(ge=0, le=3)]
    documents: Annotated[int, Field(ge=0, le=3)]
    time: Annotated[int, Field(ge=0, le=3)]
    why: Text


class PageShape(Shape):
    """`page.yaml`: what the catalogue shows. `theme`: the subject under which people look for the pathway."""

    theme: (
        Literal[
            "self-employed",
            "work",
            "means",
            "family",
            "study",
            "protection",
            "free-movement",
            "long-term",
            "short",
        ]
        | None
    ) = None
    kind: Text
    work_setup: Text
    core_requirements: list[Text]
    what_to_know: list[Text]
    summary: Text
    who_it_is_for: Text
    what_it_allows: list[Text]
    what_it_is_not: list[InsteadShape]
    money_test: Text
    money_amounts: list[str] = []
    accepted_income: Text
    remote_work: Text
    local_employment: Text
    insurance: Text
    record: Text
    housing: Text
    bank: Text
    next_steps: list[Text]
    processing_time: Text
    long_term_path: Text
    nationality_access: Text
    best_for: Text
    difficulty: Difficulty
    disclaimer: Text
    reviewed_on: Day | None = None


def flatten(facts: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    """Return nested facts as dotted ones; a mapping with a band word inside is a value."""
    out: dict[str, Any] = {}
    for key, value in facts.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict) and not {"in", "not_in", "includes"} & value.keys():
            out |= flatten(value, f"{name}.")
        else:
            out[name] = value
    return out


class ExpectShape(Shape):
    result: Literal["open", "not_needed", "contested", "undetermined", "closed"] | None = None
    instead: str | None = None
    because: dict[str, str] = {}
    cautions: list[str] = []
    no_cautions: list[str] = []
    weighs: list[str] = []
    missing: list[str] = []
    channels: dict[str, str] = {}
    anchors: dict[str, str] = {}


class CaseShape(Shape):
    """One worked case of `cases.yaml`."""

    case: Text
    on: Day
    like: str | None = None
    facts: dict[str, Any] = {}
    expect: ExpectShape
    why: str | None = None


class LengthShape(Shape):
    """A length: exactly one of days (calendar days), working days, months or years."""

    days: Annotated[int, Strict(), Field(ge=1, le=36500)] | None = None
    working_days: Annotated[int, Strict(), Field(ge=1, le=1000)] | None = None
    months: Annotated[int, Strict(), Field(ge=1, le=600)] | None = None
    years: Annotated[int, Strict(), Field(ge=1, le=100)] | None = None

    @model_validator(mode="after")
    def one_unit(self) -> "LengthShape":
        if len(self.model_dump(exclude_none=True)) != 1:
            raise ValueError("a length has exactly one of days, working_days, months, years")
        return self


class StartShape(Shape):
    event: str
    after: LengthShape | None = None
    day_counts: Annotated[bool, Strict()] | None = None


class CountingShape(Shape):
    """How days are counted; what is left out comes from the convention, else it is the first value named."""

    saturday: Literal["rests", "works"] | None = None
    last_day: Literal["stays", "moves"] | None = None
    months_end: Literal["same-number", "eve"] | None = None


class LimitReadingShape(CountingShape):
    id: Id
    says: Text
    cite: CiteShape | None = None
    open: Text | None = None
    weight: Literal["reading", "argument", "advice"] = "reading"
    length: LengthShape | None = None
    after: LengthShape | None = None
    day_counts: Annotated[bool, Strict()] | None = None

    @model_validator(mode="after")
    def source_or_open(self) -> "LimitReadingShape":
        if (self.cite is None) == (self.open is None):
            raise ValueError("a reading has its `cite`, or `open: <what is not known>`")
        return self


class ConventionShape(CountingShape):
    """A way of counting that several limits share."""

    id: Id
    says: Text
    cite: CiteShape
    also: list[CiteShape] = []
    from_: Day | None = Field(None, alias="from")
    until: Day | None = None
    seen: Day | None = None
    note: str | None = None
    starts: list[StartShape] = []
    act_on: Literal["any", "working-days", "office-open"] | None = None
    readings: list[LimitReadingShape] = []

    @model_validator(mode="after")
    def one_start(self) -> "ConventionShape":
        if self.from_ is not None and self.seen is not None:
            raise ValueError("has `from` and `seen`; `seen` is for sources without a start")
        return self


class TimeLimitShape(ConventionShape):
    """One time limit."""

    quote: dict[str, Text] = {}
    convention: str | None = None
    kind: Literal["act", "decide", "wait", "lasts"]
    length: LengthShape | None = None
    stated: Annotated[bool, Strict()] = False
    none_known: Annotated[bool, Strict()] = False
    counted: Literal["forward", "back"] = "forward"
    opens: LengthShape | None = None
    within: Annotated[int, Strict(), Field(ge=1, le=3660)] | None = None
    then: Text | None = None
    pause: Text | None = None
    mind: Text | None = None

    @model_validator(mode="after")
    def one_length(self) -> "TimeLimitShape":
        if (self.length is not None) + self.stated + self.none_known != 1:
            raise ValueError("a time limit has `length`, or `stated: true`, or `none_known: true`")
        if self.convention is None and not self.starts:
            raise ValueError("a time limit has `starts`, or a `convention` that has them")
        if self.opens is not None and self.counted != "back":
            raise ValueError("`opens` belongs to a window that is `counted: back`")
        return self


class TimeLimitsShape(Shape):
    """`time-limits.yaml`."""

    events: dict[Id, Text] = {}
    conventions: list[ConventionShape] = []
    limits: list[TimeLimitShape] = []


class StretchShape(Shape):
    """Days from `from` (included) to `until` (excluded)."""

    from_: Day = Field(alias="from")
    until: Day


class LimitExpectShape(Shape):
    safe_day: Day | None = None
    last_day: Day | None = None
    opens: Day | None = None
    from_then: Day | None = None
    day_one: Day | None = None
    readings: dict[str, Day] = {}
    no_rule: Annotated[bool, Strict()] = False


class LimitCaseShape(Shape):
    """One worked case of `time-limits.cases.yaml`."""

    case: Text
    limit: str
    day: Day
    event: str | None = None
    length: LengthShape | None = None
    pauses: list[StretchShape] = []
    stays: list[StretchShape] = []
    expect: LimitExpectShape
    why: Text


class LimitCasesShape(Shape):
    """`time-limits.cases.yaml`."""

    cases: list[LimitCaseShape]


FILES: dict[str, type[BaseModel]] = {
    "rule": RuleShape,
    "amount": AmountShape,
    "sources": SourcesShape,
    "facts": FactsShape,
    "questions": QuestionsShape,
    "definitions": DefinitionsShape,
    "law": LawShape,
    "texts": TextsShape,
    "law-texts": LawTextsShape,
    "page": PageShape,
    "case": CaseShape,
    "time-limits": TimeLimitsShape,
    "time-limits-cases": LimitCasesShape,
}
"""The kinds of law file, by the name of their JSON Schema."""
