"""What people type: numbers and money, as any of our languages writes them."""

import re
import unicodedata

_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_PLAIN = re.compile(r"(?P<whole>\d+|\d{1,3}(?:[.,]\d{3})*)(?:[.,](?P<part>\d{1,2}))?")


def digits(said: str) -> str:
    """Return the text with the digits of every script as 0 to 9, and without spaces or marks of direction."""
    out = []
    for c in unicodedata.normalize("NFKC", said):
        if c.isdecimal():
            out.append(str(unicodedata.decimal(c)))
        elif not c.isspace() and unicodedata.category(c) not in ("Cf", "Zs"):
            out.append(c)
    return "".join(out)


def money(said: str) -> str:
    """Return an amount of euros as a profile writes it; what cannot be read comes back as it was.

    2.600,50 and 2,600.50 and 2 600,5 and 2'600 are read as meant: three digits after a mark are thousands.
    """
    plain = re.sub(r"(?i)€|euros?|eur", "", digits(said)).replace("'", "").replace("’", "")
    if _GROUPED.fullmatch(plain):
        return f"{re.sub(r'[.,]', '', plain)} EUR"
    match = _PLAIN.fullmatch(plain)
    if not match:
        return said
    part = match["part"]
    whole = re.sub(r"[.,]", "", match["whole"])
    return f"{whole}.{part:0<2} EUR" if part else f"{whole} EUR"


def whole(said: str) -> str:
    """Return a whole number as a profile writes it; what cannot be read comes back as it was."""
    plain = digits(said)
    if _GROUPED.fullmatch(plain):
        plain = re.sub(r"[.,]", "", plain)
    return plain if re.fullmatch(r"-?\d+", plain) else said


def folded(name: str) -> str:
    """Return a name without accents and case, for comparing and sorting."""
    flat = unicodedata.normalize("NFD", name.strip().casefold())
    return "".join(c for c in flat if not unicodedata.combining(c))
