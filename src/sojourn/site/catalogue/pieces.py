"""What several pages of the catalogue share: a pathway as lists show it, options of a field, names of grades."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.http import Http404, HttpRequest

from sojourn.law.model import Pathway
from sojourn.site.body import the_law, words
from sojourn.site.catalogue import places
from sojourn.site.catalogue.finder import Finder
from sojourn.site.catalogue.texts import page_text
from sojourn.words.findings import GRADES
from sojourn.words.language import Words

CURRENCY = "currency"
"""The cookie that remembers it."""


GRADE_HEADINGS = {
    "official": "Acts, judgments and pages of the authority",
    "secondary": "Secondary sources",
    "derived": "Behind amounts that we computed",
    "unconfirmed": "Unconfirmed",
}


@cache
def finder(language: str) -> Finder:
    """Return the texts of a language made ready to be searched, once."""
    return Finder(words(language))


def pathway_of(id: str) -> Pathway:
    """Return the pathway `id`; raises Http404."""
    found = the_law().pathways.get(id)
    if found is None:
        raise Http404
    return found


def origin_of(request: HttpRequest) -> str:
    """Return scheme and host, as absolute addresses begin."""
    return f"{request.scheme}://{request.get_host()}"


def item(w: Words, p: Pathway) -> dict[str, Any]:
    """Return a pathway as lists show it."""
    theme = places.theme_of(p)
    return {
        "id": p.id,
        "title": w.line(p, "title"),
        "summary": page_text(w, p, "summary"),
        "place": places.place_name(w, p),
        "theme": places.theme_name(w, theme) if theme else "",
        "terms": tuple(p.terms.items()),
    }


def by_theme(w: Words, listed: Iterable[Pathway]) -> list[tuple[str, list[Pathway]]]:
    """Return pathways under the heading of their subject, by title; those without one last."""
    groups: dict[str, list[Pathway]] = {theme: [] for theme in (*places.THEMES, "")}
    for p in listed:
        groups[places.theme_of(p)].append(p)
    ordered = {t: sorted(g, key=lambda p: w.line(p, "title")) for t, g in groups.items()}
    return [(places.theme_name(w, t) if t else w.say("Other pathways"), g) for t, g in ordered.items() if g]


def options(w: Words, pairs: Iterable[tuple[str, str]], chosen: str, empty: str = "") -> list[dict[str, Any]]:
    """Return the choices of a field, with one that stands for no choice first."""
    options = [{"value": "", "text": empty or w.say("All"), "checked": not chosen}]
    return options + [{"value": value, "text": text, "checked": value == chosen} for value, text in pairs]


def grades(w: Words) -> dict[str, Any]:
    """Return what templates need to name grades: `grade`, and `grade_heading` for a list of sources."""
    return {
        "grade": {g: w.say(text) for g, text in GRADES.items()},
        "grade_heading": {g: w.say(text) for g, text in GRADE_HEADINGS.items()},
    }
