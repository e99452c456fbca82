"""The state of a dossier on a day: the two examples day by day, and what must hold of every history."""

from datetime import date
from pathlib import Path

import pytest

from sojourn.decide.body import load_law
from sojourn.dossier.ledger import parse
from sojourn.dossier.state import Do, State, Status, state

LAW = load_law()
EXAMPLES = Path(__file__).parents[2] / "examples"


def on(example: str, day: str) -> State:
    ledger = parse((EXAMPLES / f"{example}.sojourn").read_bytes(), example)
    assert ledger.header
    return state(LAW, ledger.header.pathway, ledger.events, date.fromisoformat(day))


@pytest.mark.parametrize(
    ("example", "day", "status", "due", "because"),
    [
        ("antwerp-architect", "2025-12-28", Status.FILED, None, "no source gives a time for the check"),
        ("antwerp-architect", "2025-12-29", Status.INCOMPLETE, "2026-01-28", "30 days after the e-mail"),
        ("antwerp-architect", "2026-01-02", Status.COMPLETED, None, "the 30 days are over with the completion"),
        ("antwerp-architect", "2026-01-05", Status.ADMISSIBLE, "2026-05-05", "day 120, admissibility not counted"),
        ("antwerp-architect", "2026-05-05", Status.ADMISSIBLE, "2026-05-05", "still due on the last day"),
        ("antwerp-architect", "2026-05-06", Status.GRANTED_BY_SILENCE, None, "the day after"),
        ("refused", "2026-04-27", Status.ADMISSIBLE, "2026-05-05", "the extension is not known yet"),
        ("refused", "2026-05-06", Status.EXTENDED, "2026-07-06", "the extension ended the 120 days"),
        ("refused", "2026-07-02", Status.EXTENDED, "2026-07-06", "the refusal is not known yet"),
        ("refused", "2026-07-03", Status.REFUSED, "2026-08-05", "the earlier last day of both readings"),
        ("refused", "2026-08-04", Status.REFUSED, "2026-08-05", "the appeal is not known yet"),
        ("refused", "2026-08-05", Status.APPEALED, None, "no source gives the minister a time"),
        ("refused", "2026-10-01", Status.APPEAL_DISMISSED, "2026-11-30", "60 days, the day of receipt not counted"),
    ],
)
def test_the_examples_day_by_day(example: str, day: str, status: Status, due: str | None, because: str) -> None:
    found = on(example, day)
    assert found.status is status, because
    days = [r.day for r in (*found.clocks, *found.appeals) if r.kind != "wait" and r.day]
    assert [str(d) for d in days] == ([due] if due else []), because


def test_silence_is_told_with_its_grade_and_with_what_to_do() -> None:
    before, after = on("antwerp-architect", "2026-05-05"), on("antwerp-architect", "2026-05-06")
    (silence,) = before.silence
    assert (silence.effect, silence.on) == ("granted", date(2026, 5, 6))
    assert silence.running.line.cite.grade == "secondary"
    assert after.stages[0].silence == silence.running
    assert [t.do for t in after.tasks] == [Do.CONFIRM, Do.PAY, Do.COLLECT, Do.START]
    assert after.tasks[1].fee
    assert after.tasks[1].fee.times(1) == (9000, 9000)


def test_both_readings_of_the_appeal_are_there_and_nothing_rolls_forward() -> None:
    (appeal,) = on("refused", "2026-07-10").appeals
    assert appeal.counted
    days = {c.name: c.last_day for c in appeal.counted.readings}
    assert (days["saturday-rests"], days["saturday-works"]) == (date(2026, 8, 6), date(2026, 8, 5))
    assert (appeal.day, appeal.last) == (date(2026, 8, 5), date(2026, 8, 6))
    ones = {c.name: s.day for c in appeal.counted.readings for s in c.steps if s.kind == "day-one"}
    assert ones["saturday-rests"] == date(2026, 7, 8), "Wednesday, the third working day after Friday 3 July"
    assert appeal.line.on_pain_of == "nullity"  # type: ignore[union-attr]
    assert set(appeal.line.form) == {"reasoned", "signed", "registered-letter"}  # type: ignore[union-attr]


def test_an_appeal_is_late_before_it_is_over() -> None:
    (appeal,) = on("refused", "2026-07-10").appeals
    assert [appeal.phase(date(2026, 8, d)) for d in (5, 6, 7)] == ["running", "late", "over"]
