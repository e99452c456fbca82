"""Reading what a visitor sent: an experience or a correction, with every fault in the visitor's language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sojourn.site.experiences.models import ENDINGS, REGIONS
from sojourn.site.experiences.writing import MOST, count, tidy
from sojourn.words.language import Words

MOST_CORRECTION = 2_000
MOST_ASKED = 200
_FIRST_YEAR = 1990
Sent = Mapping[str, str]


@dataclass
class Read:
    """What was sent, as the form shows it again, the values to keep, and the faults by field."""

    typed: dict[str, str]
    values: dict[str, object] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


def experience(w: Words, sent: Sent, today: date) -> Read:
    """Return an experience: a text of at most 400 characters, facts of a report, or both."""
    names = ("text", "region", "filed-month", "filed-year", "decided-month", "decided-year", "outcome", "asked_for")
    read = Read({name: str(sent.get(name, ""))[:8_000] for name in names})
    text = read.values["text"] = _written(w, read, "text", MOST)
    asked = read.values["asked_for"] = _written(w, read, "asked_for", MOST_ASKED)
    read.values["region"] = _chosen(w, read, "region", REGIONS)
    outcome = read.values["outcome"] = _chosen(w, read, "outcome", tuple(ENDINGS))
    filed = read.values["filed"] = _month(w, read, "filed", today)
    decided = read.values["decided"] = _month(w, read, "decided", today)
    if filed and decided and decided < filed:
        read.errors["decided"] = w.say("The decision cannot come before the filing. Correct one of the two months.")
    if outcome == "waiting" and decided:
        read.errors["decided"] = w.say("There is a month of decision, but no decision yet. Correct one of the two.")
    if not read.errors and not any((text, asked, outcome, filed)):
        read.errors["text"] = w.say("Write something, or fill in the report.")
    return read


def correction(w: Words, sent: Sent) -> Read:
    """Return a correction: what is wrong, and where that stands."""
    read = Read({name: str(sent.get(name, ""))[:8_000] for name in ("text", "source", "result")})
    read.values["text"] = _written(w, read, "text", MOST_CORRECTION)
    read.values["source"] = _written(w, read, "source", MOST_CORRECTION)
    if "text" not in read.errors and not read.values["text"]:
        read.errors["text"] = w.say("Say what is wrong.")
    if "source" not in read.errors and not read.values["source"]:
        read.errors["source"] = w.say("Name a source: an act with its article, a judgment, or an official page.")
    return read


def _written(w: Words, read: Read, name: str, most: int) -> str:
    text = tidy(read.typed[name])
    number = count(text)
    if number > most:
        read.errors[name] = w.say(
            "This has {number} characters; write at most {most}. Take out {over}.",
            number=number, most=most, over=number - most,
        )  # fmt: skip
    return text


def _chosen(w: Words, read: Read, name: str, known: tuple[str, ...]) -> str:
    value = read.typed[name]
    if value and value not in known:
        read.errors[name] = w.say("Choose one of the answers in the list.")
        return ""
    return value


def _month(w: Words, read: Read, name: str, today: date) -> date | None:
    month, year = (read.typed[f"{name}-{part}"].strip() for part in ("month", "year"))
    if not month and not year:
        return None
    try:
        if not (month.isascii() and year.isascii()):
            raise ValueError(month)
        day = date(int(year), int(month), 1)
    except (ValueError, OverflowError):
        read.errors[name] = w.say("Write the month as a number from 1 to 12, and the year with four digits.")
        return None
    if not date(_FIRST_YEAR, 1, 1) <= day <= today:
        read.errors[name] = w.say("This month lies in the future, or too far back.")
        return None
    return day
