"""A pathway's page, ready to be shown: everything a template needs, in the words of a language."""

from dataclasses import dataclass
from datetime import date

from sojourn.law.coverage import covered
from sojourn.law.model import Grade, Pathway, Source
from sojourn.site.catalogue import procedure
from sojourn.site.catalogue.conditions import Line, disputed, parts, sources_of
from sojourn.site.catalogue.difficulty import Axis, difficulty
from sojourn.site.catalogue.history import Change, history
from sojourn.site.catalogue.money import Group, money_groups
from sojourn.site.catalogue.places import country_of, place_name, theme_name, theme_of
from sojourn.site.catalogue.rates import Rate
from sojourn.site.catalogue.texts import better_routes, page_list, page_text, why_difficult
from sojourn.words.language import Words
from sojourn.words.register import review_words

PRACTICAL = {
    "accepted_income": "Income that counts",
    "remote_work": "Remote work",
    "local_employment": "Work in the country",
    "insurance": "Insurance",
    "record": "Criminal record",
    "housing": "Housing",
    "bank": "Bank",
}
LATER = {
    "processing_time": "How long it takes",
    "long_term_path": "Towards permanent stay",
    "nationality_access": "Towards nationality",
}


@dataclass(frozen=True, slots=True)
class Route:
    """What a pathway is not, and the better route: in words, and the pathway it is, if we have it."""

    is_not: str
    better: str
    pathway: str


@dataclass(frozen=True)
class PathwayPage:
    """A page. Texts that are not known are empty, lists have nothing in them: the page shows what is known."""

    pathway: Pathway
    title: str
    place: str
    country: str
    theme: str
    terms: tuple[tuple[str, str], ...]
    text: dict[str, str]
    lists: dict[str, tuple[str, ...]]
    practical: tuple[tuple[str, str], ...]
    later: tuple[tuple[str, str], ...]
    routes: tuple[Route, ...]
    groups: tuple[Group, ...]
    steps: tuple[procedure.Step, ...]
    axes: tuple[Axis, ...]
    why_difficult: str
    parts: tuple[tuple[str, tuple[Line, ...]], ...]
    disputed: tuple[Line, ...]
    not_modelled: tuple[str, ...]
    sources: tuple[tuple[Source, Grade], ...]
    lines: int
    cases: int
    grades: tuple[tuple[Grade, int], ...]
    review: str
    reviewed_on: date | None
    read: tuple[date, date]
    next_change: date | None
    history: tuple[tuple[date, tuple[Change, ...]], ...]
    helpers: tuple[str, ...]


_TEXTS = ("kind", "work_setup", "summary", "who_it_is_for", "money_test", "best_for", "disclaimer")
_LISTS = ("core_requirements", "what_to_know", "what_it_allows", "next_steps")


def pathway_page(w: Words, pathway: Pathway, on: date, rate: Rate | None = None) -> PathwayPage:
    """Return the page of a pathway as of a day, with amounts in another currency if a rate is given."""
    row = covered(w.law, pathway)
    theme = theme_of(pathway)
    notes = [*w.not_modelled(pathway)]
    if pathway.procedure:
        notes += [w.step(pathway.procedure, f"not_modelled.{i}") for i in range(len(pathway.procedure.not_modelled))]
    return PathwayPage(
        pathway=pathway,
        title=w.line(pathway, "title"),
        place=place_name(w, pathway),
        country=country_of(pathway),
        theme=theme_name(w, theme) if theme else "",
        terms=tuple(pathway.terms.items()),
        text={key: page_text(w, pathway, key) for key in _TEXTS},
        lists={key: page_list(w, pathway, key) for key in _LISTS},
        practical=_told(w, pathway, PRACTICAL),
        later=_told(w, pathway, LATER),
        routes=tuple(Route(*route) for route in better_routes(w, pathway)),
        groups=money_groups(w, pathway, on, rate),
        steps=procedure.steps(w, pathway, on, rate),
        axes=difficulty(w, pathway, on),
        why_difficult=why_difficult(w, pathway),
        parts=tuple(parts(w, pathway, on)),
        disputed=disputed(w, pathway, on),
        not_modelled=tuple(dict.fromkeys(notes)),
        sources=sources_of(w.law, pathway),
        lines=row["lines"] + row["procedure_lines"],
        cases=row["cases"] + (len(pathway.procedure.cases) if pathway.procedure else 0),
        grades=tuple(row["grades"].items()),
        review=review_words(w, pathway),
        reviewed_on=pathway.page.get("reviewed_on"),
        read=(row["sources_read"]["first"], row["sources_read"]["last"]),
        next_change=row["next_change"],
        history=tuple(history(w, pathway)),
        helpers=tuple(w.helper(x) for x in pathway.who_helps),
    )


def _told(w: Words, pathway: Pathway, keys: dict[str, str]) -> tuple[tuple[str, str], ...]:
    told = ((w.say(name), page_text(w, pathway, key)) for key, name in keys.items())
    return tuple((name, text) for name, text in told if text)
