"""The results: every pathway under its result, best first; one pathway with its whole tree; another day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from sojourn.decide.profile import FIRST_YEAR, LAST_YEAR, contradictions
from sojourn.site.answers import Answers, answers_of, changing
from sojourn.site.asking import form_of
from sojourn.site.assessed import all_told, one_told, upcoming
from sojourn.site.body import the_law, today, words
from sojourn.site.private import private
from sojourn.site.templating import address
from sojourn.values.calendar import parse_day
from sojourn.values.verdict import BEST_FIRST, Result
from sojourn.words import typed
from sojourn.words.findings import HEADINGS, SIGNS
from sojourn.words.language import Words
from sojourn.words.told import Told


@dataclass(frozen=True)
class Group:
    """The findings with one result."""

    result: Result
    sign: str
    title: str
    findings: tuple[Told, ...]


def groups(w: Words, told: Sequence[Told]) -> tuple[Group, ...]:
    """Return the findings under their results, best first; those that are not about the person's plan apart, last."""
    out = [
        Group(result, SIGNS[result], w.say(HEADINGS[result]), found)
        for result in BEST_FIRST
        if (found := tuple(t for t in told if t.result is result and not t.gate_fails))
    ]
    elsewhere = tuple(t for t in told if t.gate_fails)
    if elsewhere:
        out.append(Group(Result.CLOSED, SIGNS[Result.CLOSED], w.say("Not about your plan"), elsewhere))
    return tuple(out)


@private
@require_safe
def results(request: HttpRequest, language: str) -> HttpResponse:
    """All pathways; the one that questions aim at stands first."""
    return _shown(request, language, answers_of(request))


def _shown(
    request: HttpRequest, language: str, answers: Answers, error: str = "", typed_day: dict[str, str] | None = None
) -> HttpResponse:
    w = words(language)
    told = all_told(answers, language)
    asked = upcoming(answers)
    return render(
        request,
        "site/results.html",
        {
            "groups": groups(w, told),
            "aimed": next((t for t in told if t.pathway == answers.aim), None),
            "count": len(answers.order),
            "more": asked is not None,
            "in_play": asked.in_play if asked else 0,
            "total": len(told),
            "checked": all(t.checked for t in told),
            "error": error,
            **_day(answers, typed_day),
        },
        status=422 if error else 200,
    )


def _day(answers: Answers, typed_day: dict[str, str] | None = None) -> dict[str, Any]:
    day = answers.day
    shown = {"day": str(day.day), "month": str(day.month), "year": str(day.year)}
    return {"day": day, "is_today": day == today(), "typed": typed_day or shown}


@private
@require_http_methods(["POST"])
def another_day(request: HttpRequest, language: str) -> HttpResponse:
    """Assess on another day from now on; the same answers, the law of that day."""
    w, law, sent = words(language), the_law(), form_of(request.POST)
    if sent.get("today"):
        with changing(request) as answers:
            answers.on = None
        return HttpResponseRedirect(address(language, "results"))
    parts = {x: next(iter(sent.get(f"on-{x}", ())), "").strip()[:40] for x in ("day", "month", "year")}
    on = day_in(parts)
    error = "" if on else w.say("Give a day that exists, such as {day}.", day="20 9 2026")
    with changing(request) as answers:
        if on:
            clash = next(contradictions(law, answers.facts, on), None)
            if clash:
                error = str(w.texts.get("contradictions", {}).get(clash[0]) or clash[1])
            else:
                answers.on = None if on == today() else on
    if error:
        return _shown(request, language, answers, error, parts)
    return HttpResponseRedirect(address(language, "results"))


def day_in(parts: dict[str, str]) -> date | None:
    """Return the day typed in three fields; None where it is none."""
    try:
        on = date(*(int(typed.digits(parts[x])) for x in ("year", "month", "day")))
    except (ValueError, OverflowError):
        return None
    return on if FIRST_YEAR <= on.year <= LAST_YEAR else None


def linked_day(text: str) -> date | None:
    """Return the day in an address, `YYYY-MM-DD`; None where it is none, or lies outside any life."""
    try:
        day = parse_day(text)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


@private
@require_safe
def result(request: HttpRequest, language: str, pathway: str) -> HttpResponse:
    """One pathway: why, what is missing and what it could change, and the whole tree with its sources."""
    law, w = the_law(), words(language)
    if pathway not in law.pathways:
        raise Http404
    answers = answers_of(request)
    told, tree = one_told(answers, language, pathway)
    asks = {f: q.id for q in law.questions for f in q.sets}
    return render(
        request,
        "site/result.html",
        {
            "told": told,
            "tree": tree,
            "left_out": w.not_modelled(law.pathways[pathway]),
            "asks": asks,
            "count": len(answers.order),
            **_day(answers),
        },
    )
