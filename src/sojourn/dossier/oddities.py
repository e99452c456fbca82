"""Events that do not fit each other or the procedure: told, never refused, for the slip may lie in another event.

A person records what a paper says, in any order. A decision before any filing, a letter received before it was sent or
a stage that does not exist is therefore kept like the rest, and named here until it is corrected.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sojourn.dossier.events import DATA, Event, Kind
from sojourn.dossier.running import History, stage_of, stages_of
from sojourn.law.faults import nearest
from sojourn.law.procedure import Procedure


class Odd(StrEnum):
    """In which way an event does not fit."""

    NOT_FILED = "not-filed"
    NOTHING_MISSING = "nothing-missing"
    NOTHING_TO_APPEAL = "nothing-to-appeal"
    NO_APPEAL = "no-appeal"
    NOT_ADMISSIBLE = "not-admissible"
    NOT_GRANTED = "not-granted"
    NOTICE_BEFORE_EVENT = "notice-before-event"
    RECEIVED_BEFORE_SENT = "received-before-sent"
    DAYS_CROSSED = "days-crossed"
    NOT_YET = "not-yet"
    UNKNOWN_NAME = "unknown-name"


@dataclass(frozen=True, slots=True)
class Oddity:
    """An event that does not fit. params: the days and names it is about."""

    odd: Odd
    event: Event
    params: dict[str, Any] = field(default_factory=dict)


_DECISIONS = frozenset({Kind.REFUSED, Kind.WITHDRAWN, Kind.APPEAL_DECIDED, Kind.INADMISSIBLE})
# What must have happened before, in the same stage.
_AFTER = {
    Kind.FOUND_INCOMPLETE: (Odd.NOT_FILED, frozenset({Kind.FILED})),
    Kind.ADMISSIBLE: (Odd.NOT_FILED, frozenset({Kind.FILED})),
    Kind.INADMISSIBLE: (Odd.NOT_FILED, frozenset({Kind.FILED})),
    Kind.GRANTED: (Odd.NOT_FILED, frozenset({Kind.FILED})),
    Kind.REFUSED: (Odd.NOT_FILED, frozenset({Kind.FILED})),
    Kind.COMPLETED: (Odd.NOTHING_MISSING, frozenset({Kind.FOUND_INCOMPLETE})),
    Kind.EXTENDED: (Odd.NOT_ADMISSIBLE, frozenset({Kind.ADMISSIBLE})),
    Kind.APPEALED: (Odd.NOTHING_TO_APPEAL, _DECISIONS),
    Kind.APPEAL_DECIDED: (Odd.NO_APPEAL, frozenset({Kind.APPEALED})),
    Kind.RENEWED: (Odd.NOT_GRANTED, frozenset({Kind.GRANTED, Kind.ADMISSIBLE, Kind.FILED})),
}
_CROSSED = (("valid_from", "valid_until"), ("dispatched", "complete_by"), ("", "until"), ("", "complete_by"))
_DAYS = frozenset(name for name, datum in DATA.items() if datum.type == "day")


def oddities(procedure: Procedure, past: History) -> list[Oddity]:
    """Return the events up to that day that do not fit, in the order of time."""
    names = _known(procedure)
    stages = stages_of(procedure)
    seen: dict[str, set[Kind]] = {}
    days = {past.number(e): e.on for e in past.events}
    out: list[Oddity] = []
    for e in past.events:
        stage = stage_of(stages, e)
        kinds = seen.setdefault(stage, set())
        if e.kind in _AFTER:
            odd, before = _AFTER[e.kind]
            out += [] if kinds & before else [Oddity(odd, e)]
        kinds.add(e.kind)
        if e.kind is Kind.NOTIFIED and days.get(past.number(e.data["notice_of"]), date.max) > e.on:
            out.append(Oddity(Odd.NOTICE_BEFORE_EVENT, e))
        if e.on > e.recorded.date() + timedelta(1):  # it may be tomorrow already where the person is
            out.append(Oddity(Odd.NOT_YET, e))
        if not _DAYS.isdisjoint(e.data):
            out += _crossed(e)
        if not names.keys().isdisjoint(e.data):
            out += _unknown(names, e)
    return out


def _crossed(e: Event) -> Iterator[Oddity]:
    sent, received = e.day("dispatched"), e.day("received")
    if sent and received and received < sent:
        yield Oddity(Odd.RECEIVED_BEFORE_SENT, e, {"sent": sent, "received": received})
    for first, second in _CROSSED:
        start, end = e.day(first) if first else e.on, e.day(second)
        if start and end and end < start:
            yield Oddity(Odd.DAYS_CROSSED, e, {"first": start, "second": end})
            return


def _known(procedure: Procedure) -> dict[str, frozenset[str]]:
    """Return the ids that the data of an event may name, by the name of the datum."""
    return {
        "procedure": frozenset(s.id for s in procedure.stages),
        "fee": frozenset(f.id for f in procedure.fees),
        "channel": frozenset(x for p in procedure.filing for x in (p.id, p.channel) if x),
        "body": frozenset(a.id for a in procedure.appeals),
    }


def _unknown(names: Mapping[str, frozenset[str]], e: Event) -> Iterator[Oddity]:
    for name, ids in names.items():
        told = e.data.get(name)
        if told is not None and told not in ids and (name != "body" or e.kind is Kind.APPEALED):
            yield Oddity(Odd.UNKNOWN_NAME, e, {"name": name, "told": str(told), "nearest": nearest(str(told), ids)})
