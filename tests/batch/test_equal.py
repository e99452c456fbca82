"""A batch equals its rows one by one."""

import csv
import random
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from sojourn.batch import run_batch
from sojourn.decide.assess import engine
from sojourn.decide.body import load_law
from sojourn.decide.profile import profile_from, written
from sojourn.values.known import Exact
from tests.people import person

LAW = load_law()
DAYS = [date(2014, 1, 1), date(2021, 12, 31), date(2022, 1, 1), date(2023, 6, 1), date(2025, 8, 17), date(2026, 2, 1)]
BANDS = {
    "money": ["2000..30000 EUR", "..22837.99 EUR", "22000..22500 EUR", "21000..22838 EUR", "18600.. EUR"],
    "date": ["2022-05-01..2022-12-01", "2026-01-15..2026-07-01", "..2025-12-31", "2026-05-22.."],
    "integer": ["0..1", "1..3", "1.."],
}
"""On some days they lie across a threshold, on others beside it."""


def table(rng: random.Random, rows: int) -> list[dict[str, str]]:
    """Random rows as CSV writes them: nulls, bands, words, days."""
    out = []
    for i in range(rows):
        facts = person(LAW, rng)
        row = {"id": f"p{i}", "on": rng.choice([*DAYS, date(2026, 11, 22)]).isoformat()}
        for id, known in facts.items():
            assert isinstance(known, Exact)
            fact = LAW.facts[id]
            value = written(fact, known)
            if rng.random() < 0.25:
                row[id] = ""
            elif rng.random() < 0.02:
                row[id] = rng.choice(["unknown", "declined"])
            elif fact.type in BANDS and rng.random() < 0.05:
                row[id] = rng.choice(BANDS[fact.type])
            elif isinstance(value, list):
                row[id] = ";".join(value) or "[]"
            elif isinstance(value, bool):
                row[id] = str(value).lower()
            else:
                row[id] = str(value)
        out.append(row)
    return out


def write(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", newline="") as f:
        out = csv.DictWriter(f, ["id", "on", *LAW.person_facts])
        out.writeheader()
        out.writerows(rows)
    return path


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_row_and_every_condition(tmp_path: Path, seed: int) -> None:
    rows = table(random.Random(seed), 400)
    source = write(tmp_path / "in.csv", rows)
    report = run_batch(LAW, source, tmp_path / "out.parquet", on=date(2026, 11, 22), conditions=True, chunk_rows=150)
    got = {r["id"]: r for r in pl.read_parquet(tmp_path / "out.parquet").iter_rows(named=True)}
    assert report.rows == 400
    assert report.answered == len(got)
    e = engine(LAW)
    for row in rows:
        if row["id"] not in got:
            continue  # contradictory facts, see the rejects
        facts = {}
        for id, text in row.items():
            if id in LAW.person_facts and text:
                fact = LAW.facts[id]
                value: object = text
                if text not in ("unknown", "declined"):
                    if fact.is_set:
                        value = [] if text == "[]" else text.split(";")
                    elif fact.type == "bool":
                        value = text == "true"
                facts[id] = value
        day = date.fromisoformat(row["on"])
        known = profile_from(LAW, facts, day).facts
        for pathway in LAW.pathways.values():
            f = e.find(pathway, known, day)
            assert got[row["id"]][pathway.id] == f.result, (row, pathway.id)
            for r in f.reasons:
                if r.entry.part not in ("caution", "anchor"):
                    assert got[row["id"]][f"{pathway.id}.{r.entry.id}"] == r.word, (row["id"], r.entry.id)


def test_rejects_and_typed_parquet(tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text(
        "id,residence.country,means.monthly_net,person.nationalities\n"
        "a,BE,2600 EUR,MA\nb,XX,2600 EUR,MA\nc,BE,-5 EUR,MA\nd,BE\ne,BE,2000..2500 EUR,MA;FR\n"
    )
    report = run_batch(LAW, tmp_path / "bad.csv", tmp_path / "out.csv", on=date(2026, 11, 22))
    assert (report.rows, report.answered, report.rejected) == (5, 2, 3)
    rejects = (tmp_path / "out.csv.rejects.csv").read_text().splitlines()
    assert rejects[1].startswith("2,residence.country,XX,")
    assert rejects[2].startswith("3,means.monthly_net,-5 EUR,")
    assert rejects[3].startswith("4,,,")
    frame = pl.DataFrame(
        {"id": [1, 2], "person.nationalities": [["MA"], ["PT"]], "activity.kind": ["self-employed", None],
         "means.monthly_net": [2600, None], "record.extract_issued": [date(2026, 9, 20), None],
         "activity.regulated": [True, None]},
    )  # fmt: skip
    frame.write_parquet(tmp_path / "in.parquet")
    run_batch(LAW, tmp_path / "in.parquet", tmp_path / "typed.parquet", on=date(2026, 11, 22))
    got = pl.read_parquet(tmp_path / "typed.parquet")
    assert got["be-own-means"].to_list() == ["closed", "closed"]


def test_stopped_run_goes_on(tmp_path: Path) -> None:
    source = write(tmp_path / "in.csv", table(random.Random(7), 300))
    whole = tmp_path / "whole.parquet"
    run_batch(LAW, source, whole, on=date(2026, 11, 22), chunk_rows=50)

    class Stopped(Exception):  # noqa: N818
        pass

    def stop(share: float) -> None:
        stop.calls += 1  # type: ignore[attr-defined]
        if stop.calls == 3:  # type: ignore[attr-defined]
            raise Stopped

    stop.calls = 0  # type: ignore[attr-defined]
    out = tmp_path / "out.parquet"
    with pytest.raises(Stopped):
        run_batch(LAW, source, out, on=date(2026, 11, 22), chunk_rows=50, progress=stop)
    assert not out.exists()
    report = run_batch(LAW, source, out, on=date(2026, 11, 22), chunk_rows=50)
    assert 150 <= report.resumed < 300  # chunks under way when it stopped may have been finished
    assert pl.read_parquet(out).equals(pl.read_parquet(whole))
    assert not out.with_name("out.parquet.parts").exists()


def test_the_day_of_a_row_is_written_in_one_way(tmp_path: Path) -> None:
    days = ["2026-11-22", "20261122", "2026-1-2", "2026/11/22", "+2026-11-22", ""]
    (tmp_path / "in.csv").write_text("on,person.age\n" + "".join(f"{day},30\n" for day in days))
    report = run_batch(LAW, tmp_path / "in.csv", tmp_path / "out.csv", on=date(2026, 11, 22))
    assert (report.answered, report.rejected) == (2, 4)


def test_a_table_with_nothing_to_look_at_still_has_rows(tmp_path: Path) -> None:
    pl.DataFrame({"housing.found": ["true", "XX", None]}).write_parquet(tmp_path / "in.parquet")
    out = tmp_path / "out.parquet"
    report = run_batch(LAW, tmp_path / "in.parquet", out, on=date(2026, 11, 22), pathways=["be-vlg-professional-card"])
    assert (report.answered, report.rejected) == (3, 0), "what nothing looks at rejects nothing"
    assert pl.read_parquet(out)["be-vlg-professional-card"].to_list() == ["undetermined"] * 3
