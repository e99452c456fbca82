"""A table of profiles answered: what every carrier of a batch does with some rows, wherever they come from."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from sojourn.batch.columns import EPOCH, ColumnReader, written_days
from sojourn.batch.kernel import Kernel
from sojourn.batch.rows import Rows
from sojourn.law.model import Law

Bad = dict[int, list[tuple[str, str, str]]]
"""Rows that cannot be answered: for each (column, value, why)."""


class Answers:
    """One body of law, some of its pathways and a day; keeps what it has learnt. May be shared between threads."""

    def __init__(self, law: Law, pathways: Sequence[str], *, on: date, conditions: bool) -> None:
        self.on = on
        self.kernel = Kernel(law, pathways, conditions=conditions)
        self.reader = ColumnReader(law, self.kernel.facts)
        self.wanted = {"id", "on", *self.kernel.facts}
        """The columns that are looked at; `id` is carried through."""

    def of(self, frame: pl.DataFrame, bad: Bad) -> pl.DataFrame:
        """Return the answers to all rows, in order, and note those that cannot be answered, whose answers mean nothing.

        frame: a column for each fact, written as in a profile or typed; `on`: the day of each row, if not that of all.
        """
        columns = self.reader.read(frame)
        for name, column in columns.items():
            for row, (text, what, mend) in column.bad.items():
                bad.setdefault(row, []).append((name, text, f"{what}. {mend}"))
        days, codes = self._days(frame, bad)
        rows = Rows(frame.height, columns, self.kernel.days(days), codes)
        faulty = frozenset(bad)
        for contradiction, where in self.kernel.contradicting(rows):
            for row in where:
                if row not in faulty:
                    bad.setdefault(row, []).append(("", "", contradiction.says))
        answers = [self.kernel.pathway(pathway, rows) for pathway in self.kernel.pathways]
        return pl.concat(answers, how="horizontal")

    def _days(self, frame: pl.DataFrame, bad: Bad) -> tuple[list[date], pl.Series | None]:
        """Return the days that occur and, for each row, which (None: all the same); those that are none go to `bad`."""
        if "on" not in frame.columns:
            return [self.on], None
        given = frame["on"]
        days, empty = given, given.is_null()
        if given.dtype != pl.Date:
            text = given.cast(pl.String).str.strip_chars()
            days, empty = written_days(text), empty | (text == "")
        for row in (days.is_null() & ~empty).arg_true().to_list():
            bad.setdefault(row, []).append(("on", str(given[row]), "no day of the calendar. Write it like 2026-09-20."))
        numbers = days.fill_null(self.on).cast(pl.Int32)
        distinct = numbers.unique().sort()
        if len(distinct) <= 1:
            return [date.fromordinal(n + EPOCH) for n in distinct] or [self.on], None
        first = int(distinct[0])
        codes = pl.Series([0], dtype=pl.UInt32).new_from_index(0, int(distinct[-1]) - first + 1)
        codes = codes.scatter(distinct - first, pl.int_range(len(distinct), dtype=pl.UInt32, eager=True))
        return [date.fromordinal(n + EPOCH) for n in distinct], codes.gather((numbers - first).cast(pl.UInt32))


__all__ = ["Answers", "Bad"]
