"""Dossiers on disk: made whole or not at all, and added to so that what was confirmed survives a crash.

Adding is: lock, read, write, fsync, and only then confirm. A write that fails is taken back. A torn last line (a crash
in the middle of a write) is moved, never dropped, into `NAME.torn` before the next event is written.
"""

import errno
import fcntl
import os
import stat
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sojourn.dossier.events import Event, EventError, make_event
from sojourn.dossier.ledger import SUFFIX, Header, Ledger, lines, new_ledger, parse
from sojourn.law.faults import Fault, InputError, shown
from sojourn.shelf.seal import is_sealed, seal, unseal

MOST_BYTES = 20_000_000
WAIT = 5.0  # seconds
_POLL = 0.02
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_READ_ONLY = (errno.EACCES, errno.EPERM, errno.EROFS)

Ask = Callable[[Path], str]


class DossierError(InputError):
    """A dossier cannot be read or written as asked."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An event before it has a number and a time of recording; see `Event` for the fields."""

    kind: str
    on: date
    data: Mapping[str, Any] = field(default_factory=dict)
    source: str = ""
    corrects: int | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was written, and what the person should know: `notices`, and where a torn line was set aside."""

    events: tuple[Event, ...]
    notices: tuple[Fault, ...] = ()
    set_aside: Path | None = None


def _fault(path: Path, kind: str, what: str, mend: str) -> DossierError:
    return DossierError([Fault(shown(path.absolute()), 0, kind, what, mend)])


def _no_passphrase(path: Path) -> str:
    raise _fault(path, "sealed", "the dossier is encrypted, and no passphrase was given", "Give its passphrase.")


def read(path: Path, *, ask: Ask = _no_passphrase, wait: float = 1.0) -> Ledger:
    """Return what can be read of the dossier `path`.

    ask: gives the passphrase when it is encrypted. wait: seconds to let a writer finish.
    Raises DossierError when there is nothing to read (missing, a folder, not permitted), SealError on another
    passphrase. What is wrong inside is told by the ledger's faults.
    """
    with _opened(path, os.O_RDONLY) as fd:
        _lock(fd, fcntl.LOCK_SH, wait)  # a writer that takes longer is not waited for: a torn line is then reported
        raw, cut = _content(fd)
    if is_sealed(raw):
        raw = unseal(raw, ask(path), _name(path))
    return _judged(raw, path, cut=cut)


def _judged(raw: bytes, path: Path, *, cut: int = 0) -> Ledger:
    ledger = parse(raw, path.name)
    if ledger.faults or ledger.notices:  # only now: to name a file as a person would takes as long as to read it
        ledger = parse(raw, _name(path))
    if not cut:
        return ledger
    too_large = Fault(
        _name(path),
        0,
        "too-large",
        f"the file has {cut:,} bytes; the first {MOST_BYTES:,} were read",
        "A dossier tells what happened; keep the papers themselves as files beside it. Begin a new dossier.",
    )
    faults = (too_large, *(f for f in ledger.faults if f.kind != "torn"))
    return replace(ledger, faults=faults, torn=b"", writable=False)


def create(
    path: Path, header: Header, drafts: Iterable[Draft], recorded: datetime, *, passphrase: str = ""
) -> Recorded:
    """Make the dossier `path` with its first events: the whole file appears at once, or none.

    Raises DossierError when the file exists, the name does not end in `.sojourn`, or the disk refuses; EventError
    when an event cannot be.
    """
    events = _numbered(drafts, 1, recorded)
    _place(path, header, events, passphrase)
    return Recorded(events)


def restore(path: Path, header: Header, events: Sequence[Event], *, passphrase: str = "") -> None:
    """Make the dossier `path` from events that have their numbers; raises as `create` does."""
    _place(path, header, events, passphrase)


def _place(path: Path, header: Header, events: Sequence[Event], passphrase: str) -> None:
    if path.suffix != SUFFIX:
        raise _fault(path, "name", f"a dossier's name ends in {SUFFIX}", f"Call it {path.stem or 'my'}{SUFFIX}.")
    with _telling(path, "made"):
        if path.is_symlink() or path.exists():
            raise _exists(path)
        raw = new_ledger(header, events)
        raw = seal(raw, passphrase) if passphrase else raw
        temporary = _beside(path, raw, 0o600)
        try:
            _appear(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)
        _sync_folder(path)


def _exists(path: Path) -> DossierError:
    return _fault(path, "exists", "there is something of this name already; it was left as it is", "Choose a new name.")


def _appear(temporary: Path, path: Path) -> None:
    """Give the finished file its name, unless the name is taken."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise _exists(path) from None
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK):
            raise
        if path.exists():  # a file system without links, such as a memory stick's
            raise _exists(path) from None
        temporary.rename(path)


