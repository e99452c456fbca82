"""What the events of a dossier state about the person: facts for the law, and those that only a dossier holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sojourn.decide.profile import FactValueError, read_value
from sojourn.decide.variables import Facts
from sojourn.dossier.events import Event, Kind
from sojourn.law.model import Law


@dataclass(frozen=True, slots=True)
class Stated:
    """What is known of the person.

    facts: for the law, by id. said: facts that only a dossier holds (a name, a birth date), as written. disputed: the
    statements of one day that give a fact different values; such a fact is not known. unread: statements that the law
    of today cannot read.
    """

    facts: Facts
    said: dict[str, str]
    disputed: tuple[tuple[Event, ...], ...] = ()
    unread: tuple[Event, ...] = ()


def stated(law: Law, events: Iterable[Event]) -> Stated:
    """Return what events in order of time state; of several days the last one counts.

    Two values stated on one day contradict each other, in whatever order they were entered: neither counts.
    """
    last: dict[str, list[Event]] = {}
    for e in events:
        if e.kind is not Kind.FACT_STATED:
            continue
        told = last.get(str(e.data["fact"]), [])
        last[str(e.data["fact"])] = [*told, e] if told and told[0].on == e.on else [e]
    facts: dict[str, Any] = {}
    said: dict[str, str] = {}
    disputed: list[tuple[Event, ...]] = []
    unread: list[Event] = []
    for id, told in last.items():
        value = told[0].data["value"]
        if any(e.data["value"] != value for e in told):
            disputed.append(tuple(told))
        elif id not in law.facts:
            said[id] = str(value)
        else:
            try:
                facts[id] = read_value(law, law.facts[id], value)
            except FactValueError:  # the law has changed since, or knows this value no more
                unread.append(told[0])
    return Stated(facts, said, tuple(disputed), tuple(unread))
