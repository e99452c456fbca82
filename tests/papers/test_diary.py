"""The calendar, read back by another library."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import vobject

from sojourn.papers.diary import REMIND, calendar, uid
from tests.papers.matters import APPEAL_DUE, MATTER, Plain


def read(raw: bytes) -> "list[vobject.base.Component]":
    return list(vobject.readOne(raw.decode()).vevent_list)


def test_another_library_reads_the_same() -> None:
    raw = calendar(Plain(), MATTER)
    assert raw == calendar(Plain(), MATTER)
    events = read(raw)
    assert [e.uid.value for e in events] == [uid(MATTER, d) for d in MATTER.dues]
    for event, due in zip(events, MATTER.dues, strict=True):
        assert type(event.dtstart.value) is date
        assert (event.dtstart.value, event.dtend.value) == (due.day, due.day + timedelta(days=1))
        assert event.dtstamp.value == datetime(2026, 7, 10, tzinfo=UTC)
        assert due.title in event.summary.value
        for note in due.notes:
            assert note in event.description.value
    alarms = [a.trigger.value for a in events[0].valarm_list]
    assert [due_day(APPEAL_DUE.day, t) for t in alarms] == [APPEAL_DUE.day - timedelta(days=n) for n in REMIND]
    assert len(events[1].valarm_list) == 1


def due_day(day: date, trigger: timedelta) -> date:
    """Return the day on which an alarm rings: triggers count from the midnight with which a whole day begins."""
    return (datetime(day.year, day.month, day.day, tzinfo=UTC) + trigger).date()


def test_lines_are_as_rfc_5545_wants_them() -> None:
    raw = calendar(Plain(), MATTER)
    lines = raw.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    assert b"\\, with a comma" in raw.replace(b"\r\n ", b"")


def test_uid_stays_when_the_day_moves_and_differs_between_dossiers() -> None:
    moved = replace(APPEAL_DUE, day=date(2026, 8, 12))
    later = replace(MATTER, on=date(2026, 7, 20), dues=(moved,))
    (event,) = read(calendar(Plain(), later))
    assert event.uid.value == uid(MATTER, APPEAL_DUE)
    assert event.dtstamp.value > datetime(2026, 7, 10, tzinfo=UTC)
    assert uid(replace(MATTER, key="other"), APPEAL_DUE) != uid(MATTER, APPEAL_DUE)
