"""What is due in a dossier (agenda / échéancier): the next day of each time limit that runs, nearest first."""

from collections.abc import Sequence
from datetime import date, timedelta

from sojourn.dossier.applies import procedure_of
from sojourn.dossier.events import Event
from sojourn.dossier.running import history, running
from sojourn.dossier.state import Moment, moments
from sojourn.dossier.stated import stated
from sojourn.law.model import Law


def due(law: Law, pathway: str, events: Sequence[Event], on: date, within: int | None = None) -> list[Moment]:
    """Return the next moment of each time limit that runs on day `on`, nearest first.

    within: only what falls within so many days, and what is late already (its safe day is past, but not yet the last
    day of every reading). Raises KeyError for an unknown pathway, NoProcedureError where it has no procedure.
    """
    past = history(events, on)
    until = on + timedelta(within) if within is not None else date.max
    found = []
    for r in running(law, procedure_of(law, pathway), stated(law, past.events).facts, past, live=True):
        first = next(moments(r, on), None)
        if first and (first.day <= until or r.phase(on) == "late"):
            found.append(first)
    return sorted(found, key=lambda m: (m.day, m.running.line.key))
