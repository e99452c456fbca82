"""A document as PDF: tagged, PDF/UA-1, its language set; the same bytes for the same document.

The words go to Typst as JSON; nothing a person writes is ever read as Typst. The fonts are those inside Typst, so that
every machine gives the same pages; only where they lack a letter of the text, those of the system help out.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from sojourn.law.faults import Fault, InputError
from sojourn.papers.codes import svg
from sojourn.papers.page import CLOSE, OPEN, Block, Document, Qr, Room

_BLANK = re.compile(f"({OPEN}[^{OPEN}{CLOSE}]*{CLOSE})")
_WORDS = frozenset(("text", "title", "done"))
_LISTS = frozenset(("lines", "items", "notes", "head"))


class PaperError(InputError):
    """A paper cannot be made as asked."""


def pdf(document: Document) -> bytes:
    """Return the document as PDF/UA-1. Raises PaperError where no font has a letter of the text."""
    return _compiled(document, "pdf")[0]


def pictures(document: Document, ppi: float = 80) -> list[bytes]:
    """Return each page as PNG, to look at."""
    return _compiled(document, "png", ppi)


def _compiled(document: Document, form: Literal["pdf", "png"], ppi: float = 80) -> list[bytes]:
    import typst

    made_at = datetime(document.day.year, document.day.month, document.day.day, tzinfo=UTC)
    data = json.dumps(_data(document), ensure_ascii=False)

    def compiled(*, system_fonts: bool) -> list[bytes]:
        made: Any = typst.compile(  # bytes, or a list of them when there are several pictures
            _template(),
            format=form,
            ppi=ppi,
            sys_inputs={"data": data},
            ignore_system_fonts=not system_fonts,
            timestamp=made_at,
            pdf_standards="ua-1" if form == "pdf" else None,
        )
        return made if isinstance(made, list) else [made]

    try:
        return compiled(system_fonts=False)
    except typst.TypstError as error:
        if "font" not in str(error):
            raise
    try:
        return compiled(system_fonts=True)
    except typst.TypstError as error:
        missing = re.search(r"the text (.*?) (?:could not|cannot) be displayed", str(error))
        raise PaperError([_no_letter(document, missing[1] if missing else str(error).splitlines()[0])]) from None


def _no_letter(document: Document, told: str) -> Fault:
    what = f"no font on this machine has the letters of {told}; the paper would show empty boxes instead"
    return Fault(document.title, 0, "letters", what, "Install a font of that script, or write it as the passport does.")


@cache
def _template() -> bytes:
    return (files("sojourn.papers") / "paper.typ").read_bytes()


def _data(document: Document) -> dict[str, Any]:
    return {
        "title": document.title,
        "day": [document.day.year, document.day.month, document.day.day],
        "language": document.language,
        "parts": [
            {"language": p.language, "foot": p.foot, "blocks": [_block(b) for b in p.blocks]} for p in document.parts
        ],
    }


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Room):
        return {"kind": "room", "text": _runs(OPEN + block.what + CLOSE), "lines": block.lines}
    if isinstance(block, Qr):
        return {"kind": "qr", "svg": svg(block.text), "says": block.says}
    out: dict[str, Any] = {"kind": type(block).__name__.lower()}
    for name, value in asdict(block).items():
        if name in _WORDS:
            out[name] = _runs(value)
        elif name in _LISTS:
            out[name] = [_runs(x) for x in value]
        elif name == "rows":
            out[name] = [[_runs(cell) for cell in row] for row in value]
        else:
            out[name] = value
    return out


def _runs(text: str) -> list[dict[str, Any]]:
    return list(_split(text))


def _split(text: str) -> Iterator[dict[str, Any]]:
    for run in _BLANK.split(text):
        if run:
            filled = run.startswith(OPEN) and run.endswith(CLOSE)
            yield {"blank": filled, "text": run[1:-1] if filled else run}
