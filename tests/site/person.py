"""Somebody at a browser: answers the questions of the site with what a profile says, through the forms alone."""

import re
from collections.abc import Mapping
from datetime import date
from html import unescape
from typing import Any

from django.test import Client

from sojourn.decide.profile import read_profile
from sojourn.law.model import Law, Question
from sojourn.values.known import Band, Exact, Known, NoneOf, Silent

FORM = "application/x-www-form-urlencoded"


def post(client: Client, address: str, fields: Mapping[str, Any] | None = None, **extra: Any) -> Any:
    """Send a form as a browser does."""
    from urllib.parse import urlencode

    return client.post(address, urlencode(fields or {}, doseq=True), content_type=FORM, **extra)


def fields_for(law: Law, q: Question, facts: Mapping[str, Known]) -> dict[str, Any]:
    """Return the fields that answer a question with what is known; "I do not know" where nothing is."""
    known = [facts.get(id) for id in q.sets]
    if any(k is None for k in known) or any(isinstance(k, Silent) and k.why == "not_known" for k in known):
        return {"say": "unknown"}
    if any(isinstance(k, Silent) for k in known):
        return {"say": "declined"}
    out: list[str] = []
    for id, k in zip(q.sets, known, strict=True):
        fact = law.facts[id]
        assert isinstance(k, Exact | Band), (id, k)
        if isinstance(k, Band):
            from sojourn.decide.profile import written

            return {"answer": written(fact, k)}
        if fact.type == "date":
            day = date.fromordinal(int(str(k.value)))
            return {"exact-day": day.day, "exact-month": day.month, "exact-year": day.year}
        if fact.type == "money":
            return {"exact": f"{int(str(k.value)) / 100:.2f}"}
        if fact.type == "integer":
            return {"exact": k.value}
        if isinstance(k.value, frozenset):
            out += [f"{id}:{v}" if len(q.sets) > 1 else v for v in sorted(k.value)]
        else:
            out.append(str(k.value).lower() if fact.type == "bool" else str(k.value))
    return {"answer": out or ["none-of-these"]}


def asked_id(address: str) -> str:
    """Return the question that an address leads to; empty when it leads elsewhere."""
    match = re.fullmatch(r"/\w\w/question/([\w-]+)/", address)
    return match[1] if match else ""


def answer_all(client: Client, law: Law, language: str, facts: Mapping[str, Known]) -> list[str]:
    """Answer every question the site asks; return their ids in order."""
    where = post(client, f"/{language}/start/").headers["Location"]
    asked = []
    while id := asked_id(where):
        assert len(asked) < 200, "the questions do not end"
        page = client.get(where)
        assert page.status_code == 200
        q = next(q for q in law.questions if q.id == id)
        done = post(client, where, fields_for(law, q, facts))
        assert done.status_code == 302, (id, fields_for(law, q, facts), text_of(done))
        asked.append(id)
        where = done.headers["Location"]
    assert where == f"/{language}/results/"
    return asked


def text_of(page: Any) -> str:
    """Return what a page says, without its tags."""
    body = re.sub(r"(?s)<head>.*?</head>|<svg.*?</svg>", " ", page.text)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def facts_of_example(law: Law, path: Any) -> tuple[date, dict[str, Known]]:
    """Return the day and the facts of an example."""
    who = read_profile(law, path)
    assert who.on
    return who.on, who.facts


def sure(law: Law, facts: Mapping[str, Known]) -> dict[str, Known]:
    """Return the facts of somebody who knows what the profile leaves half open: a form asks for the thing itself.

    A question about several facts is answered for all of them.
    """
    out = dict(facts)
    for id, known in facts.items():
        if isinstance(known, NoneOf):
            out[id] = Exact(known.includes or frozenset({"MA"} if id == "person.nationalities" else ()))
    for q in law.questions:
        if len(q.sets) > 1 and any(id in out for id in q.sets):
            out |= {id: Exact(frozenset()) for id in q.sets if id not in out}
    return out
