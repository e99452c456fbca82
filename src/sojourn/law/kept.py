"""Values of which a part stays in a file until it is touched.

The body of law is large and one answer needs little of it: of a pathway not its procedure, its worked cases or its
texts in three other languages, and of its exact forms only that of one day. So a file of kept values holds each such
part as a pickle of its own, which is read when a field of it is first looked at. Nothing else shows the difference.
"""

import io
import pickle
from dataclasses import fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

Place = tuple[int, int]
"""Where a part begins and ends in the file."""
_HEAD = 3 * 8
_FILE, _ROOT = "file", "root"
_THE_FILE = object()
"""Stands for the file where a value is written into it."""


class Kept:
    """A base for dataclasses without slots, of which some fields are kept apart.

    apart: groups of fields; a group is read when one of its fields is first touched. Such a field has no default, for
    that would be found on the class.
    """

    apart: ClassVar[tuple[tuple[str, ...], ...]] = ()

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            own = self.__dict__
            for names, place in zip(self.apart, own.get("_places", ()), strict=False):
                if name in names:
                    own.update(zip(names, own["_file"].read(place), strict=True))
                    return own[name]
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    def __getstate__(self) -> dict[str, Any]:
        """Return all fields, also those that were still in the file: a copy stands on its own."""
        for names in self.apart:
            getattr(self, names[0])
        return {name: value for name, value in self.__dict__.items() if name not in ("_file", "_places")}


def dump(root: Kept) -> bytes:
    """Return the value as `load` takes it."""
    parts = _Parts(root)
    whole = parts.pickled(root, inside=False)
    data = parts.out.getvalue()
    head = b"".join(n.to_bytes(8, "big") for n in (len(data) - len(whole), len(data), _HEAD + len(data)))
    return head + data


def load(data: bytes | memoryview) -> Any:
    """Return the value that was kept; raises ValueError when some of it is missing, or whatever unpickling raises.

    To be used on what we wrote ourselves only, for a pickle can do anything.
    """
    start, end, length = (int.from_bytes(data[i : i + 8], "big") for i in range(0, _HEAD, 8))
    if length != len(data) or length < 2 * _HEAD:
        raise ValueError("not all of it is there")
    file = _File(memoryview(data)[_HEAD:])
    file.root = file.read((start, end))
    return file.root


class _Parts:
    """The parts of a value, one after the other."""

    def __init__(self, root: Kept) -> None:
        self.root = root
        self.out = io.BytesIO()

    def pickled(self, value: Any, *, inside: bool) -> bytes:
        """Return the pickle of a part, after having written it; the parts inside it are written first."""
        buffer = io.BytesIO()
        _Pickler(buffer, self, inside=inside).dump(value)
        self.out.write(buffer.getvalue())
        return buffer.getvalue()

    def place(self, value: Any) -> Place:
        """Write a part; return where it stands."""
        length = len(self.pickled(value, inside=True))
        return self.out.tell() - length, self.out.tell()


class _Pickler(pickle.Pickler):
    def __init__(self, buffer: io.BytesIO, parts: _Parts, *, inside: bool) -> None:
        super().__init__(buffer, protocol=pickle.HIGHEST_PROTOCOL)
        self.parts, self.inside = parts, inside

    def persistent_id(self, value: Any) -> str | None:
        """Return a name for what is not written again: the file itself, and in a part of it the whole."""
        if value is _THE_FILE:
            return _FILE
        return _ROOT if value is self.parts.root and self.inside else None

    def reducer_override(self, value: Any) -> Any:
        """Return how to make a value again whose parts are kept apart."""
        if not isinstance(value, Kept) or not value.apart:
            names = _slots(type(value))  # type: ignore[arg-type]
            return (type(value), tuple(getattr(value, name) for name in names)) if names else NotImplemented
        places = tuple(self.parts.place(tuple(getattr(value, name) for name in names)) for names in value.apart)
        apart = {name for names in value.apart for name in names}
        state = {name: x for name, x in value.__getstate__().items() if name not in apart}
        return _empty, (type(value),), (_THE_FILE, places, state), None, None, _fill


@cache
def _slots(kind: type) -> tuple[str, ...]:
    """Return the fields of a dataclass with slots: its constructor makes it again in half the time."""
    return tuple(f.name for f in fields(kind)) if is_dataclass(kind) and "__slots__" in vars(kind) else ()


def _empty(kind: type[Kept]) -> Kept:
    return kind.__new__(kind)


def _fill(value: Kept, state: tuple["_File", tuple[Place, ...], dict[str, Any]]) -> None:
    file, places, fields = state
    value.__dict__.update(fields, _file=file, _places=places)


class _File:
    """The bytes that were kept, and the value they make up."""

    def __init__(self, data: memoryview) -> None:
        self.data = data
        self.root: Any = None

    def read(self, place: Place) -> Any:
        """Return a part."""
        return _Unpickler(io.BytesIO(self.data[place[0] : place[1]]), self).load()


class _Unpickler(pickle.Unpickler):
    def __init__(self, buffer: io.BytesIO, file: _File) -> None:
        super().__init__(buffer)
        self.file = file

    def persistent_load(self, name: str) -> Any:
        """Return the file or the whole."""
        return self.file if name == _FILE else self.file.root


__all__ = ["Kept", "dump", "load"]
