"""What a profile may say, and what is said back when it cannot be."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sojourn.decide.body import load_law
from sojourn.decide.profile import (
    FactValueError,
    contradictions,
    nest,
    parse_profile,
    profile_from,
    read_value,
    written,
)
from sojourn.law.faults import ProfileError
from sojourn.values.countries import COUNTRIES
from sojourn.values.known import DECLINED, NOT_KNOWN, Band, Exact, NoneOf, OneOf

LAW = load_law(shipped=Path(__file__).parents[1] / "law" / "small")
FACTS = LAW.facts
DAY = date(2026, 9, 20)


@pytest.mark.parametrize(
    ("fact", "value", "kind", "says"),
    [
        ("person.nationalities", "MA", "wrong-type", "not a list"),
        ("person.nationalities", [], "empty-set", "stateless"),
        ("person.nationalities", ["XX"], "unknown-country", "XX"),
        ("person.nationalities", ["dk"], "unknown-country", 'Did you mean "DK"?'),
        ("person.nationalities", ["nordic-countries"], "unknown-country", "For a group write"),
        ("person.nationalities", {"in": ["DK"]}, "wrong-type", "several values"),
        ("person.nationalities", {"includes": ["DK"], "not_in": ["DK"]}, "contradiction", "DK"),
        ("person.nationalities", {"include": ["DK"]}, "unknown-key", 'Did you mean "includes"?'),
        ("person.age", "old", "wrong-type", "whole number"),
        ("person.age", True, "wrong-type", "whole number"),
        ("person.age", "12.5", "wrong-type", "whole number"),
        ("person.age", -1, "out-of-bounds", "cannot be"),
        ("person.age", 126, "out-of-bounds", "From 0 to 125"),
        ("person.age", "30..20", "wrong-band", "ends before"),
        ("person.age", "20..300", "out-of-bounds", "300"),
        ("person.age", [3], "wrong-type", "not a list"),
        ("person.age", {"in": [3]}, "wrong-type", "a value or a band"),
        ("person.residence", "Marocco", "unknown-country", "no country code"),
        ("person.residence", 32, "unknown-country", "no country code"),
        ("person.residence", ["BE"], "wrong-type", "not a list"),
        ("person.residence", {"includes": ["BE"]}, "wrong-type", "`includes`"),
        ("person.residence", {"in": ["BE"], "not_in": ["BE"]}, "contradiction", "no value is left"),
        ("stall.goods", "flower", "unknown-value", 'Did you mean "flowers"?'),
        ("stall.goods", 3, "unknown-value", "3"),
        ("stall.goods", True, "unknown-value", "True"),
        ("stall.goods", {"not_in": ["flour"]}, "unknown-value", "flour"),
        ("stall.permits", "gas", "wrong-type", "Write all of them: [gas]"),
        ("stall.permits", ["gaz"], "unknown-value", "gaz"),
        ("stall.insured", "yes", "wrong-type", "neither true nor false"),
        ("stall.insured", 1, "wrong-type", "neither true nor false"),
        ("stall.savings", 2000, "wrong-type", "currency"),
        ("stall.savings", "2000", "wrong-type", "currency"),
        ("stall.savings", "2000 USD", "wrong-currency", "not in EUR"),
        ("stall.savings", "-1 EUR", "negative", "below zero"),
        ("stall.savings", "1.234 EUR", "wrong-type", "1.234"),
        ("stall.savings", "9..5 EUR", "wrong-band", "ends before"),
        ("stall.savings", True, "wrong-type", "no amount of money"),
        ("stall.savings", DAY, "wrong-type", "no amount of money"),
        ("stall.lease_signed", "2026-02-30", "impossible-date", "2026-02-30"),
        ("stall.lease_signed", "soon", "impossible-date", "soon"),
        ("stall.lease_signed", date(1492, 1, 1), "impossible-date", "outside any life"),
        ("stall.lease_signed", 2026, "wrong-type", "no day"),
        ("stall.lease_signed", "2026-03-01..2026-02-01", "wrong-band", "ends before"),
    ],
)
def test_bad_values(fact, value, kind, says):
    with pytest.raises(FactValueError) as caught:
        read_value(LAW, FACTS[fact], value)
    assert caught.value.kind == kind
    assert says in f"{caught.value.what} {caught.value.mend}"
    assert caught.value.mend


@pytest.mark.parametrize(
    ("fact", "value", "known"),
    [
        ("stall.savings", "2600 EUR", Exact(260000)),
        ("stall.savings", "2000..2500.50 EUR", Band(200000, 250050)),
        ("stall.savings", "2000.. EUR", Band(200000, None)),
        ("stall.savings", "..2000 EUR", Band(None, 200000)),
        ("stall.savings", "5..5 EUR", Exact(500)),
        ("person.age", "30", Exact(30)),
        ("person.age", "18..", Band(18, None)),
        ("person.age", "unknown", NOT_KNOWN),
        ("person.age", "declined", DECLINED),
        ("stall.lease_signed", DAY, Exact(DAY.toordinal())),
        ("stall.lease_signed", "2026-09-20..", Band(DAY.toordinal(), None)),
        ("stall.permits", [], Exact(frozenset())),
        ("stall.permits", {"includes": ["gas"]}, NoneOf(frozenset(), frozenset({"gas"}))),
        ("stall.goods", {"in": ["food", "books"]}, OneOf(frozenset({"food", "books"}))),
        ("stall.goods", {"in": ["food", "books"], "not_in": ["food"]}, Exact("books")),
        ("person.residence", {"not_in": "nordic-countries"}, NoneOf(frozenset({"DK", "FI", "NO", "SE"}))),
    ],
)
def test_good_values(fact, value, known):
    assert read_value(LAW, FACTS[fact], value) == known


def faults_of(text: str) -> list[tuple[int, str, str]]:
    with pytest.raises(ProfileError) as caught:
        parse_profile(LAW, text.encode(), "me.yaml")
    return [(f.line, f.kind, f.mend) for f in caught.value.faults]


def test_all_faults_at_once_with_their_lines():
    found = faults_of(
        "on: someday\nfcts: 1\nfacts:\n  person:\n    age: old\n    agee: 3\n    residence: XX\n"
        "  stall: {goods: flours, savings: -1 EUR}\n  stalls: {goods: food}\n"
    )
    assert sorted((line, kind) for line, kind, _ in found) == [
        (1, "wrong-type"), (2, "unknown-key"), (5, "wrong-type"), (6, "unknown-key"), (7, "unknown-country"),
        (8, "negative"), (8, "unknown-value"), (9, "unknown-key"),
    ]  # fmt: skip
    mends = {line: mend for line, _, mend in found}
    assert mends[2] == 'Did you mean "facts"?'
    assert mends[6] == 'Did you mean "person.age"?'
    assert mends[9] == 'Did you mean "stall.goods"?'


def test_a_contradiction():
    assert [k for _, k, _ in faults_of("facts: {stall: {goods: none, permits: [hygiene]}}")] == ["contradiction"]
    who = parse_profile(LAW, b"facts: {stall: {goods: none, permits: unknown}}")
    assert len(who.facts) == 2, "what may still hold is no contradiction"


def test_nested_and_dotted_say_the_same():
    nested = profile_from(LAW, {"person": {"age": 3}, "stall": {"insured": True}})
    assert nested == profile_from(LAW, {"person.age": 3, "stall.insured": True})


def test_a_value_left_empty_was_not_asked():
    assert parse_profile(LAW, b"facts: {person: {age: }}").facts == {}


def test_the_day_given_takes_the_place_of_the_day_written():
    assert parse_profile(LAW, b"on: 2026-11-22", on=DAY).on == DAY
    assert parse_profile(LAW, b"on: 2026-11-22").on == date(2026, 11, 22)
    assert parse_profile(LAW, b"facts: {}").on is None


def numbers(least: int, most: int):
    ends = st.lists(st.integers(least, most), min_size=2, max_size=2, unique=True).map(sorted)
    bands = st.builds(
        lambda e, cut: Band(None if cut == 0 else e[0], None if cut == 1 else e[1]), ends, st.integers(0, 2)
    )
    return st.integers(least, most).map(Exact) | bands


def words(values):
    some = st.frozensets(st.sampled_from(sorted(values)), min_size=1, max_size=6)
    return st.sampled_from(sorted(values)).map(Exact) | some.filter(lambda s: len(s) > 1).map(OneOf) | some.map(NoneOf)


def sets(values, least: int):
    some = st.frozensets(st.sampled_from(sorted(values)), max_size=6)
    partial = st.builds(lambda a, b: NoneOf(a - b, b), some, some)
    return st.frozensets(st.sampled_from(sorted(values)), min_size=least, max_size=6).map(Exact) | partial


KNOWN = {
    "person.nationalities": sets(COUNTRIES, 1),
    "person.age": numbers(0, 125),
    "person.residence": words(COUNTRIES),
    "stall.goods": words(FACTS["stall.goods"].values),
    "stall.permits": sets(FACTS["stall.permits"].values, 0),
    "stall.insured": st.booleans().map(Exact),
    "stall.savings": numbers(0, 10**12),
    "stall.lease_signed": numbers(date(1830, 1, 1).toordinal(), date(2200, 12, 31).toordinal()),
}


@given(st.data(), st.sampled_from(sorted(KNOWN)))
def test_written_is_the_inverse_of_read_value(data, id):
    known = data.draw(KNOWN[id] | st.sampled_from([NOT_KNOWN, DECLINED]))
    assert read_value(LAW, FACTS[id], written(FACTS[id], known)) == known


@given(st.fixed_dictionaries({}, optional=KNOWN))
def test_a_profile_is_read_back_from_json(facts):
    text = json.dumps({"facts": nest({id: written(FACTS[id], known) for id, known in facts.items()})}, default=str)
    if any(contradictions(LAW, facts, LAW.read_until)):
        with pytest.raises(ProfileError, match="correct one of the two"):
            parse_profile(LAW, text.encode())
    else:
        assert parse_profile(LAW, text.encode()).facts == facts
