"""What one person's stay means for the whole family, and which choice opens most."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sojourn.decide.assess import assess
from sojourn.decide.body import load_law
from sojourn.decide.household import Household, joining, persons
from sojourn.decide.joint import WAYS, choices, weaker
from sojourn.decide.profile import parse_profile, read_profile, read_value
from sojourn.law.household import RELATION
from sojourn.values.known import Exact
from sojourn.values.verdict import Result

LAW = load_law()
DAY = date(2026, 11, 22)
ROOT = Path(__file__).resolve().parents[2]
FEW = ("be-eu-registration", "be-own-means", "be-vlg-single-permit", "be-student", "be-nationality-12bis")
SMALL = replace(
    LAW,
    household=replace(
        LAW.household,
        joining=replace(LAW.household.joining, gives={id: LAW.household.joining.gives[id] for id in FEW}),
    ),
)


def family(text):
    who = parse_profile(LAW, text.encode())
    return persons(LAW, who.stated, who.household, who.on or DAY)


def of_example(name):
    who = read_profile(LAW, ROOT / "examples" / name)
    return persons(LAW, who.stated, who.household, who.on)


def choice_of(found, member, pathway):
    return next(c for c in found if (c.member, c.pathway) == (member, pathway))


def way(choice, member, pathway):
    share = next(s for s in choice.shares if s.member == member)
    return next(w for w in share.ways if w.pathway == pathway)


def test_the_citizen_of_another_eea_country_opens_the_door_for_all():
    best = choices(LAW, of_example("mixed-family.yaml"), DAY)[0]
    assert (best.rank, best.member, best.pathway) == (1, 0, "be-eu-registration")
    assert best.count(Result.OPEN) == 3
    assert way(best, None, "be-family-eu").result is Result.OPEN
    assert way(best, None, "be-family-eu").joins
    assert not way(best, 1, "be-eu-registration").joins, "the child is a citizen itself"


def test_a_permit_carries_the_husband_and_the_young_child():
    found = choices(LAW, of_example("family-of-four.yaml"), DAY)
    best = found[0]
    assert (best.member, best.pathway, best.result) == (None, "be-vlg-single-permit", Result.OPEN)
    assert best.gives == {"residence.ground": Exact(frozenset({"work"}))}, "the hypothesis is shown"
    assert [s.result for s in best.shares] == [Result.OPEN] * 3 + [Result.UNDETERMINED]
    assert {way(best, m, "be-family-third-country").result for m in (0, 1)} == {Result.OPEN}
    grown_up = way(best, 2, "be-family-third-country")
    assert grown_up.result is Result.UNDETERMINED
    assert [r.entry.id for r in grown_up.finding.decisive if r.missing or r.because.value == "band"] == ["tie"]
    assert sum(c.rank == 1 for c in found) == 1


FLAT = """
on: 2026-11-22
facts:
  person: {nationalities: [MA], age: 30}
  residence: {country: MA, ground: [], document: none}
  sponsor: {free_movement: false, stay: unlimited}
household:
  - relation: spouse
    lives_with_you: true
    person: {nationalities: [BE], age: 32}
    residence: {country: BE}
    family: {can_show: SHOWS}
