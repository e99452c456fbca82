"""Columns of a table as facts: read with the very reader that profiles use, each distinct value once.

A cell is written as in a profile; empty is unknown. A list is separated by `;`, and `[]` is the empty list. Columns of
a Parquet file may be typed: Boolean, Date, integers (whole euros for money), Decimal (euros), Enum or Categorical, List
of text.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from sojourn.decide.evaluate import limits
from sojourn.decide.profile import FIRST_YEAR, LAST_YEAR, FactValueError, read_value
from sojourn.law.model import Fact, Law
from sojourn.values.known import DECLINED, NOT_KNOWN, Band, Exact, Known

EPOCH = 719163
"""The ordinal of 1970-01-01."""
MOST_REMEMBERED = 100_000
"""How many values of a fact are remembered from chunk to chunk."""
WHY: tuple[type[Exact] | type[Band] | Known | None, ...] = (Exact, None, NOT_KNOWN, DECLINED, Band)
"""How a number may be known, by the number in the column `why`."""
_NUMBERS = {"low": pl.Int64, "high": pl.Int64, "why": pl.UInt32}
Fault_ = tuple[str, str]
"""What is wrong with a cell, and how to mend it."""


@dataclass
class Column:
    """A fact over the rows of a chunk.

    codes: for each row which of the distinct cells it holds; None where each row stands for itself.
    known: what the distinct cells say; of a number fact nothing, but
    numbers: the least and the greatest number that each may be (null: no bound), and how it is known (see `WHY`).
    bad: the rows that cannot be read.
    """

    fact: Fact
    codes: pl.Series | None
    known: list[Known | None]
    numbers: pl.DataFrame | None = None
    bad: dict[int, Fault_] = field(default_factory=dict)

    def rows(self, by_code: pl.Series) -> pl.Series:
        """Return for each row what `by_code` holds for its distinct cell."""
        return by_code if self.codes is None else by_code.gather(self.codes)


class ColumnReader:
    """Reads columns; remembers what it read. May be shared between threads."""

    def __init__(self, law: Law) -> None:
        self.law = law
        self._read: dict[str, dict[str, Known | FactValueError | None]] = {id: {} for id in law.facts}

    def read(self, fact: Fact, series: pl.Series) -> Column:
        """Return the column as a fact."""
        if fact.is_number and (numbers := _typed(fact, series)) is not None:
            return self._typed_numbers(fact, numbers, series)
        if fact.type == "bool" and (plain := _plain_bool(fact, series)) is not None:
            return plain
        codes, distinct = _coded(series)
        if fact.is_number:
            return self._numbers(fact, codes, distinct)
        known, faults = self._known(fact, distinct.to_list())
        return Column(fact, codes.fill_null(len(known)), [*known, None], bad=_bad(codes, faults))

    def _known(self, fact: Fact, texts: Sequence[str]) -> tuple[list[Known | None], dict[int, Fault_]]:
        known: list[Known | None] = []
        faults: dict[int, Fault_] = {}
        own = self._read[fact.id]
        for i, text in enumerate(texts):
            value = own[text] if text in own else self._value(fact, text)
            if isinstance(value, FactValueError):
                faults[i] = (value.what, value.mend)
                value = None
            known.append(value)
        return known, faults

    def _value(self, fact: Fact, written: str) -> Known | FactValueError | None:
        own = self._read[fact.id]
        if len(own) > MOST_REMEMBERED:
            own.clear()
        text = written.strip()
        value: Known | FactValueError | None = None
        try:
            value = read_value(self.law, fact, _value(fact, text)) if text else None
        except FactValueError as error:
            value = error
        own[written] = value
        return value

    def _numbers(self, fact: Fact, codes: pl.Series, distinct: pl.Series) -> Column:
        """Read the distinct cells that hold a plain number all at once, the others one by one."""
        plain = _within(fact, _parse(fact, distinct.str.strip_chars()))
        rest = plain.is_null().arg_true()
        known, faults = self._known(fact, distinct.gather(rest).to_list())
        others = [*(bounds(fact, x) for x in known), bounds(fact, None)]
        frame = pl.DataFrame({"low": plain, "high": plain}).with_columns(why=pl.lit(0, dtype=pl.UInt32))
        low, high, why = zip(*others, strict=True)
        where = pl.concat([rest.cast(pl.Int64), pl.Series([len(distinct)], dtype=pl.Int64)])
        frame = pl.concat([frame, pl.DataFrame([(None, None, 1)], schema=_NUMBERS, orient="row")])
        frame = pl.DataFrame(
            {
                name: frame[name].scatter(where, pl.Series(values, dtype=_NUMBERS[name]))
                for name, values in (("low", low), ("high", high), ("why", why))
            }
        )
        bad = _bad(codes, {int(rest[i]): fault for i, fault in faults.items()})
        return Column(fact, codes.fill_null(len(distinct)), [], frame, bad)

    def _typed_numbers(self, fact: Fact, numbers: pl.Series, series: pl.Series) -> Column:
        """Take the numbers that are within bounds; report the others."""
        fits = _within(fact, numbers)
        low, high, why = bounds(fact, None)
        frame = pl.select(
            low=pl.when(fits.is_null()).then(pl.lit(low, dtype=pl.Int64)).otherwise(fits),
            high=pl.when(fits.is_null()).then(pl.lit(high, dtype=pl.Int64)).otherwise(fits),
            why=fits.is_null().cast(pl.UInt32) * why,
        )
        bad = {}
        for row in (numbers.is_not_null() & fits.is_null()).arg_true().to_list():
            _, faults = self._known(fact, [str(series[row]) + (" EUR" if fact.type == "money" else "")])
            bad[row] = faults.get(0, ("out of bounds", "Correct it."))
        return Column(fact, None, [], frame, bad)


def bounds(fact: Fact, known: Known | None) -> tuple[int | None, int | None, int]:
    """Return the least and the greatest number, and how it is known."""
    low, high = limits(known, fact)
    kind = type(known) if isinstance(known, Exact | Band) else known
    return low, high, WHY.index(kind)


def _bad(codes: pl.Series, faults: dict[int, Fault_]) -> dict[int, Fault_]:
    out: dict[int, Fault_] = {}
    for code, fault in faults.items():
        out |= dict.fromkeys((codes == code).fill_null(value=False).arg_true().to_list(), fault)
    return out


def _plain_bool(fact: Fact, series: pl.Series) -> Column | None:
    """Return a column that holds nothing but true, false and empty cells; None for any other."""
    if series.dtype == pl.Boolean:
        yes, no = series, ~series
    elif series.dtype == pl.String:
        yes, no = series == "true", series == "false"
        if int(yes.sum()) + int(no.sum()) + series.null_count() < len(series):
            return None
    else:
        return None
    codes = (yes.cast(pl.UInt32) + no.cast(pl.UInt32) * 2).fill_null(0)
    return Column(fact, codes, [None, Exact(value=True), Exact(value=False)])


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


def _coded(series: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Return the number of each cell among the distinct values (null where empty), and these as text."""
    if isinstance(series.dtype, pl.Enum):
        return series.to_physical().cast(pl.UInt32), series.dtype.categories
    if isinstance(series.dtype, pl.List):
        joined = pl.when(series.list.len() == 0).then(pl.lit("[]")).otherwise(series.list.join(";"))
        series = pl.select(joined).to_series()
    text = series if series.dtype == pl.String else series.cast(pl.String)
    names = pl.Categories.random()
    coded = text.cast(pl.Categorical(names))  # `names` forgets its values when the last column that uses them is gone
    codes = coded.to_physical()
    most = codes.max()
    count = 0 if most is None else int(most) + 1  # type: ignore[arg-type]
    distinct = pl.int_range(count, dtype=pl.UInt32, eager=True).cat.to(coded.dtype).cast(pl.String)
    return codes, distinct


# --- numbers -------------------------------------------------------------------------------------------------------


def _typed(fact: Fact, series: pl.Series) -> pl.Series | None:
    """Return the numbers of a column that is typed as such; None for text."""
    if series.dtype == pl.Date and fact.type == "date":
        return series.cast(pl.Int64) + EPOCH
    if series.dtype.is_integer() and fact.type != "date":
        return series.cast(pl.Int64) * (100 if fact.type == "money" else 1)
    if isinstance(series.dtype, pl.Decimal) and fact.type == "money" and series.dtype.scale <= 2:
        return (series * 100).cast(pl.Int64)
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
