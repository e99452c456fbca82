"""A question as a form: its fields with what was answered before, and what a person sends back read as an answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from markupsafe import Markup, escape

from sojourn.decide.next_question import Asked
from sojourn.decide.profile import FactValueError, read_value, written
from sojourn.law.model import Fact, Question
from sojourn.site.body import words
from sojourn.values.countries import COUNTRIES
from sojourn.values.known import Band, Exact, Known, NoneOf
from sojourn.words import typed
from sojourn.words.language import Words

MOST_BANDS = 5
MOST_NATIONALITIES = 6
NONE = "none-of-these"

Form = Mapping[str, Sequence[str]]


class AnswerError(Exception):
    """An answer that cannot be taken; `field` is the id of the field to mend, `text` says what and how."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field, self.text = field, text


@dataclass
class Field:
    """What a question's form shows.

    kind: radios, checkboxes, number, money, date, country or countries. items: the choices (dicts as
    `components.html` takes them), for a number its bands. typed: what was typed, by field. selects: for countries the
    options of each select.
    """

    kind: str
    items: list[dict[str, Any]] = field(default_factory=list)
    none: str = ""
    typed: dict[str, str] = field(default_factory=dict)
    selects: list[Markup] = field(default_factory=list)


def form_of(post: Mapping[str, Any]) -> Form:
    """Return a posted form as lists of values by name."""
    return dict(post.lists()) if hasattr(post, "lists") else post


def field_of(w: Words, asked: Asked, facts: Mapping[str, Known], sent: Form | None = None) -> Field:
    """Return the form of a question, filled in with what was sent just now, else with what was answered before."""
    q = asked.question
    fact = w.law.facts[q.sets[0]]
    given = sent if sent is not None else _given(w, asked, facts)
    chosen = set(given.get("answer", ()))
    if fact.type in ("country", "countries"):
        many = fact.type == "countries"
        codes = list(given.get("answer", ())) if not many else [c for c in given.get("answer", ()) if c]
        shown = max(len(codes) + 1, 2) if many else 1
        codes = [*codes, *[""] * shown][: min(shown, MOST_NATIONALITIES)]
        return Field(fact.type, selects=[country_options(w.language, code) for code in codes])
    if fact.is_number:
        items = [_item(value, text, chosen) for value, text in bands(w, fact, asked)]
        names = ("exact", "exact-day", "exact-month", "exact-year")
        return Field(fact.type, items, typed={n: next(iter(given.get(n, ())), "") for n in names})
    if fact.type == "set":
        items = [
            _item(f"{id}:{value}" if len(q.sets) > 1 else value, w.value(w.law.facts[id], value), chosen)
            for id in q.sets
            for value in w.law.facts[id].values
        ]
        none = w.question(q.id, "none", q.none) if q.none else w.say("None of these")
        return Field("checkboxes", [*items, _item(NONE, none, chosen)])
    values = [("true", w.say("yes")), ("false", w.say("no"))]
    if fact.type == "choice":
        values = [(v, w.value(fact, v)) for v in fact.values]
    return Field("radios", [_item(v, _capital(text), chosen) for v, text in values])


def answer_in(w: Words, question: Question, sent: Form) -> Any:
    """Return what was sent as a profile writes it (see `next_question.answer`); raises AnswerError."""
    say = next(iter(sent.get("say", ())), "")
    if say in ("unknown", "declined"):
        return say
    fact = w.law.facts[question.sets[0]]
    chosen = [x.strip() for x in sent.get("answer", ()) if x.strip()]
    if fact.is_number:
        return _number_in(w, fact, chosen, sent)
    if not chosen:
        raise AnswerError("answer", _nothing(w, fact))
    if fact.type == "countries":
        value: Any = list(dict.fromkeys(chosen))
    elif fact.type == "set":
        if NONE in chosen and len(chosen) > 1:
            text = w.say("Tick what applies, or only the last line if none of these applies.")
            raise AnswerError("answer", text)
        ticked = [x for x in chosen if x != NONE]
        if len(question.sets) > 1:
            pairs = [x.partition(":")[::2] for x in ticked]
            value = {id: [v for f, v in pairs if f == id] for id in question.sets}
            if any(f not in question.sets for f, _ in pairs):
                raise AnswerError("answer", _odd(w))
        else:
            value = ticked
    else:
        value = {"true": True, "false": False}.get(chosen[0], chosen[0]) if fact.type == "bool" else chosen[0]
    try:
        for id in question.sets:
            read_value(w.law, w.law.facts[id], value[id] if isinstance(value, dict) else value)
    except FactValueError:
        raise AnswerError("answer", _odd(w)) from None
    return value


