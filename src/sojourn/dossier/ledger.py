"""The dossier as a file: a header and one line of JSON per event, each line chained to the one before.

    {"sojourn": "dossier", "version": 1, "pathway": …, "language": …, "about": …, "hash": H0}
    {"n": 1, "on": …, "kind": …, "data": {…}, "recorded": …, "before": H0, "hash": H1}
    {"n": 2, … "before": H1, "hash": H2}

`hash` is the SHA-256 of the line's bytes up to `, "hash"`; `before` is the hash of the line before. Only lines and
events here; the disk is the business of `sojourn.shelf`. The format for other readers: docs/dossier-file.md.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from sojourn.dossier.events import DATA, Event, EventError, make_event, written
from sojourn.law.faults import Fault

VERSION = 1
SUFFIX = ".sojourn"
LONGEST_LINE = 100_000  # bytes
ABOUT = (
    "Each line carries the hash of the one before: this shows accidents and careless edits, "
    "and is no seal against a forger."
)
_BOM = b"\xef\xbb\xbf"
_HASH = b', "hash": "'
_TAIL = len(_HASH) + 64 + len(b'"}')
_decode = json.JSONDecoder().decode
_LINE_KEYS = frozenset(("n", "on", "kind", "data", "source", "corrects", "recorded", "before", "hash"))


@dataclass(frozen=True, slots=True)
class Header:
    """The first line: the version of the format, the pathway, and the language of the person."""

    pathway: str
    language: str
    version: int = VERSION


@dataclass(frozen=True, slots=True)
class Ledger:
    """What could be read of a dossier; everything readable is here, whatever is wrong with the rest.

    faults: what is wrong, by line. notices: oddities that do no harm (a byte order mark, foreign line ends).
    unread: (line, bytes) of the lines no event could be made of. torn: the bytes of a last line that was never
    finished. last: the hash of the last whole line. length: the bytes before the torn line. ended: whether the last
    whole line ends with a line break. writable: whether events may be added.
    """

    header: Header | None
    events: tuple[Event, ...]
    faults: tuple[Fault, ...] = ()
    notices: tuple[Fault, ...] = ()
    unread: tuple[tuple[int, bytes], ...] = ()
    torn: bytes = b""
    last: str = ""
    length: int = 0
    ended: bool = True
    writable: bool = True


def header_line(header: Header) -> tuple[bytes, str]:
    """Return the first line of a dossier, with its line break, and its hash."""
    return _closed(
        {
            "sojourn": "dossier",
            "version": header.version,
            "pathway": header.pathway,
            "language": header.language,
            "about": ABOUT,
        }
    )


def event_line(event: Event, before: str) -> tuple[bytes, str]:
    """Return the line of an event, with its line break, and its hash; `before` is the hash of the line before.

    Raises EventError when the line would be longer than a dossier takes.
    """
    line: dict[str, Any] = {"n": event.number, "on": event.on.isoformat(), "kind": str(event.kind), "data": event.data}
    if event.source:
        line["source"] = event.source
    if event.corrects is not None:
        line["corrects"] = event.corrects
    line["recorded"] = event.recorded.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    line["before"] = before
    made = _closed(line)
    if len(made[0]) > LONGEST_LINE:
        what = f"the event has {len(made[0]):,} bytes; at most {LONGEST_LINE:,} are kept"
        raise EventError([(what, "Write it shorter; keep long papers as files beside the dossier.")])
    return made


def lines(events: Iterable[Event], before: str) -> bytes:
    """Return the lines of events that follow the line with the hash `before`."""
    out = []
    for event in events:
        line, before = event_line(event, before)
        out.append(line)
    return b"".join(out)


def new_ledger(header: Header, events: Iterable[Event] = ()) -> bytes:
    """Return a whole dossier."""
    first, before = header_line(header)
    return first + lines(events, before)


def _closed(line: dict[str, Any]) -> tuple[bytes, str]:
    body = json.dumps(line, ensure_ascii=False).encode()[:-1]
    digest = sha256(body).hexdigest()
    return body + _HASH + digest.encode() + b'"}\n', digest


def parse(raw: bytes, name: str) -> Ledger:
    """Return what can be read of the dossier in `raw`; `name` is the file's name in the faults."""
    return _Reader(name).read(raw)


