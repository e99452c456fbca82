"""A household: the persons of a family, what their relations tell about each of them, and each as the one who applies.

The quantifiers know the unknown: "some member is an EU citizen" over a half-known family is yes as soon as one is, no
only when the list is complete and none can be.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from sojourn.decide.day import Day
from sojourn.decide.evaluate import possible
from sojourn.decide.variables import Facts
from sojourn.law.household import RELATION, Derivation, HouseholdLaw
from sojourn.law.model import ABOUT_MEMBERS, Fact, Law, Test
from sojourn.values import verdict as v
from sojourn.values.known import Band, Exact, Known, NoneOf, OneOf, Silent

MOST_MEMBERS = 12
"""So many others may a profile list: what a family comes to is worked out for each two of them."""


class Answer(Enum):
    """What a test comes to for a household."""

    YES = "yes"
    NO = "no"
    OPEN = "open"


@dataclass(frozen=True)
class Household:
    """The other members of the family, each with the facts known of them. `complete`: there are no others."""

    members: tuple[Facts, ...]
    complete: bool = True


def derived(law: Law, you: Facts, household: Household, on: date) -> dict[str, Known]:
    """Return the facts of the person that follow from the household, as far as they follow.

    Sound: whatever becomes known of the members later, a value concluded here stays.
    """
    if law.household is None:
        return {}
    day = Day(law, on)
    by_fact: dict[str, list[Derivation]] = {}
    for d in law.household.derivations:
        by_fact.setdefault(d.fact, []).append(d)
    found: dict[str, Known] = {}
    for id, rules in by_fact.items():
        known = _fact(law.facts[id], rules, {**found, **you}, household, day)
        if known is not None:
            found[id] = known
    return found


def joining(law: Law, who: "Applicant", other: "Applicant", gets: Facts, on: date) -> dict[str, Known]:
    """Return what is known of somebody who joins another of the family.

    gets: what the stay that the other would get adds to what is known of the other; empty for the stay of today.
    Ties to others of the family are left aside, and so is what was stated of a relative who need not be this one.
    Sound: whatever becomes known of the two later, a value concluded here stays.
    """
    rules = law.household
    assert rules is not None
    assert rules.joining is not None
    day = Day(law, on)
    place = who.place_of(other)
    joined = {**who.household.members[place], **gets}
    rest = Household(who.household.members[:place] + who.household.members[place + 1 :], who.household.complete)
    ties = {d.fact for d in rules.derivations if d.count is None}
    own = {id: known for id, known in who.stated.items() if id not in ties and id not in rules.joining.forgets}
    found = {id: known for id, known in who.facts.items() if id not in ties and id not in who.stated}
    found |= {id: x for id, x in derived(law, own, Household((joined,)), on).items() if id in ties}
    by_fact: dict[str, list[Derivation]] = {}
    for d in rules.joining.derivations:
        by_fact.setdefault(d.fact, []).append(d)
    for id, several in by_fact.items():
        same_as = several[0].same_as
        known = joined.get(same_as) if same_as else _fact(law.facts[id], several, own, rest, day, joined)
        if known is not None and not isinstance(known, Silent):
            found[id] = known
        if isinstance(known, NoneOf) and isinstance(told := own.get(id), Exact) and isinstance(told.value, frozenset):
            own[id] = Exact((told.value | known.includes) - known.values)  # what is certain of this one stands
    return {**found, **{id: known for id, known in own.items() if id not in found or not isinstance(known, Silent)}}


def has_a_stay(law: Law, facts: Facts, on: date) -> Answer:
    """Return whether somebody has a right to live in the country already."""
    assert law.household is not None
    assert law.household.joining is not None
    return _answer(law.household.joining.has, facts, Day(law, on))


def _fact(
    fact: Fact, rules: Sequence[Derivation], you: Facts, household: Household, day: Day, joined: Facts | None = None
) -> Known | None:
    if rules[0].count is not None:
        return _count(fact, rules[0].count, household, day)
    answers: dict[object, Answer] = {}
    for d in rules:
        answers[d.value] = _either(answers.get(d.value, Answer.NO), _holds(d, you, household, day, joined))
    yes = [x for x, a in answers.items() if a is Answer.YES]
    no = frozenset(str(x) for x, a in answers.items() if a is Answer.NO)
    if fact.is_set:
        includes = frozenset(map(str, yes))
        if includes | no == fact.values.keys():
            return Exact(includes)
        return NoneOf(no, includes) if includes or no else None
    if yes:
        return Exact(yes[0])  # type: ignore[arg-type]
    return NoneOf(no) if no and fact.type == "choice" else None


def _holds(d: Derivation, you: Facts, household: Household, day: Day, joined: Facts | None) -> Answer:
    parts = []
    if d.joined is not None:
        assert joined is not None
        parts.append(_answer(d.joined, joined, day))
    if d.you is not None:
        parts.append(_answer(d.you, you, day))
    if d.some is not None:
        answers = [_answer(d.some, m, day) for m in household.members]
        open_ = not household.complete or Answer.OPEN in answers
        parts.append(Answer.YES if Answer.YES in answers else Answer.OPEN if open_ else Answer.NO)
    if d.every is not None:
        answers = [_answer(d.every, m, day) for m in household.members]
        open_ = not household.complete or Answer.OPEN in answers
        parts.append(Answer.NO if Answer.NO in answers else Answer.OPEN if open_ else Answer.YES)
    if Answer.NO in parts:
        return Answer.NO
    return Answer.OPEN if Answer.OPEN in parts else Answer.YES


def _count(fact: Fact, test: Test, household: Household, day: Day) -> Known:
    answers = [_answer(test, m, day) for m in household.members]
    least = answers.count(Answer.YES)
    most = least + answers.count(Answer.OPEN)
    if fact.most is not None:
        least, most = min(least, fact.most), min(most, fact.most)
    if not household.complete:
        return Band(least, None)
    return Exact(least) if least == most else Band(least, most)


def _answer(test: Test, facts: Facts, day: Day) -> Answer:
    level = possible(test, facts, day)
    return Answer.YES if level == v.MET else Answer.NO if level == v.NOT_MET else Answer.OPEN


def _either(a: Answer, b: Answer) -> Answer:
    if Answer.YES in (a, b):
        return Answer.YES
    return Answer.OPEN if Answer.OPEN in (a, b) else Answer.NO


def conflicts(law: Law, stated: Mapping[str, Known], found: Mapping[str, Known]) -> Iterator[str]:
    """Yield the facts of which the person states what the household certainly excludes."""
    for id, known in found.items():
        told = stated.get(id)
        if isinstance(told, Exact) and not _agree(law.facts[id], told.value, known):
            yield id


def _agree(fact: Fact, told: object, known: Known) -> bool:
    if isinstance(known, Exact):
        return told == known.value
    if isinstance(known, Band):
        assert isinstance(told, int)
        return (known.least is None or told >= known.least) and (known.most is None or told <= known.most)
    assert isinstance(known, NoneOf)
    if fact.is_set:
        assert isinstance(told, frozenset)
        return known.includes <= told and told.isdisjoint(known.values)
    return told not in known.values


def with_household(law: Law, stated: Facts, household: Household, on: date) -> dict[str, Known]:
    """Return the facts stated, and those that follow from the household where the person stated nothing."""
    found = derived(law, stated, household, on)
    silent = {id for id, known in stated.items() if isinstance(known, Silent)}
    return {**found, **{id: known for id, known in stated.items() if id not in found or id not in silent}}


def seen_by(law: Law, you: Facts, household: Household, member: int) -> tuple[dict[str, Known], Household]:
    """Return the stated facts of a member and the household as that member sees it.

    How two others are related that are both related to the person is taken from the table of `household.yaml`; where
    that leaves several possibilities, so does the answer. What `depends_on_you` and the like say holds between a member
    and the person alone: seen by another member it is known for the person only, the other way round.
    """
    rules = law.household
    assert rules is not None
    chosen = household.members[member]
    own = {id: known for id, known in chosen.items() if not id.startswith(ABOUT_MEMBERS)}
    others: list[Facts] = [_turned(rules, you, chosen)]
    for i, other in enumerate(household.members):
        if i != member:
            kept = {id: known for id, known in other.items() if not id.startswith(ABOUT_MEMBERS)}
            relation = _relation(rules, chosen.get(RELATION), other.get(RELATION))
            others.append({**kept, **({RELATION: relation} if relation else {})})
    return own, Household(tuple(others), household.complete)


def _turned(rules: HouseholdLaw, you: Facts, member: Facts) -> dict[str, Known]:
    """Return the person as a member of that member's household."""
    out = {id: known for id, known in you.items() if not id.startswith(ABOUT_MEMBERS)}
    told = member.get(RELATION)
    if isinstance(told, Exact) and (reverse := rules.reverse.get(str(told.value))):
        out[RELATION] = _one_of(reverse)
    for here, there in (("depends_on_you", "supports_you"), ("supports_you", "depends_on_you")):
        if (known := member.get(f"{ABOUT_MEMBERS}{here}")) is not None:
            out[f"{ABOUT_MEMBERS}{there}"] = known
    if (together := member.get(f"{ABOUT_MEMBERS}lives_with_you")) is not None:
        out[f"{ABOUT_MEMBERS}lives_with_you"] = together
    return out


