"""Tables on disk: read in chunks of rows, each chunk always the same rows, so that a stopped run can go on."""

import csv
import io
from collections.abc import Callable, Collection, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, NamedTuple

import polars as pl

from sojourn.law.faults import Fault, InputError, shown

WRONG = "\0wrong"
"""A column that says which rows could not be cut into cells, and why; only there when there are such rows."""


class Chunk(NamedTuple):
    """Some rows of a table. first: the number of the first of them, from 0. rows: reads them."""

    first: int
    share: float
    rows: Callable[[], pl.DataFrame]


def refuse(path: Path, kind: str, what: str, mend: str) -> InputError:
    """Return the error for a file as a whole."""
    return InputError([Fault(shown(path), 0, kind, what, mend)])


def column_names(path: Path) -> list[str]:
    """Return the names of the columns of a CSV or Parquet file; raises InputError."""
    if path.suffix == ".parquet":
        try:
            return pl.scan_parquet(path).collect_schema().names()
        except (pl.exceptions.PolarsError, OSError) as error:
            raise refuse(path, "unreadable", f"not readable as Parquet ({error})", "Check the file.") from None
    with path.open("rb") as f:
        return _header(path, f)


def chunks(path: Path, size: int, wanted: Collection[str], *, skip: int = 0) -> Iterator[Chunk]:
    """Yield the rows in chunks of `size`, leaving out the first `skip` chunks; raises InputError.

    wanted: the columns to read; a CSV file is read whole.
    """
    return _parquet(path, size, wanted, skip) if path.suffix == ".parquet" else islice(_csv(path, size), skip, None)


def _parquet(path: Path, size: int, wanted: Collection[str], skip: int) -> Iterator[Chunk]:
    """Yield slices that are read when they are asked for: no more of the file is in memory than is worked on."""
    scan = pl.scan_parquet(path)
    try:
        total = int(scan.select(pl.len()).collect().item())
        names = scan.collect_schema().names()
        scan = scan.select([name for name in names if name in wanted] or names[:1])  # a row counts, whatever it holds
    except pl.exceptions.PolarsError as error:
        raise _unreadable(path, error) from None

    def rows(first: int) -> pl.DataFrame:
        try:
            return scan.slice(first, size).collect()
        except pl.exceptions.PolarsError as error:
            raise _unreadable(path, error) from None

    for first in range(skip * size, total, size):
        yield Chunk(first, min(first + size, total) / total, lambda first=first: rows(first))  # type: ignore[misc]


def _unreadable(path: Path, error: Exception) -> InputError:
    return refuse(path, "unreadable", f"not readable as Parquet ({error})", "Check the file.")


# --- CSV -----------------------------------------------------------------------------------------------------------


def _header(path: Path, f: BinaryIO) -> list[str]:
    try:
        return next(csv.reader([f.readline().decode("utf-8-sig")]), [])
    except UnicodeDecodeError as error:
        raise _not_utf8(path, error.start) from None


def _csv(path: Path, size: int) -> Iterator[Chunk]:
    total = path.stat().st_size
    with path.open("rb") as f:
        names = _header(path, f)
        first = 0
        while lines := [line for line in islice(f, size) if line.strip()]:
            text = b"".join(lines)
            if b'"' in text:  # a quoted cell may run over several lines
                yield from _quoted(path, size, names, first, chain(lines, f))
                return
            start, share = f.tell() - len(text), f.tell() / total
            yield Chunk(first, share, lambda lines=lines, text=text, start=start: _cut(path, names, lines, text, start))  # type: ignore[misc]
            first += len(lines)


def _cut(path: Path, names: list[str], lines: list[bytes], text: bytes, start: int) -> pl.DataFrame:
    """Return lines without quotes as rows; those with another number of cells are left empty and named."""
    try:
        text.decode()
    except UnicodeDecodeError as error:
        raise _not_utf8(path, start + error.start) from None
    commas = len(names) - 1
    wrong = {i: n + 1 for i, line in enumerate(lines) if (n := line.count(b",")) != commas}
    if wrong:
        empty = b"," * commas + b"\n"
        text = b"".join(empty if i in wrong else line for i, line in enumerate(lines))
    schema = dict.fromkeys(names, pl.String)
    if commas == 0:
        frame = pl.DataFrame({names[0]: [line.decode().strip() for line in lines]}, schema=schema)
    else:
        text = text.replace(b"\r\n", b"\n")
        frame = pl.read_csv(io.BytesIO(text), has_header=False, schema=schema, quote_char=None)
    return _marked(frame, {i: f"{n} cells, {len(names)} columns" for i, n in wrong.items()})


def _quoted(path: Path, size: int, names: list[str], first: int, lines: Iterator[bytes]) -> Iterator[Chunk]:
    try:
        rows = (row for row in csv.reader(line.decode() for line in lines) if row)
        while part := list(islice(rows, size)):
            yield Chunk(first, 0.0, lambda part=part: _rows(names, part))  # type: ignore[misc]
            first += len(part)
    except UnicodeDecodeError as error:
        raise refuse(path, "not-utf8", f"after row {first} something is not UTF-8 ({error.reason})", _UTF8) from None
    except csv.Error as error:
        raise refuse(path, "syntax", f"not readable as CSV ({error})", "Check the quotes.") from None


def _rows(names: list[str], rows: list[list[str]]) -> pl.DataFrame:
    width = len(names)
    wrong = {i: f"{len(row)} cells, {width} columns" for i, row in enumerate(rows) if len(row) != width}
    whole = [[""] * width if i in wrong else row for i, row in enumerate(rows)]
    data = {name: [row[k] for row in whole] for k, name in enumerate(names)}
    return _marked(pl.DataFrame(data, schema=dict.fromkeys(names, pl.String)), wrong)


def _marked(frame: pl.DataFrame, wrong: dict[int, str]) -> pl.DataFrame:
    if not wrong:
        return frame
    marks = pl.Series(WRONG, [None], dtype=pl.String).new_from_index(0, frame.height)
    return frame.with_columns(marks.scatter(list(wrong), list(wrong.values())).alias(WRONG))


_UTF8 = "Save the table as UTF-8."


def _not_utf8(path: Path, byte: int) -> InputError:
    return refuse(path, "not-utf8", f"byte {byte} is not UTF-8", _UTF8)


__all__ = ["WRONG", "Chunk", "chunks", "column_names", "refuse"]
