"""The words of one language, as the papers need them; `sojourn.words.Words` is one."""

from datetime import date
from typing import Protocol


class Voice(Protocol):
    """Phrases, days and their names in one language."""

    language: str

    def say(self, phrase: str, **values: object) -> str:
        """Return a phrase in the language, with the values filled in."""
        ...

    def day(self, day: date) -> str:
        """Return a day written out."""
        ...

    def weekday(self, day: date) -> str:
        """Return a day with its weekday."""
        ...
