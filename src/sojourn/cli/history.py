"""The history of a dossier as a person reads it in a terminal."""

from sojourn.cli.render import Page
from sojourn.dossier.events import DATA, SHAPES, Event, Kind, corrected_by
from sojourn.dossier.ledger import Ledger
from sojourn.words.language import Words
from sojourn.words.past import datum_text, fact_text, printable


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
        out.lines.append("    " + printable(raw.decode("utf-8", "backslashreplace")))
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
        out.add(fact_text(w, event), 4)
    for name, value in event.data.items():
        if not (event.kind is Kind.FACT_STATED and name in ("fact", "value")):
            out.add(f"{w.say(DATA[name].says)}: {datum_text(w, DATA[name], value)}", 4)
    if event.source:
        out.add(w.say("shown by: {source}", source=printable(event.source)), 4)
