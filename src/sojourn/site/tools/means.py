"""The means calculator. The address holds a day at most; income and household are sent in the body and kept nowhere."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from sojourn.decide.means import Reference, Use, references
from sojourn.law.amounts import row_on
from sojourn.site.body import the_law, today, words
from sojourn.site.private import private
from sojourn.site.results import day_in, linked_day
from sojourn.values.money import Money, MoneyError
from sojourn.words import typed as read
from sojourn.words.language import Words

MOST_FURTHER = 20
EFFECTS_ON = {
    "decides": "condition",
    "reference": "reference; below it the case is looked at one by one",
    "anchor": "to plan with; no pass mark",
    "practice": "practice, without legal basis",
    "appraised": "weighed by the authority",
    "caution": "a caution only",
}


@private
@require_http_methods(["GET", "HEAD", "POST"])
def means(request: HttpRequest, language: str) -> HttpResponse:
    """Show the amounts of a day for a household, where an income stands, how each is made up, and its source."""
    w = words(language)
    sent = {x: request.POST.get(x, "").strip()[:60] for x in ("income", "further", "on-day", "on-month", "on-year")}
    errors: dict[str, str] = {}
    on, further, income = _linked(request), 0, None
    if request.method == "POST":
        on, further, income = _read(w, sent, errors)
    given = {
        "on": on,
        "link": on != today(),
        "typed": {x: sent[f"on-{x}"] for x in ("day", "month", "year")} if request.method == "POST" else _parts(on),
        "income": sent["income"],
        "further": sent["further"] or "0",
        "rows": [_row(w, r, on, income) for r in references(the_law(), on, further)],
        "asked": income is not None,
        "errors": errors,
    }
    return render(request, "site/tools/means.html", given, status=422 if errors else 200)


def _linked(request: HttpRequest) -> date:
    return linked_day(request.GET.get("on", "")) or today()


def _read(w: Words, sent: dict[str, str], errors: dict[str, str]) -> tuple[date, int, int | None]:
    on = day_in({x: sent[f"on-{x}"] for x in ("day", "month", "year")})
    if on is None:
        errors["on"] = w.say("Give a day that exists, such as {day}.", day="20 9 2026")
    further = read.whole(sent["further"] or "0")
    if not (further.isdecimal() and int(further) <= MOST_FURTHER):
        errors["further"] = w.say("Write a whole number from 0 to {most}.", most=MOST_FURTHER)
    income = None
    if sent["income"]:
        try:
            income = Money.parse(read.money(sent["income"])).cents
        except MoneyError:
            errors["income"] = w.say("Write an amount, such as {amount}.", amount="2600")
        if income is not None and income < 0:
            errors["income"], income = w.say("Write an amount of 0 or more."), None
    return on or today(), 0 if "further" in errors else int(further), income


def _parts(day: date) -> dict[str, str]:
    return {"day": str(day.day), "month": str(day.month), "year": str(day.year)}


def _row(w: Words, r: Reference, on: date, income: int | None) -> dict[str, Any]:
    """Return an amount in words: its value, how it is made up, who looks at it, where the income stands."""
    amount = w.law.amounts[r.amount]
    low, high = r.worth.low, r.worth.high
    if low is None or high is None:
        value = w.say("not known")
    elif low == high:
        value = w.money(low)
    else:
        value = w.say("between {low} and {high}", low=w.money(low), high=w.money(high))
    row = row_on(amount, on) if amount.rows else None
    return {
        "name": w.amount(r.amount),
        "value": value,
        "since": w.say("since {day}", day=w.day(r.worth.first)) if r.worth.first and low is not None else "",
        "stands": r.stands(income) if income is not None else "",
        "parts": _parts_of(w, r),
        "why_unknown": row.unknown if row and row.low is None else "",
        "cite": r.worth.cite,
        "uses": _uses(w, r.uses),
    }


def _parts_of(w: Words, r: Reference) -> list[str]:
    """Return the series behind a formula, with their values of the day."""
    if not w.law.amounts[r.amount].formula:
        return []
    return [
        f"{w.amount(id)}: {w.money(row.low)}, {w.say('since {day}', day=w.day(row.first))}"
        for id, row in r.worth.rows
        if row.low is not None
    ]


def _uses(w: Words, uses: tuple[Use, ...]) -> list[dict[str, str]]:
    out: dict[tuple[str, str], dict[str, str]] = {}
    for u in uses:
        as_ = w.say(EFFECTS_ON[u.effect])
        out[u.pathway.id, as_] = {"pathway": u.pathway.id, "title": w.line(u.pathway, "title"), "as": as_}
    return list(out.values())
