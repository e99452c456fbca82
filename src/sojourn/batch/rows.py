"""Rows and their days: the columns of small numbers that tables look at, each worked out once."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from sojourn.batch.classes import Look, Sorter, Source
from sojourn.batch.columns import Column, bounds
from sojourn.batch.lookup import Code
from sojourn.decide.day import Day

DAY = "\0day"
"""The column that says which of the days is that of a row; not there when all rows have one day."""


class Days:
    """Some days; keeps what was found out about them. May be shared between threads."""

    def __init__(self, days: Sequence[Day]) -> None:
        self.days = days
        self.found: dict[Hashable, Any] = {}

    def code(self, key: Hashable, values: Callable[[], Sequence[int]], dtype: type[pl.DataType] = pl.UInt32) -> Code:
        """Return for each row the value of its day; `values` in the order of the days, reckoned once for each key."""
        if key not in self.found:
            each = values()
            same = all(x == each[0] for x in each)
            self.found[key] = each[0] if same else pl.Series(each, dtype=dtype)
        found: int | pl.Series = self.found[key]
        return found if isinstance(found, int) else pl.lit(found).gather(pl.col(DAY))


class Rows:
    """Some rows. columns: by fact. day_codes: for each row the number of its day; None when there is one day."""

    def __init__(self, height: int, columns: Mapping[str, Column], days: Days, day_codes: pl.Series | None) -> None:
        self.height, self.columns, self.days = height, columns, days
        self.frame = pl.DataFrame(height=height)
        if day_codes is not None:
            self.frame = self.frame.with_columns(day_codes.alias(DAY))
        self.codes: dict[str, Code] = {}
        """Of the sources that were needed so far, the code of each row."""

    @property
    def one_day(self) -> bool:
        """Whether all rows have the same day."""
        return len(self.days.days) == 1

    def need(self, sources: Iterable[Source]) -> None:
        """Work out the codes of these sources."""
        new = {s.name: s for s in sources if s.name not in self.codes}
        self._spread({s.fact.id for s in new.values() if isinstance(s, Look)})
        made: dict[str, pl.Expr | pl.Series] = {}
        for name, source in new.items():
            code = self._sorted(source) if isinstance(source, Sorter) else self._looked(source)
            self.codes[name] = code if isinstance(code, int) else pl.col(name)
            if not isinstance(code, int):
                made[name] = code
        self.frame = self.frame.with_columns(**made)

    def _sorted(self, sorter: Sorter) -> pl.Expr | int:
        column = self.columns.get(sorter.fact.id)
        if column is None:
            return 0
        return pl.lit(sorter.classes(column.known)).gather(column.codes)

    def _looked(self, own: Look) -> pl.Expr | pl.Series | int:
        column, days = self.columns.get(own.fact.id), self.days
        if column is None:
            absent = bounds(own.fact, None)
            return days.code(("absent", own), lambda: [own.code_of(*absent, day) for day in days.days])
        places = (days.code((own, k), lambda k=k: own.place(k, days.days), pl.Int64) for k in range(own.most))  # type: ignore[misc]
        cuts = [pl.lit(cut, dtype=pl.Int64) if isinstance(cut, int) else cut for cut in places]
        if f"{own.fact.id}\0low" in self.frame.columns:
            return own.code(cuts, *(pl.col(f"{own.fact.id}\0{end}") for end in ("low", "high", "why")))
        assert column.numbers is not None
        return column.rows(column.numbers.select(own.code(cuts, *map(pl.col, ("low", "high", "why")))).to_series())

    def _spread(self, facts: set[str]) -> None:
        """Spread the numbers of these facts over the rows where each row is held against the thresholds of its day.

        Where all rows have one day, it is enough to look at the distinct cells, unless these are more.
        """
        made: dict[str, pl.Series | pl.Expr] = {}
        for id in facts:
            column = self.columns.get(id)
            if column is None or f"{id}\0low" in self.frame.columns:
                continue
            assert column.numbers is not None
            if not self.one_day or column.numbers.height > self.height:
                for own in column.numbers:
                    made[f"{id}\0{own.name}"] = own if column.codes is None else pl.lit(own).gather(column.codes)
        self.frame = self.frame.with_columns(**made)
