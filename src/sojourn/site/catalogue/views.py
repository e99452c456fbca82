"""The catalogue in a browser. What a page says is made by the modules beside this one."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods, require_safe
from markupsafe import Markup

from sojourn.law.coverage import coverage as coverage_rows
from sojourn.law.model import WEAKER, Cite, Pathway, Source
from sojourn.site.body import the_law, today, words
from sojourn.site.catalogue import places
from sojourn.site.catalogue.conditions import cited_by
from sojourn.site.catalogue.feed import atom, change_text, moment_title
from sojourn.site.catalogue.finder import Finder, Wanted
from sojourn.site.catalogue.history import moments
from sojourn.site.catalogue.kept import keep
from sojourn.site.catalogue.page import LATER, PRACTICAL, PathwayPage, pathway_page
from sojourn.site.catalogue.rates import Rate, currency_name, rates
from sojourn.site.catalogue.share import share_card
from sojourn.site.catalogue.structured import as_data_block, government_service
from sojourn.site.catalogue.texts import page_list, page_text
from sojourn.site.experiences.models import OUTCOMES
from sojourn.site.experiences.shown import Shown, shown
from sojourn.site.templating import address
from sojourn.words.findings import GRADES
from sojourn.words.language import LANGUAGES, Words
from sojourn.words.register import review_words

GRADE_HEADINGS = {
    "official": "Acts, judgments and pages of the authority",
    "secondary": "Secondary sources",
    "derived": "Behind amounts that we computed",
    "unconfirmed": "Unconfirmed",
}
MEANINGS = {
    "official": "We read the act, the judgment or the page of the competent authority. It decides.",
    "secondary": "An integration agency, a law firm or the press says so. Alone it closes no door and exempts nobody.",
    "derived": "Computed by a formula from published amounts.",
    "unconfirmed": "Inference or general knowledge. It only cautions.",
}
SOURCE_KINDS = {
    "act": "Acts, decrees and orders",
    "treaty": "Treaties",
    "judgment": "Judgments",
    "guidance": "Pages of the competent authorities",
    "secondary": "What others write",
}
READ_PARTS = {"whole": "read whole", "part": "read in part", "not-read": "not read; known through other sources"}
COMPARED = {
    "kind": "What it is",
    "work_setup": "Work",
    "core_requirements": "What it asks",
    "what_it_allows": "What it allows",
    "who_it_is_for": "For whom",
    "best_for": "Best for",
    "money_test": "The money test",
}
_CURRENCY = "currency"
_YEAR = 31_536_000
COLUMNS = 3
"""How many pathways stand side by side."""


# -- pages ----------------------------------------------------------------------------------------------------------


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
        "found": [_item(w, p) for p in finder(language).find(wanted)],
        "countries": _options(w, [(c, w.country(c)) for c in places.countries(law)], wanted.country),
        "regions": _options(w, [(r, places.region_name(w, r)) for r in named_regions], wanted.region),
        "themes": _options(w, [(t, places.theme_name(w, t)) for t in themes], wanted.theme),
        "places": [(c, w.country(c)) for c in places.countries(law)],
    }
    return render(request, "site/catalogue/pathways.html", given)


@require_safe
def pathway(request: HttpRequest, language: str, pathway: str) -> HttpResponse:
    """The page of a pathway."""
    found = _pathway(pathway)
    rate = rates().get(request.COOKIES.get(_CURRENCY, "")) if request.COOKIES.get(_CURRENCY) else None
    day, origin = today(), _origin(request)
    told = shown(pathway)
    key = ("pathway", the_law().digest, language, pathway, day, origin, rate.currency if rate else "", told.mark)
    return keep(request, key, lambda: _pathway_html(request, language, found, day, rate, told))


def _pathway_html(
    request: HttpRequest, language: str, found: Pathway, day: date, rate: Rate | None, told: Shown
) -> str:
    w = words(language)
    page = pathway_page(w, found, day, rate)
    here = _origin(request) + address(language, "pathway", pathway=found.id)
    acts = [s for s, grade in page.sources if grade == "official" and s.kind == "act"]
    given = {
        "page": page,
        "here": here,
        "card": _origin(request) + address(language, "card", pathway=found.id),
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
        "experiences": told,
        "OUTCOMES": OUTCOMES,
        **_grades(w),
    }
    return render_to_string("site/catalogue/pathway.html", given, request)


@require_safe
def card(request: HttpRequest, language: str, pathway: str) -> HttpResponse:
    """The picture beside a link to the page of a pathway."""
    w, found = words(language), _pathway(pathway)
    foot = w.say("Residence law that runs: which pathway is open to you, why, and what to do next.")
    picture = share_card(language, w.line(found, "title"), places.place_name(w, found), foot)
    response = HttpResponse(picture, content_type="image/png")
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


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
        groups = _by_theme(w, listed)
    given = {
        "title": title,
        "country": country,
        "trail": [*above, (title, "")],
        "count": sum(len(group) for _, group in groups),
        "regions": [] if region else [(r, places.region_name(w, r)) for r in places.regions(law, country)],
        "groups": [(heading, [_item(w, p) for p in group]) for heading, group in groups if group],
    }
    key = ("place", law.digest, language, country, region, _origin(request))
    return keep(request, key, lambda: render_to_string("site/catalogue/place.html", given, request))


@require_safe
def sources(request: HttpRequest, language: str) -> HttpResponse:
    """All sources, by kind."""
    w, law = words(language), the_law()

    def make() -> str:
        by_kind: dict[str, list[Source]] = {kind: [] for kind in SOURCE_KINDS}
        for source in law.sources.values():
            by_kind[source.kind].append(source)
        groups = [
            (w.say(SOURCE_KINDS[k]), sorted(v, key=lambda s: s.title.casefold())) for k, v in by_kind.items() if v
        ]
        return render_to_string("site/catalogue/sources.html", {"groups": groups}, request)

    return keep(request, ("sources", law.digest, language, _origin(request)), make)


@require_safe
def source(request: HttpRequest, language: str, source: str) -> HttpResponse:
    """One source: what it is, when it was read, what rests on it."""
    w, law = words(language), the_law()
    if source not in law.sources:
        raise Http404
    found = law.sources[source]

    def make() -> str:
        rows = [
            {"key": w.say("By"), "value": w.authority(found.authority)},
            {"key": w.say("Read"), "value": f"{w.day(found.read)}, {w.say(READ_PARTS[found.part])}"},
            {"key": w.say("Language"), "value": _language_name(language, found.language)},
        ]
        given = {
            "source": found,
            "kind": w.say(SOURCE_KINDS[found.kind]),
            "rows": rows,
            "address": urlsplit(found.url).netloc.removeprefix("www."),
            "used": [(p, _pinpoints(w, cites)) for p, cites in cited_by(law, source)],
            **_grades(w),
        }
        return render_to_string("site/catalogue/source.html", given, request)

    return keep(request, ("source", law.digest, language, source, _origin(request)), make)


@require_safe
def compare(request: HttpRequest, language: str) -> HttpResponse:
    """Pathways side by side."""
    w, law = words(language), the_law()
    asked = [request.GET.get(f"p{n}", "") for n in range(1, COLUMNS + 1)]
    chosen = [law.pathways[id] for id in dict.fromkeys(asked) if id in law.pathways]
    by_title = sorted(law.pathways.values(), key=lambda p: (places.country_of(p) != "BE", w.line(p, "title")))
    names = [(p.id, w.line(p, "title")) for p in by_title]
    given = {
        "choices": [_options(w, names, id, w.say("Choose a pathway")) for id in asked],
        "columns": [_item(w, p) for p in chosen],
        "rows": _compared(w, chosen),
    }
    return render(request, "site/catalogue/compare.html", given)


def _compared(w: Words, chosen: list[Pathway]) -> list[tuple[str, list[str | tuple[str, ...]]]]:
    rows: list[tuple[str, list[str | tuple[str, ...]]]] = [(w.say("Where"), [places.place_name(w, p) for p in chosen])]
    for key, name in (COMPARED | PRACTICAL | LATER).items():
        if key in ("core_requirements", "what_it_allows"):
            rows.append((w.say(name), [page_list(w, p, key) for p in chosen]))
        else:
            rows.append((w.say(name), [page_text(w, p, key) for p in chosen]))
    rows.append((w.say("How sure we are"), [review_words(w, p) for p in chosen]))
    return [(name, cells) for name, cells in rows if any(cells)]


@require_safe
def coverage(request: HttpRequest, language: str) -> HttpResponse:
    """What we cover, and how sure we are: the register that `sojourn law list` prints."""
    w, law = words(language), the_law()

    def make() -> str:
        given = {
            "meanings": [(w.say(GRADES[g]), w.say(text)) for g, text in MEANINGS.items()],
            "rows": [_covered(w, row) for row in coverage_rows(law)],
        }
        return render_to_string("site/catalogue/coverage.html", given, request)

    return keep(request, ("coverage", law.digest, language, _origin(request)), make)


def _covered(w: Words, row: dict[str, Any]) -> dict[str, Any]:
    found = w.law.pathways[row["pathway"]]
    read, change = row["sources_read"], row["next_change"]
    tags = [places.place_name(w, found)]
    tags += [f"{w.say(GRADES[g])}: {n}" for g, n in row["grades"].items()]
    tags.append(w.say("law from {day}; {cases} worked cases", day=w.day(row["in_force"]["from"]), cases=row["cases"]))
    return {
        "id": found.id,
        "title": w.line(found, "title"),
        "tags": tags,
        "review": review_words(w, found),
        "read": w.say(
            "{count} sources, read from {first} to {last}",
            count=len(row["sources"]), first=w.day(read["first"]), last=w.day(read["last"]),
        ),
        "next": w.say("Next change known or expected: {day}.", day=w.day(change)) if change else "",
        "not_modelled": w.not_modelled(found),
    }  # fmt: skip


@require_safe
def changes(request: HttpRequest, language: str) -> HttpResponse:
    """The changes of law of all pathways."""
    w, day = words(language), today()

    def make() -> str:
        given = {"listed": moments(w, day)[:120], "change_text": change_text, "moment_title": moment_title}
        return render_to_string("site/catalogue/changes.html", given, request)

    return keep(request, ("changes", w.law.digest, language, day, _origin(request)), make)


@require_safe
def changes_feed(request: HttpRequest, language: str) -> HttpResponse:
    """The same as a feed."""
    w, day, origin = words(language), today(), _origin(request)

    def make() -> bytes:
        address_of = {id: origin + address(language, "pathway", pathway=id) for id in w.law.pathways}
        here, page = origin + address(language, "changes-feed"), origin + address(language, "changes")
        return atom(w, moments(w, day), f"Sojourn: {w.say('Changes of law')}", here, page, address_of)

    key = ("feed", w.law.digest, language, day, origin)
    return keep(request, key, make, "application/atom+xml; charset=utf-8")


@require_http_methods(["GET", "HEAD", "POST"])
def currency(request: HttpRequest, language: str) -> HttpResponse:
    """Choose the currency beside the euro; it is remembered in a cookie, for it says nothing else of a person."""
    w, known = words(language), rates()
    given = request.POST if request.method == "POST" else request.GET
    back_to = given.get("from", "")
    error = ""
    if request.method == "POST":
        code = request.POST.get("currency", "")
        if code in known or code == "EUR":
            there = the_law().pathways.get(back_to)
            name, parts = ("pathway", {"pathway": there.id}) if there else ("pathways", {})
            response = HttpResponseRedirect(address(language, name, **parts) + ("#money" if there else ""))
            if code == "EUR":
                response.delete_cookie(_CURRENCY, samesite="Lax")
            else:
                response.set_cookie(
                    _CURRENCY, code, max_age=_YEAR, samesite="Lax", httponly=True, secure=settings.HTTPS
                )
            return response
        error = w.say("Choose a currency from the list.")
    named = sorted((currency_name(language, c), c) for c in known)
    chosen = request.COOKIES.get(_CURRENCY, "EUR")
    options = [{"value": "EUR", "text": f"{currency_name(language, 'EUR')} (EUR)", "checked": chosen == "EUR"}]
    options += [{"value": c, "text": f"{name} ({c})", "checked": c == chosen} for name, c in named]
    day = next(iter(known.values())).day
    told = {"options": options, "day": day, "back_to": back_to if back_to in the_law().pathways else "", "error": error}
    return render(request, "site/catalogue/currency.html", told, status=422 if error else 200)


# -- for machines ---------------------------------------------------------------------------------------------------


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page of the catalogue, in each language."""
    law, origin = the_law(), _origin(request)
    pages: list[tuple[str, dict[str, str]]] = [(n, {}) for n in ("home", "pathways", "coverage", "sources", "changes")]
    pages += [("pathway", {"pathway": id}) for id in law.pathways]
    for c in places.countries(law):
        pages.append(("country", {"country": c.lower()}))
        pages += [("region", {"country": c.lower(), "region": r.lower()}) for r in places.regions(law, c)]
    pages += [("source", {"source": id}) for id in law.sources]

    def make() -> str:
        lines = ['<?xml version="1.0" encoding="UTF-8"?>', _URLSET]
        for name, parts in pages:
            alternates = {x: origin + address(x, name, **parts) for x in LANGUAGES}
            links = "".join(
                f'<xhtml:link rel="alternate" hreflang="{x}" href="{url}"/>' for x, url in alternates.items()
            )
            lines += [f"<url><loc>{url}</loc>{links}</url>" for url in alternates.values()]
        return "\n".join([*lines, "</urlset>\n"])

    return keep(request, ("sitemap", law.digest, origin), make, "application/xml; charset=utf-8")