def _relation(rules: HouseholdLaw, first: Known | None, second: Known | None) -> Known | None:
    if isinstance(first, Exact) and isinstance(second, Exact):
        found = rules.seen_from.get((str(first.value), str(second.value)))
        return _one_of(found) if found else None
    return None


def _one_of(relations: tuple[str, ...]) -> Known:
    return Exact(relations[0]) if len(relations) == 1 else OneOf(frozenset(relations))


# --- each person of the family ---------------------------------------------------------------------------------------

ADULT = 18


@dataclass(frozen=True)
class Applicant:
    """One person of the household, as the one who applies or as one who joins.

    member: the number of the member, None for the person whose profile it is. facts: what is known of this person, with
    what follows from the household as this person sees it. stated: the same without what follows.
    """

    member: int | None
    facts: dict[str, Known]
    household: Household
    stated: dict[str, Known] = field(default_factory=dict)

    @property
    def applies(self) -> bool:
        """Whether this person may be the one who applies: no member who is surely under 18."""
        return self.member is None or not self.surely_under_age

    @property
    def surely_under_age(self) -> bool:
        """Whether this person is surely no adult."""
        age = self.stated.get("person.age")
        most = age.value if isinstance(age, Exact) else age.most if isinstance(age, Band) else None
        return isinstance(most, int) and most < ADULT

    def place_of(self, other: "Applicant") -> int:
        """Return the number of another person in the household as this one sees it."""
        if self.member is None:
            assert other.member is not None
            return other.member
        return 0 if other.member is None else other.member + (other.member < self.member)

    def sees(self, other: "Applicant") -> Facts:
        """Return the facts of another person of the household, with the relation to this one."""
        return self.household.members[self.place_of(other)]


def persons(law: Law, stated: Facts, household: Household, on: date) -> list[Applicant]:
    """Return everybody of the household, the person of the profile first.

    stated: what the person stated (`Profile.stated`), without what follows from the household.
    """
    out = [Applicant(None, with_household(law, stated, household, on), household, dict(stated))]
    for i in range(len(household.members)):
        own, theirs = seen_by(law, stated, household, i)
        out.append(Applicant(i, with_household(law, own, theirs, on), theirs, own))
    return out
