"""A time limit on a day, in words: the safe day, every reading, each step, the source."""

from collections.abc import Sequence
from datetime import date

from sojourn.cli.render import Page
from sojourn.dossier.time_limit import Computation, Counted
from sojourn.law.limits import Limit
from sojourn.words.findings import source_line
from sojourn.words.language import Words
from sojourn.words.limits import SAFE_DAYS, reading_text, step_text


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
        page.add(w.say(SAFE_DAYS[limit.kind], day=w.weekday(c.safe_day)), 2, "● ", style="1;32")
    _notes(w, c, page, 2)
    for alike in _alike(c.readings):
        page.add()
        _readings(w, c, alike, page, 2)
    page.add()
    _source(w, c, page, 2)
    foot(w, page)
    return str(page)


def counted_text(w: Words, c: Computation, page: Page, indent: int) -> None:
    """Add how a time limit was counted: what holds after it, what to mind, each reading with its steps, the source."""
    _notes(w, c, page, indent)
    for alike in _alike(c.readings):
        _readings(w, c, alike, page, indent)
    _source(w, c, page, indent)


def _notes(w: Words, c: Computation, page: Page, indent: int) -> None:
    limit = c.limit
    for step in c.steps:
        page.add(step_text(w, step), indent + 2, "· ")
    if limit.then and c.from_then:
        says = w.limit(f"{limit.text_id}.then", limit.then)
        page.add(w.say("From {day} on: {says}", day=w.weekday(c.from_then), says=says), indent, "→ ")
    elif limit.then:
        page.add(w.say("After that: {says}", says=w.limit(f"{limit.text_id}.then", limit.then)), indent, "→ ")
    for counted in c.advice:
        says = reading_text(w, limit, counted.reading)
        page.add(w.say("Better still by {day}: {says}", day=w.weekday(counted.last_day), says=says), indent, "→ ")
    if limit.mind:
        page.add(w.limit(f"{limit.text_id}.mind", limit.mind), indent, "! ")
    if limit.pause:
        page.add(w.say("It stands still: {when}", when=w.limit(f"{limit.text_id}.pause", limit.pause)), indent, "! ")


def _source(w: Words, c: Computation, page: Page, indent: int) -> None:
    page.add(source_line(w, c.limit.cite), indent, style="2")
    source = w.law.sources[c.limit.cite.source]
    if source.url:
        page.add(f"{source.url} ({w.say('read on {day}', day=w.day(source.read))})", indent, style="2")


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


def _readings(w: Words, c: Computation, alike: list[Counted], page: Page, indent: int) -> None:
    first = alike[0]
    for x in alike:
        if x.reading.id:
            page.add(f"{reading_text(w, c.limit, x.reading)}: {w.weekday(x.last_day)}", indent, style="1")
        elif len(c.readings) > 1:
            page.add(f"{w.event(x.event)}: {w.weekday(x.last_day)}", indent, style="1")
    if first.reading.weight == "argument":
        page.add(w.say("Shown only: do not rely on it."), indent + 2, "! ")
    for step in first.steps:
        page.add(step_text(w, step), indent + 2, "· ")
    for cite in dict.fromkeys(x.reading.cite for x in alike):
        if cite and cite != c.limit.cite:
            page.add(source_line(w, cite), indent + 2, style="2")
    if any(x.reading.open for x in alike):
        page.add(w.say("An open point: no source settles it."), indent + 2, "? ")


def foot(w: Words, page: Page) -> None:
    """Add which law was read, and that only the authority decides."""
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
