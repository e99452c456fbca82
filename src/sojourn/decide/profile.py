"""Profiles: what a person told us, read against the facts that the law knows.

A profile is YAML or JSON: `on:` (the day to assess) and `facts:` nested by subject. All faults are found at once.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from sojourn.decide.day import Day
from sojourn.decide.evaluate import possible
from sojourn.law.faults import Fault, InputError, ProfileError, nearest
from sojourn.law.model import Fact, Law
from sojourn.law.yaml12 import Document, Path_, load_bytes, load_file
from sojourn.values import verdict as v
from sojourn.values.calendar import parse_day
from sojourn.values.countries import COUNTRIES
from sojourn.values.known import DECLINED, NOT_KNOWN, Band, Exact, Known, NoneOf, OneOf, Scalar
from sojourn.values.money import Money, MoneyError

_BAND = re.compile(r"^\s*(\S*?)\s*\.\.\s*?(\S*?)\s*(?: ([A-Z]{3}))?\s*$")
FIRST_YEAR, LAST_YEAR = 1830, 2200


@dataclass(frozen=True)
class Profile:
    """A day (None: today, for the caller to choose) and what is known, by fact."""

    on: date | None
    facts: dict[str, Known] = field(default_factory=dict)


class FactValueError(ValueError):
    """A value does not fit its fact; `args` are what is wrong and how to mend it, `kind` the sort of fault."""

    def __init__(self, kind: str, what: str, mend: str) -> None:
        super().__init__(what, mend)
        self.kind, self.what, self.mend = kind, what, mend


def read_profile(law: Law, path: Path, *, on: date | None = None) -> Profile:
    """Return the profile in the file `path` (YAML or JSON, at most 1 MB); `on` takes the place of the day in it.

    Raises ProfileError with all faults: unreadable file, unknown keys (naming the nearest), values of the wrong type,
    impossible days, contradictions.
    """
    try:
        document = load_file(path, most_bytes=1_000_000)
    except InputError as error:
        raise ProfileError(error.faults) from None
    return profile_of(law, document, on=on)


def parse_profile(law: Law, raw: bytes, name: str = "profile", *, on: date | None = None) -> Profile:
    """Return the profile in `raw`, as `read_profile` does."""
    try:
        document = load_bytes(raw, name, most_bytes=1_000_000)
    except InputError as error:
        raise ProfileError(error.faults) from None
    return profile_of(law, document, on=on)


def profile_from(law: Law, facts: Mapping[str, Any], on: date | None = None) -> Profile:
    """Return the profile with these facts, nested or dotted, as a program gives them; raises ProfileError."""
    return profile_of(law, Document("facts", {"facts": dict(facts)}), on=on)


def profile_of(law: Law, document: Document, *, on: date | None = None) -> Profile:
    """Return the profile in a document; raises ProfileError with all faults."""
    faults: list[Fault] = []

    def fault(path: Path_, kind: str, what: str, mend: str) -> None:
        faults.append(Fault(document.file, document.line(path), kind, what, mend))

    root = document.value
    if root is None:
        fault((), "empty", "the profile is empty", "`sojourn new` writes one to fill in.")
        raise ProfileError(faults)
    if not isinstance(root, dict):
        fault(
            (),
            "wrong-type",
            "a profile is a mapping with `on:` and `facts:`",
            "`sojourn new` writes one to fill in.",
        )
        raise ProfileError(faults)
    for key in root:
        if key not in ("on", "facts"):
            fault((key,), "unknown-key", f'"{key}" is no key of a profile', nearest(key, ["on", "facts"]))
    day = root.get("on")
    if isinstance(day, str):  # as JSON has to write it
        with suppress(ValueError):
            day = parse_day(day)
    if day is not None and not isinstance(day, date):
        fault(("on",), "wrong-type", f"`on` is {day!r}, not a day", "Write it like 2026-11-22.")
        day = None
    nested = root.get("facts")
    facts: dict[str, Known] = {}
    if nested is not None and not isinstance(nested, dict):
        fault(
            ("facts",),
            "wrong-type",
            "`facts` is not a mapping",
            "Write `residence:` and below it `country: MA`.",
        )
    else:
        for id, value, path in _leaves(law, nested or {}, ("facts",), ""):
            if id not in law.facts:
                fault(path, "unknown-key", f'no fact is called "{id}"', nearest(id, law.facts))
            elif id in facts:
                fault(path, "duplicate-key", f"{id} is given twice", "Keep one of the two.")
            elif value is not None:
                try:
                    facts[id] = read_value(law, law.facts[id], value)
                except FactValueError as error:
                    fault(path, error.kind, f"{id}: {error.what}", error.mend)
    when = on or day or law.read_until
    for id, says in contradictions(law, facts, when):
        fault(("facts",), "contradiction", f"{says} [{id}]", "")
    if faults:
        raise ProfileError(faults)
    return Profile(on or day, facts)


def contradictions(law: Law, facts: Mapping[str, Known], on: date) -> Iterator[tuple[str, str]]:
    """Yield (id, sentence) of the contradictions that certainly hold between the facts."""
    day = Day(law, on)
    for c in law.contradictions:
        if possible(c.test, facts, day) == v.MET:
            yield c.id, c.says


def _leaves(law: Law, value: dict[Any, Any], path: Path_, prefix: str) -> Iterator[tuple[str, Any, Path_]]:
    for key, inner in value.items():
        id = f"{prefix}{key}"
        here = (*path, key)
        if isinstance(inner, dict) and id not in law.facts and any(f.startswith(f"{id}.") for f in law.facts):
            yield from _leaves(law, inner, here, f"{id}.")
        elif isinstance(inner, dict) and id not in law.facts and "." not in id:
            for sub, deep in inner.items():
                yield f"{id}.{sub}", deep, (*here, sub)
        else:
            yield id, inner, here


def read_value(law: Law, fact: Fact, value: Any) -> Known:
    """Return what `value`, as a profile writes it, says about `fact`; raises FactValueError."""
    if value == "unknown":
        return NOT_KNOWN
    if value == "declined":
        return DECLINED
    if isinstance(value, dict):
        return _partial(law, fact, value)
    if fact.is_set:
        if not isinstance(value, list):
            raise FactValueError("wrong-type", f"{value!r} is not a list", f"Write all of them: [{value}]; none: [].")
        if fact.type == "countries" and not value:
            raise FactValueError("empty-set", "nobody has no nationality", "Write [stateless] for a stateless person.")
        return Exact(frozenset(str(_single(law, fact, x)) for x in value))
    if isinstance(value, list):
        raise FactValueError("wrong-type", "this fact has one value, not a list", "Write one value.")
    if fact.is_number:
        return _number(fact, value)
    return Exact(_single(law, fact, value))


def _partial(law: Law, fact: Fact, value: dict[str, Any]) -> Known:
    for key in value:
        if key not in ("in", "not_in", "includes"):
            mend = nearest(key, ["in", "not_in", "includes"])
            raise FactValueError("unknown-key", f'"{key}" is no way to say what is known', mend)
    if fact.is_number:
        raise FactValueError("wrong-type", "a number is known as a value or a band", 'Write "2000..2500 EUR".')

    def listed(key: str) -> frozenset[Scalar]:
        given = value.get(key, [])
        out: set[Scalar] = set()
        for x in given if isinstance(given, list) else [given]:
            if isinstance(x, str) and x in law.groups:
                out |= law.groups[x]
            else:
                out.add(_single(law, fact, x))
        return frozenset(out)

    if fact.is_set:
        if "in" in value:
            raise FactValueError(
                "wrong-type", "`in` does not fit a fact with several values", "Use `includes` and `not_in`."
            )
        includes = frozenset(map(str, listed("includes")))
        excluded = listed("not_in")
        if includes & excluded:
            both = ", ".join(sorted(includes & set(map(str, excluded))))
            raise FactValueError("contradiction", f"{both} is both in and not in", "Keep one.")
        return NoneOf(excluded, includes)
    if "includes" in value:
        raise FactValueError("wrong-type", "`includes` fits facts with several values only", "Use `in` or `not_in`.")
    if "in" in value:
        left = listed("in") - listed("not_in")
        if not left:
            raise FactValueError("contradiction", "no value is left", "Name at least one possible value.")
        return Exact(next(iter(left))) if len(left) == 1 else OneOf(left)
    return NoneOf(listed("not_in"))


def _single(law: Law, fact: Fact, value: Any) -> Scalar:
    if fact.type == "bool":
        if isinstance(value, bool):
            return value
        raise FactValueError(
            "wrong-type", f"{value!r} is neither true nor false", "Write true, false, unknown or declined."
        )
    if fact.type in ("country", "countries"):
        if value in COUNTRIES:
            return str(value)
        mend = "Countries are two capital letters, ISO 3166-1 alpha-2."
        if isinstance(value, str) and value.upper() in COUNTRIES:
            mend = f'Did you mean "{value.upper()}"?'
        elif isinstance(value, str) and value in law.groups:
            mend = f"For a group write {{not_in: {value}}}."
        raise FactValueError("unknown-country", f"{value!r} is no country code", mend)
    if isinstance(value, str) and value in fact.values:
        return value
    raise FactValueError("unknown-value", f"{value!r} is no value of it", nearest(str(value), fact.values))


def _number(fact: Fact, value: Any) -> Known:
    if isinstance(value, str) and ".." in value:
        match = _BAND.match(value)
        if match:
            low_text, high_text, currency = match.groups()
            tail = f" {currency}" if currency else ""
            low = _point(fact, low_text, tail) if low_text else None
            high = _point(fact, high_text, tail) if high_text else None
            if low is not None and high is not None and low > high:
                raise FactValueError("wrong-band", f"{value!r} ends before it begins", "Exchange the two.")
            return Exact(low) if low is not None and low == high else Band(low, high)
    return Exact(_point(fact, value, ""))


def _point(fact: Fact, value: Any, tail: str) -> int:
    if fact.type == "date":
        day = value
        if isinstance(value, str):
            try:
                day = parse_day(value)
            except ValueError as error:
                raise FactValueError("impossible-date", str(error), "Write it like 2026-09-20.") from None
        if not isinstance(day, date):
            raise FactValueError("wrong-type", f"{value!r} is no day", "Write it like 2026-09-20.")
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise FactValueError("impossible-date", f"{day} lies outside any life", "Check the year.")
        return day.toordinal()
    if fact.type == "money":
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise FactValueError("wrong-type", f"{value!r} is no amount of money", 'Write it like "2600 EUR".')
        try:
            money = Money.parse(f"{value}{tail}")
        except MoneyError as error:
            raise FactValueError("wrong-type", str(error), "Money has a currency.") from None
        if money.currency != "EUR":
            raise FactValueError("wrong-currency", f"{money} is not in EUR", "Convert it to EUR.")
        if money.cents < 0:
            raise FactValueError("negative", f"{money} is below zero", "Give an amount of 0 or more.")
        return money.cents
    number = value
    if isinstance(value, str) and re.fullmatch(r"-?\d{1,9}", value):
        number = int(value)
    if isinstance(number, bool) or not isinstance(number, int):
        raise FactValueError("wrong-type", f"{value!r} is no whole number", f"Count {fact.unit}.")
    if (fact.least is not None and number < fact.least) or (fact.most is not None and number > fact.most):
        raise FactValueError("out-of-bounds", f"{number} {fact.unit} cannot be", f"From {fact.least} to {fact.most}.")
    return number


def written(fact: Fact, known: Known) -> Any:
    """Return `known` as a profile writes it: the inverse of `read_value`."""

    def point(n: int) -> Any:
        if fact.type == "money":
            return str(Money(n))
        return date.fromordinal(n).isoformat() if fact.type == "date" else n

    match known:
        case Exact(value):
            if isinstance(value, frozenset):
                return sorted(value)
            if fact.type == "date":
                return date.fromordinal(int(value))
            return point(value) if fact.is_number else value  # type: ignore[arg-type]
        case Band(low, high):
            if fact.type == "money":
                ends = ["" if x is None else str(Money(x)).removesuffix(" EUR") for x in (low, high)]
                return f"{ends[0]}..{ends[1]} EUR"
            return f"{'' if low is None else point(low)}..{'' if high is None else point(high)}"
        case OneOf(values):
            return {"in": sorted(values, key=str)}
        case NoneOf(values, includes):
            out: dict[str, Any] = {"not_in": sorted(values, key=str)}
            return ({"includes": sorted(includes)} if includes else {}) | out
        case _:
            return "unknown" if known == NOT_KNOWN else "declined"


def nest(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return dotted facts nested by subject, as profiles write them."""
    out: dict[str, Any] = {}
    for id, value in facts.items():
        subject, _, rest = id.partition(".")
        out.setdefault(subject, {})[rest] = value
    return out
