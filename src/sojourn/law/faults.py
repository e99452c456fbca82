"""Faults in files that people write: what, where, why it matters, how to mend it; all of them at once."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault in one file.

    file: the path as the person knows it. line: counted from 1, or 0 for the file as a whole.
    kind: a stable word for the sort of fault. what: what is wrong, with the values.
    mend: what to do about it.
    """

    file: str
    line: int
    kind: str
    what: str
    mend: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.what}\n  {self.mend}" if self.mend else f"{where}: {self.what}"


class InputError(Exception):
    """What a person gave us cannot be used; `faults` lists everything that is wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(set(faults))
        super().__init__("\n".join(map(str, self.faults)))


class LawError(InputError):
    """The body of law has faults."""


class ProfileError(InputError):
    """A profile has faults."""


def nearest(word: str, known: Iterable[str]) -> str:
    """Return `Did you mean "x"?` for the nearest known word, or the known words when none is near."""
    known = sorted(known)
    lowered = {k.lower(): k for k in reversed(known)}
    close = difflib.get_close_matches(str(word).lower(), list(lowered), n=1, cutoff=0.6)
    if not close:
        tails = {k.rsplit(".", 1)[-1].lower(): k for k in reversed(known)}
        hit = difflib.get_close_matches(str(word).rsplit(".", 1)[-1].lower(), list(tails), n=1, cutoff=0.7)
        if hit:
            return f'Did you mean "{tails[hit[0]]}"?'
    if close:
        return f'Did you mean "{lowered[close[0]]}"?'
    if not known:
        return "None is declared."
    shown = ", ".join(known[:12])
    return f"Known: {shown}{', …' if len(known) > 12 else ''}."


def shown(path: Path) -> str:
    """Return `path` as a person would name it: relative to where they stand, if it lies below."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)
