"""What the machine tells the site: the `SOJOURN_*` settings, the secret key, the database. See `docs/site.md`."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from sojourn.law.faults import Fault, InputError

YES, NO = ("1", "true", "yes", "on"), ("", "0", "false", "no", "off")


def refuse(name: str, what: str, mend: str) -> InputError:
    """Return the error for a setting that cannot be used."""
    return InputError([Fault(name, 0, "setting", what, mend)])


def flag(name: str, environ: Mapping[str, str] = os.environ) -> bool:
    """Return a yes-or-no setting; not set means no. Raises InputError."""
    given = environ.get(name, "").strip().lower()
    if given not in YES + NO:
        raise refuse(name, f"{given!r} is neither yes nor no", "Write 1 or 0.")
    return given in YES


def number(name: str, default: int, least: int, most: int, environ: Mapping[str, str] = os.environ) -> int:
    """Return a whole number from `least` to `most`; raises InputError."""
    given = environ.get(name, "").strip()
    if not given:
        return default
    if not (given.isascii() and given.isdecimal() and least <= int(given) <= most):
        raise refuse(name, f"{given!r} is no number from {least} to {most}", f"Leave it out for {default}.")
    return int(given)


def listed(name: str, default: str = "", environ: Mapping[str, str] = os.environ) -> list[str]:
    """Return what a setting lists, separated by commas."""
    return [x.strip() for x in environ.get(name, default).split(",") if x.strip()]


def data_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the folder for the secret key and the SQLite file, made if need be, readable by its owner only."""
    base = environ.get("SOJOURN_DATA") or Path(environ.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "sojourn"
    folder = Path(base).absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        mend = "Name a folder that can be written."
        raise refuse("SOJOURN_DATA", f"{folder} cannot be made ({error.strerror})", mend) from None
    return folder


def secret_key(environ: Mapping[str, str] = os.environ) -> str:
    """Return the key that signs sessions: SOJOURN_SECRET_KEY, else one of our own, made once and kept in a file."""
    given = environ.get("SOJOURN_SECRET_KEY", "")
    if given:
        if len(given) < 50:
            raise refuse("SOJOURN_SECRET_KEY", "the key is shorter than 50 characters", "Give a longer random text.")
        return given
    file = data_folder(environ) / "secret-key"
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as out:
            out.write(secrets.token_urlsafe(64))
            out.flush()
            os.fsync(out.fileno())
    except FileExistsError:
        pass
    except OSError as error:
        raise refuse(str(file), f"cannot be written ({error.strerror})", "Set SOJOURN_DATA elsewhere.") from None
    try:
        key = file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        key = ""
    if len(key) < 50:
        raise refuse(str(file), "holds no secret key", "Remove the file; the next start makes a new one.")
    return key


def database(environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Return Django's settings of the database: `DATABASE_URL`, else an SQLite file; raises InputError."""
    url = environ.get("DATABASE_URL", "")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": data_folder(environ) / "site.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 10,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
            },
        }
    mend = "Write it like postgres://user:password@host:5432/name."
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise refuse("DATABASE_URL", "it cannot be read", mend) from None
    options = dict(parse_qsl(parts.query))
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise refuse("DATABASE_URL", "it names no PostgreSQL database", mend)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(port or ""),
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 4, "timeout": 10}, **options},
    }
