"""Whatever is in a dossier, its state can be said in every language and keeps to its schema."""

import json
from datetime import UTC, date, datetime

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sojourn.cli.render import Page
from sojourn.cli.status import check_text, state_text
from sojourn.decide.body import load_law
from sojourn.dossier.applies import procedure_of
from sojourn.dossier.events import make_event
from sojourn.dossier.ledger import Header, Ledger
from sojourn.dossier.state import state
from sojourn.words.language import LANGUAGES, Words
from sojourn.words.matter import matter
from sojourn.words.schemas import check_schema, status_schema
from sojourn.words.state import state_json
from tests.dossier.histories import DAYS, PATHWAY, Told, entered, told

LAW = load_law()
FOLLOWED = sorted(p.id for p in LAW.pathways.values() if p.procedure)
STATUS = jsonschema.Draft202012Validator(status_schema())
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
FILE = {"file": "me.sojourn", "faults": [], "notices": [], "unread": []}


@settings(max_examples=40)
@given(things=told(), day=DAYS, language=st.sampled_from(LANGUAGES), pathway=st.sampled_from(FOLLOWED))
def test_any_history_of_any_pathway_has_a_state_in_words(
    things: list[Told], day: date, language: str, pathway: str
) -> None:
    w, s = Words(LAW, language), state(LAW, pathway, entered(things), day)
    assert w.day(day) in state_text(w, s, Page(2_000, colour=False))
    STATUS.validate(FILE | json.loads(json.dumps(state_json(w, s))))
    assert check_text(w, procedure_of(LAW, pathway), entered(things), day, Page(88, colour=False))


def test_the_schema_of_a_check_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(check_schema())


@pytest.mark.parametrize(
    ("data", "day", "note"),
    [
        ({}, date(2026, 2, 9), ""),
        ({"complete_by": "2026-01-30"}, date(2026, 1, 30), "The notice itself names this day."),
        ({"complete_by": "2026-03-30"}, date(2026, 2, 9), ""),
    ],
)
def test_the_calendar_keeps_to_the_earlier_day_of_a_notice(data: dict[str, str], day: date, note: str) -> None:
    told = [("opened", {"pathway": PATHWAY}), ("filed", {}), ("found-incomplete", data)]
    events = [make_event(n, kind, date(2026, 1, 10), NOON, x) for n, (kind, x) in enumerate(told, 1)]
    (due,) = matter(Words(LAW, "en"), Ledger(Header(PATHWAY, "en"), tuple(events)), date(2026, 1, 20)).dues
    assert due.day == day
    assert (note in due.notes) == bool(note)


def test_a_card_that_expires_is_renewed_in_the_calendar() -> None:
    told = [("opened", {"pathway": PATHWAY}), ("filed", {}), ("granted", {"valid_until": "2027-06-30"})]
    events = [make_event(n, kind, date(2026, 1, 10), NOON, x) for n, (kind, x) in enumerate(told, 1)]
    dues = matter(Words(LAW, "en"), Ledger(Header(PATHWAY, "en"), tuple(events)), date(2026, 7, 1)).dues
    assert [(d.day, d.id) for d in dues] == [(date(2027, 5, 1), "vlg-card-renewal-window.3")]
