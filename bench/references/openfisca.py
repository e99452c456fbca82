"""The Flemish professional card as an OpenFisca model: the reference for batches.

Each line of gate, exemptions, conditions and channels of law/be/vlg/professional-card/rule.yaml that was in force from
2022-01-01 on is one vectorised variable; formulas and parameters are dated; the amounts come from law/amounts, so that
both sides reckon with the same series. For complete rows it gives our results (`bench.batch` counts where it does not).

OpenFisca calculates for one period at a time, the same for the whole population. A table in which each row has its own
day is therefore cut into groups, each a simulation of its own:

* `by_day`: one group for each day, as the period of a calculation is meant.
* `by_span`: one group for each span of days in which no parameter and no formula changes, the filing day being an
  input. Faster, but one must work out the spans, and whoever adds a date to the law must think of it.

What it cannot express:

* A fact that is unknown. An input that is not given takes its default (no, 0, the first word), and the answer looks
  like any other. `unknown` facts, bands, "none of these" and declined answers have no place.
* So also nothing follows from what is unknown: no missing facts, no next question, no reasons beside the values.
* Sets of words: each value is a yes/no input of its own.
* A line that nobody decides or that a secondary source alone carries: such lines are small whole numbers here
  (`NOT_MET`, `OPEN`, `WEIGHED`, `MET`), and disputed points one variable for each reading.

Left out, for it does not decide: cautions, anchors, exemptions that only caution, the later readings of the means that
depend on the family (one reading is kept, for its dated amount).
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum, EnumArray
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from sojourn.law.model import Law
from sojourn.values.calendar import is_working_day

FIRST_DAY = date(2022, 1, 1)
"""The model knows the law from this day on."""
NOT_MET, OPEN, WEIGHED, MET = range(4)
RESULTS = ("closed", "not_needed", "open", "contested", "undetermined")
CLOSED, NOT_NEEDED, OPEN_DOOR, CONTESTED, UNDETERMINED = range(5)

Person = build_entity(key="person", plural="persons", label="Someone who asks which door is theirs", is_person=True)
Array = np.ndarray


# --- inputs --------------------------------------------------------------------------------------------------------

CHOICES: dict[str, tuple[str, ...]] = {
    "activity.kind": ("none", "self-employed", "employed", "employed-and-self-employed", "remote-for-foreign-employer"),
    "activity.region": ("VLG", "BRU", "WAL", "DG"),
    "card.region": ("none", "VLG", "BRU", "WAL", "DG"),
    "activity.heading": ("economic", "innovative", "cultural", "sporting"),
    "activity.business_plan": ("none", "with-financial-plan", "liquidity-forecast"),
    "employment.category": ("other", "highly-qualified", "highly-qualified-young", "manager", "shortage"),
    "history.earlier_application": ("none", "refused", "withdrawn", "inadmissible"),
    "person.qualification": (
        "below-level-4", "cannot-be-placed", "level-4", "level-5", "level-6", "level-7", "level-8", "isced-placed",
    ),
    "residence.document": (
        "none", "card-a", "card-b", "card-c", "card-d", "card-e", "card-e-plus", "card-eu", "card-eu-plus", "card-f",
        "card-f-plus", "card-h", "card-i", "card-j", "card-k", "card-l", "card-m", "card-n", "special-identity-card",
        "certificate-of-immatriculation", "annex-3", "entry-stamp", "visa-c", "visa-d", "annex-15", "annex-15bis",
        "annex-19", "annex-19ter", "annex-35", "other",
    ),
}  # fmt: skip
"""Words of single-valued facts; the first is the default."""

SETS: dict[str, tuple[str, ...]] = {
    "person.family_ties": (
        "spouse-of-belgian", "cohabitant-of-belgian", "descendant-of-belgian", "ascendant-of-belgian",
        "spouse-of-relative-of-belgian", "spouse-of-eea", "cohabitant-of-eea", "descendant-of-eea", "ascendant-of-eea",
        "spouse-of-relative-of-eea", "spouse-of-swiss", "child-of-swiss",
    ),
    "residence.ground": (
        "refugee", "withdrawal-agreement", "temporary-protection", "unlimited-stay", "study", "work", "blue-card",
    ),
    "activity.special_case": (
        "assists-spouse", "business-trip", "lecturer", "journalist", "sportsperson", "artist", "intern",
        "development-trainee", "unpaid-director",
    ),
    "activity.innovation": ("new-products", "new-technology", "cooperation"),
    "activity.sport": (
        "discipline-listed", "recognised-setting", "adults-or-talents", "raises-level", "qualified",
        "qualified-within-a-year", "too-few-qualified",
    ),
}  # fmt: skip
BOOLS = (
    "family.settles_with_relative", "residence.reciprocity_agreement", "activity.favourable_effect",
    "activity.cultural_cooperation", "activity.cultural_affinity", "activity.duties_respected",
    "activity.shows_remuneration", "activity.regulated", "activity.regulated_requirements_met",
    "person.higher_education_certificate", "record.extract_of_residence", "history.same_activity",
    "history.new_element", "card.covers_activity",
)  # fmt: skip
MONEY = ("activity.start_up_capital", "activity.investment", "means.monthly_net")
COUNTS = ("activity.stay_days", "activity.jobs_created")
DAYS = ("residence.document_valid_until", "record.extract_issued", "history.notice_dispatched", "card.valid_until")


def key(fact: str, value: str = "") -> str:
    """Return the name of the variable of a fact, or of one value of a set fact."""
    return f"{fact}.{value}".strip(".").replace(".", "_").replace("-", "_")


def _enum(fact: str) -> type[Enum]:
    return Enum(key(fact), {v.replace("-", "_"): v for v in CHOICES[fact]})  # type: ignore[call-overload,no-any-return]


ENUMS = {fact: _enum(fact) for fact in CHOICES}


def _inputs() -> Iterator[type[Variable]]:
    def made(name: str, value_type: type, **more: object) -> type[Variable]:
        fields = {"value_type": value_type, "entity": Person, "definition_period": DateUnit.DAY, "label": name}
        return type(name, (Variable,), fields | more)

    for fact, enum in ENUMS.items():
        yield made(key(fact), Enum, possible_values=enum, default_value=next(iter(enum)))
    for fact, values in SETS.items():
        for value in values:
            yield made(key(fact, value), bool)
    for name in (*BOOLS, "national.BE", "national.eea", "national.CH", "residence.abroad"):
        yield made(key(name), bool)
    for name in MONEY:
        yield made(key(name), float)
    for name in COUNTS:
        yield made(key(name), int)
    for name in DAYS:
        yield made(key(name), date)


# --- lines of law --------------------------------------------------------------------------------------------------

LINES: list[type[Variable]] = []

Formula = Callable[..., Array]


def variable(value_type: type, since: date = FIRST_DAY) -> Callable[[Formula], type[Variable]]:
    """Turn a formula into an OpenFisca variable of the same name, with this formula from `since` on."""

    def make(formula: Formula) -> type[Variable]:
        made = type(
            formula.__name__,
            (Variable,),
            {
                "value_type": value_type,
                "entity": Person,
                "definition_period": DateUnit.DAY,
                "label": formula.__name__.replace("_", " "),
                f"formula_{since:%Y_%m_%d}": formula,
            },
        )
        LINES.append(made)
        return made

    return make


line = variable(bool)
level = variable(int)


def among(person: Callable[..., Array], period: object, fact: str, *values: str) -> Array:
    """Return whether the word of a fact is one of these: one look-up in a small table."""
    table = np.array([v in values for v in CHOICES[fact]])
    return table[np.asarray(person(key(fact), period))]


def any_of(person: Callable[..., Array], period: object, fact: str, *values: str) -> Array:
    """Return whether a set fact has one of these."""
    out = person(key(fact, values[0]), period)
    for value in values[1:]:
        out = out | person(key(fact, value), period)
    return out


def months_later(days: Array, months: int) -> Array:
    """Return the days so many months later; the last day of the month where that month is shorter."""
    first = days.astype("datetime64[M]")
    later = first + months
    return np.minimum(later.astype("datetime64[D]") + (days - first), (later + 1).astype("datetime64[D]") - 1)


def _holidays() -> list[date]:
    days = (date(2000, 1, 1) + timedelta(days=n) for n in range(365 * 27))
    return [d for d in days if d.weekday() < 5 and not is_working_day(d)]


CALENDAR = np.busdaycalendar(holidays=_holidays())


@variable(date)
def filing_day(person, period):
    return np.full(person.count, np.datetime64(str(period.start)), dtype="datetime64[D]")


# gate


@line
def some_work(person, period):
    return ~among(person, period, "activity.kind", "none")


@line
def self_employed(person, period):
    return ~among(person, period, "activity.kind", "employed")


@line
def not_for_employer_abroad(person, period):
    return ~among(person, period, "activity.kind", "remote-for-foreign-employer")


@line
def not_in_brussels(person, period):
    return ~among(person, period, "activity.region", "BRU")


@line
def not_in_wallonia(person, period):
    return ~among(person, period, "activity.region", "WAL")


@line
def not_in_german_speaking_area(person, period):
    return ~among(person, period, "activity.region", "DG")


GATE = (
    "some_work", "self_employed", "not_for_employer_abroad", "not_in_brussels", "not_in_wallonia",
    "not_in_german_speaking_area",
)  # fmt: skip


# exemptions


@line
def belgian_national(person, period):
    return person("national_BE", period)


@line
def eea_national(person, period):
    return person("national_eea", period) & ~person("national_BE", period)


@line
def swiss_national(person, period):
    return person("national_CH", period)


@line
def spouse_of_belgian(person, period):
    return any_of(person, period, "person.family_ties", "spouse-of-belgian")


@line
def partner_of_belgian(person, period):
    return any_of(person, period, "person.family_ties", "cohabitant-of-belgian")


@line
def relative_of_belgian(person, period):
    ties = ("descendant-of-belgian", "ascendant-of-belgian", "spouse-of-relative-of-belgian")
    return any_of(person, period, "person.family_ties", *ties) & person("family_settles_with_relative", period)


@line
def relative_of_eea_citizen(person, period):
    ties = ("spouse-of-eea", "descendant-of-eea", "ascendant-of-eea", "spouse-of-relative-of-eea")
    return any_of(person, period, "person.family_ties", *ties) & person("family_settles_with_relative", period)


@line
def partner_of_eea_citizen(person, period):
    partner = any_of(person, period, "person.family_ties", "cohabitant-of-eea")
    return partner & person("family_settles_with_relative", period)


@line
def family_of_swiss(person, period):
    return any_of(person, period, "person.family_ties", "spouse-of-swiss", "child-of-swiss")


@line
def document_valid(person, period):
    return person("residence_document_valid_until", period) >= person("filing_day", period)


@level
def unlimited_stay(person, period):
    valid = person("document_valid", period)
    cards = ("card-b", "card-c", "card-d", "card-k", "card-l", "card-f-plus")
    sure = valid & among(person, period, "residence.document", *cards)
    maybe = valid & among(person, period, "residence.document", "card-e", "card-e-plus", "card-eu", "card-eu-plus")
    maybe = maybe | any_of(person, period, "residence.ground", "unlimited-stay")
    return np.where(sure, MET, maybe * OPEN)


@line
def family_card(person, period):
    """Open without the tie it proves; with it, a line above has exempted already."""
    return person("document_valid", period) & among(person, period, "residence.document", "card-f")


@line
def recognised_refugee(person, period):
    return any_of(person, period, "residence.ground", "refugee")


@line
def card_already_held(person, period):
    valid = person("card_valid_until", period) >= person("filing_day", period)
    held = among(person, period, "card.region", "VLG") & valid & person("card_covers_activity", period)
    return held & ~among(person, period, "history.earlier_application", "withdrawn")


@line
def withdrawal_agreement(person, period):
    card = among(person, period, "residence.document", "card-m", "card-n") & person("document_valid", period)
    return card | any_of(person, period, "residence.ground", "withdrawal-agreement")


@variable(bool, since=date(2022, 8, 20))
def temporary_protection(person, period):
    return any_of(person, period, "residence.ground", "temporary-protection")


@line
def assisting_spouse(person, period):
    return any_of(person, period, "activity.special_case", "assists-spouse")


@line
def short(person, period):
    return person("activity_stay_days", period) <= 90


@line
def short_from_abroad(person, period):
    return person("residence_abroad", period) & person("short", period)


@line
def business_trip(person, period):
    return any_of(person, period, "activity.special_case", "business-trip") & person("short_from_abroad", period)


@line
def lecturer(person, period):
    return any_of(person, period, "activity.special_case", "lecturer") & person("short_from_abroad", period)


@line
def journalist(person, period):
    return any_of(person, period, "activity.special_case", "journalist") & person("short_from_abroad", period)


@line
def sportsperson(person, period):
    return any_of(person, period, "activity.special_case", "sportsperson") & person("short", period)


@line
def artist(person, period):
    return any_of(person, period, "activity.special_case", "artist") & person("short", period)


@line
def intern(person, period):
    student = any_of(person, period, "residence.ground", "study")
    return any_of(person, period, "activity.special_case", "intern") & student


@line
def development_trainee(person, period):
    return any_of(person, period, "activity.special_case", "development-trainee")


@line
def unpaid_director(person, period):
    leading = ("highly-qualified", "highly-qualified-young", "manager")
    permit = any_of(person, period, "residence.ground", "work") & among(person, period, "employment.category", *leading)
    full_time = permit | any_of(person, period, "residence.ground", "blue-card")
    return any_of(person, period, "activity.special_case", "unpaid-director") & full_time


EXEMPT = (
    "belgian_national", "eea_national", "swiss_national", "spouse_of_belgian", "partner_of_belgian",
    "relative_of_belgian", "relative_of_eea_citizen", "partner_of_eea_citizen", "recognised_refugee",
    "withdrawal_agreement", "temporary_protection", "card_already_held",
)  # fmt: skip
MAYBE_EXEMPT = (
    "family_of_swiss", "family_card", "assisting_spouse", "business_trip", "lecturer",
    "journalist", "sportsperson", "artist", "intern", "development_trainee", "unpaid_director",
)  # fmt: skip


# conditions


@line
def start_up_capital_base(person, period, parameters):
    enough = person("activity_start_up_capital", period) >= parameters(period).capital.base
    return enough | ~among(person, period, "activity.heading", "economic")


@level
def start_up_capital_indexed(person, period, parameters):
    capital, bounds = person("activity_start_up_capital", period), parameters(period).capital
    reached = np.where(capital >= bounds.at_most, MET, (capital >= bounds.at_least) * OPEN)
    return np.where(among(person, period, "activity.heading", "economic"), reached, MET)


@line
def economic_contribution(person, period):
    jobs = (person("activity_jobs_created", period) >= 1) & (person("activity_investment", period) > 0)
    shown = jobs | person("activity_favourable_effect", period)
    return shown | ~among(person, period, "activity.heading", "economic")


@line
def innovation(person, period):
    new = any_of(person, period, "activity.innovation", "cooperation", "new-products", "new-technology")
    return new | ~among(person, period, "activity.heading", "innovative")


@line
def cultural_cooperation(person, period):
    return person("activity_cultural_cooperation", period) | ~among(person, period, "activity.heading", "cultural")


@line
def cultural_affinity(person, period):
    return person("activity_cultural_affinity", period) | ~among(person, period, "activity.heading", "cultural")


@line
def sport_discipline(person, period):
    held = any_of(person, period, "activity.sport", "discipline-listed")
    return held | ~among(person, period, "activity.heading", "sporting")


@line
def sport_setting(person, period):
    held = any_of(person, period, "activity.sport", "recognised-setting")
    return held | ~among(person, period, "activity.heading", "sporting")


@line
def sport_adults_or_talents(person, period):
    held = any_of(person, period, "activity.sport", "adults-or-talents")
    return held | ~among(person, period, "activity.heading", "sporting")


@line
def sport_raises_level(person, period):
    held = any_of(person, period, "activity.sport", "raises-level")
    return held | ~among(person, period, "activity.heading", "sporting")


@line
def sport_qualification(person, period):
    held = any_of(person, period, "activity.sport", "qualified", "qualified-within-a-year")
    return held | ~among(person, period, "activity.heading", "sporting")


@line
def sport_shortage(person, period):
    held = any_of(person, period, "activity.sport", "too-few-qualified")
    return held | ~among(person, period, "activity.heading", "sporting")


@line
def duties_respected(person, period):
    return person("activity_duties_respected", period)


@line
def qualification(person, period):
    innovative = among(person, period, "activity.heading", "innovative")
    certified = innovative & person("person_higher_education_certificate", period)
    return certified | ~among(person, period, "person.qualification", "below-level-4", "cannot-be-placed")


@line
def regulated_profession(person, period):
    return ~person("activity_regulated", period) | person("activity_regulated_requirements_met", period)


@line
def sufficient_means(person, period, parameters):
    return person("means_monthly_net", period) >= parameters(period).means.living_wage_3_120


@line
def criminal_record(person, period):
    issued, today = person("record_extract_issued", period), person("filing_day", period)
    recent = (issued <= today) & (months_later(issued, 6) >= today)
    return recent & person("record_extract_of_residence", period)


@level
def plan(person, period):
    forecast = among(person, period, "activity.business_plan", "liquidity-forecast")
    enough = ~forecast | among(person, period, "activity.heading", "cultural", "sporting")
    return np.where(among(person, period, "activity.business_plan", "none"), NOT_MET, np.where(enough, MET, OPEN))


@line
def remuneration(person, period):
    return person("activity_shows_remuneration", period)


@line
def no_bar(person, period):
    free = among(person, period, "history.earlier_application", "none", "inadmissible")
    third = np.busday_offset(person("history_notice_dispatched", period), 3, roll="backward", busdaycal=CALENDAR)
    passed = months_later(third, 12) <= person("filing_day", period)
    return free | ~person("history_same_activity", period) | passed | person("history_new_element", period)


CONDITIONS = (
    "economic_contribution", "innovation", "cultural_cooperation", "cultural_affinity", "sport_discipline",
    "sport_setting", "sport_adults_or_talents", "sport_raises_level", "sport_qualification", "sport_shortage",
    "duties_respected", "qualification", "regulated_profession", "criminal_record", "remuneration", "no_bar",
)  # fmt: skip


# channels


@level
def online_administration(person, period):
    counter = ("card-a", "card-h", "card-i", "card-j", "annex-3", "entry-stamp", "visa-c")
    accepted = among(person, period, "residence.document", *counter)
    accepted = accepted | (
        among(person, period, "residence.document", "special-identity-card")
        & person("residence_reciprocity_agreement", period)
    )
    unclear = among(person, period, "residence.document", "annex-15", "visa-d", "other")
    return np.where(person("document_valid", period), np.where(accepted, MET, unclear * OPEN), NOT_MET)


@level
def online_cassation(person, period):
    orange = among(person, period, "residence.document", "certificate-of-immatriculation")
    return np.where(orange & person("document_valid", period), MET, person("online_administration", period))


@line
def post(person, period):
    return person("residence_abroad", period)


# the result


@variable(int)
def result(person, period):
    gate = np.logical_and.reduce([person(name, period) for name in GATE])
    stay = person("unlimited_stay", period)
    exempt = np.logical_or.reduce([person(name, period) for name in EXEMPT]) | (stay == MET)
    maybe = np.logical_or.reduce([person(name, period) for name in MAYBE_EXEMPT]) | (stay == OPEN)
    rest = np.logical_and.reduce([person(name, period) for name in CONDITIONS]) * MET
    rest = np.minimum(rest, person("plan", period))
    abroad = person("post", period) * MET
    outcomes = []
    for capital in (person("start_up_capital_base", period) * MET, person("start_up_capital_indexed", period)):
        for place in (person("online_administration", period), person("online_cassation", period)):
            met = np.minimum(np.minimum(rest, capital), np.maximum(abroad, place))
            file = np.where(met >= WEIGHED, OPEN_DOOR, np.where(met == NOT_MET, CLOSED, UNDETERMINED))
            outcomes.append(np.where(exempt, NOT_NEEDED, np.where(maybe, UNDETERMINED, file)))
    first = outcomes[0]
    agree = np.logical_and.reduce([o == first for o in outcomes[1:]])
    unsettled = np.logical_or.reduce([o == UNDETERMINED for o in outcomes])
    disputed = np.where(agree, first, np.where(unsettled, UNDETERMINED, CONTESTED))
    return np.where(gate, disputed, CLOSED)


ALL_LINES = (
    *GATE, *EXEMPT, "unlimited_stay", *MAYBE_EXEMPT, "start_up_capital_base", "start_up_capital_indexed", *CONDITIONS,
    "plan", "sufficient_means", "online_administration", "online_cassation", "post",
)  # fmt: skip


# --- the system and its tables -------------------------------------------------------------------------------------


def system(law: Law) -> TaxBenefitSystem:
    """Return the model, with the amounts of `law`."""
    made = TaxBenefitSystem([Person])
    made.add_variables(*_inputs(), *LINES)

    def series(amount: str, end: str) -> dict[str, object]:
        values = {}
        for row in law.amounts[amount].rows:
            bound = getattr(row, end)
            if bound is not None:
                values[row.first.isoformat()] = {"value": bound / 100}
        return {"values": values}

    made.parameters = ParameterNode(
        "",
        data={
            "capital": {
                "base": series("vl-start-up-capital-base", "low"),
                "at_least": series("vl-start-up-capital-indexed", "low"),
                "at_most": series("vl-start-up-capital-indexed", "high"),
            },
            "means": {"living_wage_3_120": series("living-wage-3-120", "low")},
        },
    )
    return made


def inputs(law: Law, frame: pl.DataFrame) -> dict[str, Array]:
    """Return the columns of a table of profiles (texts) as OpenFisca inputs; empty cells become defaults."""
    out: dict[str, Array] = {}

    def members(fact: str, tests: Mapping[str, frozenset[str]]) -> None:
        column = frame[fact].fill_null("[]")
        texts = column.unique()
        codes = column.cast(pl.Enum(texts)).to_physical().to_numpy()
        sets = [frozenset(text.split(";")) for text in texts]
        for name, wanted in tests.items():
            out[name] = np.array([not wanted.isdisjoint(s) for s in sets])[codes]

    for fact, values in CHOICES.items():
        codes = frame[fact].fill_null(values[0]).cast(pl.Enum(list(values))).to_physical().to_numpy()
        out[key(fact)] = EnumArray(codes.astype(np.uint8), ENUMS[fact])
    for fact, values in SETS.items():
        members(fact, {key(fact, v): frozenset({v}) for v in values})
    eea = frozenset(map(str, law.groups["eea"]))
    members(
        "person.nationalities",
        {"national_BE": frozenset({"BE"}), "national_eea": eea, "national_CH": frozenset({"CH"})},
    )
    country = frame["residence.country"]
    out["residence_abroad"] = (country.is_not_null() & (country != "BE").fill_null(value=False)).to_numpy()
    for fact in BOOLS:
        out[key(fact)] = (frame[fact] == "true").fill_null(value=False).to_numpy()
    for fact in MONEY:
        out[key(fact)] = frame[fact].str.strip_suffix(" EUR").cast(pl.Float32).fill_null(0).to_numpy()
    for fact in COUNTS:
        out[key(fact)] = frame[fact].cast(pl.Int32).fill_null(0).to_numpy()
    for fact in DAYS:
        days = frame[fact].str.to_date(strict=True).fill_null(date(1970, 1, 1))
        out[key(fact)] = days.to_numpy().astype("datetime64[D]")
    return out


def spans(made: TaxBenefitSystem) -> list[date]:
    """Return the days from `FIRST_DAY` on with which a new parameter or formula begins."""
    days = {FIRST_DAY}
    for parameter in made.parameters.get_descendants():
        for value in getattr(parameter, "values_list", ()):
            days.add(date.fromisoformat(value.instant_str))
    for name in made.variables:
        days |= {date.fromisoformat(str(first)) for first in made.variables[name].formulas}
    return sorted(d for d in days if d >= FIRST_DAY)


def calculate(
    made: TaxBenefitSystem, given: Mapping[str, Array], days: Array, names: tuple[str, ...], *, by_span: bool
) -> dict[str, Array]:
    """Return the variables `names` of each row on its own day (`days`: datetime64[D]).

    by_span: one simulation for each span without change of law, instead of one for each day.
    """
    if by_span:
        starts = np.array(spans(made), dtype="datetime64[D]")
        group = np.searchsorted(starts, days, side="right") - 1
    else:
        starts, group = np.unique(days, return_inverse=True)
    order = np.argsort(group, kind="stable")
    ends = np.searchsorted(group[order], np.arange(len(starts) + 1))
    sorted_inputs = {name: column[order] for name, column in given.items()}
    sorted_days = days[order]
    parts: dict[str, list[Array]] = {name: [] for name in names}
    for i, start in enumerate(starts):
        rows = slice(ends[i], ends[i + 1])
        count = int(ends[i + 1] - ends[i])
        if not count:
            continue
        period = str(start)
        simulation = SimulationBuilder().build_default_simulation(made, count)
        for name, column in sorted_inputs.items():
            simulation.set_input(name, period, column[rows])
        if by_span:
            simulation.set_input("filing_day", period, sorted_days[rows])
        for name in names:
            parts[name].append(np.asarray(simulation.calculate(name, period)))
    out = {}
    for name, arrays in parts.items():
        whole = np.concatenate(arrays)
        out[name] = np.empty_like(whole)
        out[name][order] = whole
    return out


def batch(law: Law, source: Path, out: Path, *, by_span: bool) -> Callable[[], None]:
    """Return the work of answering a file: read it, calculate the result and all lines, write them."""
    own = system(law)

    def work() -> None:
        frame = pl.read_parquet(source)
        days = frame["on"].to_numpy().astype("datetime64[D]")
        values = calculate(own, inputs(law, frame), days, ("result", *ALL_LINES), by_span=by_span)
        words = pl.Series(values.pop("result").astype(np.uint8)).cat.to(pl.Enum(RESULTS))
        pl.DataFrame({"result": words} | values).write_parquet(out)

    return work