class _Reader:
    def __init__(self, name: str) -> None:
        self.name = name
        self.faults: list[Fault] = []
        self.notices: list[Fault] = []
        self.unread: list[tuple[int, bytes]] = []
        self.events: list[Event] = []
        self.newer = False
        self.last = ""  # the hash of the line before
        self.sound = True  # whether the line before was in order: one damage is told once
        self.number = 0  # the number of the last event

    def fault(self, line: int, kind: str, what: str, mend: str) -> None:
        self.faults.append(Fault(self.name, line, kind, what, mend))

    def notice(self, line: int, kind: str, what: str, mend: str) -> None:
        self.notices.append(Fault(self.name, line, kind, what, mend))

    def read(self, raw: bytes) -> Ledger:
        length, torn = len(raw), b""
        if raw.startswith(_BOM):
            self.notice(1, "bom", "a byte order mark stands in front (an editor put it there)", "It does no harm.")
            raw = raw[len(_BOM) :]
        found = raw.split(b"\n")
        unfinished = found.pop()
        ended = not unfinished
        if unfinished and _holds(unfinished.removesuffix(b"\r")):
            self.notice(len(found) + 1, "no-end", "the last line has no line break", "It is whole; it does no harm.")
            found.append(unfinished)
        elif unfinished:
            torn, ended = unfinished, True
            length -= len(unfinished)
        if any(line.endswith(b"\r") for line in found):
            self.notice(1, "crlf", "lines end as Windows ends them (an editor changed them)", "It does no harm.")
            found = [line.removesuffix(b"\r") for line in found]
        header = self.head(found)
        for at, line in enumerate(found[1:], 2):
            self.line(at, line)
        if header is None and not self.events:
            del self.faults[1:]  # no dossier at all: one fault says so
        elif torn:
            self.fault(
                len(found) + 1,
                "torn",
                f"the last line was never finished ({len(torn):,} bytes): the computer stopped while it was written, "
                "or the file was cut off",
                "What was confirmed to you stands above it. The next `record` sets the piece aside in a file beside "
                "this one.",
            )
        broken = any(f.kind != "torn" for f in self.faults)
        return Ledger(
            header,
            tuple(self.events),
            tuple(self.faults),
            tuple(self.notices),
            tuple(self.unread),
            torn,
            self.last,
            length,
            ended,
            writable=not broken,
        )

    def head(self, found: Sequence[bytes]) -> Header | None:
        line = found[0] if found else b""
        self.last, self.sound = _named(line), False
        try:
            value = _decode(line.decode())
            header = Header(
                written(DATA["pathway"], value["pathway"], 0),
                written(DATA["language"], value["language"], 0),
                value["version"],
            )
            if value["sojourn"] != "dossier" or type(header.version) is not int or header.version < 1:
                raise ValueError
        except (ValueError, KeyError, TypeError, RecursionError):
            if line and not _holds(line):
                self.unread.append((1, line))
            self.fault(
                1,
                "no-header",
                "this line does not say that the file is a dossier" if line else "the file has no first line",
                "If it is one, take the first line from a copy; `sojourn dossier open` begins a new one.",
            )
            return None
        if header.version > VERSION:
            self.newer = True
            self.fault(
                1,
                "newer",
                f"a newer Sojourn wrote this dossier (format {header.version}; this one writes {VERSION})",
                "What this version understands is shown; to write in it, install the newer Sojourn.",
            )
        elif not _holds(line):
            self.altered(1)
        else:
            self.sound = True
        return header

    def altered(self, at: int) -> None:
        self.fault(
            at,
            "altered",
            "this line is not as Sojourn wrote it: its hash does not fit its text",
            "Take the line from a copy. To change what a dossier says, use `sojourn dossier correct`.",
        )

    def line(self, at: int, line: bytes) -> None:
        before, sound = self.last, self.sound
        self.last, self.sound = _named(line), False
        try:
            value = _decode(line.decode())
            event = _event(value)
        except UnicodeDecodeError as error:
            return self.refuse(at, line, f"byte {error.start + 1} of this line is not UTF-8")
        except EventError as error:
            return self.refuse(at, line, str(error))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return self.refuse(at, line, "this line is no event" if line.strip() else "this line is empty")
        self.events.append(event)
        if self.newer:
            return None
        if not _holds(line):
            return self.altered(at)
        self.sound = True
        if sound and value.get("before") != before:
            self.fault(
                at,
                "broken-chain",
                "the line before this one is not the one that stood there when this was written: lines were changed, "
                "taken out, put in or moved",
                "Take the lines before it from a copy.",
            )
        elif event.number <= self.number:
            self.fault(at, "wrong-number", f"event {event.number} follows event {self.number}", "Use a copy.")
        self.number = event.number
        return None

    def refuse(self, at: int, line: bytes, what: str) -> None:
        self.unread.append((at, line))
        if not self.newer:
            self.fault(at, "unreadable", f"{what}; it is kept and shown as it stands", "Take the line from a copy.")


def _event(value: dict[str, Any]) -> Event:
    if not value.keys() <= _LINE_KEYS or type(value["n"]) is not int or value["n"] < 1:
        raise ValueError
    recorded = datetime.fromisoformat(value["recorded"])
    on = date.fromisoformat(value["on"])
    data, source = value["data"], value.get("source", "")
    if type(data) is not dict or type(source) is not str:
        raise ValueError
    return make_event(value["n"], value["kind"], on, recorded, data, source, value.get("corrects"))


def _holds(line: bytes) -> bool:
    """Return whether the line's own hash fits its text."""
    return line[-_TAIL:-66] == _HASH and line[-2:] == b'"}' and _sum(line) == line[-66:-2]


def _sum(line: bytes) -> bytes:
    return sha256(line[:-_TAIL]).hexdigest().encode()


def _named(line: bytes) -> str:
    """Return the hash that a line carries, by which the next line names it (`_holds` judges whether it fits)."""
    return line[-66:-2].decode("ascii", "replace")


def salvage(ledger: Ledger) -> tuple[Event, ...]:
    """Return the readable events that can stand in one dossier: those whose numbers rise; each keeps its number."""
    out: list[Event] = []
    for event in ledger.events:
        if not out or event.number > out[-1].number:
            out.append(event)
    return tuple(out)


def plain(event: Event) -> str:
    """Return an event as one line of text, in the words of the file."""
    shown = [f"{event.number}", event.on.isoformat(), str(event.kind)]
    shown += [f"{k}={v if isinstance(v, str) else json.dumps(v, ensure_ascii=False)}" for k, v in event.data.items()]
    if event.corrects is not None:
        shown.append(f"(corrects {event.corrects})")
    return "  ".join(shown).replace("\n", " ")
