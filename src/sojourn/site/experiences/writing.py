"""What people write, made safe to keep and counted as people count: by the characters that they see."""

import hashlib
import unicodedata

import regex

MOST = 400
"""Characters of an experience, as people count them."""
_MOST_CODES = 8_000
_INVISIBLE = regex.compile(
    # control characters but for line breaks; marks that turn the direction of text; characters without width
    r"[\p{Cc}--[\n]]|[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\u180e\ufff9-\ufffb]|\p{Cs}|\p{Co}|\p{Cn}",
    flags=regex.VERSION1,
)
_PILED = regex.compile(r"(\p{M}{4})\p{M}+")
_GRAPHEME = regex.compile(r"\X")
_WORD = regex.compile(r"[\p{L}\p{N}]+")


def tidy(text: str) -> str:
    """Return the text without what nobody can see, its marks piled at most four high, its blank lines single.

    Joiners inside a character stay: scripts and emoji need them. Of more than 8,000 code points the rest is left out.
    """
    text = unicodedata.normalize("NFC", text[:_MOST_CODES].replace("\r\n", "\n").replace("\r", "\n"))
    text = _PILED.sub(r"\1", _INVISIBLE.sub("", text))
    lines = [" ".join(line.split()) for line in text.split("\n")]
    kept = [line for i, line in enumerate(lines) if line or (i and lines[i - 1])]
    return "\n".join(kept).strip().strip("\u200c\u200d").strip()


def count(text: str) -> int:
    """Return how many characters people see: a letter with its accents is one, so is a family emoji."""
    return len(_GRAPHEME.findall(text))


def likeness(text: str) -> str:
    """Return a digest that is the same for texts of the same words, whatever their case, accents and signs."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    words = _WORD.findall(regex.sub(r"\p{M}", "", plain))
    return hashlib.sha256(" ".join(words).encode()).hexdigest()
