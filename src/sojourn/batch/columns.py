"""Columns of a table as facts: read with the very reader that profiles use, each distinct cell once.

A cell is written as in a profile; empty is unknown. A list is separated by `;`, and `[]` is the empty list. Columns of
a Parquet file may be typed: Boolean, Date, integers (whole euros for money), Decimal (euros), Enum or Categorical, List
of text.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from secrets import randbits
from threading import RLock
from typing import Any

import polars as pl

from sojourn.decide.evaluate import limits
from sojourn.decide.profile import FIRST_YEAR, LAST_YEAR, FactValueError, read_value
from sojourn.law.model import Fact, Law
from sojourn.values.known import DECLINED, NOT_KNOWN, Band, Exact, Known
from sojourn.values.money import Money

EPOCH = 719163
"""The ordinal of 1970-01-01."""
MOST_HASHED = 500
"""How many distinct cells of a fact are told apart by hash; each is to have a place of its own."""
WHY: tuple[type[Exact] | type[Band] | Known | None, ...] = (Exact, None, NOT_KNOWN, DECLINED, Band)
"""How a number may be known, by the number in the column `why`."""
_NUMBERS = {"low": pl.Int64, "high": pl.Int64, "why": pl.UInt32}
_OTHER = 0xFFFF_FFFF
"""The number of a cell that was not read yet."""


@dataclass
class Column:
    """A fact over the rows of a chunk.

    codes: for each row which of the distinct cells it holds; None where each row stands for itself.
    known: what the distinct cells say; of a number fact nothing, but
    numbers: the least and the greatest number that each may be (null: no bound), and how it is known (see `WHY`).
    bad: the rows that cannot be read: what stands there, what is wrong with it, how to mend it.
    """

    fact: Fact
    codes: pl.Series | None
    known: Sequence[Known | None] = ()
    numbers: pl.DataFrame | None = None
    bad: dict[int, tuple[str, str, str]] = field(default_factory=dict)

    def rows(self, by_code: pl.Series) -> pl.Series:
        """Return for each row what `by_code` holds for its distinct cell."""
        return by_code if self.codes is None else by_code.gather(self.codes)


class ColumnReader:
    """Reads the columns of those facts that something looks at; remembers what it read. May be shared by threads."""

    def __init__(self, law: Law, facts: Iterable[str]) -> None:
        self.cells = {
            id: _Numbers(law, law.facts[id]) if law.facts[id].is_number else _Words(law, law.facts[id]) for id in facts
        }

    def read(self, frame: pl.DataFrame) -> dict[str, Column]:
        """Return the columns of a table by fact."""
        own = {name: self.cells[name] for name in frame.columns if name in self.cells}
        texts = {name: _text(name, frame.schema[name]) for name in own}
        made = frame.select(cells.coded(texts[name], frame.schema[name]).alias(name) for name, cells in own.items())
        hashed = {name: cells.places for name, cells in own.items() if made.schema[name] == pl.UInt64}
        places = made.select(each.place(pl.col(name)).alias(name) for name, each in hashed.items())
        codes = places.select(pl.lit(each.codes).gather(pl.col(name)).alias(name) for name, each in hashed.items())
        same = (
            (pl.lit(each.hashes).gather(pl.col(name)) == made[name]).all().alias(name) for name, each in hashed.items()
        )
        sure = places.select(same).row(0, named=True) if hashed else {}
        out = {}
        for name, cells in own.items():
            if name in hashed and sure[name]:
                out[name] = cells.column(codes[name])
            else:
                text = texts[name]
                out[name] = cells.column(made[name], lambda text=text: frame.select(text).to_series())  # type: ignore[misc]
        return out


Texts = Callable[[], pl.Series]


class _Cells(ABC):
    """The distinct cells of a fact that were read so far. Number 0 is the empty one."""

    places: "_Places"

    def __init__(self, law: Law, fact: Fact) -> None:
        self.law, self.fact = law, fact
        self.faults: dict[int, tuple[str, FactValueError]] = {}
        self.lock = RLock()
        self.names = pl.Categorical(pl.Categories.random())
        self.alive = pl.Series([""], dtype=self.names)
        """The names are forgotten when the last column that uses them is gone."""

    @abstractmethod
    def coded(self, text: pl.Expr, dtype: pl.DataType) -> pl.Expr:
        """Return for each row something that `column` takes."""

    @abstractmethod
    def column(self, made: pl.Series, texts: Texts | None = None) -> Column:
        """Return the column. made: numbers of cells, or what else `coded` gives; texts: the cells."""

    def read(self, written: str, number: int) -> Known | None:
        """Return what a cell says; note what is wrong with it."""
        text = written.strip()
        if not text:
            return None
        try:
            return read_value(self.law, self.fact, _value(self.fact, text))
        except FactValueError as error:
            self.faults[number] = (written, error)
            return None

    def name(self, first: int, count: int) -> pl.Series:
        """Return some of the names, by number."""
        numbers = pl.int_range(first, first + count, dtype=pl.UInt32, eager=True)
        return numbers.cat.to(self.names).cast(pl.String)

    def with_faults(self, column: Column) -> Column:
        """Return the column with the rows that cannot be read."""
        assert column.codes is not None
        for number, (text, fault) in list(self.faults.items()):
            for row in (column.codes == number).arg_true().to_list():
                column.bad[row] = (text, fault.what, fault.mend)
        return column


class _Words(_Cells):
    """The cells of a coded fact: told apart by hash as long as they are not too many."""

    def __init__(self, law: Law, fact: Fact) -> None:
        super().__init__(law, fact)
        self.known: list[Known | None] = []
        self.number: dict[str | None, int] = {None: 0}
        self.by_name: list[int] = []
        for text in ("", *(("true", "false") if fact.type == "bool" else fact.values if not fact.is_set else ())):
            self.add(text)
        self.places = _Places.of(self.number)

    def coded(self, text: pl.Expr, dtype: pl.DataType) -> pl.Expr:
        """Return the numbers of bools, the hashes of other cells, or their numbers among the names."""
        if self.fact.type == "bool":
            yes, no = (text, ~text) if dtype == pl.Boolean else (text == "true", text == "false")
            plain = pl.when(yes).then(pl.lit(1, pl.UInt32)).when(no).then(pl.lit(2, pl.UInt32))
            return plain.when(text.is_null()).then(pl.lit(0, pl.UInt32)).otherwise(pl.lit(_OTHER, pl.UInt32))
        return text.hash(SEED) if len(self.known) <= MOST_HASHED else text.cast(self.names)

    def column(self, made: pl.Series, texts: Texts | None = None) -> Column:
        """Return the column, reading what was not read yet."""
        if texts is not None and (made.dtype != pl.UInt32 or made.max() == _OTHER):
            made = self._numbered(texts().cast(self.names))
        return self.with_faults(Column(self.fact, made, self.known))

    def _numbered(self, named: pl.Series) -> pl.Series:
        codes = named.to_physical()
        most = codes.max()
        with self.lock:
            done = len(self.by_name)
            if most is not None and most >= done:  # type: ignore[operator]
                self.by_name += [self.add(text) for text in self.name(done, int(most) + 1 - done)]  # type: ignore[arg-type]
                if len(self.known) <= MOST_HASHED:
                    self.places = _Places.of(self.number)
            return pl.Series([*self.by_name, 0], dtype=pl.UInt32).gather(codes.fill_null(len(self.by_name)))

    def add(self, text: str) -> int:
        """Return the number of a cell."""
        if text not in self.number:
            self.number[text] = len(self.known)
            self.known.append(self.read(text, len(self.known)))
        return self.number[text]


class _Numbers(_Cells):
    """The cells of a number fact."""

    def __init__(self, law: Law, fact: Fact) -> None:
        super().__init__(law, fact)
        self.numbers = pl.DataFrame([bounds(fact, None)], schema=_NUMBERS, orient="row")

    def coded(self, text: pl.Expr, dtype: pl.DataType) -> pl.Expr:
        """Return the numbers of a typed column, else those of the cells among the names."""
        numbers = _typed(self.fact, text, dtype)
        return (text.cast(self.names).to_physical() + 1).fill_null(0) if numbers is None else numbers

    def column(self, made: pl.Series, texts: Texts | None = None) -> Column:
        """Return the column, reading what was not read yet."""
        del texts
        if made.dtype == pl.Int64:
            return self._typed(made)
        most = made.max()
        with self.lock:
            done = self.numbers.height
            if most is not None and most >= done:  # type: ignore[operator]
                self._add(self.name(done - 1, int(most) + 1 - done))  # type: ignore[arg-type]
            return self.with_faults(Column(self.fact, made, numbers=self.numbers))

    def _add(self, texts: pl.Series) -> None:
        """Read more cells: plain numbers all at once, all others one by one."""
        done = self.numbers.height
        plain = _within(self.fact, _parse(self.fact, texts.str.strip_chars()))
        others = plain.is_null().arg_true()
        each = [bounds(self.fact, self.read(texts[i], done + i)) for i in others]
        low, high, why = zip(*each, strict=True) if each else ((), (), ())
        new = {
            "low": plain.clone().scatter(others, pl.Series(low, dtype=pl.Int64)),
            "high": plain.clone().scatter(others, pl.Series(high, dtype=pl.Int64)),
            "why": pl.zeros(len(texts), pl.UInt32, eager=True).scatter(others, pl.Series(why, dtype=pl.UInt32)),
        }
        self.numbers = pl.concat([self.numbers, pl.DataFrame(new)])

    def _typed(self, numbers: pl.Series) -> Column:
        """Take the numbers that the fact can have; report the others."""
        fits = _within(self.fact, numbers)
        low, high, why = bounds(self.fact, None)
        frame = pl.select(
            low=pl.when(fits.is_null()).then(pl.lit(low, dtype=pl.Int64)).otherwise(fits),
            high=pl.when(fits.is_null()).then(pl.lit(high, dtype=pl.Int64)).otherwise(fits),
            why=fits.is_null().cast(pl.UInt32) * why,
        )
        column = Column(self.fact, None, numbers=frame)
        for row in (numbers.is_not_null() & fits.is_null()).arg_true().to_list():
            text = _as_written(self.fact, int(numbers[row]))
            try:
                read_value(self.law, self.fact, text)
            except FactValueError as error:
                column.bad[row] = (str(text), error.what, error.mend)
        return column


def bounds(fact: Fact, known: Known | None) -> tuple[int | None, int | None, int]:
    """Return the least and the greatest number that the fact may be, and how it is known (see `WHY`)."""
    low, high = limits(known, fact)
    kind = type(known) if isinstance(known, Exact | Band) else known
    return low, high, WHY.index(kind)


# --- hashes --------------------------------------------------------------------------------------------------------

SEED = randbits(64)
"""Of this process alone, so that nobody can make up two cells that have one hash of 64 bits."""


@dataclass(frozen=True)
class _Places:
    """The numbers of some cells by hash, each at a place of its own: `hash >> shift & mask`."""

    shift: int
    mask: int
    codes: pl.Series
    hashes: pl.Series

    @staticmethod
    def of(numbers: Mapping[str | None, int]) -> "_Places":
        """Return places for these cells."""
        hashes = pl.Series(list(numbers), dtype=pl.String).hash(SEED)
        size = 64
        while True:
            for shift in range(0, 40, 3):
                where = (hashes // (1 << shift)) % size
                if where.n_unique() == len(hashes):
                    blank = pl.zeros(size, pl.UInt32, eager=True)
                    # an empty place holds a hash that belongs elsewhere, so that no cell is taken for another
                    elsewhere = hashes.head(1).new_from_index(0, size)
                    return _Places(
                        shift,
                        size - 1,
                        blank.scatter(where, pl.Series(list(numbers.values()), dtype=pl.UInt32)),
                        elsewhere.scatter(where, hashes),
                    )
            size *= 2

    def place(self, hashes: pl.Expr) -> pl.Expr:
        """Return where the number of a cell stands."""
        return ((hashes // (1 << self.shift)) & self.mask).cast(pl.UInt32)


# --- text ----------------------------------------------------------------------------------------------------------


def _text(name: str, dtype: pl.DataType) -> pl.Expr:
    """Return a column as text, or as it is where it is typed."""
    cell = pl.col(name)
    if isinstance(dtype, pl.List):
        return pl.when(cell.list.len() == 0).then(pl.lit("[]")).otherwise(cell.list.join(";"))
    return cell.cast(pl.String) if isinstance(dtype, pl.Enum | pl.Categorical) else cell


def _as_written(fact: Fact, number: int) -> str | int:
    if fact.type == "money":
        return str(Money(number))
    if fact.type == "date":
        return str(date.fromordinal(number)) if 1 <= number <= date.max.toordinal() else str(number)
    return number


def _value(fact: Fact, text: str) -> Any:
    """Return what a cell says, in the form in which a profile would write it."""
    if text in ("unknown", "declined"):
        return text
    if text.startswith("not:"):
        return {"not_in": text.removeprefix("not:").split(";")}
    if fact.is_set:
        return [] if text == "[]" else [x.strip() for x in text.split(";") if x.strip()]
    if fact.type == "bool":
        return {"true": True, "false": False}.get(text.lower(), text)
    return text


# --- numbers -------------------------------------------------------------------------------------------------------


def _typed(fact: Fact, cell: pl.Expr, dtype: pl.DataType) -> pl.Expr | None:
    """Return the numbers of a column that is typed as such; None for text."""
    if dtype == pl.Date and fact.type == "date":
        return cell.cast(pl.Int64) + EPOCH
    if dtype.is_integer() and fact.type != "date":
        return cell.cast(pl.Int64) * (100 if fact.type == "money" else 1)
    if isinstance(dtype, pl.Decimal) and fact.type == "money" and dtype.scale <= 2:
        return (cell * 100).cast(pl.Int64)
    return None


def _within(fact: Fact, numbers: pl.Series) -> pl.Series:
    """Return the numbers that the fact can have, null elsewhere."""
    least, most = fact.least, fact.most
    if fact.type == "money":
        least = 0 if least is None else least
    if fact.type == "date":
        least, most = date(FIRST_YEAR, 1, 1).toordinal(), date(LAST_YEAR, 12, 31).toordinal()
    fits = numbers.is_not_null()
    if least is not None:
        fits &= numbers >= least
    if most is not None:
        fits &= numbers <= most
    return pl.select(pl.when(fits).then(numbers)).to_series()


def _parse(fact: Fact, text: pl.Series) -> pl.Series:
    """Return the numbers of a column of text, null where a cell is not one plain number."""
    if fact.type == "date":
        return written_days(text).cast(pl.Int64) + EPOCH
    if fact.type == "money":
        plain = text.str.contains(r"^\d{1,13}(\.\d{1,2})? EUR$")
        euros = text.str.strip_suffix(" EUR").cast(pl.Decimal(18, 2), strict=False)
        numbers = (euros * 100).cast(pl.Int64)
    else:
        plain = text.str.contains(r"^\d{1,9}$")
        numbers = text.cast(pl.Int64, strict=False)
    return pl.select(pl.when(plain).then(numbers)).to_series()


def written_days(text: pl.Series) -> pl.Series:
    """Return the days written as YYYY-MM-DD; null for any other text, which Polars would read leniently."""
    days = text.str.to_date("%Y-%m-%d", strict=False)
    return pl.select(pl.when(text.str.contains(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")).then(days)).to_series()
