"""Batches of profiles, from Parquet to Parquet: rows a second, and memory, each run in a process of its own."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl

from bench.one_person import CARD
from bench.people import ON, people
from bench.references import openfisca
from bench.references.polars_card import answers
from bench.row import Row
from sojourn.batch import run_batch
from sojourn.batch.kernel import Kernel
from sojourn.batch.parquet_join import join
from sojourn.decide.profile import written
from sojourn.law.model import Law
from sojourn.values.known import Known
from sojourn.values.verdict import Result

UNKNOWN = 0.1
"""The chance of each answer to be missing."""
PEOPLE = 20_000
"""So many different people; which of their answers are missing is drawn for each row anew."""
SLICE = 250_000
ROOT = Path(__file__).resolve().parents[1]


def texts(law: Law, people: Sequence[dict[str, Known]]) -> pl.DataFrame:
    """Return complete people as a table of texts, with the facts that the card looks at."""
    facts = Kernel(law, [CARD], conditions=True).facts
    return pl.DataFrame(
        [{id: _cell(law, id, p[id]) for id in facts} for p in people], schema=dict.fromkeys(facts, pl.String)
    )


def _cell(law: Law, id: str, known: Known) -> str:
    value = written(law.facts[id], known)
    if isinstance(value, list):
        return ";".join(value) or "[]"
    return str(value).lower() if isinstance(value, bool) else str(value)


def write_rows(
    everyone: pl.DataFrame, path: Path, count: int, *, unknown: float = UNKNOWN, own_days: bool = False
) -> None:
    """Write `count` rows: people drawn at random, each answer missing with a chance, on request with a day each."""
    parts = []
    span = (ON - openfisca.FIRST_DAY).days
    for first in range(0, count, SLICE):
        rows, rng = min(SLICE, count - first), np.random.default_rng(first)
        table = everyone[pl.Series(rng.integers(0, everyone.height, rows))]
        given = {c: pl.Series(rng.random(rows) >= unknown) for c in table.columns}
        on = pl.Series("on", np.datetime64(openfisca.FIRST_DAY) + rng.integers(0, span + 1, rows)).cast(pl.Date)
        parts.append(path.with_name(f"{path.name}.{first}"))
        table.select(
            pl.int_range(first, first + rows).cast(pl.String).alias("id"),
            *([on] if own_days else []),
            *(pl.when(given[c]).then(pl.col(c)).alias(c) for c in table.columns),
        ).write_parquet(parts[-1])
    join(parts, path)
    for part in parts:
        part.unlink()


class Took(NamedTuple):
    """How long a run took, in seconds, and how much memory it used at most, in bytes."""

    seconds: float
    peak: int


def run(how: str, source: Path, out: Path) -> Took:
    """Return what a run took (see `bench.batch_run`)."""
    command = [sys.executable, "-m", "bench.batch_run", how, str(source), str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return Took(**json.loads(done.stdout))


def in_turn(hows: Sequence[str], source: Path, folder: Path, rounds: int) -> dict[str, Took]:
    """Return the fastest run of each, over rounds in which each has its turn."""
    best: dict[str, Took] = {}
    for _ in range(rounds):
        for how in hows:
            took = run(how, source, folder / f"{how}.parquet")
            best[how] = min(took, best.get(how, took))
    return best


def rows(law: Law, counts: Sequence[int]) -> Iterator[Row]:
    """Yield the rows of the table; `counts`: how many profiles, ascending."""
    everyone = texts(law, people(law, PEOPLE))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _same_for_complete_rows(law, everyone, folder)
        for count in counts:
            yield from _beside_polars(everyone, folder, count, rounds=3 if count == counts[0] else 1)
        yield from _beside_openfisca(everyone, folder, counts[0])


def _beside_polars(everyone: pl.DataFrame, folder: Path, count: int, rounds: int) -> Iterator[Row]:
    source = folder / "one-day.parquet"
    write_rows(everyone, source, count)
    took = in_turn(["ours, result only", "ours", "polars"], source, folder, rounds)
    yield Row(f"batch of {count:,}, one day, Flemish card, result", _speed(count, took["ours, result only"]))
    ratio = took["polars"].seconds / took["ours"].seconds
    yield Row(
        f"batch of {count:,}, one day, Flemish card, result and all conditions",
        _speed(count, took["ours"]),
        f"{_speed(count, took['polars'])}, the card hand-written as Polars expressions",
        f"{ratio:.2f} times its throughput",
        "at least 0.8",
        ratio >= 0.8,
    )
    peak = took["ours"].peak
    yield Row(
        f"batch of {count:,}, memory at most",
        f"{peak / 1e9:.2f} GB",
        f"{took['polars'].peak / 1e9:.2f} GB, the same",
        f"{peak / took['polars'].peak:.2f} times its memory",
        "under 1.5 GB",
        peak < 1.5e9,
    )
    mine = pl.read_parquet(folder / "ours.parquet", columns=[CARD])[CARD].cast(pl.String)
    plain = pl.read_parquet(folder / "polars.parquet", columns=["result"])["result"].cast(pl.String)
    theirs_open = plain == Result.UNDETERMINED
    if (~theirs_open & (mine != plain)).any():
        raise AssertionError("rows are settled otherwise by hand: mend bench/references/polars_card.py")
    missed = (theirs_open & (mine != Result.UNDETERMINED)).sum()
    yield Row("of them, settled results that are missed", "0", f"{missed:,}, the same: Kleene logic alone")


def _beside_openfisca(everyone: pl.DataFrame, folder: Path, count: int) -> Iterator[Row]:
    source = folder / "own-days.parquet"
    write_rows(everyone, source, count, own_days=True)
    took = in_turn(["ours"], source, folder, 2) | in_turn(["openfisca", "openfisca, by span"], source, folder, 1)
    what = f"batch of {count:,}, each row its own day from {openfisca.FIRST_DAY} on, result and all conditions"
    for how, means in (
        ("openfisca", "one simulation a day"),
        ("openfisca, by span", "cut by hand into spans without change of law"),
    ):
        ratio = took[how].seconds / took["ours"].seconds
        mark = "at least 10 times" if how == "openfisca" else ""
        yield Row(
            what,
            _speed(count, took["ours"]),
            f"{_speed(count, took[how])}, OpenFisca-core, {means}",
            f"{ratio:.1f} times its throughput",
            mark,
            ratio >= 10 if mark else None,
        )
    mine = pl.read_parquet(folder / "ours.parquet", columns=[CARD])[CARD].cast(pl.String)
    theirs = pl.read_parquet(folder / "openfisca.parquet", columns=["result"])["result"].cast(pl.String)
    open_ = (mine == Result.UNDETERMINED).sum()
    as_if_known = ((mine == Result.UNDETERMINED) & (theirs != Result.UNDETERMINED)).sum()
    yield Row(
        f"of them, rows that unknown facts leave open ({UNKNOWN:.0%} of the answers are missing)",
        f"{open_:,} undetermined",
        f"{as_if_known:,} of these OpenFisca answers as if all were known",
        f"{as_if_known / open_:.0%}",
    )


def _speed(count: int, took: Took) -> str:
    return f"{count / took.seconds:,.0f} rows a second"


def _same_for_complete_rows(law: Law, everyone: pl.DataFrame, folder: Path) -> None:
    """Make sure that the references decide complete rows as we do; they would be none otherwise."""
    source, out = folder / "complete.parquet", folder / "answers.parquet"
    write_rows(everyone, source, 5_000, unknown=0)

    def ours(path: Path) -> pl.Series:
        run_batch(law, path, out, on=ON, pathways=[CARD])
        return pl.read_parquet(out)[CARD].cast(pl.String)

    by_hand = answers(source).collect()["result"].cast(pl.String)
    differ = {"polars_card.py": int((ours(source) != by_hand).sum())}
    write_rows(everyone, source, 5_000, unknown=0, own_days=True)
    openfisca.batch(law, source, folder / "openfisca.parquet", by_span=True)()
    theirs = pl.read_parquet(folder / "openfisca.parquet")["result"].cast(pl.String)
    differ["openfisca.py"] = int((ours(source) != theirs).sum())
    for reference, rows_ in differ.items():
        if rows_:
            raise AssertionError(f"{rows_} complete rows are decided otherwise: mend bench/references/{reference}")
