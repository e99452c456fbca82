"""A plan as files to take away: PDF, text, calendar, data."""

from dataclasses import asdict
from datetime import date
from hashlib import sha256
from typing import Any

from sojourn.dossier.plan import Plan
from sojourn.papers.journey import Journey, Payer
from sojourn.papers.page import Document
from sojourn.papers.plan_paper import plan_matter, plan_paper
from sojourn.words.language import Words
from sojourn.words.plan import journey


def plan_document(w: Words, plan: Plan, payer: Payer | None = None) -> Document:
    """Return the plan as a document."""
    return plan_paper(w, journey(w, plan, payer))


def plan_text(w: Words, plan: Plan, payer: Payer | None = None) -> str:
    """Return the plan as plain text, QR codes included."""
    from sojourn.papers.plain import text

    return text(plan_document(w, plan, payer))


def plan_pdf(w: Words, plan: Plan, payer: Payer | None = None) -> bytes:
    """Return the plan as PDF/UA-1."""
    from sojourn.papers.typeset import pdf

    return pdf(plan_document(w, plan, payer))


def plan_calendar(w: Words, plan: Plan) -> bytes:
    """Return the days of the plan as a calendar (.ics).

    A plan made anew for the same pathway and person moves its events: what nobody can change of a person names it.
    """
    from sojourn.papers.diary import calendar

    told = journey(w, plan)
    fixed = sorted(repr(x) for x in plan.facts.items() if w.law.facts[x[0]].change == "fixed")
    key = sha256(f"{plan.pathway} {fixed}".encode()).hexdigest()[:16]
    return calendar(w, plan_matter(w, told, key))


def plan_json(told: Journey) -> dict[str, Any]:
    """Return a plan in words as data, days as ISO text: `docs/schema/plan.schema.json`."""
    found = _plain(asdict(told))
    assert isinstance(found, dict)
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(x) for key, x in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(x) for x in value]
    return value.isoformat() if isinstance(value, date) else value
