"""What runs on a Spark executor gives what a batch over a file gives; held without Spark, on plain Arrow batches."""

import pickle
import random
from datetime import date
from pathlib import Path

import polars as pl
import pyarrow as pa

from sojourn.batch import run_batch
from sojourn.batch.spark import REJECTED, answer_batches, answer_columns
from tests.batch.test_equal import LAW, table, write

ON = date(2026, 11, 22)
PATHWAYS = ["be-vlg-professional-card", "be-own-means"]


def test_arrow_batches_are_answered_as_a_file_is(tmp_path: Path) -> None:
    rows = table(random.Random(11), 300)
    out = tmp_path / "out.parquet"
    report = run_batch(LAW, write(tmp_path / "in.csv", rows), out, on=ON, pathways=PATHWAYS, conditions=True)
    arrow = pl.DataFrame(rows).to_arrow()
    law = pickle.loads(pickle.dumps(LAW))  # as Spark ships it
    answered = list(answer_batches(law, PATHWAYS, ON, True, iter(arrow.to_batches(max_chunksize=70))))
    assert [batch.num_rows for batch in answered] == [70, 70, 70, 70, 20]
    got = pl.DataFrame(pl.from_arrow(pa.Table.from_batches(answered)))
    assert got.columns == ["id", *answer_columns(LAW, PATHWAYS, conditions=True), REJECTED]
    assert got["id"].to_list() == [row["id"] for row in rows]
    kept = got.filter(pl.col(REJECTED).is_null())
    assert kept.height == report.answered
    assert kept.drop(REJECTED).equals(pl.read_parquet(out).with_columns(pl.all().cast(pl.String)))
    refused = got.filter(pl.col(REJECTED).is_not_null()).drop("id", REJECTED)
    assert all(set(row) == {None} for row in refused.rows())


def test_a_row_that_cannot_be_read_says_why() -> None:
    cells = {"id": [1, 2], "residence.country": ["XX", "BE"], "means.monthly_net": ["2600 EUR", "-5 EUR"]}
    (answered,) = answer_batches(LAW, PATHWAYS, ON, False, iter(pl.DataFrame(cells).to_arrow().to_batches()))
    got = pl.DataFrame(pl.from_arrow(pa.Table.from_batches([answered])))
    assert got["id"].to_list() == [1, 2]
    assert [("residence.country" in why, "means.monthly_net" in why) for why in got[REJECTED]] == [
        (True, False),
        (False, True),
    ]