"""


@pytest.mark.parametrize(("shows", "result", "because"), [
    ("[housing, insurance]", Result.OPEN, "a Belgian with housing and insurance for the family"),
    ("[insurance]", Result.CLOSED, "no housing"),
    ("unknown", Result.UNDETERMINED, "nobody said what the Belgian can show"),
], ids=lambda cell: cell if isinstance(cell, str) else "")  # fmt: skip
def test_a_belgian_needs_no_pathway_to_be_joined(shows, result, because):
    found = choices(LAW, family(FLAT.replace("SHOWS", shows)), DAY)
    own = choice_of(found, 0, None)
    assert own.result is Result.OPEN
    assert own.gives == {}
    joined = way(own, None, "be-family-belgian")
    assert joined.result is result
    if result is Result.UNDETERMINED:
        assert (0, "family.can_show") in joined.missing, "of whom it is to be said"
    if result is Result.CLOSED:
        assert [r.entry.id for r in joined.finding.decisive] == ["housing"]


def test_a_parent_joins_a_child_that_is_a_citizen():
    text = """
    facts: {person: {nationalities: [MA], age: 30}, residence: {country: MA}, sponsor: {free_movement: false}}
    household: [{relation: child, person: {nationalities: [BE], age: 4}, residence: {country: MA}}]
    """
    best = choices(LAW, family(text), DAY)[0]
    assert (best.member, best.pathway) == (0, None)
    assert way(best, None, "be-family-belgian").result is Result.OPEN
    assert {c.pathway for c in choices(LAW, family(text), DAY) if c.member == 0} == {None}, "it applies for nothing"


def test_whoever_comes_along_with_a_child_is_counted():
    people = of_example("family-of-four.yaml")
    facts = joining(LAW, people[2], people[0], {}, DAY)
    assert "others-join-too" not in facts["sponsor.circumstances"].values, "the other parent may"
    alone = family(FLAT.replace("SHOWS", "[]").replace("spouse", "parent").replace("age: 30", "age: 9"))
    facts = joining(LAW, alone[0], alone[1], {}, DAY)
    assert "others-join-too" in facts["sponsor.circumstances"].values, "nobody else"


def test_what_was_stated_of_another_relative_is_left_aside():
    people = family(FLAT.replace("SHOWS", "[housing]"))
    facts = joining(LAW, people[0], people[1], {}, DAY)
    assert facts["sponsor.age"] == Exact(32)
    assert "sponsor.stay" not in facts, "that may be somebody else"
    assert facts["sponsor.free_movement"] == Exact(value=False), "said of any Belgian"
    assert facts["person.family_ties"].includes == {"spouse-of-belgian"}


def test_one_joins_the_main_applicant_and_not_somebody_else_of_the_family():
    text = """
    facts: {person: {nationalities: [MA], age: 30}}
    household:
      - {relation: spouse, person: {nationalities: [PT], age: 30}, activity: {kind: employed}}
      - {relation: parent, person: {nationalities: [MA], age: 60}, residence: {country: BE, ground: [own-means]}}
    """
    people = family(text)
    with_spouse = joining(LAW, people[0], people[1], {}, DAY)["person.family_ties"]
    with_parent = joining(LAW, people[0], people[2], {}, DAY)["person.family_ties"]
    assert with_spouse.includes == {"spouse-of-eea"}
    assert with_parent.includes == {"family-of-third-country-national"}
    assert "spouse-of-eea" in with_parent.values


def test_a_stay_that_is_not_certain_carries_nobody_with_certainty():
    found = choices(LAW, of_example("family-of-four.yaml"), DAY)
    student = choice_of(found, None, "be-student")
    assert student.result is Result.UNDETERMINED
    joined = way(student, 0, "be-family-third-country")
    assert (joined.result, joined.if_granted) == (Result.UNDETERMINED, Result.OPEN)


def test_a_child_of_the_couple_or_of_one_of_them_joins_either():
    people = of_example("family-of-four.yaml")
    for main in people[:2]:
        facts = joining(LAW, people[2], main, {}, DAY)
        assert facts["sponsor.tie"] == Exact("minor-child")


def test_who_joins_is_decided_by_the_rules_themselves():
    people = of_example("family-of-four.yaml")
    best = choices(LAW, people, DAY)[0]
    facts = joining(LAW, people[1], people[0], best.gives, DAY)
    (finding,) = assess(LAW, facts, DAY, ["be-family-third-country"])
    assert way(best, 0, "be-family-third-country").finding == finding


def test_only_the_named_pathways_are_taken():
    people = of_example("family-of-four.yaml")
    found = choices(LAW, people, DAY, ["be-own-means"])
    assert {c.pathway for c in found} == {"be-own-means"}
    assert found[0].rank == 1
    others = choice_of(choices(LAW, people, DAY), found[0].member, "be-own-means")
    assert others.shares == found[0].shares, "the others are looked at over everything"


def test_every_pathway_gives_a_stay_or_joins_or_is_known_to_do_neither():
    rules = LAW.household.joining
    neither = {id for id in LAW.pathways if id.startswith("be-")} - rules.gives.keys() - set(rules.ways)
    late = ("-renewal", "-withdrawal", "-amendment", "-replacement")
    assert {id for id in neither if not id.endswith(late)} == {"be-diplomat-family", "be-permanent-residence-eu"}
    assert not rules.gives.keys() & set(rules.ways)


GROUNDS = sorted(LAW.facts["residence.ground"].values)


@pytest.mark.parametrize("ground", GROUNDS)
def test_each_stay_of_the_one_joined_is_one_stay(ground):
    people = family(FLAT.replace("SHOWS", "unknown"))
    stay = {"residence.ground": Exact(frozenset({ground}))}
    known = joining(LAW, people[0], people[1], stay, DAY)["sponsor.stay"]
    if ground in ("other", "withdrawal-agreement", "diplomatic-household"):
        stateless = {"stateless"} if ground == "other" else set()
        assert LAW.facts["sponsor.stay"].values.keys() - known.values == {"limited", "other"} | stateless
    else:
        assert isinstance(known, Exact)


TWO_WIVES = """
on: 2026-11-28
facts:
  person: {nationalities: [SN], age: 45}
  residence: {country: BE, document: card-b, ground: [unlimited-stay], first_right: 2018-01-01}
  means: {monthly_net: 5000 EUR, kinds: [wage]}
  family: {can_show: [housing, insurance]}
