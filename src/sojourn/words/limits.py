"""The words for time limits that every shell uses: lengths, steps and readings, as text and as data."""

from datetime import date
from typing import Any

from sojourn.decide.report import cite_json
from sojourn.dossier.time_limit import Computation, Counted
from sojourn.law.limits import Limit, LimitReading
from sojourn.values.counting import Length, Step
from sojourn.words.language import Words

SAFE_DAYS = {
    "act": "Act by {day} at the latest",
    "decide": "The authority must decide by {day}",
    "wait": "Not before the end of {day}",
    "lasts": "It lasts until {day}, that day included",
}
UNITS = {
    "days": "{n} calendar days",
    "working_days": "{n} working days",
    "months": "{n} months",
    "years": "{n} years",
}
ONE = {"days": "1 calendar day", "working_days": "1 working day", "months": "1 month", "years": "1 year"}
REST_DAYS = {"saturday": "a Saturday", "sunday": "a Sunday", "holiday": "a legal holiday"}
STEPS = {
    "event": "{event}",
    "stated": "the notice itself names this day as the last one",
    "presumed": "{length} later",
    "day-one": "day one",
    "last": "the last day, after {length}",
    "opens": "{length} before: the window opens",
    "back": "{length} before: the last day",
    "stays-within": "the last day with at most {length} in any window of {within} days",
    "paused": "it stood still for {length}, from {first} to {until}: the last day moves on",
    "rolled": "the last day was {why}: this rule moves it to the next working day",
    "stays": "the last day is {why}, and no rule moves it",
    "earliest": "the earliest last day of all readings",
    "latest": "the latest last day of all readings",
    "moved-back": "{from_day} is {why}: moved back, never forward, to a day on which it can be done",
    "no-day-to-act": "there is no working day inside the period",
    "may-be-closed": "many offices close on this day: ask, or go earlier",
}


def reading_text(w: Words, limit: Limit, reading: LimitReading) -> str:
    """Return what a reading of a limit says; the limit itself where it has only one."""
    if not reading.id:
        return w.limit(limit.text_id, limit.says)
    owner = limit.convention if reading.id in limit.inherited else limit.text_id
    return w.limit(f"{owner}.{reading.id}", reading.says)


def step_text(w: Words, step: Step) -> str:
    """Return one step in words, with its day."""
    p = step.params
    values: dict[str, object] = {}
    if "event" in p:
        values["event"] = w.event(p["event"])
    if "length" in p:
        values["length"] = length_text(w, p["length"])
    if "why" in p:
        values["why"] = w.say(REST_DAYS[p["why"]])
    if step.kind == "paused":
        values = {
            "length": length_text(w, Length(p["days"], "days")), "first": w.day(p["from"]), "until": w.day(p["until"])
        }  # fmt: skip
    if "within" in p:
        values["within"] = p["within"]
    if step.kind == "moved-back":
        values["from_day"] = w.day(p["from"])
    text = f"{w.weekday(step.day)}: {w.say(STEPS[step.kind], **values)}"
    if p.get("counted"):
        listed = ", ".join(f"{n} {w.weekday(day, short=True)}" for n, day in enumerate(p["counted"], 1))
        text += f" ({listed})"
    if step.kind == "day-one":
        text += f" ({w.say('that day itself counts') if p['counts'] else w.say('the day before does not count')})"
    return text


def length_text(w: Words, length: Length) -> str:
    """Return a length in words, such as 30 calendar days."""
    return w.say(ONE[length.unit]) if length.number == 1 else w.say(UNITS[length.unit], n=length.number)


def limits_json(w: Words) -> list[dict[str, Any]]:
    """Return the list of time limits as data."""
    return [
        {
            "limit": id,
            "says": w.limit(x.text_id, x.says),
            "kind": x.kind,
            "events": {e: w.event(e) for e in x.events},
            "as_set": x.as_set,
            "from": iso(x.period.first),
            "until": iso(x.period.until),
            "source": cite_json(w.law, x.cite),
        }
        for id, versions in w.law.time_limits.limits.items()
        for x in versions
    ]


def deadline_json(w: Words, id: str, start: date, c: Computation | None) -> dict[str, Any]:
    """Return a computation as data; without one, that no rule is known for that day."""
    versions = w.law.time_limits.limits[id]
    limit = c.limit if c else versions[0]
    return {
        "limit": id,
        "on": start.isoformat(),
        "says": w.limit(limit.text_id, limit.says),
        "kind": limit.kind,
        "rule_known": c is not None,
        "none_known": limit.none_known,
        "days_known": [{"from": iso(x.period.first), "until": iso(x.period.until)} for x in versions],
        "opens": iso(c.opens) if c else None,
        "safe_day": iso(c.safe_day) if c else None,
        "steps": [_step(w, x) for x in c.steps] if c else [],
        "then": {"from": iso(c.from_then if c else None), "says": w.limit(f"{limit.text_id}.then", limit.then)}
        if limit.then
        else None,
        "advice": [_counted(w, limit, x) for x in c.advice] if c else [],
        "mind": w.limit(f"{limit.text_id}.mind", limit.mind) if limit.mind else None,
        "readings": [_counted(w, limit, x) for x in c.readings] if c else [],
        "source": cite_json(w.law, limit.cite),
        "law": {"digest": w.law.digest, "read_until": w.law.read_until.isoformat()},
    }


def _counted(w: Words, limit: Limit, x: Counted) -> dict[str, Any]:
    r = x.reading
    return {
        "reading": r.id or None,
        "says": reading_text(w, limit, r),
        "event": x.event,
        "opens": iso(x.opens),
        "last_day": x.last_day.isoformat(),
        "weight": r.weight,
        "open_point": r.open or None,
        "source": cite_json(w.law, r.cite) if r.cite else None,
        "steps": [_step(w, s) for s in x.steps],
    }


def _step(w: Words, step: Step) -> dict[str, Any]:
    def plain(value: Any) -> Any:
        if isinstance(value, Length):
            return {value.unit: value.number}
        if isinstance(value, tuple):
            return [plain(v) for v in value]
        return value.isoformat() if isinstance(value, date) else value

    params = {key: plain(value) for key, value in step.params.items()}
    return {"step": step.kind, "day": step.day.isoformat(), "params": params, "says": step_text(w, step)}


def iso(day: date | None) -> str | None:
    """Return a day as ISO 8601 writes it; None stays None."""
    return day.isoformat() if day else None
