"""Facts as variables: thresholds and lists of values cut each fact into finitely many cells.

Values between which no test of a pathway distinguishes lie in one cell. A single-valued fact or number is one
variable. A set fact is one yes/no variable for each kind of member that some test tells apart.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sojourn.law.model import Fact, Holds, Member
from sojourn.values.countries import COUNTRIES
from sojourn.values.known import Band, Exact, Known, NoneOf, OneOf, Scalar


def universe(fact: Fact) -> frozenset[Scalar]:
    """Return every value that a single-valued or set fact can have (as member)."""
    if fact.type == "bool":
        return frozenset({True, False})
    if fact.type in ("country", "countries"):
        return frozenset(COUNTRIES)
    return frozenset(fact.values)


@dataclass(frozen=True)
class Choice:
    """A single-valued fact: `cell` gives the cell of each value, of `count` cells."""

    fact: str
    cell: dict[Scalar, int]
    count: int

    def cells(self, known: Known | None, cuts: tuple[int, ...]) -> int:
        """Return the cells the fact may be in, as bits."""
        del cuts
        if isinstance(known, Exact):
            return 1 << self.cell[known.value]  # type: ignore[index]
        if isinstance(known, OneOf):
            return _union(self.cell[v] for v in known.values)
        if isinstance(known, NoneOf):
            return _union(c for v, c in self.cell.items() if v not in known.values)
        return (1 << self.count) - 1


@dataclass(frozen=True)
class Presence:
    """Whether a set fact has a member of this kind (`values`): cell 1 yes, cell 0 no."""

    fact: str
    values: frozenset[Scalar]
    count: int = 2

    def cells(self, known: Known | None, cuts: tuple[int, ...]) -> int:
        """Return the cells the fact may be in, as bits."""
        del cuts
        if isinstance(known, Exact):
            return 1 if self.values.isdisjoint(known.value) else 2  # type: ignore[arg-type]
        if isinstance(known, NoneOf):
            if not self.values.isdisjoint(known.includes):
                return 2
            return 1 if self.values <= known.values else 3
        return 3


@dataclass(frozen=True)
class Scale:
    """A number: cell i lies between cut i - 1 and cut i. `cuts` names the thresholds, in order of size."""

    fact: str
    least: int | None
    most: int | None
    count: int

    def cells(self, known: Known | None, cuts: tuple[int, ...]) -> int:
        """Return the cells the number may be in, as bits; `cuts` are the thresholds of the day, ascending."""
        if isinstance(known, Exact):
            return 1 << bisect_right(cuts, known.value)
        if known is None and self.least is None and self.most is None:
            return (1 << self.count) - 1
        low, high = self.least, self.most
        if isinstance(known, Band):
            low = known.least if known.least is not None else low
            high = known.most if known.most is not None else high
        first = 0 if low is None else bisect_right(cuts, low)
        last = len(cuts) if high is None else bisect_right(cuts, high)
        return _union(range(first, last + 1)) if first < last else 1 << first


@dataclass(frozen=True)
class Choosing:
    """Which reading of a disputed point one follows; not a fact, so never known."""

    key: str
    count: int

    def cells(self, known: Known | None, cuts: tuple[int, ...]) -> int:
        """Return all cells."""
        del known, cuts
        return (1 << self.count) - 1


Variable = Choice | Presence | Scale | Choosing


def _union(cells: Iterable[int]) -> int:
    out = 0
    for c in cells:
        out |= 1 << c
    return out


def choice(fact: Fact, tests: Iterable[Member]) -> Choice:
    """Return the variable of a single-valued fact under these tests."""
    sets = list(dict.fromkeys(t.values for t in tests))
    kinds: dict[tuple[bool, ...], int] = {}
    cell = {}
    for value in sorted(universe(fact), key=str):
        kind = tuple(value in s for s in sets)
        cell[value] = kinds.setdefault(kind, len(kinds))
    return Choice(fact.id, cell, len(kinds))


def presences(fact: Fact, tests: Iterable[Holds]) -> list[Presence]:
    """Return the variables of a set fact under these tests, one for each kind of member that matters."""
    sets = list(dict.fromkeys(t.values for t in tests))
    kinds: dict[tuple[bool, ...], set[Scalar]] = {}
    for value in sorted(universe(fact), key=str):
        kind = tuple(value in s for s in sets)
        if any(kind):
            kinds.setdefault(kind, set()).add(value)
    return [Presence(fact.id, frozenset(v)) for v in kinds.values()]


Facts = Mapping[str, Known]
"""What is known of a person: known facts by id. A fact that is absent was not asked."""
