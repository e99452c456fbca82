"""A page before it has a form: the parts and blocks that become a PDF (`typeset`) or plain text (`plain`) alike.

A text may hold blanks, which the person fills in: `blank("your name")`. They are shown in brackets, and marked.
"""

from dataclasses import dataclass
from datetime import date

OPEN, CLOSE = "⟦", "⟧"


def blank(what: str) -> str:
    """Return a place that the person fills in; `what` says with what."""
    return f"{OPEN}{what}{CLOSE}"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; the first of a part has level 1."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    text: str
    strong: bool = False
    small: bool = False


@dataclass(frozen=True, slots=True)
class Lines:
    """Short lines that stand together, such as an address. `right`: where the addressee of a letter stands."""

    lines: tuple[str, ...]
    right: bool = False


@dataclass(frozen=True, slots=True)
class Points:
    """A list; with numbers, or without."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    """One thing to tick off: what it is, and what to mind. `done` names what is there already."""

    title: str
    notes: tuple[str, ...] = ()
    done: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a head. `narrow`: the first column is as wide as what stands in it."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    narrow: bool = False


@dataclass(frozen=True, slots=True)
class Callout:
    """What must not be overlooked, in a frame."""

    title: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Room:
    """Empty lines to write on by hand; in plain text the blank alone."""

    what: str
    lines: int = 3


@dataclass(frozen=True, slots=True)
class Qr:
    """A QR code that says `text`; `says` tells what it is for, to those who cannot see it too."""

    text: str
    says: str


Block = Heading | Text | Lines | Points | Tick | Table | Callout | Room | Qr


@dataclass(frozen=True, slots=True)
class Part:
    """Pages in one language, with page numbers of their own; `foot` stands at the foot of each page."""

    language: str
    blocks: tuple[Block, ...]
    foot: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A document. `title`: what a reader's window shows; `day`: the day it was made.

    The language of the document is that of its last part: a guide may go before a letter.
    """

    title: str
    day: date
    parts: tuple[Part, ...]

    @property
    def language(self) -> str:
        """The language of what is handed over."""
        return self.parts[-1].language
