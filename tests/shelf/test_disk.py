"""The disk fails in every way it can: what was confirmed is there, what was not is said, nothing is dropped."""

import errno
import fcntl
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

import sojourn.shelf.disk as disk
from sojourn.dossier.events import EventError
from sojourn.dossier.ledger import Header
from sojourn.law.faults import InputError
from sojourn.shelf import DossierError, Draft, create, read, record
from tests.dossier.strategies import NOW

HEADER = Header("be-vlg-professional-card", "nl")
DAY = date(2026, 1, 5)
OPENED = Draft("opened", DAY, {"pathway": "be-vlg-professional-card"})


def note(text="x"):
    return Draft("note", DAY, {"text": text})


def texts(path, **rest):
    return [e.data["text"] for e in read(path, **rest).events if e.kind == "note"]


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "me.sojourn"
    create(file, HEADER, [OPENED], NOW)
    return file


def refused(caught, *says):
    told = str(caught.value)
    for text in says:
        assert text in told
    assert all(f.mend for f in caught.value.faults)


def test_recorded_is_read_back(path):
    done = record(path, [note("one"), note("two")], NOW)
    assert [e.number for e in done.events] == [2, 3]
    ledger = read(path)
    assert ledger.events[1:] == done.events
    assert ledger.faults == ledger.notices == ()
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_thousand_recordings_killed_fifty_times_lose_nothing_confirmed(path):
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, Path(__file__).with_name("killed_writer.py"), path, "50", "1000", "7"],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    confirmed = json.loads(done.stdout)
    assert len(set(confirmed)) >= 1000
    final = record(path, [note("after")], NOW)  # sets aside what the last kill may have torn
    ledger = read(path)
    assert ledger.faults == ()
    kept = texts(path)
    assert {f"recording {n}" for n in confirmed} <= set(kept)
    assert [e.number for e in ledger.events] == list(range(1, len(ledger.events) + 1))
    torn = path.with_name("me.sojourn.torn")
    assert torn.read_bytes().count(b"\n") >= 10, "the kills in the middle of a write tore lines, and they were kept"
    assert final.events[0].number == len(ledger.events)
    assert time.monotonic() - start < 60


def test_two_writers_at_once_lose_nothing(path):
    code = (
        "import sys; from pathlib import Path; from datetime import *; from sojourn.shelf import *\n"
        "for i in range(100):\n"
        "    record(Path(sys.argv[1]), [Draft('note', date(2026, 1, 5), {'text': f'{sys.argv[2]} {i}'})],\n"
        "           datetime.now(UTC), wait=60)"
    )
    writers = [subprocess.Popen([sys.executable, "-c", code, path, name]) for name in "ab"]
    while any(w.poll() is None for w in writers):
        assert not read(path).faults, "a reader never sees half a line"
        time.sleep(0.01)
    assert [w.wait() for w in writers] == [0, 0]
    assert sorted(texts(path)) == sorted(f"{name} {i}" for name in "ab" for i in range(100))


def test_a_torn_line_is_told_then_set_aside_at_the_next_recording(path):
    record(path, [note("kept")], NOW)
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"n": 3, "on": "20')
    ledger = read(path)
    assert [(f.line, f.kind) for f in ledger.faults] == [(4, "torn")]
    assert len(ledger.events) == 2
    done = record(path, [note("next")], NOW)
    assert done.set_aside == path.with_name("me.sojourn.torn")
    assert done.set_aside.read_bytes() == b'{"n": 3, "on": "20\n'
    assert path.read_bytes().startswith(whole)
    assert (texts(path), read(path).faults) == (["kept", "next"], ())


