"""What the law can tell apart: each fact of a row becomes a small number.

A coded fact falls into *classes*: values that every comparison answers alike are one class. Of a number it only counts
which thresholds it has reached: a *look* holds some thresholds of a day in order of size, and says between which of
them the least and the greatest possible number lie.
"""

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from threading import RLock

import polars as pl

from sojourn.batch.columns import WHY
from sojourn.decide.day import Day
from sojourn.decide.evaluate import Atom, judge
from sojourn.decide.finding import why_open
from sojourn.decide.program import Cut
from sojourn.law.model import Fact, Law, OfAmount, Reaches, Threshold
from sojourn.values.known import Band, Exact, Known

NEVER = (1 << 63) - 1
"""A threshold that no number reaches, where a day has fewer thresholds than another."""
Cuts = Sequence[tuple[int, Hashable]]
"""The thresholds of a day, ascending, each with what it is."""


class Sorter:
    """Sorts a coded fact into classes. `atoms`: the comparisons that matter. May be shared between threads."""

    def __init__(self, fact: Fact, atoms: Iterable[Atom], day: Day) -> None:
        self.fact, self.name, self.day = fact, fact.id, day
        self.atoms = [a for a in dict.fromkeys(atoms) if a.fact == fact.id]
        self.representatives: list[Known | None] = [None]
        self._class: dict[Hashable, int] = {None: 0}
        self._of: dict[Known | None, int] = {None: 0}
        self._sorted: Sequence[Known | None] = ()
        self._classes: list[int] = []
        self._lock = RLock()

    @property
    def width(self) -> int:
        """How many classes there are, and room for more."""
        return max(4, 1 << (len(self.representatives) - 1).bit_length())

    def class_of(self, known: Known | None) -> int:
        """Return the class of what is known of the fact."""
        if known not in self._of:
            with self._lock:
                key: Hashable = known
                if isinstance(known, Exact):
                    key = tuple(judge(a, {self.fact.id: known}, self.day) for a in self.atoms)
                if key not in self._class:
                    self.representatives.append(known)
                    self._class[key] = len(self.representatives) - 1
                self._of[known] = self._class[key]
        return self._of[known]

    def classes(self, known: Sequence[Known | None]) -> pl.Series:
        """Return the class of each; a list that only grows is sorted once."""
        with self._lock:
            if self._sorted is not known:
                self._sorted, self._classes = known, []
            self._classes += [self.class_of(x) for x in known[len(self._classes) :]]
            return pl.Series(self._classes, dtype=pl.UInt32)

    def known(self, code: int, day: Day) -> Known | None:
        """Return something known that is of this class."""
        del day
        return self.representatives[code]

    def seen(self, code: int, atoms: Sequence[Atom]) -> Hashable:
        """Return what some of the comparisons see of a class; where equal, they cannot tell classes apart."""
        known = self.representatives[code]
        own = {} if known is None else {self.fact.id: known}
        levels = tuple(judge(a, own, self.day) for a in atoms if a.fact == self.fact.id)
        return levels, None if isinstance(known, Exact) else why_open(known)


@dataclass(frozen=True, eq=False)
class Look:
    """The thresholds of a number that matter together.

    key: names them. most: how many there may be. cuts: from a day to those that are known on it. steady: whether each
    code means the same on all days.
    """

    fact: Fact
    key: Hashable
    most: int
    cuts: Callable[[Day], Cuts]
    steady: bool = False

    @property
    def name(self) -> str:
        """The name of its column."""
        return f"{self.fact.id}\0{id(self)}"

    @property
    def width(self) -> int:
        """How many codes there are."""
        return len(WHY) * (self.most + 1) ** 2

    def order(self, day: Day) -> Hashable:
        """Return what days have in common on which equal codes mean the same."""
        cuts = self.cuts(day)
        return tuple(name for _, name in cuts), tuple(a[0] == b[0] for a, b in pairwise(cuts))

    def known(self, code: int, day: Day) -> Known | None:
        """Return something known of the fact that has this code on the day."""
        code, high = divmod(code, self.most + 1)
        why, low = divmod(code, self.most + 1)
        kind = WHY[why]
        if kind is Exact:
            return Exact(self._at(low, day))
        return Band(self._at(low, day), self._at(high, day)) if kind is Band else kind  # type: ignore[return-value]

    def _at(self, place: int, day: Day) -> int:
        """Return a number that has reached the first `place` thresholds of the day and no more."""
        cuts = self.cuts(day)
        if not cuts:
            return self.fact.least or 0
        return cuts[min(place, len(cuts)) - 1][0] if place else cuts[0][0] - 1

    def place(self, k: int, days: Sequence[Day]) -> list[int]:
        """Return the threshold at one place in the order, for each day."""
        return [cuts[k][0] if k < len(cuts) else NEVER for cuts in map(self.cuts, days)]

    def code(self, cuts: Sequence[pl.Expr], low: pl.Expr, high: pl.Expr, why: pl.Expr) -> pl.Expr:
        """Return the code of numbers that are held against these thresholds (see `Column.numbers`)."""
        at_least, at_most = (pl.lit(0, dtype=pl.UInt32) for _ in range(2))
        for cut in cuts:
            at_least += (low >= cut).fill_null(value=False).cast(pl.UInt32)
            at_most += (high >= cut).fill_null(value=True).cast(pl.UInt32)
        return (why * (self.most + 1) + at_least) * (self.most + 1) + at_most

    def code_of(self, low: int | None, high: int | None, why: int, day: Day) -> int:
        """Return the code of one number on a day."""
        cuts = [cut for cut, _ in self.cuts(day)]
        at_least = 0 if low is None else bisect_right(cuts, low)
        at_most = self.most if high is None else bisect_right(cuts, high)
        return (why * (self.most + 1) + at_least) * (self.most + 1) + at_most


