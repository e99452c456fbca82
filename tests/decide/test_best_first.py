"""The order of findings: by result; among those still open, what is likelier to stay open for this person first."""

from datetime import date

import pytest

from sojourn.decide.assess import assess
from sojourn.decide.body import load_law
from sojourn.decide.profile import profile_from
from sojourn.values.verdict import BEST_FIRST, Result

LAW = load_law()
ON = date(2026, 11, 28)
ABROAD = {"residence": {"country": "MA", "document": "none", "ground": []}, "activity": {"kind": "none"}}


def open_questions(facts):
    known = profile_from(LAW, {**ABROAD, **facts}, ON).facts
    return [f.pathway.id for f in assess(LAW, known, ON) if f.result is Result.UNDETERMINED]


@pytest.mark.parametrize(
    ("told", "first"),
    [
        ({"person": {"nationalities": ["MA"], "age": 27, "family_ties": ["spouse-of-belgian"]}}, "be-family-belgian"),
        ({"person": {"nationalities": ["MA"], "age": 27, "family_ties": ["spouse-of-eea"]}}, "be-family-eu"),
        (
            {"person": {"nationalities": ["MA"], "age": 27, "family_ties": ["family-of-third-country-national"]}},
            "be-family-third-country",
        ),
        (
            {"person": {"nationalities": ["MA"], "age": 20, "family_ties": []}, "purpose": {"programmes": ["study"]}},
            "be-student",
        ),
    ],
)
def test_what_somebody_asks_for_stands_first(told, first):
    assert open_questions(told)[0] == first


def test_the_result_counts_before_the_chance():
    found = assess(LAW, profile_from(LAW, ABROAD, ON).facts, ON)
    places = [BEST_FIRST.index(f.result) for f in found]
    assert places == sorted(places)
    open_ones = [f.hope for f in found if f.result is Result.UNDETERMINED]
    assert open_ones == sorted(open_ones, reverse=True)
    assert all(0 <= f.hope <= 1 for f in found)


def open_ones(facts):
    known = profile_from(LAW, facts, ON).facts
    return [f.pathway.id for f in assess(LAW, known, ON) if f.result is Result.OPEN]


def test_a_right_stands_before_a_favour():
    wife = {
        **ABROAD,
        "person": {"nationalities": ["MA"], "age": 31, "family_ties": ["spouse-of-belgian"]},
        "purpose": {"programmes": []},
        "sponsor": {"free_movement": False, "age": 34, "has": ["housing", "insurance"]},
        "withdrawal": {"tie": "none"},
        "longterm": {"held_elsewhere": False},
    }
    assert open_ones(wife) == ["be-family-belgian", "be-own-means"]


def test_a_status_that_must_be_granted_stands_before_one_that_the_minister_may_grant():
    engineer = {
        "person": {"nationalities": ["IN"], "age": 34, "family_ties": []},
        "residence": {"country": "BE", "document": "card-a", "ground": ["work"]},
        "stay": {"legal_since": "2020-09-01", "longest_absence": 1, "total_absence": 4},
        "insurance": {"full_cover": True},
    }
    assert open_ones(engineer) == ["be-eu-long-term-resident", "be-unlimited-stay"]
