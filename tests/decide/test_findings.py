"""What a finding tells beside its result: which reasons carry it, which amounts still concern the person."""

from datetime import date
from pathlib import Path

from sojourn.decide.assess import assess
from sojourn.decide.body import load_law
from sojourn.decide.finding import Finding
from sojourn.decide.profile import profile_from, read_profile, written
from sojourn.values.verdict import Because

LAW = load_law()
ON = date(2026, 11, 22)
EXAMPLES = Path(__file__).parents[2] / "examples"


def finding(pathway: str, on: date = ON, example: str = "ghent-designer", **changes: object) -> Finding:
    known = read_profile(LAW, EXAMPLES / f"{example}.yaml").facts
    facts = {id: written(LAW.facts[id], k) for id, k in known.items()}
    facts |= {id.replace("__", "."): value for id, value in changes.items()}
    return assess(LAW, profile_from(LAW, facts, on).facts, on, [pathway])[0]


def test_a_way_that_is_not_needed_carries_no_refusal():
    found = finding("be-vlg-professional-card", record__extract_issued="2020-01-01")
    assert found.result == "closed"
    assert [r.entry.id for r in found.decisive] == ["criminal-record"]


def test_when_no_way_is_left_all_of_them_carry_the_refusal():
    found = finding("be-vlg-professional-card", residence__document="none", residence__ground=[])
    assert found.result == "closed"
    assert {r.entry.part for r in found.decisive} == {"channel"}


def test_who_needs_no_permit_is_shown_no_amounts_to_reach():
    found = finding("be-vlg-professional-card", person__nationalities=["PT"])
    assert (found.result, found.anchors) == ("not_needed", ())


def test_an_amount_that_no_source_gives_is_no_dispute():
    """Between the amount of the decree and the greatest it may have become by index, nobody can say."""
    found = finding(
        "be-vlg-professional-card",
        date(2024, 6, 1),
        activity__start_up_capital="20000 EUR",
        record__extract_issued="2024-05-01",
    )
    reason = found.reason("start-up-capital")
    assert (found.result, reason.because) == ("undetermined", Because.NO_RULE_KNOWN)


SCIENTIST = {
    "person.nationalities": ["IN"],
    "person.qualification": "level-7",
    "activity.kind": "employed",
    "activity.region": "BRU",
    "residence.country": "IN",
    "residence.document": "none",
    "residence.ground": [],
    "employment.contract": True,
    "employment.contract_length": "year-or-more",
    "employment.category": "highly-qualified",
    "employment.gross_monthly_pay": "4000 EUR",
}


def doors(pathway: str, on: date = ON, **changes: object) -> tuple[str, ...]:
    facts = {**SCIENTIST, **{id.replace("__", "."): value for id, value in changes.items()}}
    known = {id: value for id, value in facts.items() if value is not None}
    return assess(LAW, profile_from(LAW, known, on).facts, on, [pathway])[0].instead


def test_whom_a_condition_turns_away_learns_the_door():
    """4,000 a month is below the 4,748 of a Blue Card in Brussels, and above the 3,703.44 of a single permit."""
    assert doors("be-bru-blue-card", date(2025, 6, 1)) == ("be-bru-single-permit",)
    assert doors("be-bru-blue-card", date(2025, 6, 1), employment__gross_monthly_pay="4748 EUR") == ()
    assert doors("be-bru-blue-card", date(2025, 6, 1), activity__region="VLG") == ("be-vlg-blue-card",)


def test_a_leaning_condition_names_the_door_too():
    """In 2026 the amount is known from a secondary source, so the Blue Card is not closed."""
    assert doors("be-bru-blue-card") == ("be-bru-single-permit",)


def test_whom_a_condition_turns_away_is_not_sent_where_another_does():
    assert doors("be-bru-blue-card", date(2025, 6, 1), employment__gross_monthly_pay="3000 EUR") == ()
    assert doors("be-bru-blue-card", employment__gross_monthly_pay="3000 EUR") == ()


def test_a_condition_names_no_dozen_doors_that_may_fit():
    """After the search year: which of eight permits and four cards, nobody can say before the work is known."""
    plan = {"purpose__programmes": ["search-year"], "study__completed": "not-yet", "activity__kind": None}
    assert doors("be-search-year", **plan, activity__region=None) == ()
    here = ("be-bru-single-permit", "be-bru-blue-card", "be-bru-professional-card")
    assert doors("be-search-year", **plan, employment__gross_monthly_pay="5000 EUR") == here


def test_a_gate_that_is_met_comes_before_those_that_are_open():
    plan = {"purpose__programmes": ["study"], "activity__kind": None, "activity__region": None}
    assert doors("be-search-year", **plan) == ("be-student",)
    jobs = tuple(
        f"be-{region}-{kind}" for kind in ("single-permit", "blue-card") for region in ("vlg", "bru", "wal", "dg")
    )
    assert doors("be-search-year", purpose__programmes=[], activity__region=None) == jobs
