"""The regions side by side: the plan moves, what a region has granted does not."""

from datetime import date
from pathlib import Path

import pytest

from sojourn.decide.assess import assess
from sojourn.decide.body import load_law
from sojourn.decide.profile import read_profile
from sojourn.decide.regions import in_region, side_by_side
from sojourn.values.known import Exact

LAW = load_law()
ON = date(2026, 11, 22)
CARDS = [f"be-{r}-professional-card" for r in ("vlg", "bru", "wal", "dg")]
DESIGNER = read_profile(LAW, Path(__file__).parents[2] / "examples" / "ghent-designer.yaml").facts


def test_one_row_a_route_one_finding_a_region():
    (row,) = side_by_side(LAW, DESIGNER, ON, ["be-wal-professional-card"])
    assert [f.pathway.id for f in row] == CARDS
    everything = side_by_side(LAW, DESIGNER, ON)
    assert row in everything
    assert all(len({f.pathway.region for f in r}) == len(r) > 1 for r in everything)


def test_a_route_that_does_not_differ_by_region_has_no_row():
    assert side_by_side(LAW, DESIGNER, ON, ["be-own-means"]) == []


@pytest.mark.parametrize("id", CARDS)
def test_the_plan_is_wholly_in_the_region(id):
    pathway = LAW.pathways[id]
    moved = in_region(LAW, pathway, {"activity.region": Exact("VLG"), "activity.seat_region": Exact("VLG")})
    (finding,) = assess(LAW, {**DESIGNER, **moved}, ON, [id])
    assert not finding.gate_fails
    assert moved["activity.region"] == Exact(pathway.region)
    asked = str(pathway.entries).count("activity.seat_region") > 0
    assert moved["activity.seat_region"] == Exact(pathway.region if asked else "VLG")


def test_a_card_stays_that_of_the_region_that_granted_it():
    held = {"card.region": Exact("VLG"), "residence.document": Exact("card-a")}
    moved = in_region(LAW, LAW.pathways["be-bru-professional-card-renewal"], held)
    assert moved["card.region"] == Exact("VLG")
    (row,) = side_by_side(LAW, held, ON, ["be-bru-professional-card-renewal"])
    assert {f.pathway.region: f.gate_fails for f in row} == {"VLG": False, "BRU": True, "WAL": True, "DG": True}


def test_the_facts_given_stay_as_they_are():
    before = dict(DESIGNER)
    side_by_side(LAW, DESIGNER, ON)
    assert before == DESIGNER
