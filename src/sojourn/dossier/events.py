"""The events of a dossier (dossier, gebeurtenis / événement): a closed vocabulary of kinds, and the data of each.

An event is never changed. A correction is a later event that names the one it corrects: one of another kind than
`corrected` stands in its place, one of the kind `corrected` strikes it out and puts nothing there.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sojourn.law.faults import nearest
from sojourn.values.countries import COUNTRIES
from sojourn.values.money import Money, MoneyError

FIRST_YEAR, LAST_YEAR = 1900, 2200
LONGEST_TEXT = 4_000  # characters; a dossier tells what happened, the papers themselves lie elsewhere
LONGEST_LIST = 100
_ID = re.compile(r"[a-z0-9]+(?:[-._/][a-z0-9]+)*")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\ud800-\udfff]")  # a line break may stand in a text


class EventError(ValueError):
    """An event cannot be as it is given; `faults` lists (what is wrong, how to mend it)."""

    def __init__(self, faults: Iterable[tuple[str, str]]) -> None:
        self.faults = list(faults)
        super().__init__("; ".join(what for what, _ in self.faults))


class Kind(StrEnum):
    """What can happen to a dossier."""

    OPENED = "opened"
    FACT_STATED = "fact-stated"
    DOCUMENT_ADDED = "document-added"
    FILED = "filed"
    FOUND_INCOMPLETE = "found-incomplete"
    COMPLETED = "completed"
    ADMISSIBLE = "admissible"
    INADMISSIBLE = "inadmissible"
    EXTENDED = "extended"
    NOTIFIED = "notified"
    GRANTED = "granted"
    REFUSED = "refused"
    APPEALED = "appealed"
    APPEAL_DECIDED = "appeal-decided"
    PAID = "paid"
    COLLECTED = "collected"
    ENTERED = "entered"
    REGISTERED = "registered"
    RENEWED = "renewed"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    NOTE = "note"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class Datum:
    """One thing that an event can carry.

    says: its name as people read it. type: `text`, `id`, `ids`, `day`, `money`, `country`, `language`, `event` (the
    number of an earlier event), `choice` (one of `values`) or `any` (a value of a fact, as a profile writes it).
    """

    says: str
    type: str = "text"
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shape:
    """What a kind of event means, what it must carry and what it may carry."""

    says: str
    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()


DATA: Mapping[str, Datum] = {
    "account": Datum("account"),
    "address": Datum("address"),
    "against": Datum("against event", "event"),
    "amount": Datum("amount", "money"),
    "birth_date": Datum("date of birth on it", "day"),
    "body": Datum("authority", "id"),
    "channel": Datum("channel", "id"),
    "commune": Datum("commune"),
    "complete_by": Datum("last day the authority gives", "day"),
    "conditions": Datum("conditions"),
    "country": Datum("issued in", "country"),
    "dispatched": Datum("notice dispatched on", "day"),
    "document": Datum("document", "id"),
    "documents": Datum("documents", "ids"),
    "fact": Datum("fact", "id"),
    "fee": Datum("fee", "id"),
    "file": Datum("kept as"),
    "issued": Datum("issued on", "day"),
    "issuer": Datum("issued by"),
    "language": Datum("language", "language"),
    "legalisation": Datum(
        "legalisation", "choice", {"none": "none", "apostille": "apostille", "legalised": "legalised"}
    ),
    "message": Datum("payment message"),
    "name": Datum("name on it"),
    "notice_of": Datum("notice of event", "event"),
    "outcome": Datum(
        "outcome",
        "choice",
        {
            "allowed": "allowed",
            "dismissed": "dismissed",
            "inadmissible": "inadmissible",
            "annulled": "decision annulled",
            "suspended": "decision suspended",
        },
    ),
    "pathway": Datum("pathway", "id"),
    "procedure": Datum("procedure", "id"),
    "reason": Datum("reason"),
    "received": Datum("notice received on", "day"),
    "reference": Datum("reference"),
    "text": Datum("text"),
    "translation": Datum("translation", "choice", {"none": "none", "sworn": "sworn", "other": "not sworn"}),
    "until": Datum("until", "day"),
    "valid_from": Datum("valid from", "day"),
    "valid_until": Datum("valid until", "day"),
    "value": Datum("value", "any"),
    "way": Datum(
        "way",
        "choice",
        {
            "by-hand": "handed over",
            "email": "e-mail",
            "fax": "fax",
            "online": "online",
            "ordinary-post": "ordinary post",
            "registered-post": "registered post",
            "registered-post-with-receipt": "registered post with acknowledgement of receipt",
        },
    ),
    "who": Datum("by", "choice", {"applicant": "the applicant", "authority": "the authority"}),
}
ALWAYS = ("procedure", "reference")  # any event may name the procedure (a visa beside the card) and a file number
_NOTICE = ("body", "dispatched", "received", "way")
SHAPES: Mapping[Kind, Shape] = {
    Kind.OPENED: Shape("Opened", ("pathway",)),
    Kind.FACT_STATED: Shape("Fact stated", ("fact", "value")),
    Kind.DOCUMENT_ADDED: Shape(
        "Document added",
        ("document",),
        ("issued", "valid_until", "issuer", "country", "language", "translation", "legalisation", "name",
         "birth_date", "file"),
    ),
    Kind.FILED: Shape("Filed", (), ("body", "channel", "address", "documents", "way")),
    Kind.FOUND_INCOMPLETE: Shape("Found incomplete", (), ("documents", "complete_by", *_NOTICE)),
    Kind.COMPLETED: Shape("Completed", (), ("documents", "channel", "way")),
    Kind.ADMISSIBLE: Shape("Declared admissible", (), _NOTICE),
    Kind.INADMISSIBLE: Shape("Declared inadmissible", (), ("reason", *_NOTICE)),
    Kind.EXTENDED: Shape("Time extended", (), ("until", *_NOTICE)),
    Kind.NOTIFIED: Shape("Notified", ("notice_of",), _NOTICE),
    Kind.GRANTED: Shape("Granted", (), ("valid_from", "valid_until", "conditions", *_NOTICE)),
    Kind.REFUSED: Shape("Refused", (), ("reason", *_NOTICE)),
    Kind.APPEALED: Shape("Appealed", ("body",), ("against", "documents", "way")),
    Kind.APPEAL_DECIDED: Shape("Appeal decided", ("outcome",), ("reason", *_NOTICE)),
    Kind.PAID: Shape("Paid", ("fee", "amount"), ("account", "message")),
    Kind.COLLECTED: Shape("Collected", ("document",), ("body", "valid_until")),
    Kind.ENTERED: Shape("Entered Belgium"),
    Kind.REGISTERED: Shape("Registered", (), ("commune", "address", "document")),
    Kind.RENEWED: Shape("Renewed", (), ("document", "valid_from", "valid_until", *_NOTICE)),
    Kind.WITHDRAWN: Shape("Withdrawn", ("who",), ("reason", *_NOTICE)),
    Kind.CLOSED: Shape("Closed", (), ("reason",)),
    Kind.NOTE: Shape("Note", ("text",)),
    Kind.CORRECTED: Shape("Struck out", (), ("reason",)),
}  # fmt: skip
_ALLOWED = {kind: frozenset((*shape.needs, *shape.may, *ALWAYS)) for kind, shape in SHAPES.items()}
_KINDS = {str(kind): kind for kind in Kind}

# Facts about the person that only a dossier holds: no rule depends on them, so `match` never asks for them.
DOSSIER_FACTS: Mapping[str, Datum] = {
    "person.name": Datum("name"),
    "person.birth_date": Datum("date of birth", "day"),
}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened.

    number: its place in the dossier, from 1. kind: what happened. on: the day it happened. data: what it carries, by
    name (`DATA`); days as ISO text, money as `"140.00 EUR"`. source: what shows it, in the person's words.
    corrects: the number of the earlier event in whose place it stands, or None. recorded: when it was written, UTC.
    """

    number: int
    kind: Kind
    on: date
    recorded: datetime
    data: Mapping[str, Any] = field(default_factory=dict)
    source: str = ""
    corrects: int | None = None

    def day(self, name: str) -> date | None:
        """Return the day it carries under `name`, or None."""
        text = self.data.get(name)
        return date.fromisoformat(text) if text else None


