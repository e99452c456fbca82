"""Parquet files laid end to end hold the rows of all, whoever reads them."""

from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest

from sojourn.batch.parquet_join import DifferentTablesError, join

WORDS = pl.Enum(["met", "not_met", "contested"])


def frame(first: int, rows: int) -> pl.DataFrame:
    numbers = range(first, first + rows)
    return pl.DataFrame(
        {
            "id": [f"p{i}" for i in numbers],
            "n": list(numbers),
            "word": pl.Series([None if i % 7 == 0 else WORDS.categories[i % 3] for i in numbers], dtype=WORDS),
            "yes": [i % 2 == 0 for i in numbers],
            "day": [date.fromordinal(730000 + i) for i in numbers],
            "list": [["a"] * (i % 3) for i in numbers],
            "real": [i / 3 for i in numbers],
        },
        schema={
            "id": pl.String, "n": pl.Int64, "word": WORDS, "yes": pl.Boolean, "day": pl.Date,
            "list": pl.List(pl.String), "real": pl.Float64,
        },
    )  # fmt: skip


@pytest.mark.parametrize("statistics", [True, False])
@pytest.mark.parametrize("compression", ["zstd", "lz4", "uncompressed"])
def test_the_rows_of_all_parts(tmp_path: Path, compression: str, statistics: bool) -> None:
    parts = [frame(0, 3000), frame(3000, 1), frame(3001, 0), frame(3001, 20_000)]
    files = [tmp_path / f"{i}.parquet" for i in range(len(parts))]
    for part, file in zip(parts, files, strict=True):
        part.write_parquet(file, compression=compression, statistics=statistics, row_group_size=1500)  # type: ignore[arg-type]
    out = tmp_path / "out.parquet"
    join(files, out)
    whole = pl.concat(parts)
    assert pl.read_parquet(out).equals(whole)
    assert pl.scan_parquet(out).filter(pl.col("n") == 22_999).collect()["id"].to_list() == ["p22999"]
    found = duckdb.sql(f"select id, n, word, yes, day, list, real from '{out}' order by n").fetchall()
    assert found == whole.rows()


def test_one_part_is_the_same_file(tmp_path: Path) -> None:
    frame(5, 700).write_parquet(tmp_path / "a.parquet")
    join([tmp_path / "a.parquet"], tmp_path / "b.parquet")
    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()


def test_tables_with_other_columns_are_refused(tmp_path: Path) -> None:
    frame(0, 5).write_parquet(tmp_path / "a.parquet")
    frame(0, 5).drop("yes").write_parquet(tmp_path / "b.parquet")
    with pytest.raises(DifferentTablesError):
        join([tmp_path / "a.parquet", tmp_path / "b.parquet"], tmp_path / "c.parquet")


def test_what_is_no_parquet_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR1 and nothing more")
    with pytest.raises(ValueError, match="no Parquet file"):
        join([tmp_path / "a.parquet"], tmp_path / "c.parquet")
