"""The shape of `procedure.yaml` and `legalisation.yaml`, as pydantic models (the rest of the law: `schema`)."""

from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, Field, StringConstraints, model_validator

from sojourn.law.schema import CiteShape, Count, Day, EntryShape, Flag, Id, Shape, Text


def _account_number(text: str) -> str:
    """Return an IBAN (ISO 13616) without blanks; raises ValueError when its form or its check digits are wrong."""
    iban = text.replace(" ", "")
    digits = "".join(str(int(c, 36)) for c in iban[4:] + iban[:4]) if iban.isascii() and iban.isalnum() else "0"
    if not 15 <= len(iban) <= 34 or not iban[:2].isalpha() or not iban[2:4].isdigit() or int(digits) % 97 != 1:
        raise ValueError(f'"{text}" is no account number (IBAN), or its check digits are wrong')
    return iban


def _start(text: str) -> str:
    """Return what starts a clock; raises ValueError for an unknown kind of event."""
    kind = text.rpartition(".")[2]
    if kind not in get_args(Event):
        raise ValueError(f'no event is called "{kind}"; the kinds are: {", ".join(get_args(Event))}')
    return text


Iban = Annotated[str, AfterValidator(_account_number)]
Event = Literal[
    "filed", "found-incomplete", "completed", "admissible", "inadmissible", "extended", "notified", "granted",
    "refused", "appealed", "appeal-decided", "paid", "collected", "entered", "registered", "renewed", "withdrawn",
]  # fmt: skip
"""The kinds of event that start a clock or open an appeal, as dossiers name them."""
_PATTERN = rf"^([a-z0-9-]+\.)?({'|'.join(get_args(Event))})$"
Start = Annotated[str, AfterValidator(_start), Field(json_schema_extra={"pattern": _PATTERN})]
"""A kind of event, or `<stage>.<kind>` where the event belongs to another stage than the clock."""
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
Ids = list[Id]


class StageShape(EntryShape):
    at: str
    after: Ids = []
    later: Flag = False


class StagedShape(EntryShape):
    stage: Id


class PlaceShape(StagedShape):
    channel: Id | None = None
    form: Literal["online", "in-person", "registered-letter", "e-mail", "paper"]
    where: Text
    by: Annotated[list[Literal["applicant", "representative", "employer", "post"]], Field(min_length=1)]


class WarningShape(StagedShape):
    kind: Literal["timing", "disputed", "practice", "ask-first", "inadmissible", "work"]


class AgeShape(Shape):
    months: Count = 0
    days: Count = 0

    @model_validator(mode="after")
    def some(self) -> "AgeShape":
        if not self.months and not self.days:
            raise ValueError("`max_age` needs `months` or `days`")
        return self


class DocumentShape(StagedShape):
    proves: Ids = []
    one_of: Id | None = None
    need: Literal["required", "advised", "if-asked"] = "required"
    form: Literal["original", "copy", "form", "online"] | None = None
    copies: Count | None = None
    issuer: Text | None = None
    issued_in: list[Literal["residence", "nationality", "belgium"]] = []
    official: Flag = False
    max_age: AgeShape | None = None
    legalise: Flag = False
    expires: Flag = False
    untranslated: Flag = False
    lead_days: Count | None = None
    issued: str | None = None
    order: Count = 0


class LanguagesShape(EntryShape):
    stages: Annotated[Ids, Field(min_length=1)]
    accepted: Annotated[list[Language], Field(min_length=1)]
    sworn: Literal["official", "all", "none"]


class AccountShape(Shape):
    iban: Iban
    beneficiary: Text | None = None
    message: Text
    cite: CiteShape
    also: list[CiteShape] = []


class FeeShape(StagedShape):
    amount: Id
    per: Literal["application", "person", "year-of-validity", "card"]
    due: Literal["before-filing", "at-filing", "after-grant", "at-registration"]
    paid_by: Literal["applicant", "anyone"] = "applicant"
    account: AccountShape | None = None
    proof: Id | None = None
    exempt: list[EntryShape] = []


class ClockShape(StagedShape):
    limit: Id | None = None
    starts: Annotated[list[Start], Field(min_length=1)]
    ends: list[Event] = []
    notice: Literal["e-mail", "letter", "counter", "none"] | None = None
    who: Literal["applicant", "authority"]
    on_silence: (
        Literal["granted", "nothing", "refused", "may-refuse", "as-advised", "inadmissible", "none-known"] | None
    ) = None
    of: Id | None = None


class RaceShape(StagedShape):
    clock: Id | None = None
    months: Count | None = None
    fact: str
    limit: Id | None = None
    instead: Id | None = None
    as_if: dict[str, Any] = {}

    @model_validator(mode="after")
    def one_goal(self) -> "RaceShape":
        if (self.clock is None) == (self.months is None):
            raise ValueError("a race is run to a `clock` or for so many `months`: give one of them")
        if bool(self.instead) != bool(self.as_if):
            raise ValueError("`instead` and `as_if` go together: where to file, and as whom")
        return self


