"""YAML 1.2 without surprises, with the line of every value.

Only `true`/`false`, `null`/`~`, plain whole numbers and ISO days are typed; everything else is text, so `NO` stays
Norway and `1845.48` keeps its digits. Duplicate keys, aliases (and with them alias bombs), several documents, deep
nesting and huge files are refused with the line.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from sojourn.law.faults import Fault, InputError, shown

MOST_BYTES = 2_000_000
DEEPEST = 40
_INTEGER = re.compile(r"^[-+]?(0|[1-9]\d{0,17})$")
_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None, "~": None, "": None}

Path_ = tuple[str | int, ...]


@dataclass
class Document:
    """A file that was read: its `value`, and `lines`, the line of each value by its path from the root."""

    file: str
    value: Any
    lines: dict[Path_, int] = field(default_factory=dict)

    def line(self, path: Path_) -> int:
        """Return the line of the value at `path`, or of the nearest enclosing one."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


class _StopError(Exception):
    """The file cannot be read any further."""


def load_file(path: Path, *, most_bytes: int = MOST_BYTES) -> Document:
    """Return the document in the file `path`.

    Raises InputError, with every fault found, when it is missing, a folder, too large, not UTF-8 or not our YAML.
    """
    name = shown(path)

    def refuse(kind: str, what: str, mend: str) -> InputError:
        return InputError([Fault(name, 0, kind, what, mend)])

    try:
        if path.is_dir():
            raise refuse("folder", "this is a folder, not a file", "Name a file inside it.")
        if path.stat().st_size > most_bytes:
            raise refuse(
                "too-large",
                f"the file has {path.stat().st_size:,} bytes; at most {most_bytes:,} are read",
                "Give a smaller file.",
            )
        raw = path.read_bytes()
    except FileNotFoundError:
        raise refuse("missing-file", "there is no such file", "Check the path.") from None
    except OSError as error:
        raise refuse("unreadable", f"the file cannot be read ({error.strerror})", "Check its permissions.") from None
    return load_bytes(raw, name, most_bytes=most_bytes)


def load_bytes(raw: bytes, name: str, *, most_bytes: int = MOST_BYTES) -> Document:
    """Return the document in `raw`, calling it `name` in faults; raises InputError as `load_file` does."""
    if len(raw) > most_bytes:
        raise InputError(
            [Fault(name, 0, "too-large", f"{len(raw):,} bytes; at most {most_bytes:,} are read", "Give less.")]
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise InputError(
            [Fault(name, line, "not-utf8", f"byte {error.start} is not UTF-8", "Save the file as UTF-8.")]
        ) from None
    return _Reader(text, name).document()


def load(path: Path) -> Any:
    """Return only the value in the file `path` (for tests and tools that need no lines)."""
    return load_file(path).value


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


class _Reader:
    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self.faults: list[Fault] = []
        self.lines: dict[Path_, int] = {}
        self.text = text

    def fault(self, line: int, kind: str, what: str, mend: str) -> None:
        self.faults.append(Fault(self.name, line, kind, what, mend))

    def document(self) -> Document:
        value: Any = None
        try:
            self.events = yaml.parse(self.text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
            next(self.events)  # stream start
            first = next(self.events)
            if isinstance(first, yaml.DocumentStartEvent):
                value = self.node(next(self.events), ())
                next(self.events)  # document end
                after = next(self.events)
                if not isinstance(after, yaml.StreamEndEvent):
                    self.fault(
                        _line(after),
                        "several-documents",
                        "a second document begins here",
                        "Keep one document a file.",
                    )
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            problem = getattr(error, "problem", None) or "it is not YAML"
            self.fault(mark.line + 1 if mark else 0, "syntax", f"not readable as YAML: {problem}", "Mend the line.")
        except _StopError:
            pass
        if self.faults:
            raise InputError(self.faults)
        return Document(self.name, value, self.lines)

    def node(self, event: Any, path: Path_) -> Any:
        line = _line(event)
        self.lines[path] = line
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self.fault(line, "alias", "anchors and aliases (& and *) are not read", "Write the value out.")
            raise _StopError
        if len(path) > DEEPEST:
            self.fault(line, "too-deep", f"nested more than {DEEPEST} levels deep", "Write it flatter.")
            raise _StopError
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event, line)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Any] = []
            while not isinstance(item := next(self.events), yaml.SequenceEndEvent):
                items.append(self.node(item, (*path, len(items))))
            return items
        mapping: dict[Any, Any] = {}
        while not isinstance(key_event := next(self.events), yaml.MappingEndEvent):
            key_line = _line(key_event)
            if not isinstance(key_event, yaml.ScalarEvent):
                self.fault(key_line, "key", "a key must be one word", "Write `word: value`.")
                raise _StopError
            key = key_event.value
            if key in mapping:
                self.fault(
                    key_line,
                    "duplicate-key",
                    f'"{key}" stands twice in the same place, first on line {self.lines[(*path, key)]}',
                    "Only one of the two can hold: take one out.",
                )
            mapping[key] = self.node(next(self.events), (*path, key))
            self.lines[(*path, key)] = key_line
        return mapping

    def scalar(self, event: Any, line: int) -> Any:
        text: str = event.value
        if not event.implicit[0]:
            return text
        if text in _WORDS:
            return _WORDS[text]
        if _INTEGER.match(text):
            return int(text)
        if _DAY.match(text):
            try:
                return date.fromisoformat(text)
            except ValueError:
                self.fault(line, "impossible-date", f"{text} is no day of the calendar", "Correct the date.")
        return text
