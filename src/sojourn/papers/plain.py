"""A document as plain text, to read aloud, to edit, or to paste into a form."""

import textwrap
from collections.abc import Iterator

from sojourn.papers.codes import drawn
from sojourn.papers.page import (
    CLOSE,
    OPEN,
    Block,
    Callout,
    Document,
    Heading,
    Lines,
    Part,
    Points,
    Qr,
    Room,
    Table,
    Text,
    Tick,
)

WIDTH = 88


def text(document: Document) -> str:
    """Return the document as text, at most 88 characters wide; blanks stand in square brackets."""
    out = ("\n" + "=" * WIDTH + "\n\n").join("\n".join(_part(part)) for part in document.parts)
    return out.replace(OPEN, "[").replace(CLOSE, "]")


def _part(part: Part) -> Iterator[str]:
    for block in part.blocks:
        yield from _block(block)
        yield ""
    if part.foot:
        yield from _wrap(part.foot)
        yield ""


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(words, level):
            yield from _wrap(words)
            yield ("=" if level == 1 else "-") * min(len(words), WIDTH)
        case Text(words):
            yield from _wrap(words)
        case Lines(lines):
            yield from lines
        case Points(items, numbered):
            for n, item in enumerate(items, 1):
                yield from _wrap(item, f"{n}. " if numbered else "- ")
        case Tick(title, notes, done):
            yield from _wrap(title, "[x] " if done else "[ ] ")
            for note in (*([done] if done else []), *notes):
                yield from _wrap(note, " " * 4)
        case Table(head, rows):
            for row in rows:
                for n, (name, cell) in enumerate(zip(head, row, strict=True)):
                    if cell:
                        yield from _wrap(f"{name}: {cell}", "- " if n == 0 else "  ")
        case Callout(title, words):
            yield from _wrap(title, "! ")
            yield from _wrap(words, "  ") if words else ()
        case Qr(content, words):
            yield from drawn(content)
            yield from _wrap(words)
        case Room(what):
            yield from _wrap(OPEN + what + CLOSE)


def _wrap(words: str, first: str = "") -> list[str]:
    rest = " " * len(first)
    return textwrap.wrap(
        words, WIDTH, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False, break_long_words=False
    ) or [first.rstrip()]
