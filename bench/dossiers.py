"""Dossiers: the state of a long one, and a folder of ten thousand scanned for what is due this week."""

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.references import deadlines
from bench.row import Row
from sojourn.dossier.deadlines import due
from sojourn.dossier.events import Event, make_event
from sojourn.dossier.ledger import Header, new_ledger
from sojourn.dossier.state import state
from sojourn.law.model import Law
from sojourn.shelf import read

PATHWAY = "be-vlg-professional-card"
ON = date(2026, 11, 23)
MANY = 10_000
WEEK = 7
_RECORDED = datetime(2026, 11, 22, 12, tzinfo=UTC)
_FACTS = [
    ("residence.country", "BE"), ("residence.document", "card-a"), ("person.nationalities", ["MA"]),
    ("activity.kind", "self-employed"), ("activity.region", "VLG"), ("means.monthly_net", "2600.00 EUR"),
]  # fmt: skip
_PAPERS = ("passport", "criminal-record-extract", "diploma", "business-plan", "curriculum-vitae", "payslips")


def events_of(told: list[tuple[str, date, dict[str, Any]]]) -> list[Event]:
    """Return events with numbers, in the order they are told."""
    return [make_event(n, kind, on, _RECORDED, data) for n, (kind, on, data) in enumerate(told, 1)]


def life(chance: random.Random) -> list[Event]:
    """Return one dossier of a Flemish card: filed in the last year, somewhere on its way, up to `ON`."""
    day = ON - timedelta(chance.randint(0, 380))
    told: list[tuple[str, date, dict[str, Any]]] = [("opened", day, {"pathway": PATHWAY})]
    told += [("fact-stated", day, {"fact": f, "value": v}) for f, v in _FACTS]
    told += [
        ("document-added", day, {"document": p, "issued": (day - timedelta(20)).isoformat()})
        for p in chance.sample(_PAPERS, chance.randint(1, 6))
    ]
    told.append(("filed", day, {"channel": "online"}))
    for kind, least, most in (
        ("found-incomplete", 2, 20), ("completed", 1, 40), ("admissible", 1, 20), ("extended", 60, 120),
        ("refused", 20, 60), ("appealed", 5, 29), ("appeal-decided", 30, 120),
    ):  # fmt: skip
        if kind in ("found-incomplete", "extended") and chance.random() < 0.5:
            if kind == "found-incomplete":
                told.append(("note", day, {"text": "Called the service."}))
            continue
        if kind == "completed" and told[-1][0] != "found-incomplete":
            continue
        day += timedelta(chance.randint(least, most))
        data: dict[str, Any] = {}
        if kind == "extended":
            data = {"until": (day + timedelta(chance.randint(20, 80))).isoformat()}
        elif kind == "refused":
            data = {"dispatched": day.isoformat()}
        elif kind == "appealed":
            data = {"body": "minister"}
        elif kind == "appeal-decided":
            data = {"outcome": "dismissed", "received": day.isoformat()}
        told.append((kind, day, data))
    return events_of([t for t in told if t[1] <= ON])


def long_one(most: int = 1_000) -> list[Event]:
    """Return one dossier of so many events: years of papers, notes and facts around four rounds of a procedure."""
    chance = random.Random(5)
    day, told = date(2022, 3, 1), []
    for round_ in range(4):
        start = day + timedelta(400 * round_)
        for kind, after, data in (
            ("filed", 0, {"channel": "online"}), ("found-incomplete", 10, {}), ("completed", 20, {}),
            ("admissible", 30, {}), ("refused", 140, {"dispatched": (start + timedelta(140)).isoformat()}),
        ):  # fmt: skip
            told.append((kind, start + timedelta(after), data))
    told = [("opened", day, {"pathway": PATHWAY}), *told]
    while len(told) < most:
        on = day + timedelta(chance.randint(0, 1_600))
        told.append(
            chance.choice(
                [
                    ("document-added", on, {"document": chance.choice(_PAPERS), "issued": on.isoformat()}),
                    ("note", on, {"text": "Called the service."}),
                    ("fact-stated", on, dict(zip(("fact", "value"), chance.choice(_FACTS), strict=True))),
                ]
            )
        )
    return events_of(told)


def folder_of(folder: Path, count: int) -> None:
    """Fill a folder with dossiers, the same ones each time."""
    chance = random.Random(3)
    for n in range(count):
        (folder / f"{n:05}.sojourn").write_bytes(new_ledger(Header(PATHWAY, "en"), life(chance)))


def scan(law: Law, folder: Path) -> list[tuple[str, date]]:
    """Return what is due within a week in every dossier of a folder: each file with the day, nearest first."""
    found = []
    for path in sorted(folder.glob("*.sojourn")):
        ledger = read(path)
        assert ledger.header
        found += [(path.name, m.day) for m in due(law, ledger.header.pathway, ledger.events, ON, WEEK)]
    return sorted(found, key=lambda x: (x[1], x[0]))


def rows(law: Law) -> Iterator[Row]:
    events = long_one()
    assert len(events) == 1_000
    best = min(_processor(lambda: state(law, PATHWAY, events, ON)) for _ in range(9))
    told = f"{best * 1e3:.1f} ms of one processor"
    yield Row("state of a dossier of 1,000 events", told, mark="under 10 ms", met=best < 0.01)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder_of(folder, MANY)
        found, expected = scan(law, folder), deadlines.scan(folder, ON, WEEK)
        assert found == expected, "the reference gives other days"
        ours, reference = (min(_processor(work) for _ in range(3)) for work in (
            lambda: scan(law, folder), lambda: deadlines.scan(folder, ON, WEEK)
        ))  # fmt: skip
    yield Row(
        f"{MANY:,} dossiers on disk, what is due this week ({len(found):,} found)",
        f"{ours:.1f} s of one processor",
        f"{reference:.1f} s, JSON lines and the five periods by hand, no chain, no law, no reasons",
        f"{ours / reference:.1f} times its time",
        "under 5 s",
        ours < 5,
    )


def _processor(work: Callable[[], object]) -> float:
    """Return the seconds of a processor that `work` takes: what it takes alone, also where others share the machine."""
    start = time.process_time()
    work()
    return time.process_time() - start
