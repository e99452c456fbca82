"""Households: what follows from the members, over families that are only half known."""

from datetime import date

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from sojourn.decide.body import load_law
from sojourn.decide.household import Household, derived, persons, seen_by
from sojourn.decide.profile import parse_profile, profile_data, profile_from, read_value
from sojourn.law.faults import ProfileError
from sojourn.law.household import RELATION
from sojourn.values.known import Band, Exact, Known, NoneOf

LAW = load_law()
DAY = date(2026, 11, 22)
TIES = "person.family_ties"


def member(relation, nationalities="unknown", **about):
    given = {RELATION: relation, "person.nationalities": nationalities}
    given |= {"person.age" if key == "age" else f"member.{key}": value for key, value in about.items()}
    return {id: read_value(LAW, LAW.facts[id], value) for id, value in given.items()}


def household(*members, complete=True):
    return Household(tuple(members), complete)


def ties(family, age=34) -> Known:
    you = {"person.age": Exact(age)} if age is not None else {}
    return derived(LAW, you, family, DAY)[TIES]


@pytest.mark.parametrize(("family", "age", "holds", "because"), [
    ([member("spouse", ["PT"])], 34, "spouse-of-eea", "married to another EEA citizen"),
    ([member("spouse", ["BE", "FR"])], 34, "spouse-of-belgian", "a Belgian, whatever else"),
    ([member("registered-partner", ["DE"])], 34, "cohabitant-of-eea", "registered, not married"),
    ([member("parent", ["BE"])], 20, "descendant-of-belgian", "under 21"),
    ([member("parent", ["BE"], supports_you=True)], 30, "descendant-of-belgian", "over 21, dependent"),
    ([member("child", ["NL"], supports_you=True)], 70, "ascendant-of-eea", "dependent on the child"),
    ([member("parent", ["CH"])], 17, "child-of-swiss", "under 21"),
    ([member("child", ["BE"], age=4)], 34, "parent-of-belgian-minor", "the child is Belgian and under 18"),
    ([member("child", ["FR"], age=4)], 34, "parent-of-eea-minor", "the child is a citizen of the Union and under 18"),
    ([member("sibling", ["MA"])], 34, "family-of-third-country-national", "no citizen of the EEA"),
], ids=lambda cell: cell if isinstance(cell, str) else "")  # fmt: skip
def test_a_tie_that_the_members_show(family, age, holds, because):
    known = ties(household(*family), age)
    assert holds in (known.includes if isinstance(known, NoneOf) else known.value)


@pytest.mark.parametrize(("family", "age", "open_", "because"), [
    ([member("parent", ["BE"])], None, "descendant-of-belgian", "the person's own age is not known"),
    ([member("parent", ["BE"])], 30, "descendant-of-belgian", "nobody said who supports whom"),
    ([member("spouse", "unknown")], 34, "spouse-of-belgian", "the spouse's nationality is not known"),
    ([member("unknown", ["BE"])], 34, "spouse-of-belgian", "the relation is not known"),
    ([member("partner-of-parent", ["BE"])], 15, "descendant-of-belgian", "married to the parent, or not"),
], ids=lambda cell: cell if isinstance(cell, str) else "")  # fmt: skip
def test_a_tie_that_stays_open(family, age, open_, because):
    known = ties(household(*family), age)
    assert isinstance(known, NoneOf)
    assert open_ not in known.includes | known.values


def test_nobody_else_means_no_ties_but_an_unfinished_list_means_nothing():
    assert ties(household()) == Exact(frozenset())
    assert TIES not in derived(LAW, {}, household(complete=False), DAY)


def test_living_together_is_asked_of_each_relative_who_matters():
    with_ = member("spouse", ["PT"], lives_with_you=True)
    apart = member("parent", ["FR"], lives_with_you=False)
    other = member("sibling", ["BR"], lives_with_you=False)
    settles = "family.settles_with_relative"
    assert derived(LAW, {}, household(with_, other), DAY)[settles] == Exact(value=True)
    assert derived(LAW, {}, household(apart, other), DAY)[settles] == Exact(value=False)
    assert settles not in derived(LAW, {}, household(with_, apart), DAY), "with the one only"


def test_members_are_counted_as_far_as_known():
    two = [member("spouse", lives_with_you=True), member("child")]
    assert derived(LAW, {}, household(*two), DAY)["household.further_members"] == Band(1, 2)
    assert derived(LAW, {}, household(*two, complete=False), DAY)["household.further_members"] == Band(1, None)


# --- properties ----------------------------------------------------------------------------------------------------

RELATIONS = sorted(LAW.facts[RELATION].values)
WHOLE = st.fixed_dictionaries(
    {
        RELATION: st.sampled_from(RELATIONS),
        "person.nationalities": st.lists(
            st.sampled_from(["BE", "PT", "CH", "BR", "GB"]), min_size=1, max_size=2, unique=True
        ),
        "person.age": st.integers(0, 90),
        "member.lives_with_you": st.booleans(),
        "member.supports_you": st.booleans(),
        "residence.ground": st.lists(st.sampled_from(["study", "work"]), max_size=1),
    }
)


