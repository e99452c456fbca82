"""axe finds nothing on any kind of page, on a phone and on a desk, light and dark."""

from pathlib import Path

import axe_playwright_python
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
AFTER_THE_ANSWER = [
    "plan/be-vlg-professional-card/", "plan/be-vlg-professional-card/days/", "tools/deadline/",
    "tools/deadline/?rule=vlg-card-appeal-to-minister&on-day=3&on-month=7&on-year=2026", "tools/means/",
    "tools/family/", "dossier/", "dossier/record/filed/",
    "pathways/be-vlg-professional-card/experience/", "experience/moderation/", "api/",
]  # fmt: skip
SENT_EMPTY = ["question/cultural-affinity/", "question/investment/", "question/ground/"]


def faults(page: Page, rules: list[str] | None = None) -> list[str]:
    """Return what axe finds wrong on a page: by all rules of WCAG 2.2 AA and good practice, or by these alone."""
    page.evaluate(AXE)
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS}
    options = {"runOnly": only, "resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(document, options)", options)
    return [f"{v['id']}: {v['help']} {[n['html'][:200] for n in v['nodes']][:3]}" for v in found["violations"]]


def take_up(page: Page, language: str) -> None:
    page.goto(f"/{language}/answers/resume/")
    page.locator("input[type=file]").set_input_files(ROOT / "examples/ghent-designer.yaml")
    page.locator("main button").first.click()


def test_axe_finds_nothing(open_: Opened) -> None:
    page = open_("nl", PHONE)
    take_up(page, "nl")
    wrong = {}
    for path in PAGES:
        page.goto(f"/nl/{path}")
        wrong[path] = faults(page)
    for path in SENT_EMPTY:
        page.goto(f"/nl/{path}")
        empty(page)
        wrong[f"{path} sent empty"] = faults(page)
    assert {path: found for path, found in wrong.items() if found} == {}


def test_axe_finds_nothing_on_plans_tools_dossiers_and_experiences(open_: Opened) -> None:
    page = open_("fr", PHONE)
    take_up(page, "fr")
    page.goto("/fr/dossier/")
    wrong = {"no dossier open": faults(page)}
    page.locator("input[type=file]").set_input_files(ROOT / "examples/antwerp-architect.sojourn")
    page.locator("main button").first.click()
    for path in AFTER_THE_ANSWER:
        answer = page.goto(f"/fr/{path}")
        assert answer
        assert answer.ok, path
        page.evaluate("document.querySelectorAll('details').forEach(x => { x.open = true; })")
        wrong[path] = faults(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
    assert {path: found for path, found in wrong.items() if found} == {}


def test_colours_stand_out_in_the_dark(open_: Opened) -> None:
    page = open_("de", DESKTOP, color_scheme="dark")
    take_up(page, "de")
    wrong = {}
    for path in ("start/", "question/start-up-capital/", "answers/", "results/", "results/be-vlg-professional-card/"):
        page.goto(f"/de/{path}")
        wrong[path] = faults(page, ["color-contrast"])
    page.goto(f"/de/{SENT_EMPTY[0]}")
    empty(page)
    wrong[SENT_EMPTY[0]] = faults(page, ["color-contrast"])
    assert {path: found for path, found in wrong.items() if found} == {}


def empty(page: Page) -> None:
    """Send a question without an answer."""
    page.locator("input:checked").evaluate_all("all => all.forEach(x => { x.checked = false; })")
    page.locator("input[type=text]").evaluate_all("all => all.forEach(x => { x.value = ''; })")
    page.locator("main form button").first.click()
