"""The history of a dossier as a person reads it in a terminal."""

from datetime import date

from sojourn.cli.render import Page
from sojourn.decide.profile import FactValueError, read_value
from sojourn.dossier.events import DATA, DOSSIER_FACTS, SHAPES, Datum, Event, Kind, corrected_by
from sojourn.dossier.ledger import Ledger
from sojourn.values.money import Money
from sojourn.words.language import Words


def history(w: Words, ledger: Ledger, out: Page) -> str:
    """Return the header, the events in the order they were recorded, and the lines that could not be read."""
    if ledger.header:
        pathway = w.law.pathways.get(ledger.header.pathway)
        out.add(w.say("Dossier: {pathway}", pathway=w.line(pathway, "title") if pathway else ledger.header.pathway))
    out.add(
        w.say("The lines are chained: this shows accidents and careless edits; it is no seal against a forger."),
        style="2",
    )
    later = corrected_by(ledger.events)
    for event in ledger.events:
        _event(w, event, later.get(event.number), out)
    for number, raw in ledger.unread:
        out.add()
        out.add(w.say("Line {number} cannot be read; it stands there as:", number=number), style="31")
        out.lines.append("    " + _printable(raw.decode("utf-8", "backslashreplace")))
    return str(out)


def _event(w: Words, event: Event, later: int | None, out: Page) -> None:
    out.add()
    head = f"{event.number}. {w.day(event.on)} · {w.say(SHAPES[event.kind].says)}"
    if event.corrects is not None and event.kind is not Kind.CORRECTED:
        head += " · " + w.say("in place of {number}", number=event.corrects)
    elif event.corrects is not None:
        head += " · " + w.say("event {number}", number=event.corrects)
    if later:
        head += " · " + w.say("corrected by {number}", number=later)
    out.add(head, style="2" if later else "1")
    if event.kind is Kind.FACT_STATED:
        out.add(_fact(w, event), 4)
    for name, value in event.data.items():
        if not (event.kind is Kind.FACT_STATED and name in ("fact", "value")):
            out.add(f"{w.say(DATA[name].says)}: {_value(w, DATA[name], value)}", 4)
    if event.source:
        out.add(w.say("shown by: {source}", source=_printable(event.source)), 4)


def _fact(w: Words, event: Event) -> str:
    id, value = event.data["fact"], event.data["value"]
    if id in DOSSIER_FACTS:
        return f"{w.say(DOSSIER_FACTS[id].says)}: {_value(w, DOSSIER_FACTS[id], value)}"
    fact = w.law.facts.get(id)
    if fact is None:
        return f"{id}: {_printable(str(value))}"
    try:
        return f"{w.fact(id)}: {w.known(fact, read_value(w.law, fact, value))}"
    except FactValueError:  # the law has changed since, or knows this value no more
        return f"{w.fact(id)}: {_printable(str(value))}"


def _value(w: Words, datum: Datum, value: object) -> str:
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
    return _printable(str(value))


def _printable(text: str) -> str:
    """Return `text` without what could steer a terminal."""
    return "".join(c if c.isprintable() else " " if c == "\n" else f"\\x{ord(c):02x}" for c in text)
