"""Amounts: dated series and the formulas over them, worth so much on a day."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sojourn.law.model import WEAKER, Amount, AmountRow, Cite, Grade, Term
from sojourn.values.money import half_up

_BEYOND = re.compile(r"^beyond\(\s*([a-z_.]+)\s*,\s*(\d+)\s*\)$")
_NUMBER = re.compile(r"^\d+(\.\d+)?$")
_FACT = re.compile(r"^[a-z_]+\.[a-z_.]+$")
_AMOUNT = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")


class FormulaError(ValueError):
    """The formula is not a sum of products of numbers, amounts and at most one fact."""


def parse_formula(text: str) -> tuple[Term, ...]:
    """Return the terms of a formula such as `1.10 * gammi + 0.10 * gammi * household.further_members`.

    Raises FormulaError, naming the part that cannot be read.
    """
    terms = []
    for piece in re.split(r"\s\+\s", text.strip()):
        factor, amounts, fact, beyond = Decimal(1), [], None, 0
        for word in re.split(r"\s*\*\s*", piece.strip()):
            counted = _BEYOND.match(word)
            if counted or _FACT.match(word):
                if fact:
                    raise FormulaError(f"{piece!r} multiplies two facts; at most one a term")
                fact, beyond = (counted[1], int(counted[2])) if counted else (word, 0)
            elif _NUMBER.match(word):
                factor *= Decimal(word)
            elif _AMOUNT.match(word):
                amounts.append(word)
            else:
                raise FormulaError(f"{word!r} is no number, amount, fact or beyond(fact, n)")
        terms.append(Term(factor, tuple(amounts), fact, beyond))
    return tuple(terms)


@dataclass(frozen=True, slots=True)
class Worth:
    """What an amount is worth on a day, in cents: exact when `low == high`, unknown when both are None.

    first: since when (of the latest row used). rows: the rows it was taken from, for the explanation.
    """

    low: int | None
    high: int | None
    first: date | None
    rows: tuple[tuple[str, AmountRow], ...]
    cite: Cite | None


UNKNOWN = Worth(None, None, None, (), None)


def row_on(amount: Amount, day: date) -> AmountRow | None:
    """Return the row of `amount` in force on `day`, or None."""
    for row in reversed(amount.rows):
        if row.first <= day:
            return row if row.until is None or day < row.until else None
    return None


def worth(amounts: dict[str, Amount], id: str, day: date, count: int = 0) -> Worth:
    """Return what the amount `id` is worth on `day`, with `count` as the value of the fact in its formula, if any.

    A formula over an amount that is unknown on that day is unknown. Rounded half up to the cent.
    """
    amount = amounts[id]
    if amount.rows:
        row = row_on(amount, day)
        if row is None or row.low is None:
            return Worth(None, None, row.first if row else None, ((id, row),) if row else (), None)
        return Worth(row.low, row.high, row.first, ((id, row),), row.cite)
    if day not in amount.period:
        return UNKNOWN
    low = high = Decimal(0)
    first = amount.period.first
    used: dict[str, AmountRow] = {}
    for term in amount.terms:
        low_term = high_term = term.factor
        for name in term.amounts:
            part = worth(amounts, name, day)
            if part.low is None or part.high is None:
                return Worth(None, None, None, part.rows, None)
            used.update(part.rows)
            low_term, high_term = low_term * part.low, high_term * part.high
            first = max(filter(None, (first, part.first)))
        if term.fact:
            low_term, high_term = (x * max(0, count - term.beyond) for x in (low_term, high_term))
        low, high = low + low_term, high + high_term
    return Worth(half_up(low), half_up(high), first, tuple(used.items()), amount.cite)


def grade_on(amounts: dict[str, Amount], id: str, day: date) -> Grade:
    """Return the weakest grade among what the amount rests on that day; official where nothing is known."""
    amount = amounts[id]
    grades: list[Grade] = [amount.cite.grade] if amount.cite else []
    if amount.rows:
        row = row_on(amount, day)
        grades += [row.cite.grade] if row and row.cite else []
    grades += [grade_on(amounts, name, day) for term in amount.terms for name in term.amounts]
    return max(grades, key=WEAKER.index, default="official")


def change_days(amounts: dict[str, Amount], id: str) -> set[date]:
    """Return every day on which the amount may take another value."""
    amount = amounts[id]
    days = {row.first for row in amount.rows} | {row.until for row in amount.rows if row.until}
    days |= {d for d in (amount.period.first, amount.period.until) if d}
    for term in amount.terms:
        for name in term.amounts:
            days |= change_days(amounts, name)
    return days
