"""The catalogue in a real Chromium: axe on each kind of page, narrow windows, the keyboard, and no scripts."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, NARROW, PHONE, Opened
from tests.browser.test_axe import faults

PAGES = [
    "", "pathways/", "pathways/?q=quux", "pathways/be-vlg-professional-card/", "pathways/be-own-means/",
    "countries/be/", "countries/be/vlg/", "countries/be/side-by-side/", "sources/", "sources/vl-decree-2021-10-15/",
    "compare/?p1=be-own-means&p2=be-vlg-professional-card", "coverage/", "changes/", "currency/",
]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "size", "scheme"),
    [("fr", PHONE, "dark"), ("en", DESKTOP, "light")],
    ids=["fr-phone-dark", "en-desktop"],
)
def test_axe_finds_nothing(open_: Opened, language: str, size, scheme: str) -> None:
    page = open_(language, size, color_scheme=scheme)
    wrong = {}
    for path in PAGES:
        page.goto(f"/{language}/{path}")
        page.evaluate("document.querySelectorAll('details').forEach(x => { x.open = true; })")
        wrong[path] = faults(page)
    assert {path: found for path, found in wrong.items() if found} == {}


def test_nothing_is_wider_than_a_window_of_320_pixels(open_: Opened) -> None:
    page = open_("de", NARROW)
    for path in PAGES:
        page.goto(f"/de/{path}")
        page.evaluate("document.querySelectorAll('details').forEach(x => { x.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_the_first_stop_of_the_keyboard_skips_to_the_text(open_: Opened) -> None:
    page = open_("nl", DESKTOP)
    page.goto("/nl/pathways/be-own-means/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Naar de hoofdtekst")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_search_page_compare_and_currency_without_scripts(open_: Opened) -> None:
    page = open_("nl", PHONE, scripts=False)
    page.goto("/nl/pathways/")
    page.get_by_label("Zoeken").fill("beroepskaart vlaanderen")
    page.get_by_role("button", name="Tonen").click()
    page.get_by_role("link", name="Beroepskaart, Vlaanderen", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Beroepskaart, Vlaanderen")
    page.get_by_role("link", name="Bedragen in een andere munt tonen").click()
    page.get_by_label("Munt").select_option("USD")
    page.get_by_role("button", name="Tonen").click()
    expect(page.locator("#money")).to_contain_text("USD")
    page.get_by_role("link", name="Vergelijken met een andere").click()
    page.get_by_label("Verblijfsweg 2").select_option("be-own-means")
    page.get_by_role("button", name="Vergelijken").click()
    expect(page.locator("table.compare thead a")).to_have_count(2)


def test_a_page_leads_to_questions_aimed_at_it(open_: Opened) -> None:
    page = open_("en", DESKTOP)
    page.goto("/en/pathways/be-own-means/")
    page.get_by_role("link", name="Could I get this one?").click()
    page.get_by_role("button", name="Begin").click()
    expect(page.locator(".progress")).to_contain_text("Living on your own means")


def test_the_chart_is_named_and_its_table_has_every_number(open_: Opened) -> None:
    page = open_("en", DESKTOP)
    page.goto("/en/pathways/be-own-means/")
    chart = page.get_by_role("img", name="How these amounts moved").first
    expect(chart).to_be_visible()
    page.get_by_text("Every amount since we know it").first.click()
    rows = page.locator("#money details[open] tbody tr")
    assert rows.count() > 20
