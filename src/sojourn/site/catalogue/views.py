"""The catalogue's main pages in a browser. What they say is made by the modules beside this one."""

from datetime import date
from functools import cache

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe
from markupsafe import Markup

from sojourn.law.model import Pathway
from sojourn.site.answers import answers_of
from sojourn.site.body import the_law, today, words
from sojourn.site.catalogue import places
from sojourn.site.catalogue.feed import change_text, moment_title
from sojourn.site.catalogue.finder import Wanted
from sojourn.site.catalogue.history import Moment, moments
from sojourn.site.catalogue.kept import keep
from sojourn.site.catalogue.notes import Note, notes, notes_folder
from sojourn.site.catalogue.page import PathwayPage, pathway_page
from sojourn.site.catalogue.pieces import (
    CURRENCY,
    by_theme,
    finder,
    grades,
    item,
    options,
    origin_of,
    pathway_of,
)
from sojourn.site.catalogue.rates import Rate, currency_name, rates
from sojourn.site.catalogue.regions import by_subject
from sojourn.site.catalogue.structured import as_data_block, government_service
from sojourn.site.experiences.models import ENDINGS
from sojourn.site.experiences.shown import Shown, shown
from sojourn.site.private import private
from sojourn.site.templating import address
from sojourn.words.language import Words


@require_safe
def home(request: HttpRequest, language: str) -> HttpResponse:
    """The home page."""
    w, law, day = words(language), the_law(), today()

    def make() -> str:
        about = [places.theme_of(p) for p in law.pathways.values()]
        given = {
            "themes": [(t, places.theme_name(w, t), about.count(t)) for t in places.THEMES if t in about],
            "news": _news(w, day),
            "change_text": change_text,
            "moment_title": moment_title,
        }
        return render_to_string("site/home.html", given, request)

    return keep(request, ("home", law.digest, language, day, origin_of(request)), make)


def _news(w: Words, day: date) -> list[Moment]:
    """Return the latest changes of law, and the latest moves of amounts."""
    listed = moments(w, day)
    law, amounts = ([m for m in listed if m.amounts is kind][:2] for kind in (False, True))
    return sorted([*law, *amounts], key=lambda m: m.day, reverse=True)


@require_safe
def pathways(request: HttpRequest, language: str) -> HttpResponse:
    """All pathways, with search and filters. What is looked for stands in the address; it says nothing of a person."""
    w, law = words(language), the_law()
    wanted = Wanted(*(request.GET.get(x, "")[:200] for x in ("q", "country", "region", "theme")))
    themes = [t for t in places.THEMES if any(places.theme_of(p) == t for p in law.pathways.values())]
    named_regions = [r for c in places.countries(law) for r in places.regions(law, c)]
    given = {
        "wanted": wanted,
        "filtered": any((wanted.words, wanted.country, wanted.region, wanted.theme)),
        "found": [item(w, p) for p in finder(language).find(wanted)],
        "countries": options(w, [(c, w.country(c)) for c in places.countries(law)], wanted.country),
        "regions": options(w, [(r, places.region_name(w, r)) for r in named_regions], wanted.region),
        "themes": options(w, [(t, places.theme_name(w, t)) for t in themes], wanted.theme),
        "places": [
            (c, w.country(c), [(r, places.region_name(w, r)) for r in places.regions(law, c)])
            for c in places.countries(law)
        ],
    }
    return render(request, "site/catalogue/pathways.html", given)


@require_safe
def pathway(request: HttpRequest, language: str, pathway: str) -> HttpResponse:
    """The page of a pathway."""
    found = pathway_of(pathway)
    rate = rates().get(request.COOKIES.get(CURRENCY, "")) if request.COOKIES.get(CURRENCY) else None
    day, origin = today(), origin_of(request)
    told = shown(pathway)
    key = ("pathway", the_law().digest, language, pathway, day, origin, rate.currency if rate else "", told.mark)
    return keep(request, key, lambda: _pathway_html(request, language, found, day, rate, told))


def _pathway_html(
    request: HttpRequest, language: str, found: Pathway, day: date, rate: Rate | None, told: Shown
) -> str:
    w = words(language)
    page = pathway_page(w, found, day, rate)
    here = origin_of(request) + address(language, "pathway", pathway=found.id)
    acts = [s for s, grade in page.sources if grade == "official" and s.kind == "act"]
    given = {
        "page": page,
        "here": here,
        "card": origin_of(request) + address(language, "card", pathway=found.id),
        "data_block": Markup(as_data_block(government_service(w, found, here, acts))),  # noqa: S704  escaped there
        "contents": _contents(w, page),
        "judged": _judged(page),
        "today": w.day(day),
        "rate": rate,
        "currency": f"{currency_name(language, rate.currency)} ({rate.currency})" if rate else "",
        "per_euro": _decimal(language, rate.per_euro) if rate else "",
        "whole": lambda cents: _whole(w, cents),
        "as_rows": lambda pairs: [{"key": key, "value": value} for key, value in pairs],
        "change_text": change_text,
        "notes": [n for n in law_notes() if found.id in n.pathways],
        "experiences": told,
        "ENDINGS": ENDINGS,
        **grades(w),
    }
    return render_to_string("site/catalogue/pathway.html", given, request)


