"""Invented people for tests: random answers to every fact, from a seeded generator."""

import random
from datetime import date

from sojourn.law.model import Fact, Law
from sojourn.values.known import Exact, Known

COUNTRIES = ["MA", "US", "IN", "CD", "TR", "PT", "FR", "CH", "BR", "GB", "BE", "stateless"]
MONEY = [0, 1, 1_000_000, 1_859_999, 1_860_000, 2_000_000, 2_283_799, 2_283_800, 2_500_000, 221_747, 245_697, 6_000_000]


def answer(fact: Fact, rng: random.Random) -> Exact:
    """Return a random value, near what people are like."""
    if fact.type == "bool":
        return Exact(rng.random() < fact.likely.get("true", 0.5))
    if fact.type == "choice":
        values = list(fact.values)
        return Exact(rng.choices(values, [fact.likely.get(v, 0.02) for v in values])[0])
    if fact.type == "country":
        return Exact("BE" if rng.random() < 0.6 else rng.choice(COUNTRIES[:-1]))
    if fact.type == "countries":
        return Exact(frozenset(rng.sample(COUNTRIES, rng.choice([1, 1, 1, 2]))))
    if fact.type == "set":
        chance = fact.likely
        return Exact(frozenset(v for v in fact.values if rng.random() < chance.get(v, chance.get("other", 0.03))))
    if fact.type == "money":
        return Exact(rng.choice(MONEY))
    if fact.type == "date":
        return Exact(rng.randint(date(2020, 1, 1).toordinal(), date(2028, 1, 1).toordinal()))
    return Exact(min(fact.most or 0, rng.choice([0, 0, 1, 2, 3, 30, 90, 91, 100])))


def person(law: Law, rng: random.Random) -> dict[str, Known]:
    """Return a complete person."""
    return {id: answer(fact, rng) for id, fact in law.facts.items()}
