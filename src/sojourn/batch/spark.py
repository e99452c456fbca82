"""The same kernel on Spark: `mapInArrow` ships it, with the law, to every executor. Needs the extra `spark`.

Run for real on 2026-11-28: PySpark on one local executor, three rows, the answers of a batch over a file.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import polars as pl
import pyarrow as pa

from sojourn.batch.answers import Answers, Bad
from sojourn.law.model import Law

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

REJECTED = "rejected"
"""The column that says why a row was not answered; null for the others."""
_DOT = "/"


def assess_table(
    table: "DataFrame", law: Law, *, on: date, pathways: Sequence[str] | None = None, conditions: bool = False
) -> "DataFrame":
    """Return the answers to a Spark table of profiles: `id` if there is one, a column of words for each pathway.

    on: the day for rows without one in a column `on`. pathways: all when None. conditions: also a column for each line
    of law. A row that cannot be answered keeps its place: its answers are null, and `rejected` says why. The columns
    are those of `sojourn batch`. Executors need Sojourn with the extra `batch`, and no files of the law.
    """
    ids = list(pathways or law.pathways)
    names = answer_columns(law, ids, conditions=conditions)
    lead = [f"`id` {table.schema['id'].dataType.simpleString()}"] if "id" in table.columns else []
    schema = ", ".join([*lead, *(f"`{name}` string" for name in (*names, REJECTED))])
    table = table.toDF(*(name.replace(".", _DOT) for name in table.columns))  # Spark takes a dot for a part of a column
    return table.mapInArrow(partial(answer_batches, law, ids, on, conditions), schema)


def answer_columns(law: Law, pathways: Sequence[str], *, conditions: bool) -> list[str]:
    """Return the names of the columns of answers, in order."""
    empty = pl.DataFrame(schema={"id": pl.String})
    return Answers(law, pathways, on=law.read_until, conditions=conditions).of(empty, {}).columns


def answer_batches(
    law: Law, pathways: Sequence[str], on: date, conditions: bool, batches: Iterator[pa.RecordBatch]
) -> Iterator[pa.RecordBatch]:
    """Yield the answers to Arrow record batches of profiles, one for one: what runs on an executor."""
    answers = Answers(law, pathways, on=on, conditions=conditions)
    for batch in batches:
        frame = pl.DataFrame(pl.from_arrow(batch))
        frame = frame.rename(lambda name: name.replace(_DOT, "."))
        bad: Bad = {}
        found = answers.of(frame, bad).with_columns(pl.all().cast(pl.String))
        why = [_why(bad[row]) if row in bad else None for row in range(frame.height)] if bad else [None] * frame.height
        rejected = pl.Series(REJECTED, why, dtype=pl.String)
        found = found.with_columns(pl.when(rejected.is_null()).then(pl.all()), rejected)
        table = found.to_arrow()
        table = table.cast(pa.schema([(name, pa.string()) for name in table.column_names]))
        if "id" in frame.columns:
            table = table.add_column(0, "id", batch.column(batch.schema.names.index("id")))
        yield from table.combine_chunks().to_batches()


def _why(faults: list[tuple[str, str, str]]) -> str:
    return " ".join(f"{column}: {value!r}: {why}" if column else why for column, value, why in faults)


__all__ = ["REJECTED", "answer_batches", "answer_columns", "assess_table"]
