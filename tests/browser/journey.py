"""Somebody who answers the questions of the site in a browser, by what the labels say."""

from collections.abc import Mapping
from datetime import date

from playwright.sync_api import Locator, Page

from sojourn.law.model import Law, Question
from sojourn.values.known import Exact, Known
from sojourn.words.language import Words
from tests.site.person import asked_id


def button(page: Page, text: str) -> Locator:
    return page.get_by_role("button", name=text, exact=True)


def choose(page: Page, label: str) -> None:
    """Choose what a label says, by clicking on it; the label covers the whole line."""
    page.locator(".choices").get_by_text(label, exact=True).first.click()
    assert page.get_by_label(label, exact=True).first.is_checked()


def answer_question(page: Page, w: Words, q: Question, facts: Mapping[str, Known]) -> None:
    """Answer the question on the page with what is known, through its labels."""
    known = [facts.get(id) for id in q.sets]
    if not all(isinstance(k, Exact) for k in known):
        button(page, w.say("I do not know")).click()
        return
    for id, k in zip(q.sets, known, strict=True):
        fact = w.law.facts[id]
        assert isinstance(k, Exact)
        value = k.value
        if fact.type == "countries":
            assert isinstance(value, frozenset)
            page.get_by_label(w.say("First one")).select_option(min(value))
        elif fact.type == "country":
            page.get_by_role("combobox").select_option(str(value))
        elif isinstance(value, frozenset):
            for v in value:
                choose(page, w.value(fact, v))
        elif fact.type == "date":
            day = date.fromordinal(int(str(value)))
            for label, part in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
                page.get_by_label(w.say(label), exact=True).fill(str(part))
        elif fact.is_number:
            number = w.money(int(str(value))).replace("€", "").strip() if fact.type == "money" else str(value)
            page.get_by_role("textbox").fill(number)
        else:
            text = w.value(fact, value)
            choose(page, text[:1].upper() + text[1:])
    if all(isinstance(k, Exact) and k.value == frozenset() for k in known):
        none = w.question(q.id, "none", q.none) if q.none else w.say("None of these")
        choose(page, none)
    button(page, w.say("Continue")).click()


def answer_all(page: Page, law: Law, w: Words, facts: Mapping[str, Known]) -> list[str]:
    """Answer every question from the one on the page to the results; return their ids."""
    asked = []
    while id := asked_id("/" + page.url.split("/", 3)[3]):
        assert len(asked) < 100, "the questions do not end"
        answer_question(page, w, next(q for q in law.questions if q.id == id), facts)
        asked.append(id)
    return asked
