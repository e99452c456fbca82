"""The picture that stands beside a link to a page: 1200 by 630, in the site's colours, with a title in its language."""

import json
from functools import lru_cache

SIZE = (1200, 630)
_CARD = """
#let data = json(bytes(sys.inputs.data))
#set page(width: 600pt, height: 315pt, margin: (x: 42pt, y: 36pt), fill: rgb("#0d5752"))
#set text(font: "Libertinus Serif", fill: rgb("#fffffd"), lang: data.language)
#set par(leading: 0.5em)
#grid(columns: (auto, 1fr), gutter: 10pt, align: horizon,
  image(bytes(data.emblem), width: 26pt, format: "svg"), text(size: 20pt)[Sojourn])
#v(1fr)
#text(size: if data.title.len() > 60 { 30pt } else { 38pt }, weight: "semibold", hyphenate: false, data.title)
#v(10pt)
#text(size: 17pt, fill: rgb("#f3c79b"), data.place)
#v(1fr)
#text(size: 13pt, fill: rgb("#c7dcd6"), data.foot)
"""
_EMBLEM = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48">'
    '<path fill="#fffffd" d="M4 45V23a20 20 0 0 1 40 0v22z"/>'
    '<path fill="#0d5752" d="M11 45V23.500a13 13 0 0 1 26 0V45z"/><circle cx="24" cy="24.500" r="7" fill="#eda55c"/>'
    '<path fill="#fffffd" d="M11 45v-9c8-5.500 18-5.500 26 0v9z"/>'
    '<path fill="#0d5752" d="M24.300 31.900c4.700 3-5.300 5.600 1.200 13.100h-8.500c-4.300-7 7.600-9 5.400-13.100z"/>'
    "</svg>"
)


@lru_cache(maxsize=64)
def share_card(language: str, title: str, place: str, foot: str) -> bytes:
    """Return the card as PNG; the same bytes for the same words."""
    import typst  # noqa: PLC0415  loaded only where a card is drawn

    data = {"language": language, "title": title, "place": place, "foot": foot, "emblem": _EMBLEM}
    made = typst.compile(
        _CARD.encode(), format="png", ppi=144, sys_inputs={"data": json.dumps(data)}, ignore_system_fonts=True
    )
    assert isinstance(made, bytes)
    return made
