"""What machines read: the feed of changes of law, pictures beside links, sitemap, robots."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from sojourn.site.body import the_law, today, words
from sojourn.site.catalogue import places
from sojourn.site.catalogue.feed import atom
from sojourn.site.catalogue.history import moments
from sojourn.site.catalogue.kept import keep
from sojourn.site.catalogue.pieces import origin_of, pathway_of
from sojourn.site.catalogue.share import share_card
from sojourn.site.templating import address
from sojourn.words.language import LANGUAGES, Words


@require_safe
def home_card(request: HttpRequest, language: str) -> HttpResponse:
    """The picture beside a link to the site."""
    w = words(language)
    return _picture(w, w.say("Which residence pathway is open to you?"), "")


@require_safe
def card(request: HttpRequest, language: str, pathway: str) -> HttpResponse:
    """The picture beside a link to the page of a pathway."""
    w, found = words(language), pathway_of(pathway)
    return _picture(w, w.line(found, "title"), places.place_name(w, found))


def _picture(w: Words, title: str, place: str) -> HttpResponse:
    foot = w.say("Residence law that runs: which pathway is open to you, why, and what to do next.")
    response = HttpResponse(share_card(w.language, title, place, foot), content_type="image/png")
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


@require_safe
def changes_feed(request: HttpRequest, language: str) -> HttpResponse:
    """The same as a feed."""
    w, day, origin = words(language), today(), origin_of(request)

    def make() -> bytes:
        address_of = {id: origin + address(language, "pathway", pathway=id) for id in w.law.pathways}
        here, page = origin + address(language, "changes-feed"), origin + address(language, "changes")
        return atom(w, moments(w, day), f"Sojourn: {w.say('Changes of law')}", here, page, address_of)

    key = ("feed", w.law.digest, language, day, origin)
    return keep(request, key, make, "application/atom+xml; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page of the catalogue, in each language."""
    law, origin = the_law(), origin_of(request)
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


_NOT_FOR_ROBOTS = ("currency", "start", "question", "answers", "results", "plan", "dossier", "experience")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What robots may read: everything but forms and answers."""
    closed = "".join(
        f"Disallow: /*/{x}/\n"
        for x in ("currency", "start", "question", "answers", "results", "plan", "dossier", "experience")
    )
    text = f"User-agent: *\n{closed}Sitemap: {origin_of(request)}/sitemap.xml\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
