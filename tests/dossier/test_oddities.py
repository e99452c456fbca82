"""Events that do not fit each other or the procedure are named, and nothing else is."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from sojourn.decide.body import load_law
from sojourn.dossier.applies import procedure_of
from sojourn.dossier.events import make_event
from sojourn.dossier.ledger import parse
from sojourn.dossier.oddities import Odd, oddities
from sojourn.dossier.running import history

LAW = load_law()
PROCEDURE = procedure_of(LAW, "be-vlg-professional-card")
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
FILED = ("filed", "2026-01-05", {})
ADMISSIBLE = ("admissible", "2026-02-02", {})
REFUSED = ("refused", "2026-03-02", {})
APPEALED = ("appealed", "2026-03-09", {"body": "minister"})


def odd(*told: tuple[str, str, dict[str, Any]]) -> list[tuple[int, Odd]]:
    events = [make_event(n, kind, date.fromisoformat(on), NOW, data) for n, (kind, on, data) in enumerate(told, 1)]
    return [(x.event.number, x.odd) for x in oddities(PROCEDURE, history(events, date(2027, 1, 1)))]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([FILED, ADMISSIBLE, REFUSED, APPEALED], []),
        ([REFUSED, FILED], []),
        ([REFUSED], [(1, Odd.NOT_FILED)]),
        ([REFUSED, ("filed", "2026-03-03", {})], [(1, Odd.NOT_FILED)]),
        ([FILED, ("completed", "2026-01-06", {})], [(2, Odd.NOTHING_MISSING)]),
        ([FILED, ("extended", "2026-01-06", {"until": "2026-02-01"})], [(2, Odd.NOT_ADMISSIBLE)]),
        ([FILED, ADMISSIBLE, ("extended", "2026-03-06", {"until": "2026-02-01"})], [(3, Odd.DAYS_CROSSED)]),
        ([FILED, APPEALED], [(2, Odd.NOTHING_TO_APPEAL)]),
        ([FILED, REFUSED, ("appeal-decided", "2026-04-01", {"outcome": "dismissed"})], [(3, Odd.NO_APPEAL)]),
        ([FILED, REFUSED, ("appealed", "2026-03-09", {"body": "ministre"})], [(3, Odd.UNKNOWN_NAME)]),
        ([("filed", "2026-01-05", {"procedure": "visa"})], [(1, Odd.UNKNOWN_NAME)]),
        ([("filed", "2026-01-05", {"procedure": "visa-d", "channel": "post"})], []),
        ([FILED, ("granted", "2026-02-01", {"procedure": "visa-d"})], [(2, Odd.NOT_FILED)]),
        ([("paid", "2026-01-05", {"fee": "card-fee", "amount": "140 EUR"})], [(1, Odd.UNKNOWN_NAME)]),
        ([FILED, ("refused", "2026-03-02", {"dispatched": "2026-03-02", "received": "2026-03-01"})],
         [(2, Odd.RECEIVED_BEFORE_SENT)]),
        ([FILED, REFUSED, ("notified", "2026-03-01", {"notice_of": 2})], [(3, Odd.NOTICE_BEFORE_EVENT)]),
        ([FILED, ("granted", "2026-03-01", {"valid_from": "2026-04-01", "valid_until": "2026-03-15"})],
         [(2, Odd.DAYS_CROSSED)]),
        ([("filed", "2026-12-24", {})], [(1, Odd.NOT_YET)]),
    ],
)  # fmt: skip
def test_what_does_not_fit(told: list[tuple[str, str, dict[str, Any]]], expected: list[tuple[int, Odd]]) -> None:
    assert odd(*told) == expected


@pytest.mark.parametrize("name", ["antwerp-architect", "refused"])
def test_the_examples_fit(name: str) -> None:
    path = Path(__file__).parents[2] / "examples" / f"{name}.sojourn"
    assert not oddities(PROCEDURE, history(parse(path.read_bytes(), name).events, date.max))
