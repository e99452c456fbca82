"""The choices of a family in words."""

from datetime import date
from pathlib import Path

import pytest

from sojourn.decide.body import load_law
from sojourn.decide.household import persons
from sojourn.decide.joint import choices
from sojourn.decide.profile import parse_profile
from sojourn.words.joint import tell_choices
from sojourn.words.language import Words

LAW = load_law()
DAY = date(2026, 11, 22)
W = Words(LAW, "en")
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def told(raw):
    who = parse_profile(LAW, raw)
    people = persons(LAW, who.stated, who.household, DAY)
    return tell_choices(W, people, choices(LAW, people, DAY))


def test_choices_that_come_to_the_same_stand_together():
    found = told((EXAMPLES / "family-of-four.yaml").read_bytes())
    assert [s.text for s in found[0].stays] == ["Single permit, Flanders"]
    assert found[0].tally == "for 3 of 4: a way is open, for 1 of 4: we need to know more"
    heads = [(x.rank, x.who, x.tally, x.assumed) for x in found]
    assert any(len(x.stays) > 3 for x in found)
    assert len(heads) < len(choices_of_four()), "fewer blocks than choices"


def choices_of_four():
    who = parse_profile(LAW, (EXAMPLES / "family-of-four.yaml").read_bytes())
    return choices(LAW, persons(LAW, who.stated, who.household, DAY), DAY)


@pytest.mark.parametrize("example", ["family-of-four", "mixed-family"])
def test_choices_stand_together_only_where_the_same_is_told_of_each(example):
    who = parse_profile(LAW, (EXAMPLES / f"{example}.yaml").read_bytes())
    people = persons(LAW, who.stated, who.household, DAY)
    found = choices(LAW, people, DAY)
    each = {(x.who, x.stays[0]): x for c in found for x in tell_choices(W, people, [c])}
    for x in tell_choices(W, people, found):
        for stay in x.stays:
            alone = each[x.who, stay]
            assert [s.reasons for s in alone.shares] == [s.reasons for s in x.shares], (x.who, stay.text)
            assert alone.cautions == x.cautions, (x.who, stay.text)


def test_each_caution_is_told_once_with_whom_it_concerns():
    first = told((EXAMPLES / "family-of-four.yaml").read_bytes())[0]
    pairs = [(c.title, c.text) for c in first.cautions]
    assert len(pairs) == len(set(pairs))
    assert any(c.whom == "Member 1: Husband or wife, Member 2: Child, Member 3: Child" for c in first.cautions)


def test_a_belgian_is_not_offered_a_permit():
    found = told(b"""
facts: {person: {nationalities: [MA], age: 30}, residence: {country: MA, ground: []}}
household: [{relation: spouse, person: {nationalities: [BE], age: 30}}]
""")
    of_spouse = [x for x in found if x.who == "Member 1: Husband or wife"]
    assert [[s.text for s in x.stays] for x in of_spouse] == [["a right to live in Belgium that exists already"]]
    assert not of_spouse[0].assumed, "no hypothesis is needed"


def test_a_grown_up_child_reads_why_it_is_in_doubt():
    last = told((EXAMPLES / "family-of-four.yaml").read_bytes())[0].shares[-1]
    assert len(last.reasons) == 1
    assert last.reasons[0].endswith("not known closely enough")
