"""What can be recorded: a closed vocabulary, every fault at once, corrections that change nothing that was written."""

from datetime import UTC, date, datetime

import pytest

from sojourn.decide.body import load_law
from sojourn.dossier.events import (
    ALWAYS,
    DATA,
    DOSSIER_FACTS,
    SHAPES,
    EventError,
    Kind,
    corrected_by,
    make_event,
    standing,
)
from tests.dossier.strategies import NOW

DAY = date(2026, 1, 5)


def made(number=2, kind="filed", on=DAY, data=None, **rest):
    return make_event(number, kind, on, NOW, data, **rest)


def test_every_kind_has_a_shape_and_every_datum_is_used():
    assert set(SHAPES) == set(Kind)
    used = {n for s in SHAPES.values() for n in (*s.needs, *s.may)} | set(ALWAYS)
    assert used == set(DATA)


def test_a_name_and_a_birth_date_are_never_asked_by_match():
    assert {"person.name", "person.birth_date"} == set(DOSSIER_FACTS)
    assert not DOSSIER_FACTS.keys() & load_law().facts.keys()


@pytest.mark.parametrize(
    ("kind", "data", "says"),
    [
        ("fild", {}, 'Did you mean "filed"?'),
        ("filed", {"chanel": "online"}, 'Did you mean "channel"?'),
        ("paid", {"fee": "file-fee"}, 'needs "amount"'),
        ("paid", {"fee": "file-fee", "amount": "140"}, "140 EUR"),
        ("paid", {"fee": "file-fee", "amount": "-1 EUR"}, "below zero"),
        ("extended", {"until": "2026-02-30"}, "no day of the calendar"),
        ("extended", {"until": "0026-02-03"}, "Check the year"),
        ("filed", {"way": "pigeon"}, "not one of its values"),
        ("filed", {"channel": "On line"}, "no id"),
        ("filed", {"documents": "passport"}, "no list"),
        ("document-added", {"document": "diploma", "country": "XX"}, "no country code"),
        ("document-added", {"document": "diploma", "language": "Dutch"}, "no language code"),
        ("notified", {"notice_of": 2}, "not the number of an earlier event"),
        ("notified", {"notice_of": True}, "not the number of an earlier event"),
        ("note", {"text": "x" * 4001}, "at most 4,000"),
        ("note", {"text": "\x1b[2J"}, "control character"),
        ("note", {"text": "\ud800"}, "control character"),
        ("note", {"text": "  "}, "no text"),
        ("corrected", {}, "names no event"),
        ("fact-stated", {"fact": "person.birth_date", "value": "yesterday"}, "no day of the calendar"),
        ("fact-stated", {"fact": "person.name", "value": 3}, "no text"),
        ("fact-stated", {"fact": "means.x", "value": 1.5}, "no value of a fact"),
    ],
)
def test_what_an_event_cannot_be(kind, data, says):
    with pytest.raises(EventError) as caught:
        made(kind=kind, data=data)
    assert says in str(caught.value.faults)


def test_all_faults_at_once():
    with pytest.raises(EventError) as caught:
        made(kind="paid", on=date(1066, 1, 1), data={"amount": "x", "until": "y"}, corrects=7)
    assert len(caught.value.faults) == 5


def test_a_recording_without_a_time_zone_is_refused():
    with pytest.raises(EventError):
        make_event(1, "filed", DAY, datetime(2026, 1, 5))  # noqa: DTZ001
    assert make_event(1, "filed", DAY, datetime(2026, 1, 5, tzinfo=UTC)).number == 1


def test_an_empty_set_is_a_value_of_a_fact():
    assert made(kind="fact-stated", data={"fact": "person.family_ties", "value": []}).data["value"] == []


def test_what_stands_after_corrections():
    history = [
        made(1, "filed"),
        made(2, "admissible", date(2026, 1, 9)),
        made(3, "admissible", date(2026, 1, 2), corrects=2),
        made(4, "note", data={"text": "kept"}),
        made(5, "corrected", corrects=4),
        made(6, "admissible", date(2026, 1, 1), corrects=3),
    ]
    assert [e.number for e in standing(history)] == [6, 1]
    assert [e.number for e in standing(history[:2])] == [1, 2]
    assert corrected_by(history) == {2: 3, 4: 5, 3: 6}


def test_striking_out_a_correction_brings_nothing_back():
    history = [made(1), made(2, on=date(2026, 1, 6), corrects=1), made(3, "corrected", corrects=2)]
    assert standing(history) == []
