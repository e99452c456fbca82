"""The words for what happened to a dossier: what an event states and carries."""

from datetime import date

from sojourn.decide.profile import FactValueError, read_value
from sojourn.dossier.events import DATA, DOSSIER_FACTS, Datum, Event
from sojourn.values.money import Money
from sojourn.words.language import Words


def fact_text(w: Words, event: Event) -> str:
    """Return the fact that an event states, with its value."""
    id, value = event.data["fact"], event.data["value"]
    if id in DOSSIER_FACTS:
        return f"{w.say(DOSSIER_FACTS[id].says)}: {datum_text(w, DOSSIER_FACTS[id], value)}"
    fact = w.law.facts.get(id)
    if fact is None:
        return f"{id}: {printable(str(value))}"
    try:
        return f"{w.fact(id)}: {w.known(fact, read_value(w.law, fact, value))}"
    except FactValueError:  # the law has changed since, or knows this value no more
        return f"{w.fact(id)}: {printable(str(value))}"


def datum_text(w: Words, datum: Datum, value: object) -> str:
    """Return what an event carries, in words."""
    match datum.type, value:
        case "day", str(text):
            return w.day(date.fromisoformat(text))
        case "money", str(text) if text.endswith(" EUR"):
            return w.money(Money.parse(text).cents)
        case "choice", str(text):
            return w.say(datum.values[text])
        case "country", str(text):
            return w.country(text)
        case "ids", list(ids):
            return ", ".join(w.evidence(id) for id in ids)
    if datum is DATA["document"]:
        return w.evidence(str(value))
    if datum is DATA["pathway"] and str(value) in w.law.pathways:
        return w.line(w.law.pathways[str(value)], "title")
    return printable(str(value))


def printable(text: str) -> str:
    """Return `text` without what could steer a terminal."""
    return "".join(c if c.isprintable() else " " if c == "\n" else f"\\x{ord(c):02x}" for c in text)
