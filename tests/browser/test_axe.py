"""axe finds nothing on any kind of page, on a phone and on a desk, light and dark."""

from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESKTOP, PHONE, Opened

ROOT = Path(__file__).resolve().parents[2]
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = [
    "", "start/", "start/be-own-means/", "question/activity-kind/", "question/special-situations/",
    "question/nationalities/", "question/residence-country/", "question/start-up-capital/",
    "question/document-validity/", "question/age/", "answers/", "answers/resume/", "answers/forgotten/", "results/",
    "results/be-own-means/", "results/be-vlg-professional-card/", "no-such-page/",
]  # fmt: skip


def faults(page: Page) -> list[str]:
    """Return what axe finds wrong on a page."""
    page.evaluate(AXE)
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS)
    return [f"{v['id']}: {v['help']} {[n['html'][:200] for n in v['nodes']][:3]}" for v in found["violations"]]


@pytest.mark.parametrize(
    ("language", "size", "scheme"),
    [("nl", PHONE, "light"), ("de", DESKTOP, "dark")],
    ids=["nl-phone", "de-desktop-dark"],
)
def test_axe_finds_nothing(open_: Opened, language: str, size, scheme: str) -> None:
    page = open_(language, size, color_scheme=scheme)
    page.goto(f"/{language}/answers/resume/")
    page.locator("input[type=file]").set_input_files(ROOT / "examples/ghent-designer.yaml")
    page.locator("main button").first.click()
    wrong = {}
    for path in PAGES:
        page.goto(f"/{language}/{path}")
        wrong[path] = faults(page)
    for path in ("question/cultural-affinity/", "question/investment/", "question/ground/"):
        page.goto(f"/{language}/{path}")
        page.locator("input:checked").evaluate_all("all => all.forEach(x => { x.checked = false; })")
        page.locator("input[type=text]").evaluate_all("all => all.forEach(x => { x.value = ''; })")
        page.locator("main form button").first.click()
        wrong[f"{path} sent empty"] = faults(page)
    assert {path: found for path, found in wrong.items() if found} == {}