_URLSET = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">'


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What robots may read: everything but forms."""
    text = f"User-agent: *\nDisallow: /*/currency/\nSitemap: {_origin(request)}/sitemap.xml\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


# -- pieces ---------------------------------------------------------------------------------------------------------


@cache
def finder(language: str) -> Finder:
    """Return the texts of a language made ready to be searched, once."""
    return Finder(words(language))


def _pathway(id: str) -> Pathway:
    found = the_law().pathways.get(id)
    if found is None:
        raise Http404
    return found


def _origin(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def _item(w: Words, p: Pathway) -> dict[str, Any]:
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


def _by_theme(w: Words, listed: Iterable[Pathway]) -> list[tuple[str, list[Pathway]]]:
    groups: dict[str, list[Pathway]] = {theme: [] for theme in (*places.THEMES, "")}
    for p in listed:
        groups[places.theme_of(p)].append(p)
    ordered = {t: sorted(g, key=lambda p: w.line(p, "title")) for t, g in groups.items()}
    return [(places.theme_name(w, t) if t else w.say("Other pathways"), g) for t, g in ordered.items() if g]


def _options(w: Words, pairs: Iterable[tuple[str, str]], chosen: str, empty: str = "") -> list[dict[str, Any]]:
    options = [{"value": "", "text": empty or w.say("All"), "checked": not chosen}]
    return options + [{"value": value, "text": text, "checked": value == chosen} for value, text in pairs]


def _grades(w: Words) -> dict[str, Any]:
    return {
        "grade": {g: w.say(text) for g, text in GRADES.items()},
        "grade_heading": {g: w.say(text) for g, text in GRADE_HEADINGS.items()},
    }


def _pinpoints(w: Words, cites: Iterable[Cite]) -> list[tuple[str, str]]:
    """Return the places in a source that are cited, by the grade with which they are."""
    by_grade: dict[str, dict[str, None]] = {}
    for cite in cites:
        by_grade.setdefault(cite.grade, {})[cite.at] = None
    return [(w.say(GRADES[g]), "; ".join(by_grade[g])) for g in WEAKER if g in by_grade]


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


@cache
def _language_name(language: str, code: str) -> str:
    from babel import Locale  # noqa: PLC0415  loaded only where languages are named

    return str(Locale(language).languages.get(code, code))
