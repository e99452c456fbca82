"""Papers on file held against the rules of the filing day, one thing wrong at a time."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given

from sojourn.decide.body import load_law
from sojourn.dossier.events import Event, make_event
from sojourn.dossier.examine import Examined, Flaw, Level, Point, examine
from tests.dossier.histories import DAYS, PATHWAY, Told, entered, told

LAW = load_law()
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
FILED = date(2026, 12, 1)
PERSON = [
    ("fact-stated", {"fact": "residence.country", "value": "MA"}),
    ("fact-stated", {"fact": "person.nationalities", "value": ["MA"]}),
    ("fact-stated", {"fact": "person.name", "value": "Élise El-Idrissi"}),
    ("fact-stated", {"fact": "person.birth_date", "value": "1990-03-05"}),
]
EXTRACT = {
    "document": "criminal-record-extract", "issued": "2026-08-01", "country": "MA", "language": "fr",
    "legalisation": "apostille", "issuer": "Ministry of Justice",
}  # fmt: skip
PASSPORT = {"document": "passport", "valid_until": "2028-01-01"}


def dossier(*papers: dict[str, Any], filed: date | None = FILED) -> list[Event]:
    told = [("opened", {"pathway": PATHWAY}), *PERSON, *(("document-added", p) for p in papers)]
    events = [make_event(n, kind, date(2026, 11, 1), NOON, data) for n, (kind, data) in enumerate(told, 1)]
    return [*events, make_event(len(events) + 1, "filed", filed, NOON, {})] if filed else events


def card(*papers: dict[str, Any], filed: date | None = FILED) -> Examined:
    return next(x for x in examine(LAW, PATHWAY, dossier(*papers, filed=filed), FILED) if x.stage == "card")


def flaws(x: Examined, document: str) -> list[tuple[Flaw, Level]]:
    return [(p.flaw, p.level) for p in x.points if p.document == document]


WRONG, ASK, UNKNOWN = Level
AS_IT_SHOULD_BE = [(Flaw.ISSUER, ASK)]  # an eye compares the issuer


@pytest.mark.parametrize(
    ("change", "expected", "because"),
    [
        ({}, [], "as it should be"),
        ({"issued": "2026-06-01"}, [], "six months old on the filing day"),
        ({"issued": "2026-05-31"}, [(Flaw.TOO_OLD, WRONG)], "a day older than six months"),
        ({"issued": None}, [(Flaw.NO_ISSUE_DAY, UNKNOWN)], "unknown is never taken as good"),
        ({"issued": "2026-12-02"}, [(Flaw.ISSUED_LATER, WRONG)], "after the filing day"),
        ({"issued": "2026-11-15"}, [(Flaw.ADDED_BEFORE_ISSUE, WRONG)], "on file since 1 November"),
        ({"language": "ar", "translation": "none"}, [(Flaw.TRANSLATION_MISSING, WRONG)], "Arabic is not accepted"),
        ({"language": "ar"}, [(Flaw.TRANSLATION_MISSING, UNKNOWN)], "whether it was translated is not said"),
        ({"language": "ar", "translation": "other"}, [(Flaw.TRANSLATION_NOT_SWORN, WRONG)], "an official paper"),
        ({"language": "ar", "translation": "sworn"}, [], "sworn"),
        ({"language": None}, [(Flaw.NO_LANGUAGE, UNKNOWN)], "not said"),
        ({"legalisation": "none"}, [(Flaw.APOSTILLE_MISSING, WRONG)], "Morocco: apostille"),
        ({"legalisation": None}, [(Flaw.APOSTILLE_MISSING, UNKNOWN)], "not said"),
        ({"country": None}, [(Flaw.NO_COUNTRY, UNKNOWN)], "not said"),
        ({"country": "EG"}, [(Flaw.WRONG_COUNTRY, WRONG), (Flaw.LEGALISATION_MISSING, WRONG)], "not where one lives"),
        ({"name": "Elise EL IDRISSI"}, [], "accents, capitals and hyphens do not matter"),
        ({"name": "Elise Marie El Idrissi"}, [(Flaw.FEWER_NAMES, ASK)], "one name more"),
        ({"name": "Amina Benali"}, [(Flaw.OTHER_NAME, WRONG)], "somebody else"),
        ({"birth_date": "1991-03-05"}, [(Flaw.OTHER_BIRTH_DATE, WRONG)], "another day of birth"),
        ({"valid_until": "2026-11-30"}, [(Flaw.EXPIRED, WRONG)], "the day before filing"),
        ({"valid_until": "2026-12-01"}, [], "the last day itself is valid"),
        ({"valid_until": "2026-07-01"}, [(Flaw.EXPIRED, WRONG), (Flaw.DATES_CROSSED, WRONG)], "ended before issue"),
    ],
)  # fmt: skip
def test_an_extract(change: dict[str, Any], expected: list[tuple[Flaw, Level]], because: str) -> None:
    paper = {k: v for k, v in (EXTRACT | change).items() if v is not None}
    assert sorted(flaws(card(paper), "criminal-record-extract")) == sorted([*expected, *AS_IT_SHOULD_BE]), because


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"valid_until": "2026-11-30"}, [(Flaw.EXPIRED, WRONG)]),
        ({"valid_until": None}, [(Flaw.NO_EXPIRY, UNKNOWN)]),
    ],
)
def test_a_passport(change: dict[str, Any], expected: list[tuple[Flaw, Level]]) -> None:
    paper = {k: v for k, v in (PASSPORT | change).items() if v is not None}
    found = card(paper)
    assert flaws(found, "passport") == expected
    assert bool(found.good) == (not expected)


def test_what_a_newer_copy_gets_right_an_older_one_need_not() -> None:
    old, new = EXTRACT | {"issued": "2026-01-01"}, EXTRACT
    assert flaws(card(old, new), "criminal-record-extract") == AS_IT_SHOULD_BE


def test_what_is_missing_names_every_paper_that_would_do() -> None:
    found = card(PASSPORT)
    missing = [p for p in found.points if p.flaw is Flaw.MISSING]
    assert "criminal-record-extract" in {p.document for p in missing}
    assert any(len(p.papers) > 1 for p in missing)
    assert not any(p.document == "passport" for p in missing)


def test_before_the_filing_today_stands_in() -> None:
    assert (card(PASSPORT).filed, card(PASSPORT, filed=None).filed) == (True, False)
    assert card(PASSPORT, filed=None).on == FILED


def test_two_papers_contradict_each_other_without_any_statement() -> None:
    events = [e for e in dossier(PASSPORT | {"name": "A B"}, EXTRACT | {"name": "C D"})
              if e.data.get("fact") not in ("person.name", "person.birth_date")]  # fmt: skip
    found = next(x for x in examine(LAW, PATHWAY, events, FILED) if x.stage == "card")
    assert (Flaw.OTHER_NAME, WRONG) in flaws(found, "criminal-record-extract")


def test_every_broken_rule_names_its_source() -> None:
    found = card(EXTRACT | {"issued": "2026-01-01", "legalisation": "none", "language": "ar", "translation": "none"})
    by_flaw: dict[Flaw, Point] = {p.flaw: p for p in found.points}
    assert by_flaw[Flaw.TOO_OLD].cite
    assert by_flaw[Flaw.TRANSLATION_MISSING].cite != by_flaw[Flaw.TOO_OLD].cite
    assert by_flaw[Flaw.APOSTILLE_MISSING].cite not in (None, by_flaw[Flaw.TOO_OLD].cite)


@given(things=told(), day=DAYS)
def test_whatever_is_in_a_dossier_it_can_be_examined(things: list[Told], day: date) -> None:
    for x in examine(LAW, PATHWAY, entered(things), day):
        assert {e.number for e in x.good}.isdisjoint({p.event.number for p in x.points if p.event})
        assert all(p.event is not None or p.papers for p in x.points)
