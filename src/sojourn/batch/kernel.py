"""The kernel: one chunk of rows through the exact form of a pathway, all rows at once.

The same tests, tables and diagrams that decide one person are followed over columns of bit sets: for each row the set
of levels a line may come to, and the set of results that can still be reached. No rule is written a second time.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from sojourn.batch.columns import Column
from sojourn.decide.assess import Engine, Line, Ready, engine
from sojourn.decide.diagram import Diagram
from sojourn.decide.evaluate import Atom, judge
from sojourn.decide.finding import decides
from sojourn.decide.program import RESULTS, Segment
from sojourn.decide.variables import Choosing, Scale, Variable
from sojourn.law.model import (
    All,
    AnyOf,
    AtLeast,
    Cited,
    Constant,
    Disputed,
    Holds,
    Law,
    Member,
    Not,
    NotModelled,
    OfAmount,
    Pathway,
    Reaches,
    Test,
    Weighed,
    walk,
)  # fmt: skip
from sojourn.values import verdict as v
from sojourn.values.known import Known
from sojourn.values.verdict import Result

WORDS = (
    "met", "not_met", "below_reference", "appraised", "contested", "secondary", "not_modelled", "no_rule_known",
    "not_asked", "not_known", "declined", "band",
)  # fmt: skip
RESULT_WORDS = tuple(r.value for r in Result)
_EITHER = v.MET | v.NOT_MET
Levels = pl.Series | int
"""The levels of a test over the rows, as bits (UInt8); one number when it is the same for all."""


@dataclass
class Rows:
    """Some rows of a chunk: their columns and their days (`day_codes` into `days`)."""

    law: Law
    height: int
    columns: Mapping[str, Column]
    days: list[date]
    day_codes: pl.Series
    _masks: dict[tuple[int, int], pl.Series] = field(default_factory=dict)

    def take(self, rows: pl.Series, codes: list[int]) -> "Rows":
        """Return these rows only, whose days have these codes."""
        columns = {id: c.take(rows) for id, c in self.columns.items()}
        own = self.day_codes.gather(rows).replace_strict(codes, list(range(len(codes))), return_dtype=pl.UInt32)
        return Rows(self.law, len(rows), columns, [self.days[c] for c in codes], own)

    def by_known(self, fact: str, of: Callable[[Known | None], int], dtype: type[pl.DataType]) -> pl.Series | int:
        """Return `of(known)` for each row, reckoned once for each distinct value."""
        column = self.columns.get(fact)
        if column is None:
            return of(None)
        assert column.codes is not None
        table = pl.Series([*(of(k) for k in column.known), of(None)], dtype=dtype)
        return table.gather(column.codes.fill_null(len(column.known)))

    def by_day(self, of: Callable[[date], int | None]) -> pl.Series:
        """Return `of(day)` for each row, reckoned once for each distinct day."""
        return pl.Series([of(d) for d in self.days], dtype=pl.Int64).gather(self.day_codes)


class Kernel:
    """One body of law over tables."""

    def __init__(self, law: Law) -> None:
        self.law = law
        self.engine: Engine = engine(law)

    # --- comparisons

    def atom(self, atom: Atom, rows: Rows) -> Levels:
        """Return the levels of one comparison."""
        if isinstance(atom, Member | Holds):
            day = self.engine.day(rows.days[0])

            def level(known: Known | None) -> int:
                return judge(atom, {} if known is None else {atom.fact: known}, day)

            return rows.by_known(atom.fact, level, pl.UInt8)
        return self.reaches(atom, rows)

    def reaches(self, atom: Reaches, rows: Rows) -> Levels:
        """Return the levels of a number against the threshold of each row's day."""
        threshold = atom.threshold
        column = rows.columns.get(atom.fact)
        if isinstance(threshold, OfAmount) and self.law.amounts[threshold.amount].facts:
            return self.reaches_counted(atom, threshold, rows)
        low = rows.by_day(lambda d: self.engine.day(d).bound(threshold).low)
        high = rows.by_day(lambda d: self.engine.day(d).bound(threshold).high)
        if column is None:
            return pl.select(
                pl.when(low.is_null())
                .then(v.OPEN_QUESTION)
                .when(low < high)
                .then(v.ANY_LEVEL & ~v.APPRAISED)
                .otherwise(_either(self.law, atom.fact, low))
                .cast(pl.UInt8)
            ).to_series()
        numbers = column.numbers
        assert numbers is not None
        return pl.select(
            pl.when(low.is_null())
            .then(v.OPEN_QUESTION)
            .when(numbers.is_null())
            .then(pl.when(low < high).then(v.ANY_LEVEL & ~v.APPRAISED).otherwise(_either(self.law, atom.fact, low)))
            .when(numbers >= high)
            .then(v.MET)
            .when(numbers < low)
            .then(v.NOT_MET)
            .otherwise(v.OPEN_QUESTION)
            .cast(pl.UInt8)
        ).to_series()

    def reaches_counted(self, atom: Reaches, threshold: OfAmount, rows: Rows) -> Levels:
        """The same where the threshold grows with a counted fact; a count that is not known may be any."""
        counted = self.law.facts[self.law.amounts[threshold.amount].facts[0]]
        least, most = counted.least or 0, counted.most or 0
        width = most - least + 1
        lows = [self.engine.day(d).bound(threshold, n).low for d in rows.days for n in range(least, most + 1)]
        highs = [self.engine.day(d).bound(threshold, n).high for d in rows.days for n in range(least, most + 1)]
        count = rows.columns[counted.id].numbers if counted.id in rows.columns else None
        base = rows.day_codes.cast(pl.Int64) * width

        def at(values: list[int | None], n: pl.Series | int) -> pl.Series:
            return pl.Series(values, dtype=pl.Int64).gather((base + n).cast(pl.UInt32))

        fewest = 0 if count is None else count.fill_null(least) - least
        greatest = width - 1 if count is None else count.fill_null(most) - least
        low, high = at(lows, fewest), at(highs, greatest)
        column = rows.columns.get(atom.fact)
        numbers = pl.Series([None], dtype=pl.Int64).new_from_index(0, rows.height) if column is None else column.numbers
        assert numbers is not None
        open_ = pl.lit(v.ANY_LEVEL & ~v.APPRAISED)
        exact = at(lows, fewest) == at(highs, fewest)
        return pl.select(
            pl.when(low.is_null())
            .then(v.OPEN_QUESTION)
            .when(numbers.is_null())
            .then(pl.when(exact).then(_EITHER).otherwise(open_))
            .when(numbers >= high)
            .then(v.MET)
            .when(numbers < low)
            .then(v.NOT_MET)
            .otherwise(pl.when(exact).then(_EITHER).otherwise(open_))
            .cast(pl.UInt8)
        ).to_series()

    def plain(self, test: Test, rows: Rows) -> Levels:
        """Return the levels of a test without readings."""
        atoms = {t: self.atom(t, rows) for t in walk(test) if isinstance(t, Member | Holds | Reaches)}
        return _Follow(atoms, {}, weak=False).test(test, exempt=False)

    # --- lines of law

    def words(self, ready: Ready, rows: Rows) -> dict[str, pl.Series]:
        """Return the word of each line that a finding reports (see Reason.word)."""
        atoms = {a: self.atom(a, rows) for a in ready.compiler.atoms}
        out = {}
        for line in ready.lines:
            if line.entry.part not in ("caution", "anchor"):
                out[line.entry.id] = self.word(ready, line, atoms, rows)
        return out

    def word(self, ready: Ready, line: Line, atoms: Mapping[Atom, Levels], rows: Rows) -> pl.Series:
        """Return the word of one line over the rows, as codes into WORDS."""
        e = line.entry
        if line.open:
            return _full(WORDS.index("no_rule_known"), rows.height)
        weak = decides(e)
        disputes = [t for t in walk(e.test) if isinstance(t, Disputed)]
        variants: list[Levels] = []
        plain: list[Levels] = []
        for chosen in _combinations(disputes):
            if e.test is None:
                level: Levels = v.APPRAISED if e.effect == "appraised" else v.MET
                plain.append(level)
            else:
                level = _Follow(atoms, chosen, weak=weak).test(e.test, exempt=e.part == "exemption")
                plain.append(_Follow(atoms, chosen, weak=False).test(e.test, exempt=e.part == "exemption"))
                if e.effect == "appraised":
                    level = _map(level, _WEIGHED)
                elif weak and e.cite.grade == "secondary":
                    level = _map(level, v.LEAN_IF_MET if e.part == "exemption" else v.LEAN_UNLESS_MET)
            variants.append(level)
        columns = [_series(x, rows.height) for x in variants]
        first = columns[0]
        several = pl.Series([False]).new_from_index(0, rows.height)
        differ = several
        for c in columns:
            several |= (c & (c - 1)) != 0
            differ |= c != first
        secondary = pl.Series([False]).new_from_index(0, rows.height)
        for p in plain:
            s = _series(p, rows.height)
            secondary |= (s == v.NOT_MET) | (s == v.MET)
        no_rule = pl.Series([False]).new_from_index(0, rows.height)
        for i in line.atoms:
            no_rule |= _series(atoms[ready.compiler.atoms[i]], rows.height) == v.OPEN_QUESTION
        not_met = "below_reference" if e.effect == "reference" else "not_met"
        return pl.select(
            pl.when(several)
            .then(_code("not_asked"))  # rows in which something was said are judged one by one
            .when(differ)
            .then(_code("contested"))
            .when(first == v.MET)
            .then(_code("met"))
            .when(first == v.NOT_MET)
            .then(_code(not_met))
            .when(first == v.APPRAISED)
            .then(_code("appraised"))
            .when(secondary)
            .then(_code("secondary"))
            .when(no_rule)
            .then(_code("no_rule_known"))
            .otherwise(_code("not_modelled"))
            .cast(pl.UInt8)
        ).to_series()

    # --- results

    def results(self, segment: Segment, rows: Rows) -> pl.Series:
        """Return the result over the rows, as codes into RESULT_WORDS."""
        bits = self.follow(segment, segment.result, rows)
        table = [RESULT_WORDS.index(Result.UNDETERMINED.value)] * 32
        for i, result in enumerate(RESULTS):
            table[1 << i] = RESULT_WORDS.index(result.value)
        return pl.Series(table, dtype=pl.UInt8).gather(_series(bits, rows.height).cast(pl.UInt32))

    def follow(self, segment: Segment, diagram: Diagram, rows: Rows) -> Levels:
        """Return the terminals that each row can reach, as bits."""
        if diagram.root < 0:
            return 1 << ~diagram.root
        groups: dict[tuple[int, int], pl.Series | bool] = {}
        cells: dict[int, pl.Series | int] = {}
        values: list[Levels] = []
        for variable, children in diagram.nodes:
            if variable not in cells:
                cells[variable] = self.cells(segment, variable, rows)
            by_child: dict[int, int] = {}
            for c, child in enumerate(children):
                by_child[child] = by_child.get(child, 0) | 1 << c
            out: Levels = 0
            for child, bits in by_child.items():
                key = (variable, bits)
                if key not in groups:
                    groups[key] = _mask(cells[variable], bits)
                below = 1 << ~child if child < 0 else values[child]
                out = _or(out, _and(groups[key], below))
            values.append(out)
        return values[diagram.root]

    def cells(self, segment: Segment, i: int, rows: Rows) -> pl.Series | int:
        """Return the cells each row may be in, as bits."""
        variable: Variable = segment.variables[i]
        if isinstance(variable, Choosing):
            return (1 << variable.count) - 1
        if not isinstance(variable, Scale):
            return rows.by_known(variable.fact, lambda k: variable.cells(k, ()), pl.UInt64)
        column = rows.columns.get(variable.fact)
        nothing = rows.by_day(lambda d: variable.cells(None, self.engine.day(d).cuts(segment, i)))
        if column is None:
            return nothing.cast(pl.UInt64)
        assert column.numbers is not None
        cell = pl.Series([0], dtype=pl.UInt8).new_from_index(0, rows.height)
        for k in range(len(segment.cuts[i])):
            cut = rows.by_day(lambda d, k=k: self.engine.day(d).cuts(segment, i)[k])  # type: ignore[misc]
            cell += (column.numbers >= cut).fill_null(value=False).cast(pl.UInt8)
        bits = pl.Series([1 << c for c in range(variable.count)], dtype=pl.UInt64).gather(cell.cast(pl.UInt32))
        return pl.select(pl.when(column.numbers.is_null()).then(nothing.cast(pl.UInt64)).otherwise(bits)).to_series()

    def pathway(self, pathway: Pathway, rows: Rows, *, conditions: bool) -> dict[str, pl.Series]:
        """Return the result column of a pathway and, if asked, a column for each line of law."""
        ids = [e.id for e in pathway.entries if e.part not in ("caution", "anchor")] if conditions else []
        undetermined = RESULT_WORDS.index(Result.UNDETERMINED.value)
        result = _full(undetermined, rows.height)
        words = {id: pl.Series([None], dtype=pl.UInt8).new_from_index(0, rows.height) for id in ids}
        by_segment: dict[date | None, list[int]] = {}
        for code, day in enumerate(rows.days):
            segment = self.engine.compiled.on(pathway.id, day)
            by_segment.setdefault(segment.first if segment else None, []).append(code)
        for first, codes in by_segment.items():
            if first is None:
                continue
            ready = self.engine.ready(pathway, rows.days[codes[0]])
            assert ready is not None
            if len(by_segment) == 1:
                result = self.results(ready.segment, rows)
                words |= self.words(ready, rows) if conditions else {}
                break
            where = rows.day_codes.is_in(codes).arg_true()
            if not len(where):
                continue
            part = rows.take(where, codes)
            result = result.scatter(where, self.results(ready.segment, part))
            if conditions:
                for id, word in self.words(ready, part).items():
                    words[id] = words[id].scatter(where, word)
        out = {pathway.id: result.cat.to(pl.Enum(RESULT_WORDS))}
        return out | {f"{pathway.id}.{id}": w.cat.to(pl.Enum(WORDS)) for id, w in words.items()}