def record(
    path: Path,
    drafts: Iterable[Draft] | Callable[[Ledger], Iterable[Draft]],
    recorded: datetime,
    *,
    ask: Ask = _no_passphrase,
    wait: float = WAIT,
) -> Recorded:
    """Add events to the dossier `path`; when this returns they are on the disk.

    drafts: the events, or a function that makes them from the dossier as it is under the lock. recorded: now, UTC.
    wait: seconds to wait for another process. Raises DossierError, SealError or EventError; nothing was added then.
    """
    if path.is_symlink():
        target = os.readlink(path)  # noqa: PTH115  as it is written, not resolved
        raise _fault(path, "link", f"this is a link to {target}", "Name the file itself, so that one file is locked.")
    drafts_of = drafts if callable(drafts) else None
    with _held(path, wait) as fd:
        raw, cut = _content(fd)
        sealed = is_sealed(raw)
        passphrase = ask(path) if sealed else ""
        opened = unseal(raw, passphrase, _name(path)) if sealed else raw
        ledger = _judged(opened, path, cut=cut)
        if not ledger.writable:
            raise DossierError([*ledger.faults, _nothing_added(path)])
        made = drafts_of(ledger) if drafts_of else drafts
        assert not callable(made)
        first = ledger.events[-1].number + 1 if ledger.events else 1
        events = _numbered(made, first, recorded, known={e.number for e in ledger.events})
        added = (b"" if ledger.ended else b"\n") + lines(events, ledger.last)
        if ledger.length + len(added) > MOST_BYTES:
            raise _fault(path, "too-large", f"it would grow beyond {MOST_BYTES:,} bytes", "Begin a new dossier.")
        aside = None
        with _telling(path, "added"):
            if ledger.torn:
                aside = _set_aside(path, ledger.torn)
            if sealed:
                _replace(path, fd, seal(opened[: ledger.length] + added, passphrase))
            else:
                _append(fd, ledger.length, len(raw), added)
    return Recorded(events, ledger.notices, aside)


def _numbered(
    drafts: Iterable[Draft], first: int, recorded: datetime, known: set[int] | None = None
) -> tuple[Event, ...]:
    out = []
    for n, draft in enumerate(drafts, first):
        event = make_event(n, draft.kind, draft.on, recorded, draft.data, draft.source, draft.corrects)
        names = [event.corrects, *(event.data.get(k) for k in ("against", "notice_of"))]
        missing = [x for x in names if x is not None and known is not None and x not in known and x < first]
        if missing:
            raise EventError([(f"this dossier has no event {missing[0]}", "`sojourn dossier show` numbers them.")])
        out.append(event)
    return tuple(out)


def _nothing_added(path: Path) -> Fault:
    what = "nothing was added: an event after a damaged or newer line would hide the damage"
    mend = "`sojourn dossier recover` makes a new dossier of everything that can be read."
    return Fault(_name(path), 0, "not-added", what, mend)


def _name(path: Path) -> str:
    return shown(path.absolute())


# -- the disk -----------------------------------------------------------------------------------------------------


@contextmanager
def _opened(path: Path, flags: int) -> Iterator[int]:
    try:
        fd = os.open(path, flags | os.O_CLOEXEC | os.O_NONBLOCK)  # a pipe must not keep us waiting
    except IsADirectoryError:
        raise _folder(path) from None
    except FileNotFoundError:
        raise _fault(
            path, "missing-file", "there is no such file", "`sojourn dossier open` begins a dossier."
        ) from None
    except OSError as error:
        verb = "read" if flags == os.O_RDONLY else "written"
        why = f"the file cannot be {verb} ({error.strerror})"
        raise _fault(
            path, "unreadable", why, f"Check the permissions of the file and its folder {path.parent}."
        ) from None
    try:
        mode = os.fstat(fd).st_mode
        if stat.S_ISDIR(mode):
            raise _folder(path)
        if not stat.S_ISREG(mode):
            raise _fault(path, "no-file", "this is no ordinary file", f"Name a {SUFFIX} file.")
        yield fd
    finally:
        os.close(fd)


def _folder(path: Path) -> DossierError:
    return _fault(path, "folder", "this is a folder, not a file", f"Name a {SUFFIX} file inside it.")


