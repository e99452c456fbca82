"""Invented people for tests, from a seeded generator.

Purely random answers close nearly every door at the first gate. So most people here start from a worked case of the
law, get an answer to every fact it leaves out, and differ from it in a few facts.
"""

import random
from datetime import date

from sojourn.decide.profile import contradictions, profile_from
from sojourn.law.model import Case, Fact, Law, Pathway
from sojourn.values.known import Exact, Known

COUNTRIES = ["MA", "US", "IN", "CD", "TR", "PT", "FR", "CH", "BR", "GB", "BE", "stateless"]
MONEY = [0, 1, 1_000_000, 1_859_999, 1_860_000, 2_000_000, 2_283_799, 2_283_800, 2_500_000, 221_747, 245_697, 6_000_000]


def answer(fact: Fact, rng: random.Random) -> Exact:
    """Return a random value, near what people are like and often at a threshold."""
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


def stranger(law: Law, rng: random.Random) -> dict[str, Known]:
    """Return a complete person of whom every answer is random; the answers may contradict each other."""
    return {id: answer(fact, rng) for id, fact in law.person_facts.items()}


def person(law: Law, rng: random.Random, near: Pathway | None = None) -> dict[str, Known]:
    """Return a complete person near a worked case (of `near`, if given); one in ten is a stranger to the law."""
    if rng.random() < 0.1:
        return stranger(law, rng)
    pathway = near or rng.choice([p for p in law.pathways.values() if p.cases])
    base = rng.choice(pathway.cases)
    for _ in range(20):
        facts = _near(law, base, rng)
        if not list(contradictions(law, facts, base.on)):
            return facts
    return facts


def _near(law: Law, case: Case, rng: random.Random) -> dict[str, Known]:
    known = {id: k for id, k in profile_from(law, case.facts, case.on).facts.items() if isinstance(k, Exact)}
    # one who has said what mattered has mostly nothing more to tell: no ties, no special case, no earlier application
    quiet = {id: _quiet(fact) if rng.random() < 0.8 else answer(fact, rng) for id, fact in law.person_facts.items()}
    facts: dict[str, Known] = {**quiet, **known}
    for id in rng.sample(list(law.person_facts), rng.choice([0, 0, 1, 2, 4])):
        facts[id] = answer(law.facts[id], rng)
    return facts


def _quiet(fact: Fact) -> Exact:
    if fact.type == "set":
        return Exact(frozenset())
    if fact.type == "bool":
        return Exact(value=False)
    if fact.type == "choice":
        return Exact("none" if "none" in fact.values else max(fact.values, key=lambda v: fact.likely.get(v, 0)))
    if fact.type == "integer":
        return Exact(fact.least or 0)
    return answer(fact, random.Random(fact.id))