def make_event(
    number: int,
    kind: str,
    on: date,
    recorded: datetime,
    data: Mapping[str, Any] | None = None,
    source: str = "",
    corrects: int | None = None,
) -> Event:
    """Return the event, its data in their written form.

    Raises EventError with all faults: an unknown kind or name (the nearest is named), data missing or of the wrong
    form, a day outside any file, a correction that names no earlier event.
    """
    data = dict(data or {})
    faults: list[tuple[str, str]] = []
    if kind not in _KINDS:
        raise EventError([(f'no event is called "{kind}"', nearest(kind, _KINDS))])
    known = _KINDS[kind]
    if not FIRST_YEAR <= on.year <= LAST_YEAR:
        faults.append((f"{on} lies outside any dossier", "Check the year."))
    if recorded.tzinfo is None:
        faults.append(("the time of recording has no time zone", "Give it in UTC."))
    missing = [name for name in SHAPES[known].needs if data.get(name) in (None, "")]
    faults += [(f'"{kind}" needs "{name}" ({DATA[name].says})', f"Give {name}=…") for name in missing]
    for name, value in data.items():
        if name not in _ALLOWED[known]:
            faults.append((f'"{kind}" carries no "{name}"', nearest(name, _ALLOWED[known])))
            continue
        try:
            data[name] = written(DATA[name], value, number)
        except ValueError as error:
            faults.append((f"{name}: {error.args[0]}", error.args[1] if len(error.args) > 1 else ""))
    if known is Kind.FACT_STATED and data.get("fact") in DOSSIER_FACTS and not faults:
        try:
            data["value"] = written(DOSSIER_FACTS[data["fact"]], data["value"], number)
        except ValueError as error:
            faults.append((f"{data['fact']}: {error.args[0]}", error.args[1] if len(error.args) > 1 else ""))
    if source:
        try:
            source = _text(source)
        except ValueError as error:
            faults.append((f"source: {error.args[0]}", error.args[1]))
    if corrects is None and known is Kind.CORRECTED:
        faults.append(
            ('"corrected" names no event', "`sojourn dossier correct FILE NUMBER --strike` strikes out event NUMBER.")
        )
    if corrects is not None and (type(corrects) is not int or not 1 <= corrects < number):
        faults.append((f"event {corrects} does not come before event {number}", "Name an earlier event."))
    if faults:
        raise EventError(faults)
    return Event(number, known, on, recorded, data, source, corrects)


