"""Reading `household.yaml`."""

from typing import TYPE_CHECKING, Annotated

from pydantic import Field, model_validator

from sojourn.law.household import RELATION, Derivation, HouseholdLaw, JoiningLaw
from sojourn.law.schema import Id, Shape, TestShape
from sojourn.law.yaml12 import Document, Path_

if TYPE_CHECKING:
    from sojourn.law.model import Test
    from sojourn.law.read import BodyReader

_MANY = Annotated[list[Id], Field(min_length=1)]


class RelationShape(Shape):
    """Relations are values of the fact `member.relation`."""

    reverse: _MANY
    seen_from: dict[Id, _MANY] = {}


class DerivationShape(Shape):
    fact: str
    value: Id | bool | None = None
    you: TestShape | None = None
    some: TestShape | None = None
    every: TestShape | None = None
    count: TestShape | None = None
    note: str | None = None

    @model_validator(mode="after")
    def one_kind(self) -> "DerivationShape":
        if (self.count is None) == (self.value is None):
            raise ValueError("a derivation has a `value`, or `count`")
        if self.count is None and not (self.some or self.every):
            raise ValueError("a derivation looks at `some` member or at `every` member")
        if self.count is not None and (self.you or self.some or self.every):
            raise ValueError("`count` stands alone")
        return self


class JoinDerivationShape(Shape):
    fact: str
    value: Id | bool | None = None
    you: TestShape | None = None
    some: TestShape | None = None
    every: TestShape | None = None
    joined: TestShape | None = None
    same_as: str | None = None
    note: str | None = None

    @model_validator(mode="after")
    def one_kind(self) -> "JoinDerivationShape":
        if (self.same_as is None) == (self.value is None):
            raise ValueError("a derivation for who joins has a `value`, or `same_as`")
        if self.same_as is not None and (self.you or self.some or self.every or self.joined):
            raise ValueError("`same_as` stands alone")
        if self.same_as is None and not self.joined:
            raise ValueError("a derivation for who joins looks at the one `joined`")
        return self


class JoinShape(Shape):
    """What a right to stay of one member means for another who joins that member."""

    has: TestShape
    gives: dict[Id, dict[str, Annotated[list[str], Field(min_length=1)]]]
    ways: _MANY
    derive: list[JoinDerivationShape]
    forgets: list[str] = []


class HouseholdShape(Shape):
    """`household.yaml`."""

    relations: dict[Id, RelationShape] = {}
    derive: list[DerivationShape] = []
    join: JoinShape | None = None


def read_household(body: "BodyReader") -> HouseholdLaw | None:
    """Return what the law folders say about households, None where they say nothing; faults go to `body`."""
    reverse: dict[str, tuple[str, ...]] = {}
    seen_from: dict[tuple[str, str], tuple[str, ...]] = {}
    derivations: list[Derivation] = []
    joining: JoiningLaw | None = None
    found = False
    for document, shape in body.each("**/household.yaml", HouseholdShape):
        found = True
        known = body.facts[RELATION].values if RELATION in body.facts else {}
        for id, relation in shape.relations.items():
            named = [id, *relation.reverse, *relation.seen_from, *(x for xs in relation.seen_from.values() for x in xs)]
            for name in named:
                if name not in known:
                    what = f'"{name}" is no value of {RELATION}'
                    body.faults.add(document, ("relations", id), "unknown-value", what, "Declare it in facts.yaml.")
            reverse[id] = tuple(relation.reverse)
            seen_from |= {(id, other): tuple(xs) for other, xs in relation.seen_from.items()}
        for i, d in enumerate(shape.derive):
            if (made := _derivation(body, document, d, ("derive", i))) is not None:
                derivations.append(made)
        if shape.join is not None:
            joining = _joining(body, document, shape.join)
    return HouseholdLaw(reverse, seen_from, tuple(derivations), joining) if found else None


def _joining(body: "BodyReader", document: Document, shape: JoinShape) -> JoiningLaw:
    gives: dict[str, dict[str, frozenset[str]]] = {}
    for pathway, facts in shape.gives.items():
        where = ("join", "gives", pathway)
        for id, values in facts.items():
            fact = body.facts.get(id)
            if fact is None:
                body.faults.add(document, (*where, id), "unknown-fact", f'no fact is called "{id}"')
            elif not fact.is_set or (fact.type == "set" and not fact.values.keys() >= set(values)):
                what = f"{values} are no values of {id}, or it is no fact of several values"
                body.faults.add(document, (*where, id), "unknown-value", what, "`sojourn law facts` lists them.")
        gives[pathway] = {id: frozenset(values) for id, values in facts.items()}
    for i, id in enumerate(shape.forgets):
        if id not in body.facts:
            body.faults.add(document, ("join", "forgets", i), "unknown-fact", f'no fact is called "{id}"')
    derivations = [_derivation(body, document, d, ("join", "derive", i)) for i, d in enumerate(shape.derive)]
    return JoiningLaw(
        body.tests(document, body.defined, "").test(shape.has, ("join", "has")),
        gives,
        tuple(shape.ways),
        tuple(d for d in derivations if d is not None),
        frozenset(shape.forgets),
    )


def _derivation(
    body: "BodyReader", document: Document, d: DerivationShape | JoinDerivationShape, where: Path_
) -> Derivation | None:
    fact = body.facts.get(d.fact)
    if fact is None:
        body.faults.add(document, (*where, "fact"), "unknown-fact", f'no fact is called "{d.fact}"')
        return None
    same_as = d.same_as if isinstance(d, JoinDerivationShape) else None
    if same_as is not None:
        other = body.facts.get(same_as)
        if other is None or (other.type, other.values) != (fact.type, fact.values):
            what = f'"{same_as}" is no fact of the type of {fact.id}'
            body.faults.add(document, (*where, "same_as"), "wrong-type", what, "`sojourn law facts` lists types.")
            return None
        return Derivation(fact.id, None, same_as=same_as)
    if isinstance(d, DerivationShape) and d.count:
        fits = fact.type == "integer"
    else:
        fits = isinstance(d.value, bool) if fact.type == "bool" else d.value in fact.values
    if not fits:
        what = "only a number of something is counted" if d.value is None else f'"{d.value}" is no value of {fact.id}'
        body.faults.add(document, where, "wrong-type", what, "`sojourn law facts` lists types and values.")
        return None
    reader = body.tests(document, body.defined, d.fact)

    def test(key: str) -> "Test | None":
        shape = getattr(d, key, None)
        return reader.test(shape, (*where, key)) if shape else None

    return Derivation(d.fact, d.value, test("you"), test("some"), test("every"), test("count"), test("joined"))
