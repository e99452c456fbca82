"""Profiles: what a person told us, read against the facts that the law knows.

A profile is YAML or JSON: `on:` (the day to assess) and `facts:` nested by subject. All faults are found at once.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from sojourn.decide.day import Day
from sojourn.decide.evaluate import possible
from sojourn.decide.household import MOST_MEMBERS, Household, conflicts, derived, with_household
from sojourn.law.faults import Fault, InputError, ProfileError, nearest
from sojourn.law.household import RELATION
from sojourn.law.model import ABOUT_MEMBERS, Fact, Law
from sojourn.law.yaml12 import Document, Path_, load_bytes, load_file
from sojourn.values import verdict as v
from sojourn.values.calendar import parse_day
from sojourn.values.countries import COUNTRIES
from sojourn.values.known import DECLINED, NOT_KNOWN, Band, Exact, Known, NoneOf, OneOf, Scalar
from sojourn.values.money import Money, MoneyError

_BAND = re.compile(r"^\s*(\S*?)\s*\.\.\s*?(\S*?)\s*(?: ([A-Z]{3}))?\s*$")
KEYS = ("on", "facts", "household")
FIRST_YEAR, LAST_YEAR = 1830, 2200


@dataclass(frozen=True)
class Profile:
    """A day (None: today, for the caller to choose) and what is known, by fact.

    facts: what the person stated, and what follows from the household. stated: the first alone.
    """

    on: date | None
    facts: dict[str, Known] = field(default_factory=dict)
    stated: dict[str, Known] = field(default_factory=dict)
    household: Household | None = None


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
        if key not in KEYS:
            fault((key,), "unknown-key", f'"{key}" is no key of a profile', nearest(key, KEYS))
    day = root.get("on")
    if isinstance(day, str):  # as JSON has to write it
        with suppress(ValueError):
            day = parse_day(day)
    if day is not None and not isinstance(day, date):
        fault(("on",), "wrong-type", f"`on` is {day!r}, not a day", "Write it like 2026-11-22.")
        day = None
    stated = _facts(law, root.get("facts"), ("facts",), fault)
    when = on or day or law.read_until
    household = _household(law, root["household"], fault) if root.get("household") is not None else None
    facts = stated
    if household is not None:
        for id in conflicts(law, stated, derived(law, stated, household, when)):
            what = f"{id} says something else than the household does"
            fault(("facts",), "contradiction", what, "Correct one of the two; left out, the household tells it.")
        facts = with_household(law, stated, household, when)
    for id, says in contradictions(law, facts, when):
        fault(("facts",), "contradiction", f"{says} [{id}]", "")
    if faults:
        raise ProfileError(faults)
    return Profile(on or day, facts, stated, household)


_Fault = Callable[[Path_, str, str, str], None]


def _facts(law: Law, nested: Any, at: Path_, fault: _Fault) -> dict[str, Known]:
    """Return the facts nested at `at`, noting every fault."""
    facts: dict[str, Known] = {}
    if nested is not None and not isinstance(nested, dict):
        fault(at, "wrong-type", f"`{at[-1]}` is not a mapping", "Write `residence:` and below it `country: MA`.")
        return facts
    of_member = at[0] == "household"
    known = law.facts if of_member else law.person_facts
    for id, value, path in _leaves(law, nested or {}, at, ""):
        if id not in known:
            fault(path, "unknown-key", f'no fact is called "{id}"', nearest(id, known))
        elif id in facts:
            fault(path, "duplicate-key", f"{id} is given twice", "Keep one of the two.")
        elif value is not None:
            try:
                facts[id] = read_value(law, law.facts[id], value)
            except FactValueError as error:
                fault(path, error.kind, f"{id}: {error.what}", error.mend)
    return facts


def _household(law: Law, given: Any, fault: _Fault) -> Household:
    """Return the household in a profile: a list of members, or `members:` with `complete:`."""
    at: Path_ = ("household",)
    complete = True
    if isinstance(given, dict):
        for key in given:
            if key not in ("members", "complete"):
                what = f'"{key}" is no key of a household'
                fault((*at, key), "unknown-key", what, nearest(str(key), ["members", "complete"]))
        complete = given.get("complete", True)
        if not isinstance(complete, bool):
            fault((*at, "complete"), "wrong-type", f"{complete!r} is neither true nor false", "Write true or false.")
            complete = False
        given, at = given.get("members", []), (*at, "members")
    if not isinstance(given, list) or not all(isinstance(m, dict) for m in given):
        fault(at, "wrong-type", "a household is a list of persons", "Write `- relation: spouse` for each of them.")
        return Household((), complete=False)
    if len(given) > MOST_MEMBERS:
        what = f"a household of {len(given)} others is too large: {MOST_MEMBERS} at most"
        fault(at, "too-many", what, "List those who come along, and whoever they want to join.")
        return Household((), complete=False)
    about = {id.removeprefix(ABOUT_MEMBERS) for id, fact in law.facts.items() if fact.of_member}
    members = []
    for i, member in enumerate(given):
        own = {f"{ABOUT_MEMBERS}{key}" if key in about else key: value for key, value in member.items()}
        where = (*at, i)
        members.append(_facts(law, own, where, lambda path, *rest: fault(_as_written(path), *rest)))
        if RELATION not in own:
            what = "it is not said how this person is related to you"
            fault(where, "missing-key", what, "Add `relation:`, or `relation: unknown`.")
    return Household(tuple(members), complete)


def _as_written(path: Path_) -> Path_:
    return tuple(x.removeprefix(ABOUT_MEMBERS) if isinstance(x, str) else x for x in path)


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


def profile_data(
    law: Law, facts: Mapping[str, Known], on: date | None, household: Household | None = None
) -> dict[str, Any]:
    """Return a profile as its file holds it, ready for YAML or JSON; `profile_of` reads it back to equal facts."""
    plain = nest({id: written(law.facts[id], known) for id, known in facts.items()})
    out: dict[str, Any] = ({"on": on} if on else {}) | {"facts": plain}
    if household is not None:
        members = [_member_data(law, m) for m in household.members]
        out["household"] = members if household.complete else {"members": members, "complete": False}
    return out


def _member_data(law: Law, member: Mapping[str, Known]) -> dict[str, Any]:
    nested = nest({id: written(law.facts[id], known) for id, known in member.items()})
    about: dict[str, Any] = nested.pop(ABOUT_MEMBERS.removesuffix("."), {})
    return about | nested