def facts_of(given):
    return {id: read_value(LAW, LAW.facts[id], value) for id, value in given.items()}


@settings(max_examples=150, deadline=None)
@given(st.lists(WHOLE, max_size=4), st.integers(0, 90), st.data())
def test_what_half_a_family_tells_the_whole_family_tells_too(members, age, data):
    you = {"person.age": Exact(age)}
    whole = [facts_of(m) for m in members]
    half = [{id: known for id, known in m.items() if data.draw(st.booleans())} for m in whole]
    unfinished = data.draw(st.booleans())
    some = derived(LAW, you if data.draw(st.booleans()) else {}, Household(tuple(half), not unfinished), DAY)
    for id, known in some.items():
        every = derived(LAW, you, Household(tuple(whole)), DAY)[id]
        match known:
            case Exact():
                assert every == known
            case Band(least, most):
                assert isinstance(every, Exact)
                assert every.value >= (least or 0)
                assert unfinished or every.value <= most
            case NoneOf(excluded, includes):
                held = every.includes if isinstance(every, NoneOf) else every.value
                out = every.values if isinstance(every, NoneOf) else LAW.facts[id].values.keys() - every.value
                assert includes <= held
                assert excluded <= set(out)


@settings(max_examples=60, deadline=None)
@given(st.lists(WHOLE, max_size=4).flatmap(lambda ms: st.tuples(st.just(ms), st.permutations(ms))))
def test_the_order_of_members_tells_nothing(pair):
    one, other = ([facts_of(m) for m in members] for members in pair)
    assert derived(LAW, {}, household(*one), DAY) == derived(LAW, {}, household(*other), DAY)


@settings(max_examples=60, deadline=None)
@given(st.lists(WHOLE, max_size=3), st.booleans())
def test_a_household_written_is_read_back(members, complete):
    family = Household(tuple(facts_of(m) for m in members), complete)
    stated = {"person.age": Exact(34)}
    raw = yaml.safe_dump(profile_data(LAW, stated, DAY, family)).encode()
    read = parse_profile(LAW, raw)
    assert read.household == family
    assert read.stated == stated


# --- profiles and applicants ---------------------------------------------------------------------------------------


def test_a_household_that_contradicts_a_stated_fact_is_refused():
    raw = b"""
facts: {person: {nationalities: [BR], age: 30, family_ties: []}}
household: [{relation: spouse, person: {nationalities: [PT]}}]
"""
    with pytest.raises(ProfileError) as error:
        parse_profile(LAW, raw)
    assert "person.family_ties says something else than the household does" in str(error.value)


@pytest.mark.parametrize(("text", "message"), [
    ("household: 3", "a household is a list of persons"),
    ("household: [{person: {age: 3}}]", "how this person is related to you"),
    ("household: [{relation: wife}]", "no value of it"),
    ("household: [{relation: spouse, person: {agee: 3}}]", "person.age"),
    ("household: {member: []}", "members"),
    ("household: {members: [], complete: perhaps}", "neither true nor false"),
    (f"household: [{', '.join(['{relation: child}'] * 13)}]", "a household of 13 others is too large: 12 at most"),
    ("facts: {member: {relation: spouse}}", 'no fact is called "member.relation"'),
])  # fmt: skip
def test_faults_of_a_household_name_the_place_and_the_remedy(text, message):
    with pytest.raises(ProfileError) as error:
        parse_profile(LAW, text.encode())
    assert message in str(error.value)


def all_but_diplomats(holds):
    """These ties and no others; whether a relative is accredited to Belgium is not asked of a family."""
    others = LAW.facts[TIES].values.keys() - holds - {"dependant-of-diplomat"}
    return NoneOf(frozenset(others), frozenset(holds))


def test_each_adult_sees_the_family_from_where_they_stand():
    family = household(
        member("spouse", ["PT"], age=36, lives_with_you=True),
        member("child", ["BR"], age=4, depends_on_you=True),
    )
    you = profile_from(LAW, {"person": {"nationalities": ["BR"], "age": 34}}, DAY).stated
    first, second = (p for p in persons(LAW, you, family, DAY) if p.applies)
    assert first.facts[TIES] == all_but_diplomats({"spouse-of-eea", "family-of-third-country-national"})
    assert second.member == 0
    assert second.facts[TIES] == all_but_diplomats({"family-of-third-country-national"})
    own, theirs = seen_by(LAW, you, family, 0)
    assert own["person.nationalities"] == Exact(frozenset({"PT"}))
    assert theirs.members[0][RELATION] == Exact("spouse")
    assert theirs.members[1][RELATION].values == {"child", "child-of-partner"}, "a common child, or not"


def test_every_relation_can_be_turned_round():
    rules = LAW.household
    assert set(rules.reverse) == set(RELATIONS)
    for relation, back in rules.reverse.items():
        assert any(relation in rules.reverse[x] for x in back)
