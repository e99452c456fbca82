"""QR codes: the text that banking apps read (EPC069-12, version 2), and codes drawn as a picture or as text."""

import io
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec

_NAME, _MESSAGE = 70, 140  # characters that the guideline allows
_MOST_CENTS = 99_999_999_999
_HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


def can_draw() -> bool:
    """Whether codes can be drawn here: the extra `papers` is installed."""
    return find_spec("segno") is not None


def payment_text(beneficiary: str, iban: str, cents: int, message: str) -> str | None:
    """Return what a payment code says (SEPA credit transfer), or None where it cannot be said in one.

    cents: of euros. The guideline allows 70 characters of name and 140 of message, on one line each.
    """
    sayable = beneficiary.isprintable() and message.isprintable()
    fits = 0 < len(beneficiary) <= _NAME and len(message) <= _MESSAGE and 0 < cents <= _MOST_CENTS
    if not (sayable and fits):
        return None
    euros = f"{cents // 100}.{cents % 100:02d}".rstrip("0").rstrip(".")
    return "\n".join(("BCD", "002", "1", "SCT", "", beneficiary, iban, f"EUR{euros}", "", "", message))


@lru_cache(64)
def modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """Return the rows of the code, dark as true, with the quiet zone of four modules around it."""
    code = _made(text)
    return tuple(tuple(bool(x) for x in row) for row in code.matrix_iter(border=4))  # type: ignore[attr-defined]


def drawn(text: str) -> Iterator[str]:
    """Yield the lines of the code in half blocks, dark as ink: for white paper, or black on white in a terminal."""
    rows = modules(text)
    empty = (False,) * len(rows[0])
    for n in range(0, len(rows), 2):
        below = rows[n + 1] if n + 1 < len(rows) else empty
        yield "".join(_HALVES[pair] for pair in zip(rows[n], below, strict=True))


def svg(text: str) -> str:
    """Return the code as an SVG picture, three units a module."""
    out = io.BytesIO()
    _made(text).save(out, kind="svg", scale=3, border=4, xmldecl=False, svgns=True, light="#fff")  # type: ignore[attr-defined]
    return out.getvalue().decode()


def _made(text: str) -> object:
    import segno

    return segno.make(text, error="m", micro=False, boost_error=False, encoding="utf-8")
