"""The deadline calculator. Its address holds a rule and a day, and nothing of a person, so it may be passed on."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sojourn.dossier.time_limit import Computation, LimitError, count
from sojourn.law.limits import Limit
from sojourn.site.body import the_law, words
from sojourn.site.results import day_in, linked_day
from sojourn.values.counting import CalendarError
from sojourn.words.language import Words
from sojourn.words.limits import SAFE_DAYS, reading_text, step_text

_FIELDS = ("day", "month", "year")


@require_safe
def deadline(request: HttpRequest, language: str) -> HttpResponse:
    """Ask for a rule and a day; count, and show every step, reading and source."""
    w, law = words(language), the_law()
    rule = request.GET.get("rule", "")[:120]
    event = request.GET.get("event", "")[:80]
    typed = {x: request.GET.get(f"on-{x}", "").strip()[:40] for x in _FIELDS}
    start = _day(request, typed)
    errors: dict[str, str] = {}
    asked = bool(rule or request.GET.get("on") or any(typed.values()))
    known = law.time_limits.limits.get(rule)
    if asked and known is None:
        errors["rule"] = w.say("Choose a time limit from the list.")
    if asked and start is None:
        errors["on"] = w.say("Give a day that exists, such as {day}.", day="20 9 2026")
    told = None
    if known and start and not errors:
        limit = law.time_limits.on(rule, start)
        event = event if limit and event in limit.events else ""
        try:
            told = _told(w, limit or known[-1], count(limit, start, event=event or None) if limit else None, start)
        except (LimitError, CalendarError) as error:
            errors["on"] = f"{error}."
    given = {
        "limits": _options(w, rule),
        "events": _events(w, known[-1], event) if known and len(known[-1].events) > 1 else [],
        "typed": typed if any(typed.values()) or start is None else _parts(start),
        "told": told,
        "rule": rule,
        "start": start,
        "event": event,
        "errors": errors,
    }
    return render(request, "site/tools/deadline.html", given, status=422 if errors else 200)


def _day(request: HttpRequest, typed: dict[str, str]) -> date | None:
    """Return the day: typed in three fields, or as `on=YYYY-MM-DD` in a link that was passed on."""
    if any(typed.values()):
        return day_in(typed)
    return linked_day(request.GET.get("on", ""))


def _parts(day: date) -> dict[str, str]:
    return {"day": str(day.day), "month": str(day.month), "year": str(day.year)}


def _options(w: Words, rule: str) -> list[dict[str, Any]]:
    """Return the time limits that have a length of their own, by what they say."""
    latest = [versions[-1] for versions in w.law.time_limits.limits.values() if not versions[-1].as_set]
    named = sorted(((w.limit(x.text_id, x.says), x.id) for x in latest), key=lambda pair: pair[0].casefold())
    chosen = [{"value": id, "text": says, "checked": id == rule} for says, id in named]
    return [{"value": "", "text": w.say("Choose"), "checked": not rule}, *chosen]


def _events(w: Words, limit: Limit, event: str) -> list[dict[str, Any]]:
    return [{"value": e, "text": w.event(e), "checked": e == event} for e in limit.events]


def _told(w: Words, limit: Limit, c: Computation | None, start: date) -> dict[str, Any]:
    """Return a computation in words."""
    text = limit.text_id
    if c is None:
        nothing = dict.fromkeys(("opens", "safe", "then", "mind", "pause", "cite"), "")
        unknown = w.say("No rule is known for {day}.", day=w.day(start))
        lists: dict[str, Any] = {"steps": [], "advice": [], "readings": []}
        return {"says": w.limit(text, limit.says), "unknown": unknown, **nothing, **lists}
    then = w.limit(f"{text}.then", limit.then) if limit.then else ""
    return {
        "says": w.limit(text, limit.says),
        "unknown": w.say("No source gives a time limit for this.") if limit.none_known else "",
        "opens": w.say("Not before {day}", day=w.weekday(c.opens)) if c.opens else "",
        "safe": w.say(SAFE_DAYS[limit.kind], day=w.weekday(c.safe_day)) if c.safe_day else "",
        "steps": [step_text(w, s) for s in c.steps],
        "then": w.say("From {day} on: {says}", day=w.weekday(c.from_then), says=then) if then and c.from_then else then,
        "advice": [
            w.say("Better still by {day}: {says}", day=w.weekday(a.last_day), says=reading_text(w, limit, a.reading))
            for a in c.advice
        ],
        "mind": w.limit(f"{text}.mind", limit.mind) if limit.mind else "",
        "pause": w.say("It stands still: {when}", when=w.limit(f"{text}.pause", limit.pause)) if limit.pause else "",
        "readings": [
            {
                "says": reading_text(w, limit, r.reading) if r.reading.id else w.event(r.event),
                "day": w.weekday(r.last_day),
                "counts": r.reading.weight != "argument",
                "steps": [step_text(w, s) for s in r.steps],
                "cite": r.reading.cite,
                "open": bool(r.reading.open),
            }
            for r in c.readings
        ],
        "cite": limit.cite,
    }