@require_safe
def country(request: HttpRequest, language: str, country: str) -> HttpResponse:
    """The pathways of a country."""
    return _place(request, language, country.upper(), "")


@require_safe
def region(request: HttpRequest, language: str, country: str, region: str) -> HttpResponse:
    """The pathways of a region, and those of its country that apply there too."""
    return _place(request, language, country.upper(), region.upper())


def _place(request: HttpRequest, language: str, country: str, region: str) -> HttpResponse:
    w, law = words(language), the_law()
    listed = places.of_country(law, country)
    if not listed or (region and region not in places.regions(law, country)):
        raise Http404
    name = w.country(country)
    title = places.region_name(w, region) if region else name
    above = [(w.say("Pathways"), address(language, "pathways"))]
    if region:
        above.append((name, address(language, "country", country=country.lower())))
        own = [p for p in listed if p.region == region]
        groups = [(title, own), (w.say("In the whole country"), [p for p in listed if not p.region])]
    else:
        groups = by_theme(w, listed)
    given = {
        "title": title,
        "country": country,
        "trail": [*above, (title, "")],
        "count": sum(len(group) for _, group in groups),
        "regions": [] if region else [(r, places.region_name(w, r)) for r in places.regions(law, country)],
        "groups": [(heading, [item(w, p) for p in group]) for heading, group in groups if group],
    }
    key = ("place", law.digest, language, country, region, origin_of(request))
    return keep(request, key, lambda: render_to_string("site/catalogue/place.html", given, request))


@private
@require_safe
def regions(request: HttpRequest, language: str, country: str) -> HttpResponse:
    """The regions of a country side by side, for the answers of this visit."""
    w, law, code = words(language), the_law(), country.upper()
    if not places.regions(law, code):
        raise Http404
    answers = answers_of(request)
    title = w.say("{country}: the regions side by side", country=w.country(code))
    above = (w.country(code), address(language, "country", country=country.lower()))
    given = {
        "title": title,
        "trail": [(w.say("Pathways"), address(language, "pathways")), above, (title, "")],
        "groups": by_subject(w, code, answers.facts, answers.day),
        "count": len(answers.facts),
        "day": answers.day,
    }
    return render(request, "site/catalogue/regions.html", given)


@cache
def law_notes() -> tuple[Note, ...]:
    """Return the notes that come with this version, read once."""
    return notes(words("en"), notes_folder())


def _judged(page: PathwayPage) -> bool:
    return any(axis.level is not None or axis.reasons for axis in page.axes)


def _contents(w: Words, page: PathwayPage) -> list[tuple[str, str, bool]]:
    """Return the sections of a page: id, heading, and whether it has one."""
    text, lists = page.text, page.lists
    return [
        ("requirements", w.say("What it asks"), bool(lists["core_requirements"])),
        (
            "for-whom",
            w.say("For whom, and what to know"),
            bool(text["who_it_is_for"] or lists["what_to_know"]),
        ),
        ("eligibility", w.say("Who is eligible, line by line"), True),
        ("allows", w.say("What it allows"), bool(lists["what_it_allows"])),
        ("not", w.say("What it is not, and the better route"), bool(page.routes)),
        ("steps", w.say("Next steps"), bool(lists["next_steps"])),
        ("money", w.say("The money test"), bool(text["money_test"] or page.groups)),
        ("practical", w.say("Income, work, home and papers"), bool(page.practical)),
        ("filing", w.say("Where to file, what it costs, what runs"), bool(page.steps)),
        ("later", w.say("How long, and what comes after"), bool(page.later)),
        ("difficulty", w.say("How hard it is, and why"), _judged(page)),
        ("model", w.say("How we model it, and what we do not decide"), True),
        ("sources", w.say("Sources"), True),
        ("history", w.say("History of changes"), bool(page.history)),
        ("experiences", w.say("Experiences"), True),
        ("help", w.say("Who can help"), True),
    ]


def _whole(w: Words, cents: int) -> str:
    """Return an amount without cents, for the axis of a chart."""
    return w.money(cents).replace(".00" if w.language == "en" else ",00", "")


def _decimal(language: str, number: float) -> str:
    text = f"{number:.4f}"
    return text if language == "en" else text.replace(".", ",")
