"""The tree of one line of law: a verdict at each test inside it, so that a reader can follow how the whole came about.

The verdict of the line itself stands in its `Reason`. Inside, a test is judged as it stands: a part of a `not` may
hold and so carry the opposite.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from sojourn.decide.day import Day
from sojourn.decide.evaluate import Compiler, judge, lean_of
from sojourn.decide.finding import decides, why_open
from sojourn.decide.variables import Facts
from sojourn.law.model import (
    All,
    AnyOf,
    AtLeast,
    Cited,
    Disputed,
    Entry,
    Holds,
    Member,
    Not,
    NotModelled,
    OfAmount,
    Reaches,
    Test,
    Weighed,
)
from sojourn.values import verdict as v
from sojourn.values.known import Exact
from sojourn.values.verdict import Because, Verdict

Table = tuple[int, ...]
Chosen = dict[str, int]
_SAME: Table = tuple(range(16))
_SINGLE = {v.NOT_MET, v.OPEN_QUESTION, v.APPRAISED, v.MET}
_ASKING = (Because.NOT_ASKED, Because.NOT_KNOWN, Because.DECLINED, Because.BAND)
_UNANSWERABLE = (Because.SECONDARY, Because.NO_RULE_KNOWN, Because.NOT_MODELLED)
_MOST_COMBINATIONS = 64


@dataclass(frozen=True, slots=True)
class Branch:
    """A test, what it comes to, and the same for the tests inside it (for a dispute: the test of each reading)."""

    test: Test
    verdict: Verdict
    because: Because | None
    parts: tuple["Branch", ...] = ()


def tree(entry: Entry, facts: Facts, day: Day) -> Branch | None:
    """Return the tree of a line of law for what is known of a person; None where the line has no test."""
    if entry.test is None:
        return None
    lean = lean_of(entry.part) if decides(entry) else (_SAME, _SAME)
    return _branch(entry.test, _combinations(entry.test), lean, facts, day)


def _combinations(test: Test) -> list[Chosen]:
    disputes = [t for t in inside(test) if isinstance(t, Disputed)]
    chosen = product(*(range(len(d.readings)) for d in disputes))
    found = [dict(zip([d.key for d in disputes], c, strict=True)) for c in chosen]
    return found[:_MOST_COMBINATIONS]


def inside(test: Test) -> list[Test]:
    """Return the test and all tests inside it, in order."""
    out = [test]
    for part in parts_of(test):
        out += inside(part)
    return out


def parts_of(test: Test) -> tuple[Test, ...]:
    """Return the tests directly inside a test."""
    match test:
        case All(tests) | AnyOf(tests) | AtLeast(_, tests):
            return tests
        case Not(inner) | Cited(_, inner):
            return (inner,)
        case Weighed(when=when):
            return () if when is None else (when,)
        case Disputed(readings=readings):
            return tuple(r.test for r in readings)
        case _:
            return ()


def _branch(test: Test, combinations: list[Chosen], lean: tuple[Table, Table], facts: Facts, day: Day) -> Branch:
    below = lean[::-1] if isinstance(test, Not) else lean
    if isinstance(test, Disputed):
        parts = tuple(
            _branch(r.test, [c for c in combinations if c[test.key] == i], below, facts, day)
            for i, r in enumerate(test.readings)
        )
    else:
        parts = tuple(_branch(t, combinations, below, facts, day) for t in parts_of(test))
    levels = {_level(test, chosen, lean, facts, day) for chosen in combinations}
    because = _because(test, levels, parts, facts, day)
    if because is not None:
        return Branch(test, Verdict.UNDETERMINED, because, parts)
    return Branch(test, Verdict.MET if levels == {v.MET} else Verdict.NOT_MET, None, parts)


def _level(test: Test, chosen: Chosen, lean: tuple[Table, Table], facts: Facts, day: Day) -> int:
    compiler = Compiler()
    of = compiler.compile(test, chosen, *lean)
    return of([judge(atom, facts, day) for atom in compiler.atoms])


def _because(test: Test, levels: set[int], parts: Sequence[Branch], facts: Facts, day: Day) -> Because | None:
    """Return why a test with these levels (one for each combination of readings) is open; None where it is settled."""
    if not levels <= _SINGLE:
        return _asking(test, parts, facts, day)
    if len(levels) > 1:
        return Because.CONTESTED
    if levels == {v.APPRAISED}:
        return Because.APPRAISED
    return _unanswerable(test, parts) if levels == {v.OPEN_QUESTION} else None


def _asking(test: Test, parts: Sequence[Branch], facts: Facts, day: Day) -> Because:
    whys = {p.because for p in parts}
    if isinstance(test, Member | Holds | Reaches):
        names = [test.fact]
        if isinstance(test, Reaches) and isinstance(test.threshold, OfAmount):
            names += day.amount(test.threshold.amount).facts
        whys = {why_open(facts.get(n)) for n in names if not isinstance(facts.get(n), Exact)}
    return next((b for b in _ASKING if b in whys), Because.NOT_ASKED)


def _unanswerable(test: Test, parts: Sequence[Branch]) -> Because:
    if isinstance(test, NotModelled):
        return Because.NOT_MODELLED
    if isinstance(test, Reaches):
        return Because.NO_RULE_KNOWN
    whys = {p.because for p in parts}
    return next((b for b in _UNANSWERABLE if b in whys), Because.SECONDARY)