class AppealShape(StagedShape):
    against: Annotated[list[Event], Field(min_length=1)]
    to: Text
    send_to: Text | None = None
    form: Annotated[list[Literal["reasoned", "signed", "registered-letter", "in-person"]], Field(min_length=1)]
    on_pain_of: Literal["nullity", "inadmissibility"] | None = None
    limit: Id
    suspends: Flag
    next: Id | None = None


class AfterShape(StagedShape):
    kind: Literal[
        "collection",
        "validity",
        "renewal",
        "change",
        "loss",
        "registration",
        "title",
        "unlimited",
        "nationality",
        "confirmation",
    ]
    limit: Id | None = None
    of: Id | None = None
    years: Count | None = None
    fact: str | None = None


class ProcedureShape(Shape):
    """A `procedure.yaml`."""

    pathway: Id
    stages: Annotated[list[StageShape], Field(min_length=1)]
    filing: Annotated[list[PlaceShape], Field(min_length=1)]
    warnings: list[WarningShape] = []
    evidence: Annotated[list[DocumentShape], Field(min_length=1)]
    languages: list[LanguagesShape] = []
    fees: list[FeeShape] = []
    clocks: list[ClockShape] = []
    races: list[RaceShape] = []
    appeals: list[AppealShape] = []
    after: list[AfterShape] = []
    not_modelled: list[Text] = []


class PartyShape(Shape):
    from_: Day = Field(alias="from")
    until: Day | None = None
    for_belgium_from: Day | None = None
    doubt: Text | None = None
    cite: CiteShape | None = None


class ExemptShape(Shape):
    id: Id
    says: Text
    countries: Annotated[list[str], Field(min_length=1)]
    documents: Ids = []
    from_: Day | None = Field(None, alias="from")
    until: Day | None = None
    seen: Day | None = None
    cite: CiteShape
    also: list[CiteShape] = []


class RuleTextShape(Shape):
    says: Text
    cite: CiteShape
    also: list[CiteShape] = []


class LegalisationShape(Shape):
    """`legalisation.yaml`: what a foreign document needs before Belgium takes it, by issuing country."""

    ordinary: RuleTextShape
    apostille: RuleTextShape
    doubtful: RuleTextShape
    complete_on: Day
    states: dict[str, PartyShape]
    exempt: list[ExemptShape] = []
    not_modelled: list[Text] = []


class PaperExpectShape(Shape):
    oldest: Day | Literal["none"] | None = None
    translation: Literal["none", "plain", "sworn"] | None = None
    seals: dict[str, Literal["none", "apostille", "legalisation", "ask"]] = {}
    applies: Literal["yes", "unknown"] | None = None


class TotalShape(Shape):
    years: Count
    stages: Ids = []
    is_: Text = Field(alias="is")


class RaceExpectShape(Shape):
    state: Literal["holds", "may-fail", "unknown"]
    reached: Day | Literal["none"] | None = None
    ends: Day | Literal["none"] | None = None
    started_by: Day | Literal["none"] | None = None
    file_by: Day | Literal["none"] | None = None


class ProcedureExpectShape(Shape):
    """What must come out. Papers, fees and places are named `<stage>.<id>` or by their id, as where they stand.

    weighs: what the authority weighs. races: by their id; no_races: which are not run. routes: whether a place to file
    instead works. way: the day of each line of the timeline (the first day of a window: `<id>.opens`). later_fees: a
    fee as it will be on the last day of the decision, where that differs (`same` where it does not).
    """

    papers: dict[str, PaperExpectShape] = {}
    no_papers: list[str] = []
    fees: dict[str, str] = {}
    no_fees: Ids = []
    total: TotalShape | None = None
    stages: Ids | None = None
    places: dict[str, Id | Literal["none"]] = {}
    warnings: Ids = []
    no_warnings: Ids = []
    obstacles: Ids | None = None
    weighs: Ids | None = None
    races: dict[Id, RaceExpectShape] = {}
    no_races: Ids = []
    routes: dict[Id, Literal["works", "fails"]] | None = None
    way: dict[str, Day | Literal["unknown", "none"]] = {}
    later_fees: dict[Id, str] = {}


class ProcedureCaseShape(Shape):
    """One worked case of `procedure.cases.yaml`."""

    case: Text
    on: Day
    like: str | None = None
    facts: dict[str, Any] = {}
    expect: ProcedureExpectShape
    why: Text


class ProcedureCasesShape(Shape):
    """A `procedure.cases.yaml`."""

    cases: Annotated[list[ProcedureCaseShape], Field(min_length=1)]


FILES: dict[str, type[BaseModel]] = {
    "procedure": ProcedureShape,
    "procedure-cases": ProcedureCasesShape,
    "legalisation": LegalisationShape,
}
"""The kinds of law file shaped here, by the name of their JSON Schema."""
