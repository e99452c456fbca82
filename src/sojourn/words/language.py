"""What people read, in the four languages.

The shells' own phrases come from gettext, the texts of the law from the law; numbers, money and days are written as
each language writes them.
"""

import gettext
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sojourn.law.model import Fact, Law, Pathway
from sojourn.values.known import Band, Exact, Known, NoneOf, OneOf, Silent

if TYPE_CHECKING:
    from sojourn.law.procedure import Procedure

LANGUAGES = ("en", "nl", "fr", "de")
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
}
_WEEKDAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
}


def locale_folder() -> Path:
    """Return the folder of the translations: beside the sources, or inside the installed package."""
    package = Path(__file__).resolve().parents[1]
    beside = package.parents[1] / "locale"
    return beside if beside.is_dir() else package / "_locale"


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("sojourn", locale_folder(), [language], fallback=True)


class Words:
    """The words of one language."""

    def __init__(self, law: Law, language: str) -> None:
        self.law, self.language = law, language
        self.texts = law.texts.get(language, {})
        self.english = law.texts.get("en", {})

    def say(self, phrase: str, **values: object) -> str:
        """Return a phrase of the shells, translated, with the values filled in."""
        text = phrase if self.language == "en" else _catalogue(self.language).gettext(phrase)
        return text.format(**values) if values else text

    @property
    def colon(self) -> str:
        """How a colon stands behind a word: French sets a space before it."""
        return "\u00a0:" if self.language == "fr" else ":"

    def line(self, pathway: Pathway, id: str) -> str:
        """Return a text of a pathway by its id in `texts/`; English where the language has none."""
        return pathway.texts.get(self.language, {}).get(id) or pathway.texts["en"].get(id, id)

    def step(self, procedure: "Procedure", key: str) -> str:
        """Return a text of a procedure by its key in `texts/`; English where the language has none."""
        return procedure.texts.get(self.language, {}).get(key) or procedure.english_texts().get(key, key)

    def not_modelled(self, pathway: Pathway) -> list[str]:
        """Return what the pathway says it does not decide."""
        own = pathway.texts.get(self.language, {})
        return [own.get(f"not_modelled.{i}", text) for i, text in enumerate(pathway.not_modelled)]

    def fact(self, id: str) -> str:
        """Return what a fact is called."""
        return str(self.texts.get("facts", {}).get(id) or self.law.facts[id].says)

    def value(self, fact: Fact, value: object) -> str:
        """Return what a value of a fact is called."""
        if isinstance(value, bool):
            return self.say("yes") if value else self.say("no")
        if fact.type in ("country", "countries"):
            return self.country(str(value))
        named = self.texts.get("values", {}).get(fact.id, {}).get(value)
        return str(named or fact.values.get(str(value), value))

    def country(self, code: str) -> str:
        """Return the name of a country."""
        if code == "stateless":
            return self.say("stateless")
        return _territories(self.language).get(code, code)

    def tongue(self, code: str) -> str:
        """Return the name of a language."""
        return _tongues(self.language).get(code, code)

    def helper(self, id: str) -> str:
        """Return the name of somebody who can help."""
        return str(self.texts.get("helpers", {}).get(id) or self.law.helpers.get(id, id))

    def amount(self, id: str) -> str:
        """Return what an amount is called."""
        return str(self.texts.get("amounts", {}).get(id) or self.law.amounts[id].says)

    def authority(self, name: str) -> str:
        """Return what the author of a source is called; its own name where the language has none for it."""
        return str(self.texts.get("authorities", {}).get(name) or name)

    def evidence(self, id: str) -> str:
        """Return the name of a document."""
        named = self.texts.get("evidence", {}).get(id) or self.english.get("evidence", {}).get(id)
        return str(named or id.replace("-", " "))

    def question(self, id: str, key: str, english: str) -> str:
        """Return a text of a question (`ask`, `why`, `help` or `none`)."""
        return str(self.texts.get("questions", {}).get(id, {}).get(key) or english)

    def unit(self, unit: str) -> str:
        """Return the name of what is counted."""
        return str(self.texts.get("units", {}).get(unit) or self.english.get("units", {}).get(unit) or unit)

    def day(self, day: date) -> str:
        """Return a day written out, such as 22 November 2026."""
        month = _MONTHS[self.language].split()[day.month - 1]
        number = "1er" if self.language == "fr" and day.day == 1 else f"{day.day}"
        return f"{number}. {month} {day.year}" if self.language == "de" else f"{number} {month} {day.year}"

    def month(self, day: date) -> str:
        """Return a month with its year, such as November 2026."""
        return f"{_MONTHS[self.language].split()[day.month - 1]} {day.year}"

    def weekday(self, day: date, *, short: bool = False) -> str:
        """Return a day with its weekday, such as Sunday 22 November 2026; `short` leaves out the year."""
        text = self.day(day)
        text = text.removesuffix(f" {day.year}") if short else text
        comma = "," if self.language == "de" else ""
        return f"{_WEEKDAYS[self.language].split()[day.weekday()]}{comma} {text}"

    def limit(self, id: str, english: str) -> str:
        """Return a text of a time limit by its id in `texts/`."""
        return str(self.texts.get("time_limits", {}).get(id) or english)

    def event(self, id: str) -> str:
        """Return what happened on the day a time limit starts from."""
        return self.limit(f"event.{id}", self.law.time_limits.events.get(id, id))

    def money(self, cents: int) -> str:
        """Return an amount of euros as the language writes it."""
        whole, part = divmod(cents, 100)
        grouped = f"{whole:,}"
        if self.language == "en":
            return f"€{grouped}.{part:02d}"
        grouped = grouped.replace(",", "\N{NARROW NO-BREAK SPACE}" if self.language == "fr" else ".")
        text = f"{grouped},{part:02d}"
        return f"€ {text}" if self.language == "nl" else f"{text}\N{NO-BREAK SPACE}€"

    def number(self, fact: Fact, number: int) -> str:
        """Return a number of a fact with its unit."""
        if fact.type == "money":
            return self.money(number)
        if fact.type == "date":
            return self.day(date.fromordinal(number))
        return f"{number} {self.unit(fact.unit)}"

    def known(self, fact: Fact, known: Known | None) -> str:
        """Return what is known of a fact, in words."""
        match known:
            case None:
                return self.say("not asked")
            case Silent(why):
                return self.say("not known") if why == "not_known" else self.say("rather not said")
            case Exact(value) if isinstance(value, frozenset):
                return ", ".join(sorted(self.value(fact, x) for x in value)) or self.say("none")
            case Exact(value):
                return self.number(fact, int(str(value))) if fact.is_number else self.value(fact, value)
            case Band(low, high):
                ends = ["…" if x is None else self.number(fact, x) for x in (low, high)]
                return self.say("between {low} and {high}", low=ends[0], high=ends[1])
            case OneOf(values):
                return self.say("one of: {values}", values=self.some(fact, values))
            case NoneOf(values, includes):
                text = self.say("none of: {values}", values=self.some(fact, values)) if values else ""
                held = ", ".join(sorted(self.value(fact, x) for x in includes))
                return "; ".join(x for x in (held, text) if x)

    def some(self, fact: Fact, values: "frozenset[str | int | bool]") -> str:
        """Return values in words, a whole group by its name."""
        for id, members in self.law.groups.items():
            if values >= members and len(members) > 3:
                rest = sorted(self.value(fact, x) for x in values - members)
                group = str(self.texts.get("groups", {}).get(id) or id.upper())
                return ", ".join([group, *rest])
        return ", ".join(sorted(self.value(fact, x) for x in values))


@cache
def _territories(language: str) -> dict[str, str]:
    from babel import Locale

    return {str(k): str(v) for k, v in Locale(language).territories.items()}


@cache
def _tongues(language: str) -> dict[str, str]:
    from babel import Locale

    return {str(k): str(v) for k, v in Locale(language).languages.items()}
