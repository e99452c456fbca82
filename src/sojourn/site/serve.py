"""Starting the site on this computer: database brought up to date, old sessions erased, then Granian until stopped."""

import os
import socket
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


def claim(host: str, port: int) -> None:
    """Raise InputError where another program listens already: the server would share the port with it, unnoticed."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise refuse("--host", f"{host} is no address of this computer ({error})", "Leave it out.") from None
    family, kind, _, _, address = found[0]
    with socket.socket(family, kind) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a server that just stopped is no other program
        try:
            tried.bind(address)
            tried.listen(1)
        except OSError as error:
            mend = "Stop it, or choose another port with --port or PORT."
            raise refuse("PORT", f"{port} cannot be listened on ({error.strerror})", mend) from None


def serve(host: str, port: int, workers: int | None, say: Callable[[str], object]) -> None:
    """Serve until SIGINT or SIGTERM; requests under way are answered first. `say` is told the address.

    workers: processes; None means one on SQLite, one a core on PostgreSQL. Raises InputError.
    """
    prepare()
    sqlite = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    count = workers or number("SOJOURN_WORKERS", 1 if sqlite else os.cpu_count() or 1, 1, 64)
    if sqlite and count > 1:
        raise refuse("SOJOURN_WORKERS", "SQLite serves one worker well, not several", "Set DATABASE_URL, or use 1.")
    claim(host, port)
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
