"""Columns of a table as facts: read with the very reader that profiles use, each distinct value once.

A cell is written as in a profile; empty is unknown. A list is separated by `;`, and `[]` is the empty list. Columns of
a Parquet file may be typed: Boolean, Date, integers (whole euros for money), Decimal (euros), List of text.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from sojourn.decide.profile import FactValueError, read_value
from sojourn.law.model import Fact, Law
from sojourn.values.known import Exact, Known

EPOCH = 719163
"""The ordinal of 1970-01-01."""
_BAND_OR_WORD = r"\.\.|^unknown$|^declined$"


@dataclass
class Column:
    """A fact over the rows of a chunk.

    Few distinct values: `codes` (null: not asked) into `known`. A number: `numbers` (null: not asked, or in `odd`).
    odd: rows whose number is a band, not known or declined, with what is known. bad: rows that cannot be read, why.
    """

    fact: Fact
    codes: pl.Series | None = None
    known: list[Known] = field(default_factory=list)
    numbers: pl.Series | None = None
    odd: dict[int, Known] = field(default_factory=dict)
    bad: dict[int, tuple[str, str]] = field(default_factory=dict)

    def take(self, rows: pl.Series) -> "Column":
        """Return the column of these rows (row numbers); faults and odd rows stay behind."""
        return Column(
            self.fact,
            None if self.codes is None else self.codes.gather(rows),
            self.known,
            None if self.numbers is None else self.numbers.gather(rows),
        )

    def at(self, row: int) -> Known | None:
        """Return what is known in one row."""
        if row in self.odd:
            return self.odd[row]
        if self.numbers is not None:
            n = self.numbers[row]
            return None if n is None else Exact(int(n))
        assert self.codes is not None
        code = self.codes[row]
        return None if code is None else self.known[code]


def read_column(law: Law, fact: Fact, series: pl.Series) -> Column:
    """Return the column as a fact."""
    if fact.is_number:
        return _numbers(law, fact, series)
    text = _as_text(series)
    distinct = text.drop_nulls().unique(maintain_order=True)
    column = Column(fact)
    code_of: dict[str, int | None] = {}
    faults: dict[str, tuple[str, str]] = {}
    for value in distinct.to_list():
        try:
            known = read_value(law, fact, _value(fact, value))
            code_of[value] = len(column.known)
            column.known.append(known)
        except FactValueError as error:
            code_of[value] = None
            faults[value] = (error.what, error.mend)
    codes = text.replace_strict(list(code_of), list(code_of.values()), default=None, return_dtype=pl.UInt32)
    column.codes = codes
    if faults:
        for row in text.is_in(list(faults)).fill_null(value=False).arg_true().to_list():
            column.bad[row] = faults[text[row]]
    return column


def _as_text(series: pl.Series) -> pl.Series:
    if isinstance(series.dtype, pl.List):
        joined = series.list.join(";")
        return pl.select(pl.when(series.list.len() == 0).then(pl.lit("[]")).otherwise(joined)).to_series()
    if series.dtype == pl.Boolean:
        return series.cast(pl.String)
    text = series.cast(pl.String)
    stripped = text.str.strip_chars()
    return pl.select(pl.when(stripped == "").then(None).otherwise(stripped)).to_series()


def _value(fact: Fact, text: str) -> Any:
    if text in ("unknown", "declined"):
        return text
    if text.startswith("not:"):
        return {"not_in": text.removeprefix("not:").split(";")}
    if fact.is_set:
        return [] if text == "[]" else [x.strip() for x in text.split(";") if x.strip()]
    if fact.type == "bool":
        return {"true": True, "false": False}.get(text.lower(), text)
    return text


def _numbers(law: Law, fact: Fact, series: pl.Series) -> Column:
    column = Column(fact)
    if series.dtype == pl.Date and fact.type == "date":
        column.numbers = series.cast(pl.Int64) + EPOCH
        return column
    if series.dtype.is_integer() and fact.type != "date":
        numbers = series.cast(pl.Int64) * (100 if fact.type == "money" else 1)
        return _bounded(law, fact, column, numbers, series.cast(pl.String))
    if isinstance(series.dtype, pl.Decimal) and fact.type == "money":
        numbers = (series * 100).cast(pl.Int64)
        return _bounded(law, fact, column, numbers, series.cast(pl.String))
    text = _as_text(series)
    if fact.type == "money":
        parts = text.str.extract_groups(r"^(\d{1,13})(?:\.(\d{1,2}))? EUR$").struct
        cents = parts.field("2").fill_null("0").str.pad_end(2, "0").cast(pl.Int64, strict=False)
        numbers = parts.field("1").cast(pl.Int64, strict=False) * 100 + cents
    elif fact.type == "date":
        numbers = written_days(text).cast(pl.Int64) + EPOCH
    else:
        numbers = text.str.extract(r"^(\d{1,9})$", 1).cast(pl.Int64, strict=False)
    return _bounded(law, fact, column, numbers, text)


def written_days(text: pl.Series) -> pl.Series:
    """Return the days written as YYYY-MM-DD; null for any other text, which Polars would read leniently."""
    days = text.str.to_date("%Y-%m-%d", strict=False)
    return pl.select(pl.when(text.str.contains(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")).then(days)).to_series()


def _bounded(law: Law, fact: Fact, column: Column, numbers: pl.Series, text: pl.Series) -> Column:
    """Set aside what the fast way could not read: bands and words are read one by one, the rest is a fault."""
    wrong = numbers.is_null()
    if fact.least is not None:
        wrong |= numbers < fact.least
    if fact.most is not None:
        wrong |= numbers > fact.most
    if fact.type == "money":
        wrong |= numbers < 0
    if fact.type == "date":
        wrong |= (numbers < 668000) | (numbers > 804000)
    doubtful = (wrong.fill_null(value=True) & text.is_not_null()).arg_true().to_list()
    for row in doubtful:
        value: Any = text[row]
        try:
            if fact.type != "money" and re.fullmatch(r"-?\d+", value):
                value = int(value)
            known = read_value(law, fact, value)
        except FactValueError as error:
            column.bad[row] = (error.what, error.mend)
            continue
        column.odd[row] = known
    if doubtful:
        numbers = numbers.scatter(doubtful, None)
    column.numbers = numbers
    return column
