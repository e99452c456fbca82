"""A run over a file: in chunks, resumable, with the rows that cannot be read set aside.

Finished chunks lie as parts beside the result, with a manifest that names the law, the input and the options. A run
that was stopped goes on where it was when all of these are the same. At the end the parts are laid end to end, and the
result gets its name only when it is whole.
"""

import csv
import hashlib
import json
import os
import shutil
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from sojourn.batch.answers import Answers, Bad
from sojourn.batch.parquet_join import join
from sojourn.batch.tables import WRONG, Chunk, chunks, column_names, refuse
from sojourn.law.faults import Fault, InputError, nearest, shown
from sojourn.law.model import Law

CHUNK = 250_000


@dataclass
class BatchReport:
    """What a run did. counts: for each pathway how many rows have each result."""

    rows: int = 0
    answered: int = 0
    rejected: int = 0
    resumed: int = 0
    seconds: float = 0.0
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    rejects: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the report as data."""
        return dict(vars(self))


def run_batch(
    law: Law,
    source: Path,
    out: Path,
    *,
    on: date,
    pathways: Sequence[str] | None = None,
    conditions: bool = False,
    progress: Callable[[float], None] | None = None,
    chunk_rows: int = CHUNK,
) -> BatchReport:
    """Assess the rows of `source` (.csv or .parquet) into `out` (.csv or .parquet); return what was done.

    on: the day for rows without one in a column `on`. pathways: all when None. conditions: also a column for each
    line of law. progress: told the share done, 0 to 1. Rows that cannot be read go to `<out>.rejects.csv`.
    Raises InputError when the file as a whole cannot be read or the result cannot be written.
    """
    return _Run(law, source, out, on, list(pathways or law.pathways), conditions, chunk_rows).run(progress)


class _Run:
    def __init__(
        self, law: Law, source: Path, out: Path, on: date, pathways: list[str], conditions: bool, chunk_rows: int
    ) -> None:  # fmt: skip
        self.law, self.source, self.out, self.on = law, source, out, on
        self.pathways, self.conditions, self.chunk_rows = pathways, conditions, chunk_rows
        self.parts = out.with_name(out.name + ".parts")
        self.report = BatchReport(rejects=str(out.with_name(out.name + ".rejects.csv")))
        self.answers = Answers(law, pathways, on=on, conditions=conditions)
        for path in (source, out):
            if path.suffix not in (".csv", ".parquet"):
                raise refuse(path, "format", f'"{path.suffix}" is no table we read', "Use .csv or .parquet.")
        if source.is_dir():
            raise refuse(source, "folder", "this is a folder, not a file", "Name a file inside it.")
        if not source.exists():
            raise refuse(source, "missing-file", "there is no such file", "Check the path.")
        if source.stat().st_size == 0:
            raise refuse(source, "empty", "the file is empty", "It needs a line of column names at least.")
        if out.exists() and out.is_dir():
            raise refuse(out, "folder", "the result cannot take the place of a folder", "Name a file.")
        self._check_columns(column_names(source))

    def _check_columns(self, names: list[str]) -> None:
        faults, known = [], [*self.law.person_facts, "id", "on"]
        for n in names:
            if n not in known:
                mend = nearest(n, known)
                faults.append(Fault(shown(self.source), 1, "unknown-column", f'no fact is called "{n}"', mend))
        faults += [
            Fault(shown(self.source), 1, "duplicate-key", f'two columns are called "{n}"', "Keep one.")
            for n in {n for n in names if names.count(n) > 1}
        ]
        if faults:
            raise InputError(faults)

    def run(self, progress: Callable[[float], None] | None) -> BatchReport:
        """Do the run, or what is left of it."""
        start = time.perf_counter()
        try:
            self._prepare()
            done = 0
            while self._note(done).exists():
                self._count(json.loads(self._note(done).read_text()), resumed=True)
                done += 1
            for share, result in self._answered(done):
                self._count(result)
                if progress:
                    progress(share)
            self._finish()
        except OSError as error:
            raise refuse(
                self.out, "unwritable", f"the result cannot be written ({error.strerror})",
                "Make room or choose another place; a new run goes on where this one stopped.",
            ) from None  # fmt: skip
        self.report.seconds = time.perf_counter() - start
        return self.report

    # --- parts

    def _manifest(self) -> str:
        """Return what a part depends on."""
        stat = self.source.stat()
        with self.source.open("rb") as f:
            head = hashlib.sha256(f.read(1 << 20)).hexdigest()
        options = [self.on.isoformat(), self.pathways, self.conditions, self.chunk_rows, self.out.suffix]
        return json.dumps([self.law.digest, stat.st_size, stat.st_mtime_ns, head, options])

    def _prepare(self) -> None:
        manifest = self._manifest()
        kept = self.parts / "manifest.json"
        if self.parts.exists() and not (kept.exists() and kept.read_text() == manifest):
            shutil.rmtree(self.parts)
        self.parts.mkdir(exist_ok=True)
        _write(kept, manifest)

    def _note(self, number: int) -> Path:
        return self.parts / f"{number:06d}.json"

    def _answered(self, done: int) -> Iterator[tuple[float, dict[str, Any]]]:
        """Yield (share of the table done, what became of a chunk) in order; each core works on one chunk."""
        workers = os.cpu_count() or 1
        waiting: deque[tuple[float, Future[dict[str, Any]]]] = deque()
        with ThreadPoolExecutor(workers) as pool:
            try:
                for number, chunk in enumerate(
                    chunks(self.source, self.chunk_rows, self.answers.wanted, skip=done), start=done
                ):
                    waiting.append((chunk.share, pool.submit(self._chunk, number, chunk)))
                    del chunk
                    if len(waiting) > workers:
                        share, future = waiting.popleft()
                        yield share, future.result()
                while waiting:
                    share, future = waiting.popleft()
                    yield share, future.result()
            finally:
                pool.shutdown(cancel_futures=True)

    # --- a chunk

    def _chunk(self, number: int, chunk: Chunk) -> dict[str, Any]:
        """Answer the rows of a chunk into its part; return what became of them."""
        frame = chunk.rows()
        bad: Bad = {}
        if WRONG in frame.columns:
            for row in frame[WRONG].is_not_null().arg_true().to_list():
                bad[row] = [("", "", frame[WRONG][row])]
        answers = self.answers.of(frame, bad)
        result = pl.concat([self._lead(chunk.first, frame).to_frame(), answers], how="horizontal")
        if bad:
            result = result.filter(pl.Series([True]).new_from_index(0, frame.height).scatter(sorted(bad), values=False))
        part = self._note(number).with_suffix(".parquet")
        result.write_parquet(part.with_suffix(".tmp"), statistics=False)
        part.with_suffix(".tmp").replace(part)
        done = {
            "rows": frame.height,
            "rejected": len(bad),
            "counts": {p: dict(result[p].value_counts().cast({p: pl.String}).iter_rows()) for p in self.pathways},
            "rejects": [(chunk.first + row + 1, *x) for row in sorted(bad) for x in bad[row]],
        }
        _write(self._note(number), json.dumps(done))
        return done

    def _lead(self, first: int, frame: pl.DataFrame) -> pl.Series:
        if "id" in frame.columns:
            return frame["id"]
        return pl.int_range(first + 1, first + frame.height + 1, eager=True).alias("row")

    # --- the end

    def _count(self, done: dict[str, Any], *, resumed: bool = False) -> None:
        r = self.report
        r.rows += done["rows"]
        r.resumed += done["rows"] if resumed else 0
        r.rejected += done["rejected"]
        r.answered = r.rows - r.rejected
        for id, counts in done["counts"].items():
            own = r.counts.setdefault(id, {})
            for word, n in counts.items():
                own[word] = own.get(word, 0) + n

    def _finish(self) -> None:
        temporary = self.out.with_name(f".{self.out.name}.part")
        parts = sorted(self.parts.glob("*.parquet"))
        if not parts:
            empty = {"row": pl.Series([], dtype=pl.Int64)} | dict.fromkeys(
                self.pathways, pl.Series([], dtype=pl.String)
            )
            pl.DataFrame(empty).write_parquet(self.parts / "000000.parquet")
            parts = [self.parts / "000000.parquet"]
        if self.out.suffix == ".parquet":
            join(parts, temporary)
        else:
            pl.scan_parquet(parts).sink_csv(temporary)
        with temporary.open("rb") as f:
            os.fsync(f.fileno())
        rejects = Path(self.report.rejects)
        if self.report.rejected:
            with rejects.open("w", encoding="utf-8", newline="") as f:
                out = csv.writer(f)
                out.writerow(["row", "column", "value", "why"])
                for note in sorted(self.parts.glob("[0-9]*.json")):
                    out.writerows(json.loads(note.read_text())["rejects"])
        else:
            rejects.unlink(missing_ok=True)
        temporary.replace(self.out)
        shutil.rmtree(self.parts)


def _write(path: Path, text: str) -> None:
    temporary = path.with_suffix(".tmp")
    temporary.write_text(text)
    temporary.replace(path)


__all__ = ["BatchReport", "run_batch"]
