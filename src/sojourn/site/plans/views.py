"""Plan pages: everything that follows from an answer, for one filing day or two side by side, and as files."""

from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe
from markupsafe import Markup
from pydantic_core import to_json

from sojourn.dossier.plan import Plan, plan
from sojourn.law.model import Pathway
from sojourn.papers.codes import svg
from sojourn.papers.journey import Errand, Journey, Payer
from sojourn.papers.plan_paper import plan_matter
from sojourn.papers.timeline import timeline
from sojourn.site.answers import Answers, answers_of
from sojourn.site.body import the_law, today, words
from sojourn.site.plans.kept import Chosen, choose, chosen
from sojourn.site.private import private
from sojourn.site.results import day_in
from sojourn.site.templating import address
from sojourn.words.language import Words
from sojourn.words.plan import journey
from sojourn.words.plan_papers import plan_calendar, plan_json, plan_pdf, plan_text

FARTHEST = timedelta(days=3 * 366)
"""How far ahead a filing day may lie; how far back it may, too."""
_MOST_NAME = 200
_TYPES = {
    "pdf": "application/pdf", "ics": "text/calendar; charset=utf-8", "txt": "text/plain; charset=utf-8",
    "json": "application/json",
}  # fmt: skip


def _pathway(id: str) -> Pathway:
    found = the_law().pathways.get(id)
    if found is None:
        raise Http404
    return found


def _made(found: Pathway, answers: Answers, filed: date) -> Plan:
    return plan(the_law(), found.id, answers.facts, filed, today())


@private
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, language: str, pathway: str) -> HttpResponse:
    """The plan of a pathway; a filing day or ticks sent are kept, then the page is shown anew."""
    w, found = words(language), _pathway(pathway)
    if found.procedure is None:
        return render(request, "site/plans/none.html", {"pathway": found, "title": w.line(found, "title")})
    what = chosen(request, pathway)
    error, typed = "", None
    if request.method == "POST":
        error, typed = _take(request, w, pathway, what)
        if not error:
            return HttpResponseRedirect(address(language, "plan", pathway=pathway))
    answers = answers_of(request)
    filed = what.filed or answers.day
    told = journey(w, _made(found, answers, filed))
    given = {
        "pathway": found,
        "told": told,
        "stages": _by_stage(told),
        "typed": typed or _typed(filed),
        "error": error,
        "ticks": set(what.ticks),
        "count": len(answers.facts),
        "payment": lambda code: Markup(svg(code.text)),  # noqa: S704  a drawing of squares that we make
        "kinds": [k for k in _TYPES if k != "json"],
    }
    return render(request, "site/plans/plan.html", given, status=422 if error else 200)


def _take(request: HttpRequest, w: Words, pathway: str, what: Chosen) -> tuple[str, dict[str, str] | None]:
    """Keep the day or the ticks sent; return what is wrong with the day, and what was typed."""
    if "ticks" in request.POST:
        what.ticks = [x[:120] for x in request.POST.getlist("paper")]
        choose(request, pathway, what)
        return "", None
    day, error, typed = _day_sent(request, w, "on")
    if not error:
        what.filed = day
        choose(request, pathway, what)
    return error, typed


def _day_sent(request: HttpRequest, w: Words, name: str) -> tuple[date | None, str, dict[str, str]]:
    typed = {x: request.POST.get(f"{name}-{x}", "").strip()[:40] for x in ("day", "month", "year")}
    day = day_in(typed)
    if day is None:
        return None, w.say("Give a day that exists, such as {day}.", day="20 9 2026"), typed
    if abs(day - today()) > FARTHEST:
        return None, w.say("Give a filing day within three years of today."), typed
    return day, "", typed


def _typed(day: date) -> dict[str, str]:
    return {"day": str(day.day), "month": str(day.month), "year": str(day.year)}


def _by_stage(told: Journey) -> list[dict[str, Any]]:
    """Return the stages in order, each with its filing, papers, fees, clocks and appeals."""
    return [
        {
            "filing": f,
            "errands": [e for e in told.errands if e.stage == f.stage],
            "fees": [x for x in told.fees if x.stage == f.stage],
            "clocks": [x for x in told.clocks if x.stage == f.stage],
            "appeals": [x for x in told.appeals if x.stage == f.stage],
        }
        for f in told.filings
    ]


