"""A run over a file: in chunks, resumable, with the rows that cannot be read set aside.

Finished chunks lie as parts beside the result, with a manifest that names the law, the input and the options. A run
that was stopped goes on where it was when all of these are the same. The result gets its name only when it is whole.
"""

import csv
import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from sojourn.batch.columns import Column, read_column, written_days
from sojourn.batch.kernel import RESULT_WORDS, WORDS, Kernel, Rows
from sojourn.decide.profile import contradictions
from sojourn.law.faults import Fault, InputError, nearest, shown
from sojourn.law.model import Law
from sojourn.values.known import Exact, Known

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


def _refuse(path: Path, kind: str, what: str, mend: str) -> InputError:
    return InputError([Fault(shown(path), 0, kind, what, mend)])


class _Run:
    def __init__(
        self, law: Law, source: Path, out: Path, on: date, pathways: list[str], conditions: bool, chunk_rows: int
    ) -> None:  # fmt: skip
        self.law, self.source, self.out, self.on = law, source, out, on
        self.pathways, self.conditions, self.chunk_rows = pathways, conditions, chunk_rows
        self.kernel = Kernel(law)
        self.parts = out.with_name(out.name + ".parts")
        self.report = BatchReport(rejects=str(out.with_name(out.name + ".rejects.csv")))
        for path in (source, out):
            if path.suffix not in (".csv", ".parquet"):
                raise _refuse(path, "format", f'"{path.suffix}" is no table we read', "Use .csv or .parquet.")
        if source.is_dir():
            raise _refuse(source, "folder", "this is a folder, not a file", "Name a file inside it.")
        if not source.exists():
            raise _refuse(source, "missing-file", "there is no such file", "Check the path.")
        if source.stat().st_size == 0:
            raise _refuse(source, "empty", "the file is empty", "It needs a line of column names at least.")
        if out.exists() and out.is_dir():
            raise _refuse(out, "folder", "the result cannot take the place of a folder", "Name a file.")

    def manifest(self) -> str:
        """Return what a part depends on."""
        stat = self.source.stat()
        with self.source.open("rb") as f:
            head = hashlib.sha256(f.read(1 << 20)).hexdigest()
        options = [self.on.isoformat(), self.pathways, self.conditions, self.chunk_rows, self.out.suffix]
        return json.dumps([self.law.digest, stat.st_size, stat.st_mtime_ns, head, options])

    def run(self, progress: Callable[[float], None] | None) -> BatchReport:
        start = time.perf_counter()
        try:
            self._prepare()
            total = self._total()
            for i, (first, frame) in enumerate(self._chunks()):
                part = self.parts / f"{i:06d}.parquet"
                note = self.parts / f"{i:06d}.json"
                if note.exists():
                    done = json.loads(note.read_text())
                    self.report.resumed += done["rows"]
                else:
                    done = self._chunk(first, frame, part)
                    _write(note, json.dumps(done))
                self._count(done)
                if progress:
                    progress(min(1.0, self.report.rows / max(1, total)))
            self._finish()
        except OSError as error:
            raise _refuse(
                self.out, "unwritable", f"the result cannot be written ({error.strerror})",
                "Make room or choose another place; a new run goes on where this one stopped.",
            ) from None  # fmt: skip
        self.report.seconds = time.perf_counter() - start
        return self.report

    def _prepare(self) -> None:
        manifest = self.manifest()
        kept = self.parts / "manifest.json"
        if self.parts.exists() and not (kept.exists() and kept.read_text() == manifest):
            shutil.rmtree(self.parts)
        self.parts.mkdir(exist_ok=True)
        _write(kept, manifest)

    def _total(self) -> int:
        if self.source.suffix == ".parquet":
            return int(pl.scan_parquet(self.source).select(pl.len()).collect().item())
        return max(1, self.source.stat().st_size // 80)

    # --- chunks

    def _chunks(self) -> Iterator[tuple[int, pl.DataFrame]]:
        """Yield (number of the first row, rows); CSV rows with another number of cells are set aside."""
        if self.source.suffix == ".parquet":
            try:
                scan = pl.scan_parquet(self.source)
                names, count = scan.collect_schema().names(), self._total()
            except (pl.exceptions.PolarsError, OSError) as error:
                raise _refuse(self.source, "unreadable", f"not readable as Parquet ({error})", "Check it.") from None
            self._known_columns(names)
            for first in range(0, count, self.chunk_rows):
                yield first, scan.slice(first, self.chunk_rows).collect()
            return
        try:
            with self.source.open(encoding="utf-8-sig", newline="") as f:
                reader = csv.reader(f)
                names = next(reader, [])
                self._known_columns(names)
                first, rows = 0, []
                for row in reader:
                    rows.append(row)
                    if len(rows) == self.chunk_rows:
                        yield first, self._frame(names, rows)
                        first, rows = first + len(rows), []
                if rows:
                    yield first, self._frame(names, rows)
        except UnicodeDecodeError as error:
            raise _refuse(self.source, "not-utf8", f"byte {error.start} is not UTF-8", "Save it as UTF-8.") from None
        except csv.Error as error:
            raise _refuse(self.source, "syntax", f"not readable as CSV ({error})", "Check the quotes.") from None

    def _frame(self, names: list[str], rows: list[list[str]]) -> pl.DataFrame:
        width = len(names)
        wrong = [None if len(r) == width else f"{len(r)} cells, {width} columns" for r in rows]
        whole = [r if len(r) == width else [""] * width for r in rows]
        data = {name: [r[k] for r in whole] for k, name in enumerate(names)}
        return pl.DataFrame(data, schema=dict.fromkeys(names, pl.String)).with_columns(
            pl.Series("\0wrong", wrong, dtype=pl.String)
        )

    def _known_columns(self, names: list[str]) -> None:
        faults = []
        for n in names:
            if n not in self.law.facts and n not in ("id", "on"):
                mend = nearest(n, [*self.law.facts, "id", "on"])
                faults.append(Fault(shown(self.source), 1, "unknown-column", f'no fact is called "{n}"', mend))
        faults += [
            Fault(shown(self.source), 1, "duplicate-key", f'two columns are called "{n}"', "Keep one.")
            for n in {n for n in names if names.count(n) > 1}
        ]
        if faults:
            raise InputError(faults)

    def _chunk(self, first: int, frame: pl.DataFrame, part: Path) -> dict[str, Any]:
        columns = {n: read_column(self.law, self.law.facts[n], frame[n]) for n in frame.columns if n in self.law.facts}
        bad: dict[int, list[tuple[str, str, str]]] = {}
        if "\0wrong" in frame.columns:
            for row in frame["\0wrong"].is_not_null().arg_true().to_list():
                bad.setdefault(row, []).append(("", "", frame["\0wrong"][row]))
        for name, column in columns.items():
            for row, (what, mend) in column.bad.items():
                bad.setdefault(row, []).append((name, str(frame[name][row]), f"{what}. {mend}"))
        days, codes, wrong_days = self._days(frame)
        for row in wrong_days:
            bad.setdefault(row, []).append(("on", str(frame["on"][row]), "no day of the calendar"))
        rows = Rows(self.law, frame.height, columns, days, codes)
        odd = {row for c in columns.values() for row in [*c.odd, *_partly_known(c)]}
        for row, says in self._clashes(rows, odd, bad):
            bad.setdefault(row, []).append(("", "", says))
        answers = self._answers(rows, odd - bad.keys())
        result = pl.DataFrame(answers)
        lead = (
            [frame["id"]] if "id" in frame.columns else [pl.Series("row", range(first + 1, first + frame.height + 1))]
        )
        result = result.insert_column(0, lead[0])
        if bad:
            keep = pl.Series([True]).new_from_index(0, frame.height).scatter(sorted(bad), values=False)
            result = result.filter(keep)
        temporary = part.with_suffix(".tmp")
        result.write_parquet(temporary)
        temporary.replace(part)
        counts = {p: dict(result[p].cast(pl.String).value_counts().iter_rows()) for p in self.pathways}
        rejects = [(first + row + 1, *x) for row in sorted(bad) for x in bad[row]]
        return {"rows": frame.height, "rejected": len(bad), "counts": counts, "rejects": rejects}

    def _days(self, frame: pl.DataFrame) -> tuple[list[date], pl.Series, list[int]]:
        if "on" not in frame.columns:
            return [self.on], pl.Series([0], dtype=pl.UInt32).new_from_index(0, frame.height), []
        given = frame["on"]
        days = given if given.dtype == pl.Date else written_days(given.cast(pl.String).str.strip_chars())
        empty = given.is_null() if given.dtype == pl.Date else (given.is_null() | (given.cast(pl.String) == ""))
        wrong = (days.is_null() & ~empty).arg_true().to_list()
        days = days.fill_null(self.on)
        distinct = days.unique().to_list()
        codes = days.replace_strict(distinct, list(range(len(distinct))), return_dtype=pl.UInt32)
        return distinct, codes, wrong

    def _clashes(self, rows: Rows, odd: set[int], bad: dict[int, Any]) -> Iterator[tuple[int, str]]:
        """Yield the rows whose facts contradict each other."""
        for c in self.law.contradictions:
            levels = self.kernel.plain(c.test, rows)
            if isinstance(levels, int):
                continue
            for row in (levels == 8).arg_true().to_list():
                if row not in odd and row not in bad:
                    yield row, c.says
        for row in sorted(odd - bad.keys()):
            for _, says in contradictions(self.law, self._facts(rows, row), rows.days[rows.day_codes[row]]):
                yield row, says

    def _facts(self, rows: Rows, row: int) -> dict[str, Known]:
        return {id: known for id, c in rows.columns.items() if (known := c.at(row)) is not None}

    def _answers(self, rows: Rows, odd: set[int]) -> dict[str, pl.Series]:
        """Return the answer columns; rows in which something else than a plain value was said go one by one."""
        out: dict[str, pl.Series] = {}
        for id in self.pathways:
            out |= self.kernel.pathway(self.law.pathways[id], rows, conditions=self.conditions)
        if not odd:
            return out
        listed = sorted(odd)
        replaced: dict[str, list[str | None]] = {name: [] for name in out}
        for row in listed:
            facts, day = self._facts(rows, row), rows.days[rows.day_codes[row]]
            for id in self.pathways:
                f = self.kernel.engine.find(self.law.pathways[id], facts, day)
                replaced[id].append(f.result.value)
                if self.conditions:
                    words = {f"{id}.{r.entry.id}": r.word for r in f.reasons}
                    for name in out:
                        if name.startswith(f"{id}."):
                            replaced[name].append(words.get(name))
        for name, series in out.items():
            words_ = RESULT_WORDS if name in self.pathways else WORDS
            values = pl.Series(replaced[name], dtype=pl.Enum(words_))
            out[name] = series.to_physical().scatter(listed, values.to_physical()).cat.to(pl.Enum(words_))
        return out

    # --- the end

    def _count(self, done: dict[str, Any]) -> None:
        r = self.report
        r.rows += done["rows"]
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
            empty = pl.DataFrame({"row": pl.Series([], dtype=pl.Int64)} | dict.fromkeys(self.pathways, pl.Series([])))
            empty.write_parquet(self.parts / "000000.parquet")
            parts = [self.parts / "000000.parquet"]
        whole = pl.scan_parquet(parts)
        if self.out.suffix == ".parquet":
            whole.sink_parquet(temporary)
        else:
            whole.sink_csv(temporary)
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


def _partly_known(column: Column) -> list[int]:
    """Return the rows in which something else than one plain value was said."""
    partly = [i for i, known in enumerate(column.known) if not isinstance(known, Exact)]
    if column.codes is None or not partly:
        return []
    return column.codes.is_in(partly).fill_null(value=False).arg_true().to_list()


def _write(path: Path, text: str) -> None:
    temporary = path.with_suffix(".tmp")
    temporary.write_text(text)
    temporary.replace(path)


__all__ = ["BatchReport", "Column", "run_batch"]