def _odd(w: Words) -> str:
    return w.say("That is not one of the answers. Choose one from the list.")


def _nothing(w: Words, fact: Fact) -> str:
    if fact.type in ("country", "countries"):
        return w.say("Choose a country, or say that you do not know.")
    if fact.type == "set":
        return w.say("Tick what applies; if nothing does, tick the last line.")
    return w.say("Choose an answer, or say that you do not know.")


def _number_in(w: Words, fact: Fact, chosen: list[str], sent: Form) -> str:
    def part(name: str) -> str:
        return next(iter(sent.get(name, ())), "").strip()[:200]

    said, at = part("exact"), "exact"
    if fact.type == "date":
        parts = [typed.digits(part(f"exact-{x}")) for x in ("year", "month", "day")]
        if any(parts):
            well = all(x.isascii() and x.isdecimal() for x in parts) and len(parts[0]) == 4
            said = "-".join(x.zfill(2) for x in parts) if well else "?"
    elif said:
        said = typed.money(said) if fact.type == "money" else typed.whole(said)
    if said:
        exact = _read(w, fact, said, at)
        if chosen and not _fits(w, fact, chosen[0], exact):
            raise AnswerError(at, w.say("What you typed does not fit the line you chose. Mend one of the two."))
        return said
    if chosen:
        _read(w, fact, chosen[0], "answer")
        return chosen[0]
    raise AnswerError("answer", _mend(w, fact))


def _read(w: Words, fact: Fact, said: str, at: str) -> Known:
    if ".." in said and at == "exact":
        raise AnswerError(at, _mend(w, fact))
    try:
        return read_value(w.law, fact, said)
    except FactValueError as error:
        if error.kind == "out-of-bounds" and fact.least is not None and fact.most is not None:
            text = w.say("Give a number from {least} to {most}.", least=fact.least, most=fact.most)
            raise AnswerError(at, text) from None
        raise AnswerError(at, _mend(w, fact)) from None


def _mend(w: Words, fact: Fact) -> str:
    if fact.type == "date":
        return w.say("Give a day that exists, such as {day}, or say that you do not know.", day="20 9 2026")
    if fact.type == "money":
        amount = w.money(260_050)
        return w.say("Give an amount in euros, such as {amount}, or say that you do not know.", amount=amount)
    return w.say("Give a whole number, such as {number}, or say that you do not know.", number=12)


def _fits(w: Words, fact: Fact, chosen: str, exact: Known) -> bool:
    try:
        known = read_value(w.law, fact, chosen)
    except FactValueError:
        return False
    if not isinstance(exact, Exact):
        return False
    number = int(str(exact.value))
    if isinstance(known, Band):
        return (known.least is None or known.least <= number) and (known.most is None or number <= known.most)
    return known == exact


def bands(w: Words, fact: Fact, asked: Asked) -> list[tuple[str, str]]:
    """Return (value, text) of the bands between the thresholds that matter; none where they are too many."""
    cuts = [c for c in asked.bands.get(fact.id, ()) if fact.least is None or c > fact.least]
    if fact.type == "money":
        cuts = [c for c in cuts if c > 0]
    if not 1 <= len(cuts) <= MOST_BANDS:
        return []
    least = 0 if fact.type == "money" else fact.least
    lows: list[int | None] = [least, *cuts]
    highs: list[int | None] = [*(c - 1 for c in cuts), fact.most]
    out = []
    for low, high in zip(lows, highs, strict=True):
        known: Known = Exact(low) if low == high and low is not None else Band(low, high)
        out.append(
            (str(written(fact, known)), _band_text(w, fact, low, high, first=low == least, last=high == fact.most))
        )
    return out


