"""Columns of a table as facts: read with the very reader that profiles use, each distinct value once.

A cell is written as in a profile; empty is unknown. A list is separated by `;`, and `[]` is the empty list. Columns of
a Parquet file may be typed: Boolean, Date, integers (whole euros for money), Decimal (euros), List of text.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from sojourn.decide.profile import FIRST_YEAR, LAST_YEAR, FactValueError, read_value
from sojourn.law.model import Fact, Law
from sojourn.values.known import Exact, Known

EPOCH = 719163
"""The ordinal of 1970-01-01."""
MANY = 5_000
"""Past so many distinct values a column of numbers is read as numbers, all rows at once."""
MOST_REMEMBERED = 100_000
"""How many values of a fact are remembered from chunk to chunk."""
PLAIN = 1
"""The code of the rows of such a column that hold a plain number."""


@dataclass
class Column:
    """A fact over the rows of a chunk.

    codes: for each row what is known, as a number into `known`; code 0 is "not asked".
    numbers: for a column with many numbers, their values (null elsewhere); these rows have the code PLAIN.
    bad: the rows that cannot be read, with what is wrong and how to mend it.
    """

    fact: Fact
    codes: pl.Series
    known: list[Known | None]
    numbers: pl.Series | None = None
    bad: dict[int, tuple[str, str]] = field(default_factory=dict)

    def take(self, rows: pl.Series) -> "Column":
        """Return the column of these rows (row numbers); faults stay behind."""
        numbers = None if self.numbers is None else self.numbers.gather(rows)
        return Column(self.fact, self.codes.gather(rows), self.known, numbers)

    def values(self) -> pl.Series:
        """Return the plain numbers of a number column, null where none is known (Int64)."""
        table = [k.value if isinstance(k, Exact) else None for k in self.known]
        by_code = pl.Series(table, dtype=pl.Int64).gather(self.codes)
        return by_code if self.numbers is None else self.numbers.fill_null(by_code)


class ColumnReader:
    """Reads columns; remembers what it read. May be shared between threads."""

    def __init__(self, law: Law) -> None:
        self.law = law
        self._read: dict[str, dict[str, Known | FactValueError]] = {id: {} for id in law.facts}

    def read(self, fact: Fact, series: pl.Series) -> Column:
        """Return the column as a fact."""
        if fact.is_number and (numbers := _typed(fact, series)) is not None:
            return self._many(fact, numbers, series.cast(pl.String))
        text = _as_text(series)
        if fact.type == "bool" and (plain := _plain_bool(fact, text)) is not None:
            return plain
        codes, distinct = _coded(text)
        if fact.is_number and len(distinct) > MANY:
            text = text.str.strip_chars()
            return self._many(fact, _parse(fact, text), text)
        return self._few(fact, codes, distinct)

    def _few(self, fact: Fact, codes: pl.Series, distinct: list[str]) -> Column:
        """Read each distinct value once. codes: into `distinct`, null where the cell is empty."""
        known: list[Known | None] = [None]
        faults: dict[int, FactValueError] = {}
        table = []
        for code, written in enumerate(distinct):
            value = self._value(fact, text) if (text := written.strip()) else None
            if isinstance(value, FactValueError):
                faults[code] = value
                value = None
            table.append(len(known) if value else 0)
            if value:
                known.append(value)
        empty = len(table)
        column = Column(fact, pl.Series([*table, 0], dtype=pl.UInt32).gather(codes.fill_null(empty)), known)
        for code, fault in faults.items():
            rows = (codes == code).fill_null(value=False).arg_true().to_list()
            column.bad |= dict.fromkeys(rows, (fault.what, fault.mend))
        return column

    def _value(self, fact: Fact, text: str) -> Known | FactValueError:
        own = self._read[fact.id]
        if text not in own:
            if len(own) > MOST_REMEMBERED:
                own.clear()
            try:
                own[text] = read_value(self.law, fact, _value(fact, text))
            except FactValueError as error:
                return error
        return own[text]

    def _many(self, fact: Fact, numbers: pl.Series, text: pl.Series) -> Column:
        """Keep the numbers that are within bounds; read the other cells one by one."""
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
        fits = fits.fill_null(value=False)
        codes = fits.cast(pl.UInt32) * PLAIN
        column = Column(fact, codes, [None, None], pl.select(pl.when(fits).then(numbers)).to_series())
        others = (~fits & text.is_not_null()).arg_true()
        if len(others):
            rest = self._few(fact, *_coded(text.gather(others)))
            column.bad = {int(others[row]): fault for row, fault in rest.bad.items()}
            column.codes = codes.scatter(others, rest.codes + (rest.codes > 0).cast(pl.UInt32))
            column.known += rest.known[1:]
        return column


def _plain_bool(fact: Fact, text: pl.Series) -> Column | None:
    """Return a column that holds nothing but true, false and empty cells; None for any other."""
    yes, no = text == "true", text == "false"
    if int(yes.sum()) + int(no.sum()) + text.null_count() < len(text):
        return None
    codes = (yes.cast(pl.UInt32) + no.cast(pl.UInt32) * 2).fill_null(0)
    return Column(fact, codes, [None, Exact(value=True), Exact(value=False)])


def _as_text(series: pl.Series) -> pl.Series:
    if isinstance(series.dtype, pl.List):
        return pl.select(
            pl.when(series.list.len() == 0).then(pl.lit("[]")).otherwise(series.list.join(";"))
        ).to_series()
    return series.cast(pl.String)


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


# --- many numbers --------------------------------------------------------------------------------------------------


def _typed(fact: Fact, series: pl.Series) -> pl.Series | None:
    """Return the numbers of a column that is typed as such; None for text."""
    if series.dtype == pl.Date and fact.type == "date":
        return series.cast(pl.Int64) + EPOCH
    if series.dtype.is_integer() and fact.type != "date":
        return series.cast(pl.Int64) * (100 if fact.type == "money" else 1)
    if isinstance(series.dtype, pl.Decimal) and fact.type == "money":
        return (series * 100).cast(pl.Int64)
    return None


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


def _coded(text: pl.Series) -> tuple[pl.Series, list[str]]:
    """Return the number of each cell among the distinct values (null where empty), and these."""
    names = pl.Categories.random()
    coded = text.cast(pl.Categorical(names))  # `names` forgets its values when the last column that uses them is gone
    return coded.to_physical(), names.to_series().to_list()
