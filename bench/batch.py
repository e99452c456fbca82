"""Batches of profiles: rows a second, from a Parquet file to a Parquet file."""

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from bench.one_person import CARD
from bench.people import ON
from bench.row import Row
from sojourn.batch import run_batch
from sojourn.decide.profile import written
from sojourn.law.model import Law
from sojourn.values.known import Known


def profiles(law: Law, people: list[dict[str, Known]], unknown: float) -> pl.DataFrame:
    """Return the people as a table of texts, each answer missing with the chance `unknown`."""
    rng = random.Random(7)
    table = [{id: None if rng.random() < unknown else _cell(law, id, x) for id, x in p.items()} for p in people]
    return pl.DataFrame(table, schema=dict.fromkeys(law.facts, pl.String))


def _cell(law: Law, id: str, known: Known) -> str:
    value = written(law.facts[id], known)
    if isinstance(value, list):
        return ";".join(value) or "[]"
    return str(value).lower() if isinstance(value, bool) else str(value)


def rows(law: Law, people: list[dict[str, Known]], count: int) -> Iterator[Row]:
    frame = profiles(law, people, unknown=0.1)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "in.parquet")
        pl.concat([frame] * (count // len(frame))).write_parquet(source)
        for conditions in (False, True):
            report = run_batch(law, source, Path(folder, "out.parquet"), on=ON, pathways=[CARD], conditions=conditions)
            what = "result and all conditions" if conditions else "result"
            yield Row(
                f"batch of {report.rows:,}, Flemish card, {what}", f"{report.rows / report.seconds:,.0f} rows a second"
            )
