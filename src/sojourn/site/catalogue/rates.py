"""Amounts in the visitor's own currency, at a reference rate of the European Central Bank whose day is shown.

The rates come with the package `currencyconverter`; nothing is fetched.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache

from sojourn.words.language import Words


@dataclass(frozen=True, slots=True)
class Rate:
    """How much of `currency` (ISO 4217) one euro bought on `day`."""

    currency: str
    per_euro: float
    day: date

    def about(self, w: Words, cents: int) -> str:
        """Return an amount of euros in this currency, rounded to the whole unit: it is for orientation."""
        return f"{self.currency} {_grouped(w, round(cents / 100 * self.per_euro))}"


@cache
def rates() -> dict[str, Rate]:
    """Return the rates of the newest day, by currency; currencies that are no longer quoted on it are left out."""
    from currency_converter import CurrencyConverter  # noqa: PLC0415  reads its table when made

    table = CurrencyConverter()
    newest = max(bounds.last_date for code, bounds in table.bounds.items() if code != "EUR")
    return {
        code: Rate(code, float(table.convert(1, "EUR", code, date=newest)), newest)
        for code, bounds in sorted(table.bounds.items())
        if code != "EUR" and bounds.last_date == newest
    }


@cache
def currency_name(language: str, code: str) -> str:
    """Return what a currency is called in a language."""
    from babel import Locale  # noqa: PLC0415  loaded only where currencies are named

    return str(Locale(language).currencies.get(code, code))


def _grouped(w: Words, number: int) -> str:
    text = f"{number:,}"
    if w.language == "en":
        return text
    return text.replace(",", "\N{NARROW NO-BREAK SPACE}" if w.language == "fr" else ".")