household:
  - {relation: spouse, person: {nationalities: [SN], age: 40}, residence: {country: SN, document: none, ground: []}}
  - {relation: spouse, person: {nationalities: [SN], age: 35}, residence: {country: SN, document: none, ground: []}}
"""


def test_of_two_spouses_neither_is_told_that_the_way_is_open():
    """Only one of them may join, and whether another lives here already is not asked."""
    stays = choice_of(choices(LAW, family(TWO_WIVES), DAY), None, None)
    assert {way(stays, m, "be-family-third-country").result for m in (0, 1)} == {Result.UNDETERMINED}


# --- properties ----------------------------------------------------------------------------------------------------

RELATIONS = sorted(LAW.facts[RELATION].values)
PERSON = {
    "person.nationalities": st.lists(st.sampled_from(["BE", "PT", "BR"]), min_size=1, max_size=1),
    "person.age": st.sampled_from([4, 17, 19, 30, 40]),
    "residence.country": st.sampled_from(["BE", "BR"]),
    "residence.document": st.sampled_from(["none", "card-eu-plus", "card-a"]),
    "residence.ground": st.lists(
        st.sampled_from(["work", "study", "refugee", "unlimited-stay", "other"]), max_size=2, unique=True
    ),
    "residence.first_right": st.sampled_from([date(2025, 6, 1), date(2026, 10, 1)]),
    "activity.kind": st.sampled_from(["employed", "none"]),
    "activity.region": st.just("VLG"),
    "employment.contract": st.booleans(),
    "employment.category": st.sampled_from(["highly-qualified", "other"]),
    "employment.gross_yearly_pay": st.sampled_from(["30000 EUR", "70000 EUR"]),
    "family.can_show": st.sampled_from([[], ["housing"], ["housing", "insurance"]]),
    "insurance.full_cover": st.booleans(),
    "sponsor.free_movement": st.booleans(),
    "sponsor.stay": st.sampled_from(["unlimited", "refugee"]),
    "means.monthly_net": st.sampled_from(["900 EUR", "4000 EUR"]),
}
YOU = st.fixed_dictionaries(PERSON)
MEMBER = st.fixed_dictionaries(
    {
        RELATION: st.sampled_from(RELATIONS + ["spouse", "child"] * 6),
        "member.lives_with_you": st.booleans(),
        "member.supports_you": st.booleans(),
        **PERSON,
    }
)


def facts_of(told):
    return {id: read_value(LAW, LAW.facts[id], value) for id, value in told.items()}


def results(law, you, members, complete=True):
    people = persons(law, you, Household(tuple(members), complete), DAY)
    return {(c.member, c.pathway): c for c in choices(law, people, DAY)}


@settings(max_examples=80, deadline=None)
@given(YOU, st.lists(MEMBER, min_size=1, max_size=2), st.data())
def test_what_is_settled_for_half_a_family_is_settled_for_the_whole(you, members, data):
    whole = [facts_of(you), *map(facts_of, members)]
    half = [{id: known for id, known in p.items() if data.draw(st.integers(0, 5))} for p in whole]
    some = results(SMALL, half[0], half[1:], complete=data.draw(st.booleans()))
    every = results(SMALL, whole[0], whole[1:])
    assert every.keys() <= some.keys(), "a choice that is closed stays closed"
    for key, choice in some.items():
        if key[0] is not None and whole[key[0] + 1]["person.age"].value < 18 and key not in every:
            continue  # nobody who applies, as the age told
        if choice.result is Result.OPEN:
            assert every[key].result is Result.OPEN
        if key not in every:
            continue
        for less, more in zip(choice.shares, every[key].shares, strict=True):
            if less.result in (Result.OPEN, Result.CLOSED):
                assert more.result is less.result
            if less.if_granted in (Result.OPEN, Result.CLOSED):
                assert more.if_granted is less.if_granted


@settings(max_examples=25, deadline=None)
@given(YOU, st.lists(MEMBER, min_size=2, max_size=3), st.data())
def test_the_order_of_the_members_changes_no_answer(you, members, data):
    order = data.draw(st.permutations(range(len(members))))
    one = results(SMALL, facts_of(you), [facts_of(m) for m in members])
    other = results(SMALL, facts_of(you), [facts_of(members[i]) for i in order])

    def place(member):
        return None if member is None else order[member]

    def told(found, renamed):
        return {
            (renamed(m), p): (c.rank, c.result, {renamed(s.member): s.result for s in c.shares})
            for (m, p), c in found.items()
        }

    assert told(one, lambda m: m) == told(other, place)


@settings(max_examples=25, deadline=None)
@given(YOU, st.lists(MEMBER, min_size=1, max_size=2))
def test_ranks_follow_what_is_open(you, members):
    found = list(results(SMALL, facts_of(you), [facts_of(m) for m in members]).values())
    assert [c.rank for c in found] == sorted(c.rank for c in found)
    counts = [tuple(c.count(r) for r in WAYS[:3]) for c in found]
    assert counts == sorted(counts, reverse=True)
    assert all(c.result is not Result.CLOSED for c in found)


def test_two_things_both_needed_are_as_good_as_the_worse():
    assert weaker(Result.OPEN, Result.CONTESTED) is Result.CONTESTED
    assert weaker(Result.CLOSED, Result.UNDETERMINED) is Result.CLOSED


def test_what_the_one_who_joins_may_state_is_named_as_missing():
    text = """
    facts: {person: {nationalities: [SY], age: 35}, residence: {country: BE, ground: [refugee]}}
    household: [{relation: spouse, person: {nationalities: [SY], age: 33}, residence: {country: TR}}]
    """
    own = choice_of(choices(LAW, family(text), DAY), None, None)
    missing = way(own, 0, "be-family-third-country").missing
    assert (0, "sponsor.circumstances") in missing, "only the spouse can say whether the tie is older"
    assert (None, "family.can_show") in missing
    assert "sponsor.has" not in {fact for _, fact in missing}, "the one joined says it"


def test_what_is_certain_of_the_one_joined_stands_against_what_was_said_of_a_relative():
    text = """
    facts: {person: {nationalities: [MA], age: 30}, sponsor: {circumstances: [came-as-partner, common-minor-child]}}
    household: [{relation: spouse, person: {nationalities: [MA], age: 33}, residence: {country: MA, ground: []}}]
    """
    people = family(text)
    known = joining(LAW, people[0], people[1], {}, DAY)["sponsor.circumstances"]
    assert known == Exact(frozenset({"common-minor-child", "tie-before-arrival"})), "the spouse has not come yet"


@pytest.mark.parametrize(("couple", "tie"), [
    ("spouse", Exact("minor-child")),
    ("registered-partner", Exact("minor-child")),
    ("unmarried-partner", None),
])  # fmt: skip
def test_a_child_joins_the_parents_partner_as_the_couple_is_bound(couple, tie):
    people = family(f"""
    facts: {{person: {{nationalities: [MA], age: 30}}}}
    household:
      - {{relation: {couple}, person: {{nationalities: [MA], age: 33}}}}
      - {{relation: child, person: {{nationalities: [MA], age: 8}}}}
    """)
    known = joining(LAW, people[2], people[1], {}, DAY)["sponsor.tie"]
    assert known == tie if tie else "minor-child" not in known.values, "parent, or the parent's partner"
    assert tie or not isinstance(known, Exact)