def written(datum: Datum, value: Any, number: int) -> Any:
    """Return `value` as a dossier writes it, for the event with this number.

    Raises ValueError with what is wrong and how to mend it.
    """
    sort = datum.type
    if sort in _BY_CODE:
        return _code(sort, value if isinstance(value, str) else _text(value))
    if sort == "choice":
        if value not in (datum.values if isinstance(value, str) else ()):
            raise ValueError(f"{value!r} is not one of its values", nearest(str(value), datum.values))
        return value
    if sort == "event":
        if type(value) is not int or not 1 <= value < number:
            raise ValueError(f"{value!r} is not the number of an earlier event", "`show` gives the numbers.")
        return value
    return _WRITTEN[sort](value)


@lru_cache(4096)  # the same few ids, codes and days come back in every dossier; reading is three times as fast
def _code(sort: str, text: str) -> str:
    if sort == "id" and not _ID.fullmatch(text):
        raise ValueError(f"{text!r} is no id", "An id has small letters, digits and hyphens, such as passport-copy.")
    if sort == "country" and text not in COUNTRIES:
        raise ValueError(f"{text!r} is no country code", "Countries are two capital letters, ISO 3166-1 alpha-2.")
    if sort == "language" and not re.fullmatch("[a-z]{2,3}", text):
        raise ValueError(f"{text!r} is no language code", "Languages are two or three small letters, such as nl.")
    return text


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{value!r} is no text", "Write at least one word.")
    if len(value) > LONGEST_TEXT:
        raise ValueError(f"{len(value):,} characters; at most {LONGEST_TEXT:,} are kept", "Write it shorter.")
    if _CONTROL.search(value):
        raise ValueError("it has a control character", "Use letters, digits, signs and line breaks.")
    return value


@lru_cache(4096)
def _iso(text: str) -> str:
    return _day(text)


def _any_day(value: Any) -> str:
    return _iso(value) if type(value) is str else _day(value)


def _day(value: Any) -> str:
    try:
        day = value if type(value) is date else date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError(f"{value!r} is no day of the calendar", "Write it like 2026-11-22.") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"{day} lies outside any dossier", "Check the year.")
    return day.isoformat()


def _money(value: Any) -> str:
    try:
        money = Money.parse(value if isinstance(value, str) else "")
    except MoneyError:
        raise ValueError(f"{value!r} is no amount of money", 'Write it like "140 EUR".') from None
    if money.cents < 0:
        raise ValueError(f"{money} is below zero", "Give an amount of 0 or more.")
    return str(money)


def _ids(value: Any) -> list[str]:
    if not isinstance(value, list | tuple) or len(value) > LONGEST_LIST:
        raise ValueError(f"it is no list of at most {LONGEST_LIST} ids", "Write [passport-copy, diploma].")
    return [written(Datum("", "id"), x, 0) for x in value]


def _json(value: Any, deep: int = 0) -> Any:
    if type(value) in (bool, int) or value is None:
        return value
    if isinstance(value, date):
        return _day(value)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, list | tuple | dict) and deep < 3 and len(value) <= LONGEST_LIST:
        if isinstance(value, dict):
            return {_text(k): _json(v, deep + 1) for k, v in value.items()}
        return [_json(x, deep + 1) for x in value]
    raise ValueError("it is no value of a fact", "Write it as a profile does.")


_BY_CODE = frozenset({"id", "country", "language"})
_WRITTEN: Mapping[str, Callable[[Any], Any]] = {
    "day": _any_day, "text": _text, "any": _json, "money": _money, "ids": _ids
}  # fmt: skip


def standing(events: Iterable[Event]) -> list[Event]:
    """Return the events that stand, by the day they happened, then by number.

    What a later event corrects does not stand; nor does an event that strikes another out. A correction that is
    itself corrected does not bring back what it corrected.
    """
    events = list(events)
    replaced = {e.corrects for e in events if e.corrects is not None}
    stand = [e for e in events if e.number not in replaced and e.kind is not Kind.CORRECTED]
    return sorted(stand, key=lambda e: (e.on, e.number))


def corrected_by(events: Iterable[Event]) -> dict[int, int]:
    """Return for each corrected event the number of the one that corrects it (the last, where there are several)."""
    return {e.corrects: e.number for e in events if e.corrects is not None}
