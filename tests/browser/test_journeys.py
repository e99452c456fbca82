"""From the first question to the results in a real browser: every language, with and without scripts, by keyboard."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import icalendar
import pikepdf
import pytest
from playwright.sync_api import Page, expect

from sojourn.decide.assess import assess
from sojourn.decide.body import load_law
from sojourn.decide.profile import read_profile
from sojourn.decide.report import match_json
from sojourn.words.language import Words
from tests.browser.conftest import DESKTOP, NARROW, PHONE, Opened
from tests.browser.journey import answer_all, button
from tests.site.person import facts_of_example, sure

ROOT = Path(__file__).resolve().parents[2]
SOJOURN = Path(sys.executable).with_name("sojourn")


def at_day(page: Page, w: Words, language: str, on) -> None:
    page.goto(f"/{language}/results/")
    for label, part in (("Day", on.day), ("Month", on.month), ("Year", on.year)):
        page.get_by_label(w.say(label), exact=True).fill(str(part))
    button(page, w.say("Assess on that day")).click()
    expect(page.get_by_text(w.say("Assessed for {day}.", day=w.day(on)))).to_be_visible()


def from_first_question_to_file(page: Page, language: str, example: str, tmp_path: Path) -> None:
    law = load_law()
    w = Words(law, language)
    on, facts = facts_of_example(law, ROOT / f"examples/{example}.yaml")
    facts = sure(law, facts)
    at_day(page, w, language, on)
    page.goto(f"/{language}/start/")
    button(page, w.say("Begin")).click()
    answer_all(page, law, w, facts)
    expect(page.get_by_role("heading", level=1)).to_have_text(w.say("Your results"))
    best = assess(law, facts, on)[0]
    title = w.line(best.pathway, "title")
    expect(page.get_by_role("link", name=title, exact=True).first).to_be_visible()

    with page.expect_download() as download:
        page.get_by_role("link", name=w.say("Keep my answers (file)"), exact=True).click()
    kept = tmp_path / "me.yaml"
    download.value.save_as(kept)
    told = subprocess.run([SOJOURN, "match", kept, "--format", "json"], capture_output=True, text=True, check=True)
    results = {f["pathway"]: f["result"] for f in json.loads(told.stdout)["findings"]}
    assert results == {f.pathway.id: f.result.value for f in assess(law, facts, on)}
    mine = read_profile(law, kept)
    again = match_json(law, assess(law, mine.facts, on), mine.facts, on)
    assert json.loads(told.stdout) == json.loads(json.dumps(again, default=str)), "the same findings, to the last word"

    page.get_by_role("link", name=title, exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    page.get_by_role("link", name=w.say("About this pathway"), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)


@pytest.mark.parametrize(
    ("language", "size", "scripts", "example"),
    [
        ("nl", PHONE, False, "ghent-designer"),
        ("en", DESKTOP, True, "boston-pensioner"),
        ("fr", PHONE, True, "kinshasa-orange-card"),
        ("de", DESKTOP, False, "lisbon-translator"),
    ],
    ids=lambda x: {str(PHONE): "phone", str(DESKTOP): "desktop"}.get(str(x), str(x)),
)
def test_a_journey(open_: Opened, tmp_path: Path, language: str, size, scripts: bool, example: str) -> None:
    from_first_question_to_file(open_(language, size, scripts=scripts), language, example, tmp_path)


@pytest.mark.parametrize("language", ["en", "nl", "fr", "de"])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_every_language_with_and_without_scripts(open_: Opened, language: str, scripts: bool) -> None:
    w = Words(load_law(), language)
    page = open_(language, PHONE, scripts=scripts)
    page.goto(f"/{language}/start/")
    button(page, w.say("Begin")).click()
    button(page, w.say("Continue")).click()  # nothing chosen
    expect(page.get_by_role("alert")).to_contain_text(w.say("There is a problem"))
    page.get_by_role("alert").get_by_role("link").first.click()
    button(page, w.say("I do not know")).click()
    page.get_by_role("link", name=w.say("Your answers ({count})", count=1)).click()
    page.get_by_role("main").get_by_role("link", name=w.say("Change")).click()
    button(page, w.say("I would rather not say")).click()
    page.get_by_role("link", name=w.say("Results so far")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(w.say("Your results so far"))
    page.goto(f"/{language}/answers/")
    button(page, w.say("Erase my answers")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(w.say("Your answers are erased"))
    assert page.locator("html").get_attribute("lang") == language


def test_by_keyboard_alone(open_: Opened) -> None:
    page = open_("en")
    page.goto("/en/start/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the main text"
    page.keyboard.press("Enter")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "BUTTON":
            break
    assert page.evaluate("document.activeElement.textContent").strip() == "Begin"
    page.keyboard.press("Enter")
    page.wait_for_url("**/question/**")
    first = page.url
    for _ in range(25):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "radio":
            break
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.querySelectorAll('input[type=radio]')[1].checked")
    outline = page.evaluate("getComputedStyle(document.activeElement.closest('.choice')).outlineStyle")
    assert outline == "solid", "the focus can be seen"
    page.keyboard.press("Enter")  # a form is sent by Enter, as `Continue` would
    page.wait_for_url(lambda url: url != first)


@pytest.mark.parametrize("path", ["start/", "question/special-situations/", "question/nationalities/", "results/"])
def test_no_sideways_scroll_at_320_pixels(open_: Opened, path: str) -> None:
    page = open_("de", NARROW)
    page.goto(f"/de/{path}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_designer_takes_plan_and_calendar_along_in_dutch_on_a_phone_without_scripts(
    open_: Opened, tmp_path: Path
) -> None:
    """From the first question to the PDF and the calendar, and on to a dossier that begins with the answers."""
    law = load_law()
    w = Words(law, "nl")
    on, facts = facts_of_example(law, ROOT / "examples/ghent-designer.yaml")
    page = open_("nl", PHONE, scripts=False)
    at_day(page, w, "nl", on)
    page.goto("/nl/start/")
    button(page, w.say("Begin")).click()
    answer_all(page, law, w, sure(law, facts))
    title = w.line(law.pathways["be-vlg-professional-card"], "title")
    page.get_by_role("link", name=title, exact=True).first.click()
    page.get_by_role("link", name=w.say("Plan the application"), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(w.say("Plan: {title}", title=title))
    for label, part in (("Day", 1), ("Month", 12), ("Year", 2026)):
        page.locator("#day").get_by_label(w.say(label), exact=True).fill(str(part))
    button(page, w.say("Plan for that day")).click()
    filing = w.weekday(date(2026, 12, 1))
    expect(page.get_by_text(w.say("Filing day: {day}", day=filing), exact=True)).to_be_visible()
    expect(page.get_by_text("140").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    with page.expect_download() as download:
        page.get_by_role("link", name=w.say("Days with reminders, for your calendar (.ics)"), exact=True).click()
    calendar = icalendar.Calendar.from_ical(Path(download.value.path()).read_bytes())
    assert date(2026, 12, 1) in {e.decoded("dtstart") for e in calendar.walk("VEVENT")}

    page.get_by_label(w.say("Family name, as in the passport")).fill("Voorbeeld")
    page.get_by_label(w.say("Given names")).fill("Iemand")
    with page.expect_download() as download:
        button(page, w.say("The plan as PDF")).click()
    paper = tmp_path / "plan.pdf"
    download.value.save_as(paper)
    with pikepdf.open(paper) as pdf:
        assert str(pdf.Root.Lang).startswith("nl")
        assert pdf.Root.MarkInfo.Marked
        assert len(pdf.pages) >= 1
    assert "Voorbeeld" not in page.content() + page.url, "the name goes into the file alone"

    button(page, w.say("Begin a dossier")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    with page.expect_download() as download:
        page.get_by_role("link", name=w.say("Save the dossier (file)"), exact=True).click()
    kept = tmp_path / "me.sojourn"
    download.value.save_as(kept)
    status = subprocess.run(
        [SOJOURN, "dossier", "status", kept, "--lang", "nl"], capture_output=True, text=True, check=True
    )
    assert title in status.stdout
