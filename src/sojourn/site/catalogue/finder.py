"""Search in the catalogue: words against the texts of each pathway in the reader's language, and its terms of art."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sojourn.law.model import Pathway
from sojourn.site.catalogue.places import country_of, place_name, theme_of
from sojourn.words.language import Words

MOST = 200
"""Characters of a question that are read."""
_WEIGHTS = (("summary", 6), ("who_it_is_for", 4), ("kind", 4), ("work_setup", 4), ("best_for", 3))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for: words, a country, a region, a subject; empty where it does not matter."""

    words: str = ""
    country: str = ""
    region: str = ""
    theme: str = ""


def folded(text: str) -> str:
    """Return a text for comparing: lower case, without accents."""
    plain = unicodedata.normalize("NFKD", text[:100_000].casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


class Finder:
    """The texts of all pathways in one language, made ready to be searched."""

    def __init__(self, w: Words) -> None:
        self.w = w
        self.texts = {p.id: tuple(_texts(w, p)) for p in w.law.pathways.values()}

    def find(self, wanted: Wanted) -> list[Pathway]:
        """Return the pathways that fit, the best first, of those the shortest title; without words all, by title."""
        asked = re.findall(r"\w+", folded(wanted.words[:MOST]))
        ranked = []
        for p in self.w.law.pathways.values():
            if wanted.country and country_of(p) != wanted.country:
                continue
            if wanted.region and p.region != wanted.region:
                continue
            if wanted.theme and theme_of(p) != wanted.theme:
                continue
            score = self._score(p, asked)
            if score or not asked:
                title = self.w.line(p, "title")
                ranked.append((-score, country_of(p) != "BE", len(title) if asked else 0, title, p))
        return [p for *_, p in sorted(ranked, key=lambda x: x[:4])]

    def _score(self, p: Pathway, asked: Iterable[str]) -> int:
        """Return how well the words fit: each must stand somewhere, as the beginning of a word."""
        total = 0
        for word in asked:
            weights = [weight for text, weight in self.texts[p.id] if re.search(rf"\b{re.escape(word)}", text)]
            if not weights:
                return 0
            total += max(weights)
        return total


def _texts(w: Words, p: Pathway) -> Iterable[tuple[str, int]]:
    page: dict[str, Any] = p.page if w.language == "en" else p.pages.get(w.language, {})
    yield folded(f"{w.line(p, 'title')} {' '.join(p.terms.values())}"), 10
    yield folded(place_name(w, p)), 5
    yield from ((folded(str(page.get(key) or "")), weight) for key, weight in _WEIGHTS)
    yield folded(" ".join(_strings(page))), 1


def _strings(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