def _either(law: Law, fact: str, low: pl.Series) -> pl.Expr:
    """Return the levels of a number of which only its bounds are known."""
    of = law.facts[fact]
    met = pl.lit(0) if of.most is None else pl.when(pl.lit(of.most) >= low).then(0).otherwise(v.MET)
    fails = pl.lit(0) if of.least is None else pl.when(pl.lit(of.least) < low).then(0).otherwise(v.NOT_MET)
    return pl.lit(_EITHER) - met - fails


# --- bit sets over rows --------------------------------------------------------------------------------------------


class _Follow:
    """Follows a test over columns of levels, under chosen readings."""

    def __init__(self, atoms: Mapping[Atom, Levels], chosen: dict[str, int], *, weak: bool) -> None:
        self.atoms, self.chosen, self.weak = atoms, chosen, weak

    def lean(self, level: Levels, *, exempt: bool) -> Levels:
        return _map(level, v.LEAN_IF_MET if exempt else v.LEAN_UNLESS_MET) if self.weak else level

    def test(self, test: Test, *, exempt: bool) -> Levels:
        match test:
            case Member() | Holds() | Reaches():
                return self.atoms[test]
            case Constant(value):
                return v.MET if value else v.NOT_MET
            case NotModelled():
                return v.OPEN_QUESTION
            case All(tests):
                return _fold([self.test(t, exempt=exempt) for t in tests], v.ALL)
            case AnyOf(tests):
                return _fold([self.test(t, exempt=exempt) for t in tests], v.ANY)
            case AtLeast(count, tests):
                held: list[Levels] = [v.MET, *[v.NOT_MET] * count]
                for t in tests:
                    level = self.test(t, exempt=exempt)
                    for k in range(count, 0, -1):
                        held[k] = _fold([held[k], _fold([held[k - 1], level], v.ALL)], v.ANY)
                return held[count]
            case Not(t):
                return _map(self.test(t, exempt=not exempt), v.NOT)
            case Cited(cite, t):
                inner = self.test(t, exempt=exempt)
                return self.lean(inner, exempt=exempt) if cite.grade == "secondary" else inner
            case Weighed(when=when):
                return v.APPRAISED if when is None else _map(self.test(when, exempt=exempt), _WEIGHED)
            case Disputed(key, readings):
                level = self.test(readings[self.chosen[key]].test, exempt=exempt)
                official = any(r.cite.grade == "official" for r in readings)
                return level if official else self.lean(level, exempt=exempt)
        raise AssertionError(test)


