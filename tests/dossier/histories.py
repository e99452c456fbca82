"""Generated courses of an application for a Flemish card: plausible kinds on days of two years, in any order at all."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st

from sojourn.dossier.events import Event, make_event

PATHWAY = "be-vlg-professional-card"
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
DAYS = st.dates(date(2025, 6, 1), date(2027, 6, 1))
_ISO = DAYS.map(date.isoformat)
_NOTICE = {
    "dispatched": _ISO,
    "received": _ISO,
    "way": st.sampled_from(["by-hand", "email", "registered-post", "registered-post-with-receipt", "ordinary-post"]),
}
_STAGE = {"procedure": st.sampled_from(["visa-d", "registration", "card-renewal", "stay-in-belgium"])}


def _data(needs: dict[str, st.SearchStrategy[Any]] | None = None, **may: st.SearchStrategy[Any]) -> Any:
    return st.fixed_dictionaries(needs or {}, optional=may)


KINDS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "fact-stated": st.sampled_from(
        [
            {"fact": "residence.country", "value": "BE"},
            {"fact": "residence.country", "value": "MA"},
            {"fact": "residence.document", "value": "card-a"},
            {"fact": "person.nationalities", "value": ["MA"]},
        ]
    ),
    "document-added": st.sampled_from([{"document": "passport-copy"}, {"document": "diploma"}]),
    "filed": _data(None, **_STAGE),
    "found-incomplete": _data(None, complete_by=_ISO, **_NOTICE, **_STAGE),
    "completed": _data(None, **_STAGE),
    "admissible": _data(None, **_NOTICE),
    "inadmissible": _data(None, **_NOTICE),
    "extended": _data(None, until=_ISO, **_NOTICE),
    "granted": _data(None, valid_until=_ISO, **_NOTICE, **_STAGE),
    "refused": _data(None, **_NOTICE, **_STAGE),
    "appealed": _data({"body": st.sampled_from(["minister", "council-of-state", "elsewhere"])}),
    "appeal-decided": _data(
        {"outcome": st.sampled_from(["allowed", "dismissed", "inadmissible", "annulled", "suspended"])}, **_NOTICE
    ),
    "paid": st.just({"fee": "card-delivery", "amount": "90.00 EUR"}),
    "collected": st.just({"document": "professional-card"}),
    "entered": _data(),
    "registered": _data(),
    "withdrawn": _data({"who": st.sampled_from(["applicant", "authority"])}),
    "closed": _data(),
    "note": st.just({"text": "called the counter"}),
}


@dataclass(frozen=True)
class Told:
    """One thing that happened, before it is entered: `about` another one of the list (a notification, an appeal)."""

    kind: str
    on: date
    data: dict[str, Any] = field(hash=False)
    about: int | None = None


@st.composite
def told(draw: st.DrawFn, most: int = 12) -> list[Told]:
    """Return things that happened, each about earlier ones of the list at most."""
    out: list[Told] = []
    for n in range(draw(st.integers(1, most))):
        kind = draw(st.sampled_from([*KINDS, *(["notified"] if n else [])]))
        about = draw(st.integers(0, n - 1)) if kind == "notified" or (kind == "appealed" and n) else None
        data = draw(KINDS[kind] if kind in KINDS else _data(None, **_NOTICE))
        out.append(Told(kind, draw(DAYS), data, about))
    return out


def entered(things: list[Told], order: list[int] | None = None) -> list[Event]:
    """Return the events of a dossier into which these things were entered in that order."""
    order = order if order is not None else list(range(len(things)))
    numbers = {n: place + 2 for place, n in enumerate(order)}
    events = [make_event(1, "opened", date(2025, 6, 1), NOW, {"pathway": PATHWAY})]
    for n in order:
        thing = things[n]
        data = dict(thing.data)
        if thing.about is not None:
            data["notice_of" if thing.kind == "notified" else "against"] = numbers[thing.about]
        events.append(make_event(numbers[n], thing.kind, thing.on, NOW, data))
    return events


@st.composite
def in_two_orders(draw: st.DrawFn) -> tuple[list[Event], list[Event]]:
    """Return the same things entered in two orders; what is about another one is entered after it."""
    things = draw(told())
    rest, order = list(range(len(things))), []
    while rest:
        ready = [n for n in rest if things[n].about not in rest]
        order.append(draw(st.sampled_from(ready)))
        rest.remove(order[-1])
    return entered(things), entered(things, order)
