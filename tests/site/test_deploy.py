"""How the site is deployed: files that lint, settings that Django finds safe, starts that refuse what is wrong."""

import configparser
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sojourn.law.faults import InputError
from sojourn.site import environment

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "docs/deploy"
KEY = "k7" * 30


def test_the_compose_file_follows_its_specification() -> None:
    command = [Path(sys.executable).with_name("check-jsonschema"), "--builtin-schema", "vendor.compose-spec"]
    done = subprocess.run([*command, DEPLOY / "compose.yaml"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_the_image_copies_is_there() -> None:
    for line in (DEPLOY / "Dockerfile").read_text().splitlines():
        if line.startswith("COPY") and "--from" not in line:
            for name in line.split()[1:-1]:
                assert (ROOT / name).exists(), name


def test_the_service_file_is_sound_and_hardened() -> None:
    unit: Any = configparser.ConfigParser(strict=False, interpolation=None, delimiters=["="])
    unit.optionxform = str
    unit.read(DEPLOY / "sojourn.service")
    assert unit.sections() == ["Unit", "Service", "Install"]
    service = unit["Service"]
    for name in (
        "NoNewPrivileges",
        "PrivateTmp",
        "ProtectHome",
        "RestrictNamespaces",
        "DynamicUser",
        "LockPersonality",
    ):
        assert service[name] == "yes"
    assert service["ProtectSystem"] == "strict"
    assert service["CapabilityBoundingSet"] == ""
    if shutil.which("systemd-analyze"):
        text = (DEPLOY / "sojourn.service").read_text().replace("/opt/sojourn/bin/sojourn", "/bin/true")
        (copy := Path(os.environ["SOJOURN_DATA"]) / "sojourn.service").write_text(text)
        done = subprocess.run(["systemd-analyze", "verify", copy], capture_output=True, text=True, check=False)
        assert "Unknown" not in done.stderr, done.stderr


def test_every_setting_is_documented_and_every_documented_one_is_read() -> None:
    code = "".join(
        p.read_text() for p in [*(ROOT / "src/sojourn/site").rglob("*.py"), ROOT / "src/sojourn/cli/serve.py"]
    )
    read = set(re.findall(r'"(SOJOURN_[A-Z_]+|DATABASE_URL|PORT)"', code))
    told = set(re.findall(r"^\| `(\w+)` \|", (ROOT / "docs/site.md").read_text(), re.MULTILINE))
    assert read == told
    used = set(re.findall(r"(SOJOURN_[A-Z_]+|DATABASE_URL)[:=]", (DEPLOY / "compose.yaml").read_text()))
    assert used <= told


def test_django_finds_nothing_unsafe(tmp_path: Path) -> None:
    mine = {k: v for k, v in os.environ.items() if k != "DJANGO_ALLOW_ASYNC_UNSAFE"}  # the browser tests set it
    env = {**mine, "SOJOURN_HTTPS": "1", "SOJOURN_HOSTS": "sojourn.example", "SOJOURN_DATA": str(tmp_path)}
    command = [sys.executable, "-W", "error", "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, capture_output=True, text=True, env=env, check=False)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout + done.stderr


def test_no_migration_is_missing(tmp_path: Path) -> None:
    env = {**os.environ, "SOJOURN_DATA": str(tmp_path)}
    command = [sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run"]
    done = subprocess.run(command, capture_output=True, text=True, env=env, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_key_is_made_once_and_is_the_owners_alone(tmp_path: Path) -> None:
    env = {"SOJOURN_DATA": str(tmp_path / "new")}
    key = environment.secret_key(env)
    assert len(key) >= 50
    assert environment.secret_key(env) == key
    assert (tmp_path / "new/secret-key").stat().st_mode & 0o077 == 0
    assert (tmp_path / "new").stat().st_mode & 0o077 == 0
    assert environment.secret_key({"SOJOURN_SECRET_KEY": KEY}) == KEY


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        (lambda: environment.secret_key({"SOJOURN_SECRET_KEY": "short"}), "50"),
        (lambda: environment.database({"DATABASE_URL": "mysql://u:p@h/d"}), "PostgreSQL"),
        (lambda: environment.database({"DATABASE_URL": "postgres://u:p@h:port/d"}), "cannot be read"),
        (lambda: environment.database({"DATABASE_URL": "postgres://h"}), "PostgreSQL"),
        (lambda: environment.number("SOJOURN_WORKERS", 1, 1, 64, {"SOJOURN_WORKERS": "many"}), "no number"),
        (lambda: environment.number("SOJOURN_WORKERS", 1, 1, 64, {"SOJOURN_WORKERS": "0"}), "no number"),
        (lambda: environment.flag("SOJOURN_HTTPS", {"SOJOURN_HTTPS": "perhaps"}), "neither yes nor no"),
    ],
)
def test_a_wrong_setting_is_refused_with_its_reason(wrong, what: str) -> None:
    with pytest.raises(InputError, match=what):
        wrong()


def test_a_key_file_without_a_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret-key").write_text("")
    with pytest.raises(InputError, match="holds no secret key"):
        environment.secret_key({"SOJOURN_DATA": str(tmp_path)})


def test_a_database_address_is_taken_apart() -> None:
    url = "postgres://me:p%40ss@db.example:5433/the%20site?sslmode=require"
    found = environment.database({"DATABASE_URL": url})
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"]) == ("me", "p@ss", "db.example", "5433")
    assert found["NAME"] == "the site"
    assert found["OPTIONS"]["sslmode"] == "require"
    socket = environment.database({"DATABASE_URL": "postgres://me@/site?host=/run/postgresql"})
    assert socket["HOST"] == "/run/postgresql"


def test_sqlite_takes_one_worker(tmp_path: Path) -> None:
    env = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"} | {"SOJOURN_DATA": str(tmp_path)}
    command = [Path(sys.executable).with_name("sojourn"), "serve", "--workers", "3"]
    done = subprocess.run(command, capture_output=True, text=True, env=env, timeout=60, check=False)
    assert done.returncode == 2
    assert "SQLite serves one worker" in done.stderr
    assert "Traceback" not in done.stderr
