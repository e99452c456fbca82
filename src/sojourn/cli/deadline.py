"""A time limit on a day, in words: the safe day, every reading, each step, the source."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sojourn.cli.render import Page, source_line
from sojourn.cli.words import Words
from sojourn.decide.report import cite_json
from sojourn.dossier.time_limit import Computation, Counted
from sojourn.law.limits import Limit, LimitReading
from sojourn.values.counting import Length, Step

_SAFE = {
    "act": "Act by {day} at the latest",
    "decide": "The authority must decide by {day}",
    "wait": "Not before the end of {day}",
    "lasts": "It lasts until {day}, that day included",
}
_UNIT = {
    "days": "{n} calendar days",
    "working_days": "{n} working days",
    "months": "{n} months",
    "years": "{n} years",
}
_ONE = {"days": "1 calendar day", "working_days": "1 working day", "months": "1 month", "years": "1 year"}
_WHY = {"saturday": "a Saturday", "sunday": "a Sunday", "holiday": "a legal holiday"}
_STEP = {
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


def deadline_text(w: Words, c: Computation, page: Page) -> str:
    """Return a computation in words."""
    limit = c.limit
    page.add(w.limit(limit.text_id, limit.says), style="1")
    if limit.none_known:
        page.add(w.say("No source gives a time limit for this."), 2, "? ")
    if c.safe_day:
        page.add()
        if c.opens:
            page.add(w.say("Not before {day}", day=w.weekday(c.opens)), 2, "● ")
        page.add(w.say(_SAFE[limit.kind], day=w.weekday(c.safe_day)), 2, "● ", style="1;32")
        for step in c.steps:
            page.add(step_text(w, step), 4, "· ")
    if limit.then and c.from_then:
        says = w.limit(f"{limit.text_id}.then", limit.then)
        page.add(w.say("From {day} on: {says}", day=w.weekday(c.from_then), says=says), 2, "→ ")
    elif limit.then:
        page.add(w.say("After that: {says}", says=w.limit(f"{limit.text_id}.then", limit.then)), 2, "→ ")
    for counted in c.advice:
        says = reading_text(w, limit, counted.reading)
        page.add(w.say("Better still by {day}: {says}", day=w.weekday(counted.last_day), says=says), 2, "→ ")
    if limit.mind:
        page.add(w.limit(f"{limit.text_id}.mind", limit.mind), 2, "! ")
    if limit.pause:
        page.add(w.say("It stands still: {when}", when=w.limit(f"{limit.text_id}.pause", limit.pause)), 2, "! ")
    for alike in _alike(c.readings):
        page.add()
        _readings(w, c, alike, page)
    page.add()
    page.add(source_line(w, limit.cite), 2, style="2")
    source = w.law.sources[limit.cite.source]
    if source.url:
        page.add(f"{source.url} ({w.say('read on {day}', day=w.day(source.read))})", 2, style="2")
    _foot(w, page)
    return str(page)


def _alike(readings: Sequence[Counted]) -> list[list[Counted]]:
    """Return the readings, those together that are counted step by step alike from the same event."""
    out: list[list[Counted]] = []
    for x in readings:
        same = next((g for g in out if (g[0].steps, g[0].reading.weight) == (x.steps, x.reading.weight)), None)
        if same:
            same.append(x)
        else:
            out.append([x])
    return out


def _readings(w: Words, c: Computation, alike: list[Counted], page: Page) -> None:
    first = alike[0]
    for x in alike:
        if x.reading.id:
            page.add(f"{reading_text(w, c.limit, x.reading)}: {w.weekday(x.last_day)}", 2, style="1")
        elif len(c.readings) > 1:
            page.add(f"{w.event(x.event)}: {w.weekday(x.last_day)}", 2, style="1")
    if first.reading.weight == "argument":
        page.add(w.say("Shown only: do not rely on it."), 4, "! ")
    for step in first.steps:
        page.add(step_text(w, step), 4, "· ")
    for cite in dict.fromkeys(x.reading.cite for x in alike):
        if cite and cite != c.limit.cite:
            page.add(source_line(w, cite), 4, style="2")
    if any(x.reading.open for x in alike):
        page.add(w.say("An open point: no source settles it."), 4, "? ")


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
        values["why"] = w.say(_WHY[p["why"]])
    if step.kind == "paused":
        values = {
            "length": length_text(w, Length(p["days"], "days")), "first": w.day(p["from"]), "until": w.day(p["until"])
        }  # fmt: skip
    if "within" in p:
        values["within"] = p["within"]
    if step.kind == "moved-back":
        values["from_day"] = w.day(p["from"])
    text = f"{w.weekday(step.day)}: {w.say(_STEP[step.kind], **values)}"
    if p.get("counted"):
        listed = ", ".join(f"{n} {w.weekday(day, short=True)}" for n, day in enumerate(p["counted"], 1))
        text += f" ({listed})"
    if step.kind == "day-one":
        text += f" ({w.say('that day itself counts') if p['counts'] else w.say('the day before does not count')})"
    return text


def length_text(w: Words, length: Length) -> str:
    """Return a length in words, such as 30 calendar days."""
    return w.say(_ONE[length.unit]) if length.number == 1 else w.say(_UNIT[length.unit], n=length.number)


def _foot(w: Words, page: Page) -> None:
    page.add()
    page.add(
        w.say(
            "Law read until {day}; version {digest}. This is information, no decision: only the authority decides.",
            day=w.day(w.law.read_until),
            digest=w.law.digest[:12],
        ),
        style="2",
    )
    if w.language != "en" and not w.law.texts.get(w.language, {}).get("checked", {}).get("by"):
        page.add(w.say("This translation has not yet been checked by a person."), style="2")


def no_rule_text(w: Words, versions: Sequence[Limit], start: date, page: Page) -> str:
    """Return that no rule is known for that day, with the days we do know."""
    page.add(w.limit(versions[0].text_id, versions[0].says), style="1")
    page.add(f"{w.day(start)}: {w.say('no rule known for that day')}", 2, "? ")
    for x in versions:
        if x.period.first:
            page.add(w.say("since {day}", day=w.day(x.period.first)), 4, "· ")
    return str(page)


def limits_text(w: Words, page: Page) -> str:
    """Return the list of time limits, and after them the conventions, which count periods of any length."""
    latest = [versions[-1] for versions in w.law.time_limits.limits.values()]
    conventions = [x for x in latest if x.as_set]
    for limit in [x for x in latest if not x.as_set] + conventions:
        if limit in conventions[:1]:
            page.add()
            page.add(w.say("Ways of counting, for a period of any length (--length):"))
        page.add(limit.id, style="1")
        page.add(w.limit(limit.text_id, limit.says), 4)
        if len(limit.events) == 1:
            page.add(w.say("from: {event}", event=w.event(limit.events[0])), 4, style="2")
        else:
            for event in limit.events:
                page.add(f"--event {event}: {w.event(event)}", 4, style="2")
    return str(page)


def limits_json(w: Words) -> list[dict[str, Any]]:
    """Return the list of time limits as data."""
    return [
        {
            "limit": id,
            "says": w.limit(x.text_id, x.says),
            "kind": x.kind,
            "events": {e: w.event(e) for e in x.events},
            "as_set": x.as_set,
            "from": _iso(x.period.first),
            "until": _iso(x.period.until),
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
        "days_known": [{"from": _iso(x.period.first), "until": _iso(x.period.until)} for x in versions],
        "opens": _iso(c.opens) if c else None,
        "safe_day": _iso(c.safe_day) if c else None,
        "steps": [_step(w, x) for x in c.steps] if c else [],
        "then": {"from": _iso(c.from_then if c else None), "says": w.limit(f"{limit.text_id}.then", limit.then)}
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
        "opens": _iso(x.opens),
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


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