@private
@require_http_methods(["GET", "HEAD", "POST"])
def file(request: HttpRequest, language: str, pathway: str, kind: str) -> HttpResponse:
    """The plan as a file. Names sent with it go into the payment messages of that file, and are kept nowhere."""
    w, found = words(language), _pathway(pathway)
    if found.procedure is None or kind not in _TYPES:
        raise Http404
    answers = answers_of(request)
    made = _made(found, answers, chosen(request, pathway).filed or answers.day)
    payer = _payer(request)
    match kind:
        case "pdf":
            raw: Any = plan_pdf(w, made, payer)
        case "ics":
            raw = plan_calendar(w, made)
        case "txt":
            raw = plan_text(w, made, payer)
        case _:
            raw = to_json(plan_json(journey(w, made, payer)), indent=2)
    response = HttpResponse(raw, content_type=_TYPES[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="plan-{pathway}-{made.filing_day}.{kind}"'
    return response


def _payer(request: HttpRequest) -> Payer:
    family, given = (request.POST.get(x, "").strip()[:_MOST_NAME] for x in ("family_name", "given_names"))
    return Payer(family, given, day_in({x: request.POST.get(f"born-{x}", "")[:40] for x in ("day", "month", "year")}))


@private
@require_safe
def picture(request: HttpRequest, language: str, pathway: str) -> HttpResponse:
    """The days of the plan as a picture (SVG)."""
    w, found = words(language), _pathway(pathway)
    if found.procedure is None:
        raise Http404
    answers = answers_of(request)
    told = journey(w, _made(found, answers, chosen(request, pathway).filed or answers.day))
    return HttpResponse(timeline(w, plan_matter(w, told, "plan")), content_type="image/svg+xml")


@private
@require_http_methods(["GET", "HEAD", "POST"])
def two_days(request: HttpRequest, language: str, pathway: str) -> HttpResponse:
    """File before or after? The plan for two filing days side by side."""
    w, found = words(language), _pathway(pathway)
    if found.procedure is None:
        raise Http404
    what = chosen(request, pathway)
    errors: dict[str, str] = {}
    typed: dict[str, dict[str, str]] = {}
    if request.method == "POST":
        days: dict[str, date | None] = {}
        for name in ("filed", "other"):
            days[name], error, typed[name] = _day_sent(request, w, name)
            errors |= {name: error} if error else {}
        if not errors:
            what.filed, what.other = days["filed"], days["other"]
            choose(request, pathway, what)
            return HttpResponseRedirect(address(language, "plan-days", pathway=pathway))
    answers = answers_of(request)
    first = what.filed or answers.day
    second = what.other or first + timedelta(days=90)
    told = [journey(w, _made(found, answers, day)) for day in (first, second)]
    given = {
        "pathway": found,
        "title": told[0].title,
        "told": told,
        "rows": [r for r in _rows(w, told) if any(r["cells"])],
        "typed": typed or {"filed": _typed(first), "other": _typed(second)},
        "errors": errors,
    }
    return render(request, "site/plans/days.html", given, status=422 if errors else 200)


def _rows(w: Words, told: list[Journey]) -> list[dict[str, Any]]:
    """Return what differs, or is worth comparing, between the plans: a name and a cell of sentences for each."""

    def row(name: str, cells: list[list[str]]) -> dict[str, Any]:
        return {"name": name, "cells": cells, "same": cells[0] == cells[1]}

    decisions = [
        [f"{c.who}{w.colon} {w.weekday(c.last_day)}" for c in t.clocks if c.last_day is not None] for t in told
    ]
    return [
        row(w.say("The answer"), [[t.heading] for t in told]),
        row(w.say("What stands in the way"), [[p.says for p in t.obstacles] for t in told]),
        row(w.say("The race against the clock"), [[s for r in t.races for s in r.told] for t in told]),
        row(w.say("Clocks that start on the filing day"), decisions),
        row(w.say("Papers not older than"), [[*dict.fromkeys(_ages(w, t.errands))] for t in told]),
        row(w.say("Fees"), [[f"{f.says} {f.amount}" for f in t.fees] for t in told]),
        row(w.say("The way ahead"), [[f"{m.when}: {m.says}" for m in t.timeline] for t in told]),
    ]  # fmt: skip


def _ages(w: Words, errands: tuple[Errand, ...]) -> list[str]:
    return [f"{p.title}: {w.day(p.oldest)}" for e in errands for p in e.papers if p.oldest is not None]
