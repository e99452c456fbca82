"""Batches of profiles: rows a second, from a Parquet file to a Parquet file."""

import random
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import numpy as np
import polars as pl

from bench.clock import seconds
from bench.one_person import CARD
from bench.people import ON
from bench.references import openfisca
from bench.row import Row
from sojourn.batch import run_batch
from sojourn.decide.profile import written
from sojourn.law.model import Law
from sojourn.values.known import Known
from sojourn.values.verdict import Result

UNKNOWN = 0.1
"""The chance of each answer to be missing."""


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


def with_days(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the rows each with a day of its own, from the first day of the decree to that of the bench."""
    rng = random.Random(9)
    span = (ON - openfisca.FIRST_DAY).days
    days = [openfisca.FIRST_DAY + timedelta(days=rng.randint(0, span)) for _ in range(frame.height)]
    return frame.with_columns(on=pl.Series(days, dtype=pl.Date))


def rows(law: Law, people: list[dict[str, Known]], count: int) -> Iterator[Row]:
    table = profiles(law, people, UNKNOWN)
    table = pl.concat([table] * (count // table.height))
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder, "in.parquet"), Path(folder, "out.parquet")
        table.write_parquet(source)
        for conditions in (False, True):
            report = run_batch(law, source, out, on=ON, pathways=[CARD], conditions=conditions)
            what = "result and all conditions" if conditions else "result"
            yield Row(f"batch of {count:,}, one day, Flemish card, {what}", _speed(count, report.seconds))
        with_days(table).write_parquet(source)
        del table
        yield from _beside_openfisca(law, people, source, out, count)


def _beside_openfisca(law: Law, people: list[dict[str, Known]], source: Path, out: Path, count: int) -> Iterator[Row]:
    system = openfisca.system(law)
    _same_for_complete_rows(law, people, system, out)
    times: dict[bool, float] = {}
    for by_span in (False, True):
        times[by_span] = seconds(_openfisca_batch(law, system, source, out, by_span=by_span))
    theirs = pl.read_parquet(out, columns=["result"])["result"].cast(pl.String)
    ours = run_batch(law, source, out, on=ON, pathways=[CARD], conditions=True).seconds
    what = f"batch of {count:,}, each row its own day from {openfisca.FIRST_DAY} on, result and all conditions"
    for by_span, seconds_ in times.items():
        how = "cut by hand into spans without change of law" if by_span else "one simulation a day"
        yield Row(
            what,
            _speed(count, ours),
            f"{_speed(count, seconds_)}, OpenFisca-core, {how}",
            f"{seconds_ / ours:.2f} times its throughput",
            "" if by_span else "at least 10 times",
            None if by_span else seconds_ >= 10 * ours,
        )
    mine = pl.read_parquet(out, columns=[CARD])[CARD].cast(pl.String)
    open_ = (mine == Result.UNDETERMINED).sum()
    as_if_known = ((mine == Result.UNDETERMINED) & (theirs != Result.UNDETERMINED)).sum()
    yield Row(
        f"of them, rows that unknown facts leave open ({UNKNOWN:.0%} of the answers are missing)",
        f"{open_:,} undetermined",
        f"{as_if_known:,} of these OpenFisca answers as if all were known",
        f"{as_if_known / open_:.0%}",
    )


def _speed(count: int, seconds_: float) -> str:
    return f"{count / seconds_:,.0f} rows a second"


def _openfisca_batch(
    law: Law, system: openfisca.TaxBenefitSystem, source: Path, out: Path, *, by_span: bool
) -> Callable[[], None]:
    """Return the work of answering a file: read it, calculate the result and all lines, write them."""

    def work() -> None:
        frame = pl.read_parquet(source)
        days = frame["on"].to_numpy().astype("datetime64[D]")
        names = ("result", *openfisca.ALL_LINES)
        values = openfisca.calculate(system, openfisca.inputs(law, frame), days, names, by_span=by_span)
        words = pl.Series(values.pop("result").astype(np.uint8)).cat.to(pl.Enum(openfisca.RESULTS))
        pl.DataFrame({"result": words} | values).write_parquet(out)

    return work


def _same_for_complete_rows(
    law: Law, people: list[dict[str, Known]], system: openfisca.TaxBenefitSystem, folder: Path
) -> None:
    """Make sure that the reference decides complete rows as we do; it would be no reference otherwise."""
    source, out = folder.with_name("complete.parquet"), folder.with_name("answers.parquet")
    with_days(profiles(law, people, unknown=0)).write_parquet(source)
    _openfisca_batch(law, system, source, out, by_span=True)()
    theirs = pl.read_parquet(out)["result"].cast(pl.String)
    run_batch(law, source, out, on=ON, pathways=[CARD])
    mine = pl.read_parquet(out)[CARD].cast(pl.String)
    differ = int((mine != theirs).sum())
    if differ:
        raise AssertionError(
            f"OpenFisca and Sojourn differ on {differ} complete rows; mend bench/references/openfisca.py"
        )
