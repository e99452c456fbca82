"""The course of a dossier as a picture (SVG): what happened, today, which days come; top to bottom.

Shapes tell the kinds apart, and words name them, so it reads without colour; a screen reader hears title and
description, which hold every line of the picture.
"""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from sojourn.papers.checklist import due_text
from sojourn.papers.matter import Matter
from sojourn.papers.voice import Voice

_WIDTH, _LEFT, _AXIS, _TEXT = 760, 24, 236, 264
_LINE, _GAP, _TOP = 20, 18, 84
_COLUMNS = 62  # characters that fit to the right of the axis
_LABEL = {
    "past": "happened",
    "today": "today",
    "act": "you must act",
    "decide": "the authority must decide",
    "wait": "wait until then",
    "lasts": "lasts until then",
}
_SHAPE = {
    "past": '<circle cx="{x}" cy="{y}" r="7" fill="#1d3557"/>',
    "today": '<path d="M{x0} {y}H{x1}" stroke="#000" stroke-width="4"/>',
    "act": '<path d="M{x} {t}L{r} {b}H{l}Z" fill="#b00020" stroke="#000" stroke-width="1.5"/>',
    "decide": '<path d="M{l} {t}H{r}V{b}H{l}Z" fill="#fff" stroke="#000" stroke-width="2.5"/>',
    "wait": '<path d="M{x} {t}L{r} {y}L{x} {b}L{l} {y}Z" fill="#fff" stroke="#000" stroke-width="2.5"/>',
    "lasts": '<path d="M{x} {t}L{r} {y}L{x} {b}L{l} {y}Z" fill="#8d99ae" stroke="#000" stroke-width="1.5"/>',
}


@dataclass(frozen=True, slots=True)
class _Entry:
    day: str
    kind: str
    words: str


def timeline(v: Voice, matter: Matter) -> str:
    """Return the picture as the text of an SVG file."""
    entries = list(_entries(v, matter))
    title = v.say("Timeline: {title}", title=matter.title)
    told = "; ".join(f"{e.day}: {e.words}" for e in entries)
    body: list[str] = []
    y = _TOP
    for e in entries:
        lines = textwrap.wrap(e.words, _COLUMNS, break_on_hyphens=False) or [""]
        body += _drawn(v, e, lines, y)
        y += len(lines) * _LINE + _LINE + _GAP
    height = y + 8
    head = textwrap.wrap(title, 64)[:2]
    return "\n".join(
        [
            (f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title desc" xml:lang="{v.language}" '
            f'lang="{v.language}" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}" '
            'font-family="Georgia, \'Libertinus Serif\', serif" font-size="15">'),
            f'<title id="title">{_safe(title)}</title>',
            f'<desc id="desc">{_safe(told)}</desc>',
            f'<rect width="{_WIDTH}" height="{height}" fill="#fff"/>',
            *(f'<text x="{_LEFT}" y="{34 + 24 * n}" font-size="20" font-weight="bold">{_safe(line)}</text>'
              for n, line in enumerate(head)),
            f'<path d="M{_AXIS} {_TOP - 10}V{height - _GAP - 24}" stroke="#8d99ae" stroke-width="2"/>',
            *body,
            "</svg>",
            "",
        ]
    )  # fmt: skip


def _entries(v: Voice, matter: Matter) -> Iterator[_Entry]:
    found = [(m.day, 0, "past", f"{m.title}. {m.detail}" if m.detail else m.title) for m in matter.history]
    found.append((matter.on, 1, "today", v.say("State of {day}", day=v.day(matter.on))))
    found += [(d.day, 2, d.kind, due_text(v, d)) for d in matter.dues]
    for day, _, kind, words in sorted(found, key=lambda x: x[:2]):
        yield _Entry(v.day(day), kind, words)


def _drawn(v: Voice, e: _Entry, lines: list[str], y: int) -> Iterator[str]:
    x, size = _AXIS, 8
    yield _SHAPE[e.kind].format(x=x, y=y, l=x - size, r=x + size, t=y - size, b=y + size, x0=x - 14, x1=x + 14)
    yield f'<text x="{_LEFT}" y="{y + 5}" font-weight="bold">{_safe(e.day)}</text>'
    for n, line in enumerate(lines):
        yield f'<text x="{_TEXT}" y="{y + 5 + n * _LINE}">{_safe(line)}</text>'
    yield (
        f'<text x="{_TEXT}" y="{y + 5 + len(lines) * _LINE}" font-size="13" fill="#444">{_safe(v.say(_LABEL[e.kind]))}'
        "</text>"
    )


def _safe(text: str) -> str:
    """Return `text` for XML: escaped, without characters that XML has no place for."""
    return escape("".join(c for c in text if c in "\t\n" or (c >= " " and not 0xD800 <= ord(c) <= 0xDFFF)))
