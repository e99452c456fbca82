"""Findings in words: the ways of a pathway, best first, and a colon as each language sets it."""

from datetime import date

import pytest

from sojourn.decide.assess import assess
from sojourn.decide.body import load_law
from sojourn.decide.profile import profile_from
from sojourn.values.verdict import Result
from sojourn.words.language import LANGUAGES, Words
from sojourn.words.told import tell

LAW = load_law()
ON = date(2026, 11, 28)
ENGINEER = {
    "person": {"nationalities": ["IN"], "age": 34, "family_ties": []},
    "residence": {"country": "BE", "document": "card-a", "ground": ["work"]},
    "stay": {"legal_since": "2020-09-01"},
    "nationality": {"born_here": False, "language": True, "integration": ["five-years-work"], "work": "full"},
}


def told(pathway: str, language: str = "en"):
    facts = profile_from(LAW, ENGINEER, ON).facts
    return tell(Words(LAW, language), assess(LAW, facts, ON, [pathway])[0])


def test_what_is_closed_for_one_reason_does_not_call_every_way_impossible():
    nationality = told("be-nationality-12bis")
    assert nationality.result is Result.CLOSED
    assert [x.id for x in nationality.points] == ["unlimited-stay"]
    assert nationality.ways == ()


def test_the_way_that_is_open_stands_first():
    ways = told("be-unlimited-stay").ways
    assert ways[0].result is Result.OPEN
    assert {way.result for way in ways[1:]} == {Result.CLOSED}


@pytest.mark.parametrize(
    ("language", "ask"), [("en", "ask your"), ("nl", "vraag"), ("fr", "interrogez"), ("de", "fragen Sie")]
)
def test_what_is_not_decided_says_what_and_whom_to_ask(language, ask):
    moved = {
        "person": {"nationalities": ["IN"], "age": 34, "family_ties": []},
        "residence": {"country": "BE", "document": "card-a", "ground": ["work"]},
        "activity": {"kind": "employed", "region": "BRU"},
        "employment": {"contract": True, "category": "highly-qualified", "gross_monthly_pay": "4600 EUR"},
        "withdrawal": {"tie": "none"},
    }
    found = assess(LAW, profile_from(LAW, moved, ON).facts, ON, ["be-bru-single-permit"])[0]
    point = next(x for x in tell(Words(LAW, language), found).points if x.sign == "?")
    assert ask in point.better


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_colon_stands_as_the_language_sets_it(language):
    assert Words(LAW, language).colon == {"fr": "\u00a0:"}.get(language, ":")
