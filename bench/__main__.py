"""What it costs: `make bench` prints one table, measured in one run on this machine."""

import random
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import polars as pl

from sojourn.batch import run_batch
from sojourn.decide.assess import Cells, engine
from sojourn.decide.body import load_law
from sojourn.decide.diagram import restrict
from sojourn.decide.next_question import next_question
from sojourn.decide.profile import contradictions, read_profile, written
from sojourn.law.model import Law
from sojourn.values.known import Known
from tests.people import person

ROOT = Path(__file__).resolve().parents[1]
ON = date(2026, 11, 22)
PEOPLE = 2_000


def people(law: Law, count: int) -> list[dict[str, Known]]:
    """Return invented people whose facts do not contradict each other, always the same ones."""
    rng = random.Random(20261122)
    out: list[dict[str, Known]] = []
    while len(out) < count:
        facts = person(law, rng)
        if not list(contradictions(law, facts, ON)):
            out.append(facts)
    return out


def one_person(law: Law) -> list[tuple[str, str]]:
    facts = read_profile(law, ROOT / "examples" / "ghent-designer.yaml").facts
    e, card = engine(law), law.pathways["be-vlg-professional-card"]
    lines = len(e.find(card, facts, ON).reasons)
    rows = []
    for name, work in (("result only", e.result), ("with full explanation", e.find)):
        best = min(_timed(lambda work=work: [work(card, facts, ON) for _ in range(500)]) / 500 for _ in range(7))
        rows.append((f"one person, Flemish card, {name}", f"{best * 1e6:.0f} µs, {best * 1e6 / lines:.2f} µs a line"))
    return rows


def process() -> list[tuple[str, str]]:
    command = [Path(sys.executable).with_name("sojourn"), "match", ROOT / "examples" / "ghent-designer.yaml"]
    times = [_timed(lambda: subprocess.run(command, capture_output=True, check=True)) for _ in range(7)]
    return [("`sojourn match` as a process, law cached", f"{min(times) * 1e3:.0f} ms")]


def questions(law: Law, whole: list[dict[str, Known]]) -> list[tuple[str, str]]:
    """Questions until no answer can change any result: ours, and the form's own order with idle questions skipped."""
    e = engine(law)
    ours, fixed, times = [], [], []
    for facts in whole:
        known: dict[str, Known] = {}
        count = 0
        while True:
            start = time.perf_counter()
            asked = next_question(law, known, ON)
            times.append(time.perf_counter() - start)
            if asked is None:
                break
            count += 1
            known |= {id: facts[id] for id in asked.question.sets}
        ours.append(count)
        known, count = {}, 0
        for q in law.questions:
            matters: set[str] = set()
            for name in law.pathways:
                ready = e.ready(law.pathways[name], ON)
                assert ready is not None
                left = restrict(ready.segment.result, Cells(ready.segment, known, e.day(ON)))
                matters |= {getattr(ready.segment.variables[i], "fact", "") for i in left.variables}
            if matters & set(q.sets):
                count += 1
                known |= {id: facts[id] for id in q.sets}
        fixed.append(count)
    times.sort()
    fewer = 1 - statistics.mean(ours) / statistics.mean(fixed)
    return [
        (
            "the next question, all pathways",
            f"p50 {times[len(times) // 2] * 1e3:.2f} ms, p95 {times[int(len(times) * 0.95)] * 1e3:.2f} ms",
        ),
        (
            f"questions until settled, {len(whole):,} people",
            f"ours {statistics.mean(ours):.2f}, fixed order {statistics.mean(fixed):.2f}: {fewer:.0%} fewer",
        ),
    ]


def batch(law: Law, whole: list[dict[str, Known]], rows: int) -> list[tuple[str, str]]:
    rng = random.Random(7)
    table = []
    for facts in whole:
        row: dict[str, str | None] = {}
        for id, known in facts.items():
            value = written(law.facts[id], known)
            text = (
                (";".join(value) or "[]")
                if isinstance(value, list)
                else str(value).lower()
                if isinstance(value, bool)
                else str(value)
            )
            row[id] = None if rng.random() < 0.1 else text
        table.append(row)
    frame = pl.DataFrame(table, schema=dict.fromkeys(law.facts, pl.String))
    out = []
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "in.parquet")
        pl.concat([frame] * (rows // len(table))).write_parquet(source)
        for conditions in (False, True):
            report = run_batch(
                law,
                source,
                Path(folder, "out.parquet"),
                on=ON,
                pathways=["be-vlg-professional-card"],
                conditions=conditions,
            )
            what = "result and all conditions" if conditions else "result"
            out.append(
                (
                    f"batch of {report.rows:,}, Flemish card, {what}",
                    f"{report.rows / report.seconds:,.0f} rows a second",
                )
            )
    return out


def _timed(work: object) -> float:
    start = time.perf_counter()
    work()  # type: ignore[operator]
    return time.perf_counter() - start


def main() -> None:
    law = load_law()
    whole = people(law, PEOPLE)
    rows = [*one_person(law), *process(), *questions(law, whole), *batch(law, whole, 1_000_000)]
    print("| what | measured |\n|---|---|")
    for what, measured in rows:
        print(f"| {what} | {measured} |")


if __name__ == "__main__":
    main()
