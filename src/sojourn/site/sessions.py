"""Sessions: in the database, erased when they expire, written only when something changed."""

import json
import time
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

PURGE_EVERY = 3600
_purged = time.monotonic()


class SessionStore(db.SessionStore):
    """Django's sessions in the database; saving what is saved already writes nothing.

    The answers are saved under a lock (`answers.changing`); the middleware's own save after that could undo what
    another tab has saved meanwhile.
    """

    _kept: str | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def load(self) -> dict[str, Any]:
        """Return what is kept; empty where the session has expired or never was."""
        data: dict[str, Any] = super().load()
        self._kept = json.dumps(data)
        return data

    def save(self, must_create: bool = False) -> None:
        """Write the session, unless it is kept like that."""
        if must_create:
            super().save(must_create=True)
            return
        now = json.dumps(dict(self.items()))
        if now != self._kept or self.session_key is None:
            super().save()
            self._kept = now


def purge_now_and_then() -> None:
    """Erase expired sessions, at most once an hour in each process."""
    global _purged  # noqa: PLW0603
    if time.monotonic() - _purged > PURGE_EVERY:
        _purged = time.monotonic()
        Session.objects.filter(expire_date__lt=timezone.now()).delete()