_WEIGHED = tuple(
    (a & (v.NOT_MET | v.OPEN_QUESTION)) | (v.APPRAISED if a & (v.MET | v.APPRAISED) else 0) for a in range(16)
)


def _fold(levels: list[Levels], table: tuple[tuple[int, ...], ...]) -> Levels:
    flat = pl.Series([table[a][b] for a in range(16) for b in range(16)], dtype=pl.UInt8)
    out = levels[0]
    for x in levels[1:]:
        if isinstance(out, int) and isinstance(x, int):
            out = table[out][x]
        elif isinstance(x, int):
            out = _map(out, tuple(row[x] for row in table))
        elif isinstance(out, int):
            out = _map(x, table[out])
        else:
            out = flat.gather((out * 16 + x).cast(pl.UInt32))
    return out


def _map(level: Levels, table: tuple[int, ...]) -> Levels:
    if isinstance(level, int):
        return table[level]
    if table == tuple(range(16)):
        return level
    return pl.Series(table, dtype=pl.UInt8).gather(level.cast(pl.UInt32))


def _mask(cells: pl.Series | int, bits: int) -> pl.Series | bool:
    """Return, for each row, all ones when it may be in one of these cells, else nothing."""
    if isinstance(cells, int):
        return bool(cells & bits)
    return ((cells & bits) != 0).cast(pl.UInt8) * 255


def _and(mask: pl.Series | bool, below: Levels) -> Levels:
    if isinstance(mask, bool):
        return below if mask else 0
    return mask & below


def _or(a: Levels, b: Levels) -> Levels:
    if isinstance(a, int) and isinstance(b, int):
        return a | b
    if isinstance(a, int):
        a, b = b, a
    assert isinstance(a, pl.Series)
    return a if isinstance(b, int) and b == 0 else a | b


def _series(level: Levels, height: int) -> pl.Series:
    return _full(level, height) if isinstance(level, int) else level


def _full(value: int, height: int) -> pl.Series:
    return pl.Series([value], dtype=pl.UInt8).new_from_index(0, height)


def _code(word: str) -> pl.Expr:
    return pl.lit(WORDS.index(word), dtype=pl.UInt8)


def _combinations(disputes: list[Disputed]) -> list[dict[str, int]]:
    out: list[dict[str, int]] = [{}]
    for d in disputes:
        out = [{**chosen, d.key: i} for chosen in out for i in range(len(d.readings))]
    return out[:64]


__all__ = ["RESULT_WORDS", "WORDS", "Kernel", "Rows"]
