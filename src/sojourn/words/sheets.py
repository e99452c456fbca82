"""The words for one paper that plans and dossiers share."""

from sojourn.dossier.legalisation import Seal, Sealing
from sojourn.words.language import Words

SEAL = {
    Seal.APOSTILLE: "With an apostille, if issued in {country}.",
    Seal.LEGALISATION: "Legalised, if issued in {country}.",
    Seal.ASK: "If issued in {country}: ask whether it needs an apostille or legalisation.",
}


def seal_text(w: Words, x: Sealing) -> str:
    """Return what a paper needs if issued in that country; nothing where it needs no seal."""
    if x.seal is Seal.NONE:
        return ""
    return w.say(SEAL[x.seal], country=w.country(x.country) if x.country else w.say("another country"))


def capital(text: str) -> str:
    """Return the text with a capital letter."""
    return text[:1].upper() + text[1:]
