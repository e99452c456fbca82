"""The questionnaire in the terminal: one question at a time, why it is asked, back, not known, stop, save."""

import os
import tempfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click
import yaml

from sojourn.cli.render import Page, match_text
from sojourn.decide.assess import assess
from sojourn.decide.household import Household
from sojourn.decide.next_question import Asked, answer, next_question
from sojourn.decide.profile import FactValueError, contradictions, profile_data
from sojourn.law.faults import Fault, InputError
from sojourn.law.model import Fact
from sojourn.values.countries import COUNTRIES
from sojourn.values.known import Known
from sojourn.words import typed
from sojourn.words.language import Words


def typed_line() -> str:
    """Return the line that the person types; raises click.Abort when there is none to come."""
    return str(click.prompt(">", default="", show_default=False, prompt_suffix=" ")).strip()


class Conversation:
    """Asks until no answer can change a result, or the person stops."""

    def __init__(
        self, w: Words, on: date, pathways: list[str], facts: Mapping[str, Known], save: Path | None,
        page: Callable[[], Page], household: Household | None = None,
    ) -> None:  # fmt: skip
        self.w, self.on, self.pathways, self.save, self.page = w, on, pathways, save, page
        self.household = household
        self.facts: dict[str, Known] = dict(facts)
        self.before: list[dict[str, Known]] = []

    def run(self) -> None:
        """Ask, show the results, save the profile."""
        w = self.w
        click.echo(
            w.say("? why we ask · b back · d I do not know · n rather not say · s save · q stop and see results")
        )
        while (asked := next_question(w.law, self.facts, self.on, self.pathways)) is not None:
            click.echo()
            click.echo(w.say("Pathways still in play: {count}", count=asked.in_play))
            if not self.one(asked):
                break
        click.echo()
        findings = assess(w.law, self.facts, self.on, self.pathways)
        click.echo(match_text(w, findings, self.on, self.page()), nl=False)
        if self.save:
            self.keep(self.save)

    def keep(self, path: Path) -> None:
        """Save what is known so far; raises InputError."""
        save_profile(self.w, self.facts, self.on, path, self.household)
        click.echo(self.w.say("Saved in {file}.", file=path))

    def save_now(self) -> None:
        """Save in the file that was named, or ask for one; whatever hinders it is told and the questions go on."""
        w, path = self.w, self.save
        if path is None:
            click.echo(w.say("In which file shall we save? Type nothing to go on without."))
            try:
                name = typed_line()
            except click.Abort:
                return
            if not name:
                return
            path = Path(name).expanduser()
            if path.exists():
                click.echo(w.say("{file} exists already; name another file.", file=path))
                return
        try:
            self.keep(path)
        except InputError as error:
            click.echo(str(error))
        else:
            self.save = path

    def one(self, asked: Asked) -> bool:
        """Ask one question; return False when the person stops."""
        w, q = self.w, asked.question
        click.echo(w.question(q.id, "ask", q.ask))
        if q.help:
            click.echo(w.question(q.id, "help", q.help))
        choices = self.choices(asked)
        for i, (id, value) in enumerate(choices, 1):
            click.echo(f"  {i:>2}  {w.value(w.law.facts[id], value)}")
        fact = w.law.facts[q.sets[0]]
        if fact.is_number and asked.bands.get(fact.id):
            cuts = ", ".join(w.number(fact, n) for n in asked.bands[fact.id])
            click.echo(w.say("What matters is on which side of this it lies: {cuts}", cuts=cuts))
        while True:
            try:
                said = typed_line()
            except click.Abort:
                return False
            if said == "?":
                click.echo(w.question(q.id, "why", q.why))
                continue
            if said == "s":
                self.save_now()
                continue
            if said == "q":
                return False
            if said == "b":
                if self.before:
                    self.facts = self.before.pop()
                return True
            try:
                value = {"d": "unknown", "n": "declined"}.get(said) or self.value(asked, choices, said)
                facts = answer(w.law, self.facts, q, value)
            except FactValueError as error:
                click.echo(f"{error.what}. {error.mend}")
                continue
            clash = next(contradictions(w.law, facts, self.on), None)
            if clash:
                told = w.texts.get("contradictions", {}).get(clash[0]) or clash[1]
                click.echo(str(told))
                continue
            self.before.append(self.facts)
            self.facts = facts
            return True

    def choices(self, asked: Asked) -> list[tuple[str, Any]]:
        """Return the (fact, value) pairs to choose from, for facts whose values can be listed."""
        out: list[tuple[str, Any]] = []
        for id in asked.question.sets:
            fact = self.w.law.facts[id]
            out += [(id, x) for x in ((True, False) if fact.type == "bool" else fact.values)]
        return out

    def value(self, asked: Asked, choices: list[tuple[str, Any]], said: str) -> Any:
        """Return what was said, as a profile writes it; raises FactValueError."""
        w, q = self.w, asked.question
        facts = [w.law.facts[id] for id in q.sets]
        fact = facts[0]
        if fact.type in ("country", "countries"):
            found = [self.country(x) for x in said.split(",") if x.strip()]
            if fact.type == "country" and len(found) != 1:
                raise FactValueError("wrong-type", w.say("Name one country"), "")
            return found if fact.type == "countries" else found[0]
        if not choices:
            return self.typed(fact, said)
        numbers = said.replace(",", " ").split()
        if not all(x.isdigit() and 1 <= int(x) <= len(choices) for x in numbers) or (not numbers and not fact.is_set):
            raise FactValueError("unknown-value", w.say("Type the number of a line"), w.say("or ? for help"))
        ticked = [choices[int(x) - 1] for x in numbers]
        if not fact.is_set:
            if len(ticked) != 1:
                raise FactValueError("wrong-type", w.say("Type one number"), "")
            return ticked[0][1]
        if len(facts) == 1:
            return [value for _, value in ticked]
        return {f.id: [value for id, value in ticked if id == f.id] for f in facts}

    def typed(self, fact: Fact, said: str) -> Any:
        """Return a number as a profile writes it: money gets its currency, decimals may have a comma."""
        return typed.money(said) if fact.type == "money" else said

    def country(self, said: str) -> str:
        """Return the code of a country named by code, or by its name in any of our languages."""
        name = said.strip()
        if name.upper() in COUNTRIES:
            return name.upper()
        for language in ("en", "nl", "fr", "de"):
            w = Words(self.w.law, language)
            for code in COUNTRIES:
                if typed.folded(w.country(code)) == typed.folded(name):
                    return code
        raise FactValueError("unknown-country", f"{name!r}: {self.w.say('no such country')}", "")


def save_profile(
    w: Words, facts: Mapping[str, Known], on: date, path: Path, household: Household | None = None
) -> None:
    """Write a profile that `match` reads back to equal findings; whole or not at all. Raises InputError."""
    plain = profile_data(w.law, facts, on, household)
    text = yaml.safe_dump(plain, allow_unicode=True, sort_keys=False)
    made = None
    try:
        with tempfile.NamedTemporaryFile("w", dir=path.resolve().parent, delete=False, encoding="utf-8") as out:
            made = Path(out.name)
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        made.replace(path)
    except OSError as error:
        if made:
            made.unlink(missing_ok=True)
        fault = Fault(str(path), 0, "unwritable", f"cannot be written ({error.strerror})", "Choose another place.")
        raise InputError([fault]) from None
