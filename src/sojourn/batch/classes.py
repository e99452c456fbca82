"""Classes of rows: what no test of the law can tell apart is judged once.

A fact is *sorted* into classes: all values that every comparison answers alike are one class, with one representative.
A function of several facts is a *table*: it goes from fact to fact, from state to state, and each step is looked up
for all rows at once. Steps are added when rows first need them, by asking the engine about the representatives. So a
batch holds no rule of its own.
"""

from bisect import bisect_right
from collections.abc import Callable, Hashable, Sequence
from datetime import date
from typing import Any

import polars as pl

from sojourn.batch.columns import Column
from sojourn.decide.day import Day
from sojourn.decide.evaluate import Atom, judge
from sojourn.decide.finding import why_open
from sojourn.law.model import Fact, Law, OfAmount, Reaches, Threshold
from sojourn.values.known import Exact, Known

Codes = pl.Series | int
"""A number for each row (UInt32); one number when it is the same for all."""
Cut = tuple[Threshold, int]
"""A threshold and the count for which it is reckoned (0 where it does not depend on one)."""
_UNSEEN = 0xFFFF_FFFF


class Thresholds:
    """The thresholds that some comparisons set for one fact. May be shared between threads."""

    def __init__(self, law: Law, fact: Fact, atoms: Sequence[Atom]) -> None:
        self.fact = fact
        self._on: dict[date, list[tuple[int, str]]] = {}
        cuts: dict[Cut, None] = {}
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
        self._cuts = [(threshold, n, f"{threshold} {n} low", f"{threshold} {n} high") for threshold, n in cuts]
        self._counts = [(n, f"count {n}") for n in counts]

    def on(self, day: Day) -> list[tuple[int, str]]:
        """Return the thresholds of a day as (value, name), ascending; those that no source gives are left out."""
        found = self._on.get(day.on)
        if found is None:
            found = list(self._counts)
            for threshold, n, low, high in self._cuts:
                bound = day.bound(threshold, n)
                if bound.low is not None and bound.high is not None:
                    found += [(bound.low, low), (bound.high, high)]
            found.sort()
            self._on[day.on] = found
        return found

    def values(self, day: Day) -> list[int]:
        """Return the thresholds of a day, ascending."""
        return [value for value, _ in self.on(day)]

    def order(self, day: Day) -> tuple[tuple[str, bool], ...]:
        """Return what days have in common on which numbers meet the thresholds in the same order."""
        cuts = self.on(day)
        return tuple((name, i > 0 and value == cuts[i - 1][0]) for i, (value, name) in enumerate(cuts))


def counted_by(law: Law, atom: Reaches) -> Fact | None:
    """Return the fact whose number the threshold depends on, or None."""
    if not isinstance(atom.threshold, OfAmount) or not (names := law.amounts[atom.threshold.amount].facts):
        return None
    return law.facts[names[0]]


class Sorter:
    """Sorts a fact into classes, on days whose thresholds stand in the same order as on `day`."""

    def __init__(self, thresholds: Thresholds, atoms: Sequence[Atom], day: Day) -> None:
        self.fact, self.day, self.thresholds = thresholds.fact, day, thresholds
        self.atoms = [a for a in atoms if a.fact == self.fact.id]
        self.cuts = thresholds.values(day)
        self.representatives: list[Known | None] = []
        self._class: dict[Hashable, int] = {}
        self._of: dict[Known | None, int] = {}

    def class_of(self, known: Known | None) -> int:
        """Return the class of what is known of the fact on `day`."""
        if known not in self._of:
            self._of[known] = self._make(known)
        return self._of[known]

    def _make(self, known: Known | None) -> int:
        key: Hashable = known
        if isinstance(known, Exact):
            if self.fact.is_number:
                key = bisect_right(self.cuts, known.value)
            else:
                key = tuple(judge(a, {self.fact.id: known}, self.day) for a in self.atoms)
        if key not in self._class:
            self._class[key] = len(self.representatives)
            self.representatives.append(known)
        return self._class[key]

    def seen(self, known: Known | None, atoms: Sequence[Atom]) -> Hashable:
        """Return what some of the comparisons see of a representative; where equal, they cannot tell it apart."""
        if any(isinstance(a, Reaches) and counted_by(self.day.law, a) for a in atoms):
            return known  # what one fact means there depends on another
        own = [a for a in atoms if a.fact == self.fact.id]
        levels = tuple(judge(a, {} if known is None else {a.fact: known}, self.day) for a in own)
        return levels, None if isinstance(known, Exact) else why_open(known)

    def sort(self, column: Column | None, days: list[Day], day_codes: pl.Series) -> Codes:
        """Return the class of each row. day_codes: for each row its day, as a number into `days`."""
        if column is None:
            return self.class_of(None)
        if not self.fact.is_number:
            return _table([self.class_of(known) for known in column.known]).gather(column.codes)
        if column.numbers is None and len(days) == 1:
            return _table(self._by_code(column, days[0])).gather(column.codes)
        numbers = column.values()
        by_place = _table([self._at(place) for place in range(len(self.cuts) + 1)])
        classes = by_place.gather(self._places(numbers.fill_null(0), days, day_codes))
        if not numbers.null_count():
            return classes
        others = _table([0 if isinstance(k, Exact) else self.class_of(k) for k in column.known]).gather(column.codes)
        return pl.select(pl.when(numbers.is_null()).then(others).otherwise(classes)).to_series()

    def _by_code(self, column: Column, day: Day) -> list[int]:
        cuts = self.thresholds.values(day)
        return [
            self._at(bisect_right(cuts, known.value)) if isinstance(known, Exact) else self.class_of(known)
            for known in column.known
        ]

    def _at(self, place: int) -> int:
        """Return the class of the numbers that have reached the first `place` thresholds."""
        return self.class_of(Exact(self.cuts[place - 1] if place else min(self.cuts, default=1) - 1))

    def _places(self, numbers: pl.Series, days: list[Day], day_codes: pl.Series) -> pl.Series:
        """Return for each row how many thresholds of its day the number has reached."""
        by_day = [self.thresholds.values(day) for day in days]
        if all(own == by_day[0] for own in by_day):
            return pl.Series(by_day[0], dtype=pl.Int64).search_sorted(numbers, side="right")
        # one search for all days: the thresholds of each day lie in a stretch of the line of their own
        least, most = min(own[0] for own in by_day) - 1, max(own[-1] for own in by_day)
        width = most - least + 1
        line = pl.Series([d * width + cut - least for d, own in enumerate(by_day) for cut in own], dtype=pl.Int64)
        own = day_codes.cast(pl.Int64)
        reached = line.search_sorted(own * width + (numbers.clip(least, most) - least), side="right")
        return (reached.cast(pl.Int64) - own * len(self.cuts)).cast(pl.UInt32)


