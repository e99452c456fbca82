"""The texts of a pathway's page in a language: what it has there, else nothing; a page shows what is known."""

from typing import Any

from sojourn.law.model import Pathway
from sojourn.words.language import Words


def page_text(w: Words, pathway: Pathway, key: str) -> str:
    """Return a text of the page; empty where it has none in this language."""
    found = _page(w, pathway).get(key)
    return found.strip() if isinstance(found, str) else ""


def page_list(w: Words, pathway: Pathway, key: str) -> tuple[str, ...]:
    """Return the texts of a list of the page."""
    found = _page(w, pathway).get(key)
    return tuple(str(x) for x in found) if isinstance(found, list) else ()


def better_routes(w: Words, pathway: Pathway) -> tuple[tuple[str, str, str], ...]:
    """Return what the pathway is not, the better route in words, and the id of its pathway or an empty text."""
    english, own = pathway.page.get("what_it_is_not") or [], _page(w, pathway).get("what_it_is_not") or []
    if len(english) != len(own):
        return ()
    return tuple(
        (str(mine["not"]), str(mine["better"]), str(it.get("instead") or ""))
        for it, mine in zip(english, own, strict=True)
    )


def why_difficult(w: Words, pathway: Pathway) -> str:
    """Return why the page judges the difficulty as it does."""
    found = _page(w, pathway).get("difficulty")
    return str(found.get("why") or "") if isinstance(found, dict) else ""


def _page(w: Words, pathway: Pathway) -> dict[str, Any]:
    return pathway.page if w.language == "en" else pathway.pages.get(w.language, {})
