"""A PostgreSQL server of our own."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bench.visitor import free_port


def postgres_programs() -> Path:
    """Return the folder of PostgreSQL's programs; skips aloud without them, and fails in CI."""
    found = shutil.which("pg_ctl")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in folders:
        if (folder / "initdb").is_file():
            return folder
    if os.environ.get("CI"):
        pytest.fail("no PostgreSQL server: apt-get install postgresql")
    pytest.skip("NO POSTGRESQL SERVER: several workers on one database were not tested")


@contextmanager
def postgres() -> Iterator[str]:
    """Give the address of a PostgreSQL server of our own on a private port, with its files in a folder of its own."""
    programs = postgres_programs()
    port = free_port()
    home = Path(tempfile.mkdtemp(prefix="sojourn-postgres-"))
    run_as: list[str] = []
    if os.getuid() == 0:  # the server refuses to run as root
        shutil.chown(home, "postgres", "postgres")
        everywhere = f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin"
        run_as = [shutil.which("runuser", path=everywhere) or "runuser", "-u", "postgres", "--"]

    def call(*words: str | Path) -> None:
        done = subprocess.run([*run_as, *map(str, words)], capture_output=True, text=True, cwd="/", check=False)
        assert done.returncode == 0, done.stderr + done.stdout

    cluster = home / "cluster"
    call(programs / "initdb", "-D", cluster, "-U", "sojourn", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C")
    options = f"-p {port} -h 127.0.0.1 -k {home} -c fsync=off -c shared_buffers=16MB"
    call(programs / "pg_ctl", "-D", cluster, "-w", "-l", home / "log", "-o", options, "start")
    try:
        yield f"postgres://sojourn@127.0.0.1:{port}/postgres"
    finally:
        call(programs / "pg_ctl", "-D", cluster, "-w", "-m", "immediate", "stop")
        shutil.rmtree(home)