Source = Sorter | Look
"""Something that gives each row a small number: what is known of one fact, as far as it matters."""


# --- looks ---------------------------------------------------------------------------------------------------------


Era = Callable[[date], int]
"""From a day to a number that days share between which no amount changes."""


def look(law: Law, fact: Fact, atoms: Sequence[Atom], era: Era) -> Look:
    """Return the look that tells apart what some comparisons tell apart of a number."""
    cuts: dict[tuple[Threshold, int], None] = {}
    counts: dict[int, None] = {}
    for atom in atoms:
        if not isinstance(atom, Reaches):
            continue
        counted = counted_by(law, atom)
        if atom.fact == fact.id:
            each = range(1) if counted is None else range(counted.least or 0, (counted.most or 0) + 1)
            cuts |= dict.fromkeys((atom.threshold, n) for n in each)
        elif counted is fact:
            counts |= dict.fromkeys(range((fact.least or 0) + 1, (fact.most or 0) + 1))

    def on(day: Day) -> Cuts:
        found: list[tuple[int, Hashable]] = [(n, f"count {n}") for n in counts]
        for threshold, n in cuts:
            bound = day.bound(threshold, n)
            if bound.low is not None and bound.high is not None:
                found.append((bound.low, f"{threshold} {n} low"))
                if bound.high != bound.low:
                    found.append((bound.high, f"{threshold} {n} high"))
        return sorted(found, key=lambda cut: (cut[0], str(cut[1])))

    most = len(counts) + sum(2 if _is_range(law, threshold) else 1 for threshold, _ in cuts)
    steady = most <= 1 and not any(isinstance(threshold, OfAmount) for threshold, _ in cuts)
    return Look(fact, (fact.id, tuple(cuts), tuple(counts)), most, _remembered(fact, on, era), steady)


def cell_look(fact: Fact, cuts: Sequence[Cut], era: Era) -> Look:
    """Return the look whose places are the cells of a number in an exact form, on the days for which it holds."""

    def on(day: Day) -> Cuts:
        found: list[tuple[int, Hashable]] = []
        for threshold, n, end in cuts:
            bound = day.bound(threshold, n)
            value = bound.low if end == "low" else bound.high
            if value is None:
                return ()
            found.append((value, (threshold, n, end)))
        return found

    return Look(fact, (fact.id, "cells", tuple(cuts)), len(cuts), _remembered(fact, on, era))


def _remembered(fact: Fact, cuts: Callable[[Day], Cuts], era: Era) -> Callable[[Day], Cuts]:
    """Return `cuts`, reckoned once a day, or for other numbers than days once between two changes of an amount."""
    found: dict[Hashable, Cuts] = {}

    def on(day: Day) -> Cuts:
        key: Hashable = day.on if fact.type == "date" else era(day.on)
        if key not in found:
            found[key] = cuts(day)
        return found[key]

    return on


def _is_range(law: Law, threshold: Threshold) -> bool:
    """Whether on some days only bounds of the threshold are known."""

    def open_(id: str) -> bool:
        amount = law.amounts[id]
        return any(row.low != row.high for row in amount.rows) or any(open_(x) for t in amount.terms for x in t.amounts)

    return isinstance(threshold, OfAmount) and open_(threshold.amount)


def counted_by(law: Law, atom: Reaches) -> Fact | None:
    """Return the fact whose number the threshold depends on, or None."""
    if not isinstance(atom.threshold, OfAmount) or not (names := law.amounts[atom.threshold.amount].facts):
        return None
    return law.facts[names[0]]