def test_a_crash_between_setting_aside_and_writing_keeps_one_copy(path, monkeypatch):
    path.write_bytes(path.read_bytes() + b"half")
    with monkeypatch.context() as m:
        m.setattr(disk, "_append", lambda *a: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            record(path, [note()], NOW)
    done = record(path, [note()], NOW)
    assert done.set_aside.read_bytes() == b"half\n"


def test_a_last_line_without_its_line_break_is_completed(path):
    path.write_bytes(path.read_bytes()[:-1])
    record(path, [note()], NOW)
    assert (len(read(path).events), read(path).notices) == (2, ())


@pytest.mark.parametrize("at", [1, 2, 3])
@pytest.mark.parametrize("sealed", [False, True])
def test_a_full_disk(path, monkeypatch, at, sealed):
    if sealed:
        monkeypatch.setattr(disk, "is_sealed", lambda raw: True)
        monkeypatch.setattr(disk, "unseal", lambda raw, secret, name: raw)
        monkeypatch.setattr(disk, "seal", lambda raw, secret: raw)
    before, real, calls = path.read_bytes(), os.write, []

    def full(fd, data):
        calls.append(fd)
        if len(calls) >= at:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(fd, bytes(data[:50]))

    with monkeypatch.context() as m:
        m.setattr(os, "write", full)
        with pytest.raises(DossierError) as caught:
            record(path, [note()], NOW, ask=lambda p: "x")
    refused(caught, "me.sojourn", "the disk is full", "nothing was added")
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == ["me.sojourn"]
    record(path, [note("later")], NOW, ask=lambda p: "x")
    assert texts(path, ask=lambda p: "x") == ["later"]


def test_a_sync_that_fails_is_no_confirmation(path, monkeypatch):
    before = path.read_bytes()
    with monkeypatch.context() as m:
        m.setattr(os, "fsync", lambda fd: (_ for _ in ()).throw(OSError(errno.EIO, "Input/output error")))
        with pytest.raises(DossierError) as caught:
            record(path, [note()], NOW)
    refused(caught, "Input/output error", "nothing was added")
    assert path.read_bytes() == before


def test_a_limit_of_the_real_kernel(path):
    """The kernel writes up to the limit, then refuses: as on a full disk."""
    before = path.read_bytes()
    code = (
        "import resource, sys; from pathlib import Path; from datetime import *; from sojourn.shelf import *\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({len(before) + 100},) * 2)\n"
        "try: record(Path(sys.argv[1]), [Draft('note', date(2026, 1, 5), {'text': 'y' * 500})], datetime.now(UTC))\n"
        "except DossierError as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=True)
    assert "the disk is full; nothing was added" in done.stdout
    assert path.read_bytes() == before


def test_a_full_file_system(tmp_path):
    mount = tmp_path / "small"
    mount.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16k", "none", mount], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("no file system can be mounted here; the tests above fill the disk by other means")
    try:
        path = mount / "me.sojourn"
        create(path, HEADER, [OPENED], NOW)
        written = 0

        def fill():
            nonlocal written
            for written in range(100):  # noqa: B007  how many went well
                record(path, [note("z" * 1000)], NOW)

        with pytest.raises(DossierError) as caught:
            fill()
        refused(caught, "the disk is full")
        assert len(texts(path)) == written > 3
        assert read(path).faults == ()
    finally:
        subprocess.run(["umount", mount], check=True)


def test_a_locked_dossier_says_so_after_the_waiting_time(path):
    with path.open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        start = time.monotonic()
        with pytest.raises(DossierError) as caught:
            record(path, [note()], NOW, wait=0.2)
        assert 0.2 <= time.monotonic() - start < 5
        refused(caught, "another process", "0.2 s", "--wait 60")
        assert len(read(path, wait=0.1).events) == 1, "reading goes on all the same"
        threading.Timer(0.2, lambda: fcntl.flock(other, fcntl.LOCK_UN)).start()
        record(path, [note("waited")], NOW, wait=20)
    assert texts(path) == ["waited"]


def test_creation_is_whole_or_not_at_all(tmp_path, monkeypatch):
    file = tmp_path / "new.sojourn"

    def fails(*a):
        raise OSError(errno.ENOSPC, "No space left on device")

    for name in ("write", "fsync", "link"):
        with monkeypatch.context() as m:
            m.setattr(os, name, fails)
            with pytest.raises(DossierError) as caught:
                create(file, HEADER, [OPENED], NOW)
        refused(caught, "the disk is full; nothing was made")
        assert list(tmp_path.iterdir()) == []


def test_creation_where_links_are_not_known(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "link", lambda *a: (_ for _ in ()).throw(OSError(errno.EPERM, "no links")))
    create(tmp_path / "a.sojourn", HEADER, [OPENED], NOW)
    assert [p.name for p in tmp_path.iterdir()] == ["a.sojourn"]


def test_one_of_two_creations_wins(tmp_path):
    def attempt(n):
        try:
            create(tmp_path / "a.sojourn", HEADER, [OPENED, note(str(n))], NOW)
        except DossierError:
            return None
        return str(n)

    with ThreadPoolExecutor(8) as pool:
        won = [n for n in pool.map(attempt, range(8)) if n is not None]
    assert texts(tmp_path / "a.sojourn") == won


@pytest.fixture
def as_nobody():
    """Return a folder of an ordinary user, whom we are for the test: root may write everywhere."""
    folder = Path(tempfile.mkdtemp())
    create(folder / "me.sojourn", HEADER, [OPENED], NOW)
    root = os.geteuid() == 0
    if root:
        for p in (folder, *folder.iterdir()):
            os.chown(p, 65534, 65534)
        os.seteuid(65534)
    yield folder
    if root:
        os.seteuid(0)
    folder.chmod(0o700)
    shutil.rmtree(folder)


def test_without_permission(as_nobody):
    path = as_nobody / "me.sojourn"
    as_nobody.chmod(0o500)
    with pytest.raises(DossierError) as caught:
        create(as_nobody / "other.sojourn", HEADER, [OPENED], NOW)
    refused(caught, "no permission to write in the folder", "nothing was made")
    record(path, [note("the file itself may be written")], NOW)
    path.chmod(0o400)
    with pytest.raises(DossierError) as caught:
        record(path, [note()], NOW)
    refused(caught, "cannot be written", "permissions")
    assert len(read(path).events) == 2
    path.chmod(0o000)
    with pytest.raises(DossierError) as caught:
        read(path)
    refused(caught, "cannot be read", "permissions")


def test_a_torn_line_that_cannot_be_set_aside_stays(as_nobody):
    path = as_nobody / "me.sojourn"
    path.write_bytes(path.read_bytes() + b"half")
    before = path.read_bytes()
    as_nobody.chmod(0o500)
    with pytest.raises(DossierError):
        record(path, [note()], NOW)
    assert path.read_bytes() == before


def test_what_is_no_file(tmp_path, path):
    link = tmp_path / "link.sojourn"
    link.symlink_to(path)
    pipe = tmp_path / "pipe.sojourn"
    os.mkfifo(pipe)
    folder = tmp_path / "folder.sojourn"
    folder.mkdir()
    for file, says in [(folder, "a folder"), (pipe, "no ordinary file"), (tmp_path / "no.sojourn", "no such file")]:
        for deed in (read, lambda f: record(f, [note()], NOW)):
            with pytest.raises(DossierError) as caught:
                deed(file)
            refused(caught, says)
    with pytest.raises(DossierError) as caught:
        record(link, [note()], NOW)
    refused(caught, "a link to")
    assert len(read(link).events) == 1
    for file in (link, folder, path):
        with pytest.raises(DossierError) as caught:
            create(file, HEADER, [OPENED], NOW)
        refused(caught, "something of this name")
    with pytest.raises(DossierError) as caught:
        create(tmp_path / "no" / "me.sojourn", HEADER, [OPENED], NOW)
    refused(caught, "there is no folder")
    with pytest.raises(DossierError) as caught:
        create(tmp_path / "me.txt", HEADER, [OPENED], NOW)
    refused(caught, "Call it me.sojourn")


def test_fifty_megabytes(path):
    record(path, [note("kept")], NOW)
    with path.open("ab") as out:
        out.truncate(50_000_000)
    ledger = read(path)
    assert [f.kind for f in ledger.faults] == ["too-large"]
    assert len(ledger.events) == 2
    with pytest.raises(DossierError) as caught:
        record(path, [note()], NOW)
    refused(caught, "50,000,000", "nothing was added")
    assert path.stat().st_size == 50_000_000


def test_a_damaged_dossier_is_not_written_on(path):
    record(path, [note("one"), note("two")], NOW)
    path.write_bytes(path.read_bytes().replace(b"one", b"eno"))
    before = path.read_bytes()
    with pytest.raises(DossierError) as caught:
        record(path, [note()], NOW)
    refused(caught, "me.sojourn:3", "hash", "nothing was added", "recover")
    assert path.read_bytes() == before


def test_an_event_that_cannot_be_changes_nothing(path):
    before = path.read_bytes()
    for draft in (Draft("fild", DAY), Draft("corrected", DAY, corrects=9), Draft("filed", DAY, {"x": "y"})):
        with pytest.raises(EventError):
            record(path, [note(), draft], NOW)
    assert path.read_bytes() == before


def test_under_a_passphrase(tmp_path):
    path = tmp_path / "me.sojourn"
    create(path, HEADER, [OPENED, note("secret")], NOW, passphrase="correct horse")
    assert b"secret" not in path.read_bytes()
    assert path.read_bytes().startswith(b"age-encryption.org/v1\n")
    path.chmod(0o640)
    record(path, [note("more")], NOW, ask=lambda p: "correct horse")
    assert path.stat().st_mode & 0o777 == 0o640
    assert [p.name for p in tmp_path.iterdir()] == ["me.sojourn"]
    assert texts(path, ask=lambda p: "correct horse") == ["secret", "more"]
    with pytest.raises(InputError) as caught:
        record(path, [note()], NOW, ask=lambda p: "wrong")
    refused(caught, "does not open")
    with pytest.raises(InputError) as caught:
        read(path)
    refused(caught, "no passphrase")
    path.write_bytes(path.read_bytes().replace(b"-> scrypt", b"-> skrypt", 1))
    with pytest.raises(InputError) as caught:
        read(path, ask=lambda p: "correct horse")
    refused(caught, "damaged")


def test_a_writer_that_waited_for_a_replaced_file_writes_in_the_new_one(path, monkeypatch):
    """An encrypted dossier is replaced as a whole: whoever waited holds the lock of the old file, and begins again."""
    monkeypatch.setattr(disk, "is_sealed", lambda raw: True)
    monkeypatch.setattr(disk, "unseal", lambda raw, secret, name: raw)
    monkeypatch.setattr(disk, "seal", lambda raw, secret: raw)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: record(path, [note(str(n))], NOW, ask=lambda p: "x", wait=60), range(40)))
    assert sorted(texts(path, ask=lambda p: "x"), key=int) == [str(n) for n in range(40)]


def test_encryption_is_loaded_only_when_needed(path):
    code = "import sys; from pathlib import Path; from sojourn.shelf import read; read(Path(sys.argv[1]))"
    late = "; assert not {'pyrage', 'pydantic', 'yaml'} & sys.modules.keys(), sys.modules.keys()"
    subprocess.run([sys.executable, "-c", code + late, path], check=True)