def _lock(fd: int, how: int, wait: float) -> bool:
    """Return whether the lock was had within `wait` seconds."""
    until = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(fd, how | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                return False
            time.sleep(_POLL)
        except OSError:  # a file system without locks: we read, and write, as if alone
            return True
        else:
            return True


@contextmanager
def _held(path: Path, wait: float) -> Iterator[int]:
    """Hold the dossier alone; waits `wait` seconds at most."""
    until = time.monotonic() + wait
    while True:
        with _opened(path, os.O_RDWR) as fd:
            if not _lock(fd, fcntl.LOCK_EX, max(0.0, until - time.monotonic())):
                raise _fault(
                    path,
                    "locked",
                    f"another process is writing in this dossier; we waited {wait:g} s, and nothing was added",
                    "Try again when it has finished, or wait longer: --wait 60.",
                )
            with suppress(OSError):
                if os.path.samestat(os.fstat(fd), path.stat()):
                    yield fd
                    return
        # the file was replaced while we waited: the lock we hold is of the old one


def _content(fd: int) -> tuple[bytes, int]:
    """Return the bytes of the file, and its size if it is larger than we read, else 0."""
    size = os.fstat(fd).st_size
    os.lseek(fd, 0, os.SEEK_SET)
    out = bytearray()
    most = min(1 << 20, size + 1)  # of a small file no large piece is asked for
    while len(out) < MOST_BYTES and (piece := os.read(fd, min(most, MOST_BYTES - len(out)))):
        out += piece
    return bytes(out), size if size > MOST_BYTES else 0


def _write(fd: int, raw: bytes) -> None:
    rest = memoryview(raw)
    while rest:
        rest = rest[os.write(fd, rest) :]


def _append(fd: int, length: int, size: int, added: bytes) -> None:
    """Write `added` at `length`; on any failure the file is as it was up to `length`."""
    try:
        if size != length:
            os.ftruncate(fd, length)
        os.lseek(fd, length, os.SEEK_SET)
        _write(fd, added)
        os.fsync(fd)
    except BaseException:
        with suppress(OSError):
            os.ftruncate(fd, length)
            os.fsync(fd)
        raise


def _beside(path: Path, raw: bytes, mode: int) -> Path:
    """Return a finished, synced file with `raw` in the folder of `path`."""
    fd, name = tempfile.mkstemp(dir=path.absolute().parent, prefix=".sojourn-", suffix=".part")
    temporary = Path(name)
    try:
        try:
            os.fchmod(fd, mode)
            _write(fd, raw)
            os.fsync(fd)
        finally:
            os.close(fd)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _replace(path: Path, fd: int, raw: bytes) -> None:
    """Put a new whole file in the place of the old one."""
    temporary = _beside(path, raw, stat.S_IMODE(os.fstat(fd).st_mode))
    try:
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path)


def _set_aside(path: Path, torn: bytes) -> Path:
    """Keep an unfinished line in `NAME.torn`, beside the dossier."""
    aside = path.with_name(path.name + ".torn")
    fd = os.open(aside, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        before = os.fstat(fd).st_size
        kept = b"" if before == 0 else os.pread(fd, len(torn) + 1, max(0, before - len(torn) - 1))
        if kept != torn + b"\n" or before == 0:  # else a crash came between setting aside and cutting off
            _write(fd, torn + b"\n")
        os.fsync(fd)
    finally:
        os.close(fd)
    _sync_folder(path)
    return aside


def _sync_folder(path: Path) -> None:
    fd = os.open(path.absolute().parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some file systems cannot sync a folder
            raise
    finally:
        os.close(fd)


@contextmanager
def _telling(path: Path, done: str) -> Iterator[None]:
    """Turn what the disk refuses into a fault that says so."""
    try:
        yield
    except OSError as error:
        folder = path.absolute().parent
        if error.errno in _FULL:
            what, mend = "the disk is full", f"Free some space where {shown(folder)} lies, and do it again."
        elif error.errno in _READ_ONLY:
            what = f"no permission to write in the folder {shown(folder)}"
            mend = "Change its permissions, or choose another folder."
        elif error.errno == errno.ENOENT:
            what, mend = f"there is no folder {shown(folder)}", "Make the folder, or correct the path."
        else:
            what, mend = f"the disk refused ({error.strerror})", "Check the disk, and do it again."
        raise _fault(path, "disk", f"{what}; nothing was {done}, and what was there is as it was", mend) from None
