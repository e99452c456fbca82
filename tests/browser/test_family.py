"""Who of the family applies: filled in by hand, on a phone without scripts and on a desk, in every language."""

import pytest

from tests.browser.conftest import DESKTOP, PHONE, Opened
from tests.browser.test_axe import faults

WORDS = {
    "en": ("Who of the family applies?", "Add a person", "Show what each choice opens", "for 3 of 3: a way is open"),
    "nl": (
        "Wie van het gezin dient de aanvraag in?",
        "Een persoon toevoegen",
        "Toon wat elke keuze opent",
        "voor 3 van 3",
    ),
    "fr": (
        "Qui, dans la famille, introduit la demande ?",
        "Ajouter une personne",
        "Voir ce que chaque choix ouvre",
        "pour 3 sur 3",
    ),
    "de": ("Wer aus der Familie stellt den Antrag?", "Eine Person hinzufügen", "Zeigen, was jede Wahl", "für 3 von 3"),
}
PERSONS = [
    {"nation": "BR", "age": "34", "lives": "abroad", "ground": "none", "work": "none"},
    {"relation": "spouse", "nation": "PT", "age": "36", "lives": "abroad", "ground": "none", "work": "employed"},
    {"relation": "child", "nation": "BR", "age": "4", "lives": "abroad", "ground": "none"},
]


@pytest.mark.parametrize("language", sorted(WORDS))
@pytest.mark.parametrize(("size", "scripts"), [(PHONE, False), (DESKTOP, True)], ids=["phone", "desktop"])
def test_a_family_learns_which_choice_opens_most(open_: Opened, language: str, size, scripts: bool) -> None:
    title, add, show, best = WORDS[language]
    page = open_(language, size, scripts=scripts)
    page.goto(f"/{language}/pathways/")
    page.get_by_role("link", name=title).click()
    page.get_by_role("button", name=add).click()
    for i, person in enumerate(PERSONS):
        for field, value in person.items():
            place = page.locator(f"[name={field}-{i}]")
            if field == "age":
                place.fill(value)
            else:
                place.select_option(value)
    page.get_by_role("button", name=show).click()
    assert page.get_by_role("heading", level=1).inner_text() == title
    assert best in page.locator("section[aria-labelledby=choices]").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert "?" not in page.url, "no address holds the family"
    if scripts:
        page.evaluate("document.querySelectorAll('details').forEach(x => { x.open = true; })")
        assert faults(page) == []
        page.locator("[name=age-0]").fill("old")
        page.get_by_role("button", name=show).click()
        assert faults(page) == []
