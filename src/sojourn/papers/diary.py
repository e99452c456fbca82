"""The deadlines as a calendar file (.ics, RFC 5545): whole days, with reminders, to import into any calendar."""

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from sojourn.papers.checklist import due_text
from sojourn.papers.matter import Due, Matter
from sojourn.papers.voice import Voice

if TYPE_CHECKING:
    import icalendar

REMIND = (14, 7, 2)  # days before a day on which the person must act
_MORNING = timedelta(hours=9)
_DAY = timedelta(days=1)


def calendar(v: Voice, matter: Matter) -> bytes:
    """Return the deadlines of a matter as a calendar.

    An event keeps its UID when its day changes, so that importing again moves it; its stamp is the day of the matter,
    so that the later import counts.
    """
    import icalendar

    made = icalendar.Calendar()
    made.add("prodid", f"-//Sojourn//Deadlines//{v.language.upper()}")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", matter.title)
    for due in matter.dues:
        made.add_component(_event(v, matter, due))
    raw: bytes = made.to_ical()
    return raw


def uid(matter: Matter, due: Due) -> str:
    """Return the name of a deadline that stays the same when its day is computed anew."""
    return f"{due.id}.{matter.key}@sojourn.invalid"


def _event(v: Voice, matter: Matter, due: Due) -> "icalendar.Event":
    import icalendar

    stamp = datetime.combine(matter.on, time(), UTC)
    event = icalendar.Event()
    event.add("uid", uid(matter, due))
    event.add("dtstamp", stamp)
    event.add("dtstart", due.day)
    event.add("dtend", due.day + _DAY)
    event.add("summary", summary(v, due))
    event.add("description", "\n".join(_description(v, due)))
    event.add("categories", [matter.title])
    event.add("transp", "TRANSPARENT")
    for days in REMIND if due.kind == "act" else (0,):
        event.add_component(_alarm(days, summary(v, due)))
    return event


def summary(v: Voice, due: Due) -> str:
    """Return the line that a calendar shows."""
    if due.kind == "act":
        return v.say("Last day: {what}", what=due.title)
    return due.title


def _alarm(days: int, words: str) -> "icalendar.Alarm":
    import icalendar

    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words)
    alarm.add("trigger", _MORNING - days * _DAY)
    return alarm


def _description(v: Voice, due: Due) -> list[str]:
    out = [due_text(v, due)]
    out += [v.say("Not before {day}", day=v.day(due.opens))] if due.opens else []
    return [*out, *due.notes, *([due.source] if due.source else [])]
