"""What a person's family tells about the person: relations, and the facts that follow from them.

A rule here concludes from the members of a household to a fact of the person, and never the other way round. Its tests
are those of the rule language, over the facts of one member at a time, or over the person's own.
"""

from dataclasses import dataclass

from sojourn.law.model import Test

RELATION = "member.relation"
"""The fact that says how a member is related to the person."""


@dataclass(frozen=True, slots=True)
class Derivation:
    """When the household shows that `fact` has `value` (for a set fact: that the value is among them).

    All the parts given must hold: `you` for the person, `some` for at least one member, `every` for each member,
    `joined` for the member whom the person joins.
    `count`: the fact is the number of members for whom it holds; then there is no `value`.
    `same_as`: the fact is what this fact of the member is whom the person joins; then there is nothing else.
    """

    fact: str
    value: str | bool | None
    you: Test | None = None
    some: Test | None = None
    every: Test | None = None
    count: Test | None = None
    joined: Test | None = None
    same_as: str | None = None


@dataclass(frozen=True, slots=True)
class JoiningLaw:
    """What a right to stay of one member means for another who joins that member.

    has: when somebody has a right to stay already. gives: for each pathway that gives a stay of one's own, the values
    that set facts of its holder then have besides. ways: the pathways by which one joins. derivations: facts of the one
    who joins. forgets: facts that may speak of another relative than the one joined, so what was stated is left out.
    """

    has: Test
    gives: dict[str, dict[str, frozenset[str]]]
    ways: tuple[str, ...]
    derivations: tuple[Derivation, ...]
    forgets: frozenset[str]


@dataclass(frozen=True, slots=True)
class HouseholdLaw:
    """Relations and derivations.

    reverse: for each relation of a member to the person, what the person may be to that member.
    seen_from: for two members, what the second may be to the first, by their relations to the person.
    """

    reverse: dict[str, tuple[str, ...]]
    seen_from: dict[tuple[str, str], tuple[str, ...]]
    derivations: tuple[Derivation, ...]
    joining: JoiningLaw | None = None
