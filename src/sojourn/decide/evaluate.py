"""Tests on partly known facts: the levels that each may still come to.

Each comparison of one fact (an *atom*) is judged once, exactly, from what is known of that fact. Conditions combine
atoms through the tables of `values.verdict`. That is sound, and exact wherever a fact occurs once; the finding as a
whole is decided by the diagrams of `program`, which are exact everywhere.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from sojourn.decide.day import Bound, Day
from sojourn.decide.variables import Facts, universe
from sojourn.law.model import (
    All,
    AnyOf,
    AtLeast,
    Cited,
    Constant,
    Disputed,
    Fact,
    Holds,
    Law,
    Member,
    Not,
    NotModelled,
    OfAmount,
    Part,
    Reaches,
    Test,
    Weighed,
)  # fmt: skip
from sojourn.values import verdict as v
from sojourn.values.known import Band, Exact, Known, NoneOf, OneOf

Atom = Member | Holds | Reaches


def compared(law: Law, atoms: Iterable[Atom]) -> list[str]:
    """Return the facts on which comparisons turn, in order: their own, and those that their amounts count."""
    out: dict[str, None] = {}
    for atom in atoms:
        out[atom.fact] = None
        if isinstance(atom, Reaches) and isinstance(atom.threshold, OfAmount):
            out |= dict.fromkeys(law.amounts[atom.threshold.amount].facts)
    return list(out)


EITHER = v.MET | v.NOT_MET


def judge(atom: Atom, facts: Facts, day: Day) -> int:
    """Return the levels that `atom` may come to, given what is known of its fact."""
    known = facts.get(atom.fact)
    fact = day.law.facts[atom.fact]
    if isinstance(atom, Member):
        return _member(atom, known, fact)
    if isinstance(atom, Holds):
        return _holds(atom, known)
    return _reaches(atom, known, fact, facts, day)


def _member(atom: Member, known: Known | None, fact: Fact) -> int:
    if isinstance(known, Exact):
        return v.MET if known.value in atom.values else v.NOT_MET
    if isinstance(known, OneOf):
        possible = known.values
    elif isinstance(known, NoneOf):
        possible = universe(fact) - known.values
    else:
        possible = universe(fact)
    if possible <= atom.values:
        return v.MET
    return v.NOT_MET if possible.isdisjoint(atom.values) else EITHER


def _holds(atom: Holds, known: Known | None) -> int:
    if isinstance(known, Exact):
        return v.NOT_MET if atom.values.isdisjoint(known.value) else v.MET  # type: ignore[arg-type]
    if isinstance(known, NoneOf):
        if not atom.values.isdisjoint(known.includes):
            return v.MET
        return v.NOT_MET if atom.values <= known.values else EITHER
    return EITHER


def _reaches(atom: Reaches, known: Known | None, fact: Fact, facts: Facts, day: Day) -> int:
    low, high = limits(known, fact)
    threshold = atom.threshold
    counted = day.amount(threshold.amount).facts if isinstance(threshold, OfAmount) else ()
    if not counted:
        if low is None and high is None and not isinstance(threshold, OfAmount):
            return EITHER
        bounds = [day.bound(threshold)]
    else:
        fewest, most = limits(facts.get(counted[0]), day.law.facts[counted[0]])
        assert fewest is not None
        assert most is not None
        bounds = [day.bound(threshold, fewest)] if fewest == most else [
            day.bound(threshold, n) for n in range(fewest, most + 1)
        ]  # fmt: skip
    out = 0
    for bound in bounds:
        if bound.low is None or bound.high is None:
            out |= v.OPEN_QUESTION
            continue
        if high is None or high >= bound.high:
            out |= v.MET
        if low is None or low < bound.low:
            out |= v.NOT_MET
        if bound.low < bound.high and (low is None or low < bound.high) and (high is None or high >= bound.low):
            out |= v.OPEN_QUESTION
    return out


def limits(known: Known | None, fact: Fact) -> tuple[int | None, int | None]:
    """Return the least and the greatest number that the fact may be."""
    if isinstance(known, Exact):
        return known.value, known.value  # type: ignore[return-value]
    low, high = fact.least, fact.most
    if isinstance(known, Band):
        low = known.least if known.least is not None else low
        high = known.most if known.most is not None else high
    return low, high


Judge = Callable[[Facts], int]
"""From the facts to the levels of one comparison on one day."""


def judge_of(atom: Atom, day: Day) -> Judge:
    """Return `judge` for one atom and day, ready to be asked often: exact or absent facts go the shortest way."""
    id = atom.fact
    if isinstance(atom, Reaches) and isinstance(atom.threshold, OfAmount) and day.amount(atom.threshold.amount).facts:
        return lambda facts: judge(atom, facts, day)
    not_asked = judge(atom, {}, day)
    if isinstance(atom, Member | Holds):
        values = atom.values
        if isinstance(atom, Member):

            def member(facts: Facts) -> int:
                known = facts.get(id)
                if type(known) is Exact:
                    return v.MET if known.value in values else v.NOT_MET
                return not_asked if known is None else judge(atom, facts, day)

            return member

        def holds(facts: Facts) -> int:
            known = facts.get(id)
            if type(known) is Exact:
                return v.NOT_MET if values.isdisjoint(known.value) else v.MET  # type: ignore[arg-type]
            return not_asked if known is None else judge(atom, facts, day)

        return holds
    threshold = atom.threshold
    bound: Bound | None = None  # reckoned when first needed: some days take a calendar of holidays

    def reaches(facts: Facts) -> int:
        nonlocal bound
        known = facts.get(id)
        if type(known) is Exact:
            if bound is None:
                bound = day.bound(threshold)
            if bound.low is None or bound.low != bound.high:
                return judge(atom, facts, day)
            return v.MET if known.value >= bound.low else v.NOT_MET  # type: ignore[operator]
        return not_asked if known is None else judge(atom, facts, day)

    return reaches


# --- compiled ------------------------------------------------------------------------------------------------------

Levels = Callable[[Sequence[int]], int]
"""From the levels of the atoms (by index) to the levels of a test."""


@dataclass
class Compiler:
    """Compiles tests over one shared list of atoms.

    weak: the amounts that rest on a secondary source; a comparison with one carries no more than its source does.
    """

    atoms: list[Atom] = field(default_factory=list)
    weak: frozenset[str] = frozenset()
    _index: dict[Atom, int] = field(default_factory=dict)

    def atom(self, atom: Atom) -> int:
        """Return the index of `atom`."""
        if atom not in self._index:
            self._index[atom] = len(self.atoms)
            self.atoms.append(atom)
        return self._index[atom]

    def compile(self, test: Test, chosen: dict[str, int], lean: tuple[int, ...], other: tuple[int, ...]) -> Levels:
        """Return the function of a test.

        chosen: which reading of each disputed point to follow.
        lean: what a secondary source does to a level here; `other`: what it does under a `not`.
        """
        match test:
            case Member() | Holds() | Reaches():
                i = self.atom(test)
                if is_weak(test, self.weak):
                    return lambda a: lean[a[i]]
                return lambda a: a[i]
            case Constant(value):
                constant = v.MET if value else v.NOT_MET
                return lambda a: constant
            case NotModelled():
                return lambda a: v.OPEN_QUESTION
            case All(tests) | AnyOf(tests):
                table = v.ALL if isinstance(test, All) else v.ANY
                return _fold(tuple(self.compile(t, chosen, lean, other) for t in tests), table)
            case AtLeast(count, tests):
                parts = tuple(self.compile(t, chosen, lean, other) for t in tests)
                return _count(parts, count)
            case Not(t):
                inner = self.compile(t, chosen, other, lean)
                return lambda a: v.NOT[inner(a)]
            case Cited(cite, t):
                inner = self.compile(t, chosen, lean, other)
                return inner if cite.grade != "secondary" else lambda a: lean[inner(a)]
            case Weighed(when=when):
                if when is None:
                    return lambda a: v.APPRAISED
                guard = self.compile(when, chosen, lean, other)
                return lambda a: _weigh(guard(a))
            case Disputed(key, readings):
                if any(r.cite.grade == "official" for r in readings):
                    firm = Compiler(self.atoms, frozenset(), self._index)
                    return firm.compile(readings[chosen[key]].test, chosen, lean, other)
                followed = self.compile(readings[chosen[key]].test, chosen, lean, other)
                return lambda a: lean[followed(a)]
        raise AssertionError(test)


def is_weak(test: Test, weak: frozenset[str]) -> bool:
    """Whether the test compares with an amount that rests on a secondary source."""
    return isinstance(test, Reaches) and isinstance(test.threshold, OfAmount) and test.threshold.amount in weak


def _weigh(guard: int) -> int:
    return (guard & (v.NOT_MET | v.OPEN_QUESTION)) | (v.APPRAISED if guard & (v.MET | v.APPRAISED) else 0)


def _fold(parts: tuple[Levels, ...], table: tuple[tuple[int, ...], ...]) -> Levels:
    if len(parts) == 1:
        return parts[0]
    if len(parts) == 2:
        p, q = parts
        return lambda a: table[p(a)][q(a)]

    def fold(a: Sequence[int]) -> int:
        out = parts[0](a)
        for part in parts[1:]:
            out = table[out][part(a)]
        return out

    return fold


def _count(parts: tuple[Levels, ...], count: int) -> Levels:
    def at_least(a: Sequence[int]) -> int:
        # held[k]: the levels of "at least k of those so far"
        held = [v.MET] + [v.NOT_MET] * count
        for part in parts:
            level = part(a)
            for k in range(count, 0, -1):
                held[k] = v.ANY[held[k]][v.ALL[held[k - 1]][level]]
        return held[count]

    return at_least


def lean_of(part: Part) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return what a secondary source does to a level in this part of a rule, plainly and under a `not`."""
    if part == "exemption":
        return v.LEAN_IF_MET, v.LEAN_UNLESS_MET
    return v.LEAN_UNLESS_MET, v.LEAN_IF_MET


_MOST_COMPILED = 20_000
_compiled: dict[int, tuple[Test, Levels, list[Atom]]] = {}
"""Plain tests made ready, by identity; each is held, so that no other can come to have its identity."""


def possible(test: Test, facts: Facts, day: Day) -> int:
    """Return the levels a plain test (no disputes) may come to."""
    made = _compiled.get(id(test))
    if made is None:
        if len(_compiled) >= _MOST_COMPILED:
            _compiled.clear()
        compiler = Compiler()
        made = _compiled[id(test)] = (test, compiler.compile(test, {}, *lean_of("condition")), compiler.atoms)
    _, levels, atoms = made
    return levels([judge(a, facts, day) for a in atoms])
