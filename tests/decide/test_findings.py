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


def test_a_condition_that_closes_names_the_way_on():
    """Its door is named when it closes, not before, and not where the gate already shuts the person out."""
    law = load_law(shipped=Path(__file__).parents[1] / "law" / "small")

    def doors(**facts: object) -> tuple[str, ...]:
        written = {id.replace("__", "."): value for id, value in facts.items()}
        return assess(law, profile_from(law, written, ON).facts, ON)[0].instead

    assert doors(stall__goods="flowers", person__age=17, person__nationalities=["MA"]) == ("market-stall",)
    assert doors(stall__goods="flowers", person__age=18, person__nationalities=["MA"]) == ()
    assert doors(stall__goods="none", person__age=17, person__nationalities=["MA"]) == ()


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
