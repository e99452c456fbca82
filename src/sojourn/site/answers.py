"""What a visitor has answered: kept in the session only, read back through the same reader as a profile file."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest

from sojourn.decide.household import Household
from sojourn.decide.profile import FactValueError, profile_data, profile_of, read_value
from sojourn.decide.report import plain
from sojourn.law.faults import ProfileError
from sojourn.law.model import Law
from sojourn.law.yaml12 import Document
from sojourn.site.body import the_law, today
from sojourn.site.sessions import purge_now_and_then
from sojourn.values.known import Known

KEY = "answers"


@dataclass
class Answers:
    """Facts told so far, the questions answered in that order, the day asked for, and the pathway aimed at.

    on: None means today. aim: empty for all pathways. household: of the profile file taken up, if it lists one.
    """

    facts: dict[str, Known] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    on: date | None = None
    aim: str = ""
    household: Household | None = None

    @property
    def day(self) -> date:
        """The day to assess."""
        return self.on or today()

    @property
    def pathways(self) -> list[str] | None:
        """The pathways that questions aim at; None for all."""
        return [self.aim] if self.aim else None

    def profile(self, law: Law) -> str:
        """Return the profile file that `sojourn match` reads to equal findings."""
        data = profile_data(law, self.facts, self.day, self.household)
        return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)


def answers_of(request: HttpRequest) -> Answers:
    """Return the answers in the session; none where there is no session, or what it holds fits the law no more."""
    kept: dict[str, Any] = request.session.get(KEY) or {}
    law = the_law()
    facts = {}
    for id, value in kept.get("facts", {}).items():
        if id in law.facts:
            try:
                facts[id] = read_value(law, law.facts[id], value)
            except FactValueError:
                continue  # a value that the law no longer knows is asked anew
    on = date.fromisoformat(kept["on"]) if kept.get("on") else None
    aim = kept.get("aim", "")
    household = household_of(law, kept.get("household"))
    return Answers(facts, list(kept.get("order", [])), on, aim if aim in law.pathways else "", household)


def household_of(law: Law, kept: Any) -> Household | None:
    """Return the household as the session keeps it; None where there is none, or the law can read it no more."""
    if kept is None:
        return None
    try:
        return profile_of(law, Document("household", {"household": kept})).household
    except ProfileError:
        return None


@contextmanager
def changing(request: HttpRequest) -> Iterator[Answers]:
    """Give the answers to change, and keep them when the block ends; a second tab waits for the first."""
    with transaction.atomic():
        key = request.session.session_key
        if key:
            Session.objects.select_for_update().filter(pk=key).first()
        answers = answers_of(request)
        yield answers
        law = the_law()
        request.session[KEY] = {
            "facts": {id: plain(law, id, known) for id, known in answers.facts.items()},
            "order": answers.order,
            "on": answers.on.isoformat() if answers.on else None,
            "aim": answers.aim,
        }
        if answers.household is not None:
            data = profile_data(law, {}, None, answers.household)["household"]
            request.session[KEY]["household"] = json.loads(json.dumps(data, default=str))
        request.session.save()
    purge_now_and_then()


def forget(request: HttpRequest) -> None:
    """Erase the answers and the session."""
    request.session.flush()
