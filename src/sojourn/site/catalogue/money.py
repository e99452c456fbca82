"""The money test of a pathway: its formulas in words, what they come to on a day, and how that came about."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sojourn.law.basis import basis, procedure_basis
from sojourn.law.model import Amount, Law, OfAmount, Pathway, Reaches, Term, walk
from sojourn.site.catalogue.chart import Chart, chart
from sojourn.site.catalogue.rates import Rate
from sojourn.site.catalogue.series import Step, on_day, series
from sojourn.words.conflicts import conflict_text
from sojourn.words.language import Words

SIZES = 5
"""How many sizes of a household the table counts."""


@dataclass(frozen=True, slots=True)
class Row:
    """A step in words: since when, how much, in the visitor's currency, how sure, who says so, who prints otherwise."""

    when: str
    value: str
    other: str
    computed: bool
    sources: tuple[tuple[str, str], ...]
    conflicts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """One amount as a page shows it: `now` is empty where it is unknown on the day.

    formula: its terms, each of its factors; none for a published series. conflicts: what is printed otherwise for now.
    """

    id: str
    name: str
    formula: tuple[tuple[str, ...], ...]
    now: str
    other: str
    since: str
    computed: bool
    rows: tuple[Row, ...]
    conflicts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Amounts that the same fact is compared with. lines: for each path of the chart the names that share it.

    households: the amounts of each household size, where they depend on it; counted: who is counted; names: of columns.
    """

    fact: str
    amounts: tuple[Shown, ...]
    chart: Chart | None
    lines: tuple[str, ...]
    counted: str
    names: tuple[str, ...]
    households: tuple[tuple[str, ...], ...]


def money_groups(w: Words, pathway: Pathway, on: date, rate: Rate | None = None) -> tuple[Group, ...]:
    """Return the amounts of a pathway's money test by the fact they are compared with, as of a day."""
    ids = list(dict.fromkeys(pathway.page.get("money_amounts") or _compared(pathway)))
    compared = dict(_facts(pathway))
    groups: dict[str, list[str]] = {}
    for id in ids:
        groups.setdefault(compared.get(id, ""), []).append(id)
    return tuple(_group(w, fact, group, on, rate) for fact, group in groups.items())


def amounts_of(law: Law, pathway: Pathway) -> tuple[str, ...]:
    """Return every amount that a pathway, its page or its procedure names or is computed from."""
    procedure = procedure_basis(law, pathway.procedure).amounts if pathway.procedure else ()
    shown_ = tuple(pathway.page.get("money_amounts", ()))
    return tuple(dict.fromkeys((*shown_, *basis(law, pathway).amounts, *procedure)))


def shown(w: Words, id: str, on: date, rate: Rate | None) -> Shown:
    """Return an amount in words, for one person where it depends on the household."""
    steps = series(w.law, id)
    now = on_day(steps, on)
    return Shown(
        id=id,
        name=w.amount(id),
        formula=formula(w, w.law.amounts[id]),
        now=_value(w, now) if now and now.low is not None else "",
        other=_other(w, now, rate) if now else "",
        since=w.day(now.first) if now else "",
        computed=now.computed if now else False,
        rows=tuple(_row(w, s, rate) for s in reversed(steps)),
        conflicts=tuple(conflict_text(w, c) for c in now.conflicts) if now else (),
    )


def formula(w: Words, amount: Amount) -> tuple[tuple[str, ...], ...]:
    """Return the terms of an amount's formula, each as its factors in words; none for a published series."""
    return tuple(_factors(w, t) for t in amount.terms)


def _factors(w: Words, term: Term) -> tuple[str, ...]:
    factors = [decimal(w, term.factor), *(w.amount(id) for id in term.amounts)]
    if term.fact and term.beyond == 1:
        factors.append(w.say("{name}, without the first", name=w.fact(term.fact)))
    elif term.fact and term.beyond:
        factors.append(w.say("{name}, without the first {count}", name=w.fact(term.fact), count=term.beyond))
    elif term.fact:
        factors.append(w.fact(term.fact))
    return tuple(factors)


def decimal(w: Words, number: Decimal) -> str:
    """Return a number as the language writes it."""
    text = f"{number.normalize():f}"
    return text if w.language == "en" else text.replace(".", ",")


def _group(w: Words, fact: str, ids: list[str], on: date, rate: Rate | None) -> Group:
    lines: dict[tuple[Step, ...], list[str]] = {}
    for id in ids:
        lines.setdefault(series(w.law, id), []).append(w.amount(id))
    counted = next((f for id in ids for f in w.law.amounts[id].facts), "")
    by_size = [id for id in ids if counted in w.law.amounts[id].facts]
    least = (w.law.facts[counted].least or 0) if counted else 0
    table = []
    for n in range(least, least + SIZES) if counted else ():
        now = [on_day(series(w.law, id, n), on) for id in by_size]
        cells = [_value(w, s) if s and s.low is not None else w.say("not known") for s in now]
        table.append((f"{n}", *cells))
    keyed = _distinct(lines)
    return Group(
        fact=w.fact(fact) if fact else "",
        amounts=tuple(shown(w, id, on, rate) for id in ids),
        chart=chart([steps for steps, _ in keyed], on),
        lines=tuple(name for _, name in keyed),
        counted=w.fact(counted) if counted else "",
        names=tuple(w.amount(id) for id in by_size),
        households=tuple(table),
    )


def _distinct(lines: dict[tuple[Step, ...], list[str]]) -> list[tuple[tuple[Step, ...], str]]:
    """Return series with the same values once, under all their names."""
    by_value: dict[tuple[object, ...], tuple[tuple[Step, ...], list[str]]] = {}
    for steps, names in lines.items():
        key = tuple((s.first, s.until, s.low, s.high) for s in steps)
        by_value.setdefault(key, (steps, []))[1].extend(names)
    return [(steps, "; ".join(dict.fromkeys(names))) for steps, names in by_value.values()]


def _facts(pathway: Pathway) -> Iterator[tuple[str, str]]:
    for e in pathway.entries:
        if e.amount and e.fact:
            yield e.amount, e.fact
        for t in walk(e.test):
            if isinstance(t, Reaches) and isinstance(t.threshold, OfAmount):
                yield t.threshold.amount, t.fact


def _compared(pathway: Pathway) -> Iterable[str]:
    return (id for id, _ in _facts(pathway))


def _row(w: Words, s: Step, rate: Rate | None) -> Row:
    when = w.say("seen on {day}", day=w.day(s.first)) if s.seen else w.day(s.first)
    value = _value(w, s) if s.low is not None else w.say("not known")
    sources = tuple((c.source, w.law.sources[c.source].title) for c in s.cites)
    conflicts = tuple((c.source, conflict_text(w, c)) for c in s.conflicts)
    return Row(when, value, _other(w, s, rate), s.computed, tuple(dict.fromkeys(sources)), conflicts)


def _value(w: Words, s: Step) -> str:
    assert s.low is not None
    assert s.high is not None
    if s.low == s.high:
        return w.money(s.low)
    return w.say("between {low} and {high}", low=w.money(s.low), high=w.money(s.high))


def _other(w: Words, s: Step, rate: Rate | None) -> str:
    if rate is None or s.low is None or s.high is None:
        return ""
    return rate.about(w, s.high)