def _band_text(w: Words, fact: Fact, low: int | None, high: int | None, *, first: bool, last: bool) -> str:
    if fact.type == "integer":
        if low == high and low is not None:
            return w.number(fact, low)
        if last:
            return w.say("{low} or more", low="1" if low == 1 else w.number(fact, low or 0))
        return w.say("from {low} to {high}", low=low or 0, high=w.number(fact, high or 0))
    over = None if high is None else w.number(fact, high + 1)
    under = None if low is None else w.number(fact, low)
    if fact.type == "date":
        if first or under is None:
            return w.say("before {day}", day=over)
        if last or over is None:
            return w.say("on {day} or later", day=under)
        return w.say("on {day} or later, but before {other}", day=under, other=over)
    return ", ".join(_ends(w, None if first else low, None if last else high))


def _ends(w: Words, low: int | None, high: int | None) -> list[str]:
    """Return both ends of a band of money; a threshold that must be passed, not met, lies one cent above an amount."""
    ends = []
    if low is not None:
        strict = low % 100 == 1
        ends.append(
            w.say("more than {amount}", amount=w.money(low - 1)) if strict else w.say("{low} or more", low=w.money(low))
        )
    if high is not None:
        strict = high % 100 == 0
        ends.append(
            w.say("at most {amount}", amount=w.money(high))
            if strict
            else w.say("less than {amount}", amount=w.money(high + 1))
        )
    return ends


def _given(w: Words, asked: Asked, facts: Mapping[str, Known]) -> Form:
    """Return what was answered before, as the form would send it."""
    q = asked.question
    out: list[str] = []
    for id in q.sets:
        fact, known = w.law.facts[id], facts.get(id)
        if fact.is_number and isinstance(known, Exact):
            return _typed(w, fact, int(str(known.value)))
        if isinstance(known, Band):
            return {"answer": [str(written(fact, known))]}
        if isinstance(known, NoneOf) and known.includes:
            out += sorted(known.includes)
        if isinstance(known, Exact) and isinstance(known.value, frozenset):
            out += [f"{id}:{v}" if len(q.sets) > 1 else v for v in sorted(known.value)]
        elif isinstance(known, Exact):
            out.append(str(known.value).lower() if fact.type == "bool" else str(known.value))
    if not out and all(facts.get(id) == Exact(frozenset()) for id in q.sets):
        out = [NONE]
    return {"answer": out}


def _typed(w: Words, fact: Fact, number: int) -> Form:
    if fact.type == "date":
        day = date.fromordinal(number)
        return {"exact-day": [str(day.day)], "exact-month": [str(day.month)], "exact-year": [str(day.year)]}
    if fact.type == "money":
        return {"exact": [w.money(number).replace("€", "").strip()]}
    return {"exact": [str(number)]}


def _item(value: str, text: str, chosen: set[str]) -> dict[str, Any]:
    return {"value": value, "text": text, "checked": value in chosen}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@cache
def _countries(language: str) -> tuple[tuple[str, str], ...]:
    """Return (code, name) of every country, in the order of the language's names."""
    w = words(language)
    return tuple(sorted(((c, _capital(w.country(c))) for c in COUNTRIES), key=lambda x: typed.folded(x[1])))


@cache
def _options(language: str) -> str:
    return "".join(f'<option value="{escape(c)}">{escape(n)}</option>' for c, n in _countries(language))


def country_options(language: str, code: str) -> Markup:
    """Return the options of a select of countries, with one selected; nothing is, where the code is no country."""
    chosen = f'<option value="{escape(code)}">'
    return Markup(_options(language).replace(chosen, f"{chosen[:-1]} selected>", 1))  # noqa: S704  escaped above
