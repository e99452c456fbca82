"""Parquet files laid end to end: the row groups are copied as they are, only the footer is written anew.

The footer is one Thrift struct in the compact protocol. It is read into plain values field by field, so that fields we
know nothing about go through unharmed; the places in the file that it names are moved by as much as the row groups are.
See the Parquet format's `parquet.thrift` for the numbers of the fields.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO

MAGIC = b"PAR1"
_TRUE, _FALSE, _BYTE, _DOUBLE, _BINARY, _LIST, _SET, _MAP, _STRUCT = 1, 2, 3, 7, 8, 9, 10, 11, 12
_SCHEMA, _ROWS, _GROUPS = 2, 3, 4
_COLUMNS, _GROUP_AT = 1, 5
_CHUNK_AT, _META, _OFFSET_INDEX, _COLUMN_INDEX = 2, 3, 4, 6
_PLACES_OF_COLUMN = (9, 10, 11, 14)
"""In the metadata of a column: data pages, index pages, dictionary page, bloom filter."""
Struct = dict[int, tuple[int, Any]]
"""The fields of a struct: number, type and value."""


class DifferentTablesError(ValueError):
    """The files do not have the same columns."""


def join(parts: Sequence[Path], out: Path) -> None:
    """Write the rows of some Parquet files with the same columns into one; raises DifferentTablesError."""
    whole: Struct | None = None
    with out.open("wb") as f:
        f.write(MAGIC)
        for path in parts:
            with path.open("rb") as part:
                footer, length = _footer(part)
                shift = f.tell() - len(MAGIC)
                part.seek(len(MAGIC))
                _copy(part, f, length - len(MAGIC))
            _move(footer, shift)
            if whole is None:
                whole = footer
            elif footer[_SCHEMA] != whole[_SCHEMA]:
                raise DifferentTablesError(path.name)
            else:
                whole[_ROWS] = (whole[_ROWS][0], whole[_ROWS][1] + footer[_ROWS][1])
                whole[_GROUPS][1][1].extend(footer[_GROUPS][1][1])
        assert whole is not None
        raw = bytearray()
        _write_struct(raw, whole)
        f.write(raw + len(raw).to_bytes(4, "little") + MAGIC)


def _footer(f: BinaryIO) -> tuple[Struct, int]:
    """Return the footer, and where it begins."""
    end = f.seek(0, 2)
    f.seek(end - 8)
    tail = f.read(8)
    length = int.from_bytes(tail[:4], "little")
    if tail[4:] != MAGIC or length > end - 12:
        raise ValueError("no Parquet file")
    f.seek(end - 8 - length)
    return _Reader(f.read(length)).struct(), end - 8 - length


def _copy(source: BinaryIO, to: BinaryIO, length: int) -> None:
    while length:
        block = source.read(min(length, 1 << 20))
        to.write(block)
        length -= len(block)


def _move(footer: Struct, shift: int) -> None:
    for group in footer[_GROUPS][1][1]:
        _shift(group, (_GROUP_AT,), shift)
        for chunk in group[_COLUMNS][1][1]:
            _shift(chunk, (_CHUNK_AT, _OFFSET_INDEX, _COLUMN_INDEX), shift)
            _shift(chunk[_META][1], _PLACES_OF_COLUMN, shift)


def _shift(struct: Struct, places: Sequence[int], by: int) -> None:
    for number in places:
        if number in struct and struct[number][1]:  # 0: not given
            kind, place = struct[number]
            struct[number] = (kind, place + by)


# --- the compact protocol ------------------------------------------------------------------------------------------


class _Reader:
    """Reads values from bytes; integers of every width are plain ones, of which the type is kept."""

    def __init__(self, raw: bytes) -> None:
        self.raw, self.at = raw, 0

    def byte(self) -> int:
        self.at += 1
        return self.raw[self.at - 1]

    def varint(self) -> int:
        out = shift = 0
        while True:
            b = self.byte()
            out |= (b & 127) << shift
            if b < 128:
                return out
            shift += 7

    def integer(self) -> int:
        n = self.varint()
        return (n >> 1) ^ -(n & 1)

    def bytes(self, length: int) -> bytes:
        self.at += length
        return self.raw[self.at - length : self.at]

    def struct(self) -> Struct:
        out: Struct = {}
        number = 0
        while head := self.byte():
            number = number + (head >> 4) if head >> 4 else self.integer()
            kind = head & 15
            out[number] = (kind, None if kind in (_TRUE, _FALSE) else self.value(kind))
        return out

    def value(self, kind: int) -> Any:
        if kind in (_TRUE, _FALSE, _BYTE):
            return self.byte()
        if kind == _DOUBLE:
            return self.bytes(8)
        if kind == _BINARY:
            return self.bytes(self.varint())
        if kind in (_LIST, _SET):
            head = self.byte()
            count = head >> 4 if head >> 4 < 15 else self.varint()
            return head & 15, [self.value(head & 15) for _ in range(count)]
        if kind == _STRUCT:
            return self.struct()
        if kind == _MAP:
            raise ValueError("a map, where Parquet has none")
        return self.integer()


def _write_varint(out: bytearray, n: int) -> None:
    while n > 127:
        out.append(n & 127 | 128)
        n >>= 7
    out.append(n)


def _write_integer(out: bytearray, n: int) -> None:
    _write_varint(out, n << 1 if n >= 0 else (-n << 1) - 1)


def _write_struct(out: bytearray, struct: Struct) -> None:
    last = 0
    for number, (kind, value) in struct.items():
        if 0 < number - last < 16:
            out.append((number - last) << 4 | kind)
        else:
            out.append(kind)
            _write_integer(out, number)
        last = number
        if kind not in (_TRUE, _FALSE):
            _write_value(out, kind, value)
    out.append(0)


def _write_value(out: bytearray, kind: int, value: Any) -> None:
    if kind in (_TRUE, _FALSE, _BYTE):
        out.append(value)
    elif kind == _DOUBLE:
        out += value
    elif kind == _BINARY:
        _write_varint(out, len(value))
        out += value
    elif kind in (_LIST, _SET):
        inner, items = value
        out.append((min(15, len(items))) << 4 | inner)
        if len(items) >= 15:
            _write_varint(out, len(items))
        for item in items:
            _write_value(out, inner, item)
    elif kind == _STRUCT:
        _write_struct(out, value)
    else:
        _write_integer(out, value)


__all__ = ["DifferentTablesError", "join"]
