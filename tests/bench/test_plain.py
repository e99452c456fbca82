"""The hand-written rule that the bench measures us against decides as we do."""

import random

import pytest

from bench.people import ON, people
from bench.references import plain
from sojourn.decide.assess import engine
from sojourn.decide.body import load_law
from sojourn.values.known import Exact, Known
from sojourn.values.verdict import Result
from tests.people import person

CARD = "be-vlg-professional-card"
LAW = load_law()


def _plain(facts: dict[str, Known]) -> dict[str, object]:
    return {id: known.value for id, known in facts.items() if isinstance(known, Exact)}


def _random_people(count: int) -> list[dict[str, Known]]:
    rng = random.Random(3)
    return [person(LAW, rng) for _ in range(count)]


EVERYONE = {"people of the bench": people(LAW), "random people": _random_people(2_000)}


@pytest.mark.parametrize("whom", EVERYONE)
def test_the_same_result_for_complete_people(whom: str) -> None:
    card = LAW.pathways[CARD]
    for facts in EVERYONE[whom]:
        assert plain.result(_plain(facts)) == engine(LAW).result(card, facts, ON), facts


@pytest.mark.parametrize("whom", EVERYONE)
def test_never_another_settled_result_for_partly_known_people(whom: str) -> None:
    card, rng = LAW.pathways[CARD], random.Random(5)
    for facts in EVERYONE[whom]:
        share = rng.random()
        known = {id: x for id, x in facts.items() if rng.random() < share}
        result = plain.result(_plain(known))
        if result != Result.UNDETERMINED:
            assert result == engine(LAW).result(card, known, ON), known


def test_people_are_complete_and_always_the_same() -> None:
    assert all(facts.keys() == LAW.person_facts.keys() for facts in EVERYONE["people of the bench"])
    assert people(LAW, 50) == EVERYONE["people of the bench"][:50]


def test_many_of_the_people_reach_the_conditions_of_the_card() -> None:
    card, e = LAW.pathways[CARD], engine(LAW)
    results = [e.result(card, facts, ON) for facts in EVERYONE["people of the bench"]]
    assert {*results} == {*Result}
    reach = sum(
        plain.gate(p := _plain(facts)) is True and plain.exempt(p) is False for facts in EVERYONE["people of the bench"]
    )
    assert reach >= 0.25 * len(results)
