"""What an engine keeps from earlier people changes nothing for later ones."""

import random
from datetime import date

import pytest

from sojourn.decide.assess import Engine, engine
from sojourn.decide.body import load_law
from sojourn.values.known import Silent
from tests.people import person

LAW = load_law()
DAYS = [date(2022, 1, 1), date(2025, 10, 1), date(2026, 11, 22)]
IDS = ["be-vlg-professional-card", "be-own-means", "be-family-third-country", "be-nationality-12bis"]


@pytest.mark.parametrize("id", IDS)
def test_a_used_engine_finds_what_a_new_one_finds(id: str) -> None:
    rng, pathway, used = random.Random(f"kept {id}"), LAW.pathways[id], engine(LAW)
    for _ in range(60):
        whole = person(LAW, rng, pathway)
        known = {
            fact: Silent(rng.choice(["not_known", "declined"])) if rng.random() < 0.1 else value
            for fact, value in whole.items()
            if rng.random() < 0.7
        }
        on = rng.choice(DAYS)
        assert used.find(pathway, known, on) == Engine(LAW).find(pathway, known, on)
