"""The state of a dossier on a day: the two examples day by day, and what must hold of every history."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sojourn.decide.body import load_law
from sojourn.dossier.applies import procedure_of
from sojourn.dossier.deadlines import due
from sojourn.dossier.events import DATA, Event, make_event
from sojourn.dossier.ledger import parse
from sojourn.dossier.running import Running, history, running
from sojourn.dossier.state import Do, State, Status, state
from sojourn.dossier.stated import stated
from sojourn.law.procedure import After
from tests.dossier.histories import DAYS, NOW, PATHWAY, Told, entered, in_two_orders, told

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


def outline(s: State) -> object:
    """Return a state without the numbers of events, which tell the order of entry and nothing else."""

    def happened(e: Event | None) -> object:
        return e and (e.kind, e.on, sorted((k, str(v)) for k, v in e.data.items() if DATA[k].type != "event"))

    def runs(r: Running | None) -> object:
        return r and (r.line.key, happened(r.event), r.counted, r.assumed, r.named, happened(r.ended), r.applies)

    return (
        [(x.stage.id, x.applies, x.status, x.since, x.filed, runs(x.silence), runs(x.overtaken)) for x in s.stages],
        [sorted(map(repr, map(runs, x))) for x in (s.clocks, s.over, s.appeals)],
        sorted(
            repr((t.do, t.stage, t.line and t.line.key, runs(t.running), sorted(map(repr, map(happened, t.events)))))
            for t in s.tasks
        ),
        sorted(repr((runs(x.running), x.effect, x.on)) for x in s.silence),
        s.next and (s.next.day, s.next.what, s.next.running.line.key),
        s.stated.facts,
        s.stated.said,
    )


@given(both=in_two_orders(), day=DAYS)
def test_equal_events_in_any_order_of_entry_give_an_equal_state(
    both: tuple[list[Event], list[Event]], day: date
) -> None:
    one, other = (state(LAW, PATHWAY, events, day) for events in both)
    assert outline(one) == outline(other)


@given(things=told(), day=DAYS, later=told(most=4))
def test_adding_an_event_never_changes_the_past(things: list[Told], day: date, later: list[Told]) -> None:
    more = [replace(x, on=day + timedelta(1 + n), about=None) for n, x in enumerate(later) if x.kind != "notified"]
    before, after = (state(LAW, PATHWAY, entered(x), day) for x in (things, [*things, *more]))
    assert before == after


@given(things=told(), day=DAYS)
def test_what_holds_of_every_time_limit_that_runs(things: list[Told], day: date) -> None:
    s = state(LAW, PATHWAY, entered(things), day)
    for r in (*s.clocks, *s.appeals, *s.over):
        if r.counted is None or r.day is None or r.last is None:
            continue
        assert r.day <= r.last
        if r.kind == "act":
            assert r.named == r.day or all(r.day <= c.last_day for c in r.counted.readings), "safe in every reading"
        if not isinstance(r.line, After):
            assert r.last >= r.counted.start, "no deadline before its start"
    assert not s.next or s.next.day >= day
    assert all(r.phase(day) == "over" for r in s.over)
    assert all(t.line or t.events for t in s.tasks)
    assert not any(e.on > day for e in s.past.events)


@given(things=told(), day=DAYS)
def test_what_is_live_is_what_has_not_ended(things: list[Told], day: date) -> None:
    past = history(entered(things), day)
    procedure, facts = procedure_of(LAW, PATHWAY), stated(LAW, past.events).facts
    every = running(LAW, procedure, facts, past)
    assert running(LAW, procedure, facts, past, live=True) == [r for r in every if r.ended is None]


@given(things=told(), day=DAYS, within=st.integers(0, 400))
def test_what_is_due_is_what_the_state_says(things: list[Told], day: date, within: int) -> None:
    events = entered(things)
    found = due(LAW, PATHWAY, events, day, within)
    assert [m.day for m in found] == sorted(m.day for m in found)
    assert all(m.day >= day for m in found)
    everything = due(LAW, PATHWAY, events, day)
    assert [m for m in everything if m.day <= day + timedelta(within)] == [
        m for m in found if m.day <= day + timedelta(within)
    ]
    assert state(LAW, PATHWAY, events, day).next == next(iter(everything), None)


def in_brussels(*told: tuple[str, str, dict[str, str]], day: str) -> State:
    events = [make_event(1, "opened", date(2026, 1, 1), NOW, {"pathway": "be-bru-professional-card"})]
    events += [make_event(n, kind, date.fromisoformat(on), NOW, data) for n, (kind, on, data) in enumerate(told, 2)]
    return state(LAW, "be-bru-professional-card", events, date.fromisoformat(day))


def day_of(s: State, line: str) -> tuple[date | None, date | None]:
    (found,) = [r for r in (*s.clocks, *s.over, *s.appeals) if r.line.id == line]
    return found.day, found.still


ASKED = ("found-incomplete", "2026-03-02", {"complete_by": "2026-03-20"})


def test_a_request_for_information_stops_the_clock_in_brussels() -> None:
    filed, answered = ("filed", "2026-01-05", {}), ("completed", "2026-03-20", {})
    assert day_of(in_brussels(filed, day="2026-02-01"), "decision") == (date(2026, 5, 5), None)
    waiting = in_brussels(filed, ASKED, day="2026-03-12")
    assert day_of(waiting, "decision") == (date(2026, 5, 15), date(2026, 3, 2)), "ten days so far"
    assert day_of(waiting, "information")[0] == date(2026, 3, 20)
    assert day_of(in_brussels(filed, ASKED, answered, day="2026-04-01"), "decision") == (date(2026, 5, 23), None), (
        "PC-W21"
    )
    assert in_brussels(filed, ASKED, answered, day="2026-06-01").status is Status.COMPLETED, "silence has no effect"


def test_silence_of_the_applicant_refuses_nothing_by_itself_in_brussels() -> None:
    s = in_brussels(("filed", "2026-01-05", {}), ASKED, day="2026-03-21")
    assert s.status is Status.INCOMPLETE
    assert {r.line.id for r in s.over} == {"information"}


def test_the_bar_of_two_years_counts_from_the_filing_once_refused() -> None:
    filed, refused = ("filed", "2026-01-10", {}), ("refused", "2026-06-20", {"received": "2026-06-22"})
    assert not [r for r in in_brussels(filed, day="2026-06-19").clocks if r.line.id == "reapplication"]
    (bar,) = [r for r in in_brussels(filed, refused, day="2026-07-01").clocks if r.line.id == "reapplication"]
    assert bar.from_then == date(2028, 1, 10), "PC-W16"
    (lost,) = [r for r in in_brussels(refused, day="2026-07-01").clocks if r.line.id == "reapplication"]
    assert lost.counted is None, "without a filing nothing can be counted from it"


@pytest.mark.parametrize(
    ("country", "expected"),
    [("MA", {"registration": date(2026, 5, 11)}), ("BE", {"registration-in-belgium": date(2026, 3, 12)})],
)
def test_the_commune_waits_from_entry_or_from_the_permit(country: str, expected: dict[str, date]) -> None:
    told = [("opened", "2026-01-01", {"pathway": "be-vlg-single-permit"}), ("filed", "2026-01-05", {}),
            ("fact-stated", "2026-01-05", {"fact": "residence.country", "value": country}),
            ("granted", "2026-03-03", {})]  # fmt: skip
    if country == "MA":
        told.append(("entered", "2026-04-30", {}))
    events = [make_event(n, kind, date.fromisoformat(on), NOW, data) for n, (kind, on, data) in enumerate(told, 1)]
    s = state(LAW, "be-vlg-single-permit", events, date(2026, 5, 1))
    assert {r.line.id: r.day for r in (*s.clocks, *s.over)} == expected