class Table:
    """A function of the classes of some facts, step by step.

    step: from a state and what is known of the next fact to the next state. end: from a last state to the answer.
    """

    def __init__(
        self,
        sorters: Sequence[Sorter],
        start: Hashable,
        step: Callable[[int, Any, Known | None], Hashable],
        end: Callable[[Any], int],
    ) -> None:
        self.sorters = sorters
        self.step, self.end = step, end
        self.states: list[list[Any]] = [[start], *([] for _ in sorters)]
        self._number: list[dict[Hashable, int]] = [{start: 0}, *({} for _ in sorters)]
        self._steps = [_Step() for _ in sorters]
        self._ends: list[int] = []

    def follow(self, classes: Sequence[Codes]) -> Codes:
        """Return the answer for each row. classes: of each fact, in the order of the sorters."""
        at: Codes = 0
        for k, own in enumerate(classes):
            at = self._next(k, at, own)
        self._ends += [self.end(state) for state in self.states[-1][len(self._ends) :]]
        return self._ends[at] if isinstance(at, int) else _table(self._ends, pl.UInt8).gather(at)

    def _next(self, k: int, at: Codes, classes: Codes) -> Codes:
        step = self._steps[k]
        width = step.fit(len(self.states[k]), len(self.sorters[k].representatives))
        keys = at * width + classes
        if isinstance(keys, int):
            if step.flat[keys] == _UNSEEN:
                self._add(k, keys)
            return step.flat[keys]
        out = step.series().gather(keys)
        if out.max() == _UNSEEN:
            for key in keys.filter(out == _UNSEEN).unique().to_list():
                self._add(k, key)
            out = step.series().gather(keys)
        return out

    def _add(self, k: int, key: int) -> None:
        """Add the step of this state and class."""
        state, own = divmod(key, self._steps[k].width)
        after = self.step(k, self.states[k][state], self.sorters[k].representatives[own])
        if after not in self._number[k + 1]:
            self._number[k + 1][after] = len(self.states[k + 1])
            self.states[k + 1].append(after)
        self._steps[k].flat[key] = self._number[k + 1][after]
        self._steps[k].made = None


class _Step:
    """One step for each state and class: `flat[state * width + class]`."""

    def __init__(self) -> None:
        self.width = 4
        self.flat: list[int] = []
        self.made: pl.Series | None = None

    def fit(self, states: int, classes: int) -> int:
        """Make room; return the width."""
        if classes > self.width:
            width = 1 << (classes - 1).bit_length()
            rows = [self.flat[i : i + self.width] for i in range(0, len(self.flat), self.width)]
            self.flat = [x for row in rows for x in (*row, *[_UNSEEN] * (width - self.width))]
            self.width, self.made = width, None
        if states * self.width > len(self.flat):
            self.flat += [_UNSEEN] * (2 * states * self.width - len(self.flat))
            self.made = None
        return self.width

    def series(self) -> pl.Series:
        """Return `flat` as a series."""
        if self.made is None:
            self.made = _table(self.flat)
        return self.made


def _table(values: list[int], dtype: type[pl.DataType] = pl.UInt32) -> pl.Series:
    return pl.Series(values, dtype=dtype)


__all__ = ["Codes", "Sorter", "Table", "Thresholds", "counted_by"]
