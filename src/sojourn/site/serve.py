"""Starting the site on this computer: database brought up to date, old sessions erased, then Granian until stopped."""

import os
from collections.abc import Callable

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from granian.constants import Interfaces
from granian.server import MPServer

from sojourn.site.environment import number, refuse


def prepare() -> None:
    """Bring the database up to date and erase expired sessions. Safe to call at every start."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sojourn.site.settings")
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("clearsessions", verbosity=0)
    for connection in connections.all():
        connection.close()
        getattr(connection, "close_pool", lambda: None)()  # workers are forked: none may inherit a connection


def serve(host: str, port: int, workers: int | None, say: Callable[[str], object]) -> None:
    """Serve until SIGINT or SIGTERM; requests under way are answered first. `say` is told the address.

    workers: processes; None means one on SQLite, one a core on PostgreSQL. Raises InputError.
    """
    prepare()
    sqlite = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    count = workers or number("SOJOURN_WORKERS", 1 if sqlite else os.cpu_count() or 1, 1, 64)
    if sqlite and count > 1:
        raise refuse("SOJOURN_WORKERS", "SQLite serves one worker well, not several", "Set DATABASE_URL, or use 1.")
    shown = f"[{host}]" if ":" in host else host
    say(f"http://{shown}:{port}/")
    MPServer(
        "sojourn.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=count,
        blocking_threads=1,
        websockets=False,
        log_access=False,
        log_enabled=bool(os.environ.get("SOJOURN_SERVER_LOG")),
        workers_kill_timeout=10,
        respawn_failed_workers=True,
    ).serve()
