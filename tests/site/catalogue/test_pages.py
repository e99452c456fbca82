"""The catalogue through Django: every kind of page, in every language."""

import gzip
import re
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from sojourn.site.body import the_law
from sojourn.values.known import Exact, Known
from sojourn.words import LANGUAGES, Words
from sojourn.words.conflicts import conflict_text
from tests.site.catalogue.reading import RAW, Page, read
from tests.site.person import fields_for, post

LAW = the_law()
KINDS = (
    "", "pathways/", "pathways/?q=card&theme=self-employed", "countries/be/", "countries/be/vlg/",
    "countries/be/side-by-side/", "sources/", "sources/vl-decree-2021-10-15/", "coverage/", "changes/", "currency/",
    "compare/?p1=be-own-means&p2=be-vlg-professional-card&p3=be-eu-registration",
)  # fmt: skip
ALL = [*KINDS, *(f"pathways/{id}/" for id in LAW.pathways)]


def english_sentences() -> set[str]:
    """The English texts of pages and rules that are long enough to be no name."""
    found: set[str] = set()
    for pathway in LAW.pathways.values():
        found |= {x for x in pathway.texts["en"].values() if len(x) > 30}
        for value in pathway.page.values():
            found |= {x for x in (value if isinstance(value, list) else [value]) if isinstance(x, str) and len(x) > 30}
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_whole_and_in_their_language(client: Client, language: str, settings_without_rates: None) -> None:
    ids = {*LAW.pathways, *LAW.amounts, *LAW.sources, *LAW.facts}
    raw_id = re.compile(r"\b[a-z]+(?:[-.][a-z0-9_]+)+\b")
    for path in ALL:
        page = read(client, f"/{language}/{path}")
        assert page.language == language
        assert not any(RAW.search(x) for x in page.text), path
        shown = {x for x in raw_id.findall(page.words) if x in ids}
        assert not shown, (path, shown)
        assert len(page.ids) == len(set(page.ids)), path
        if language != "en":
            left = {x for x in english_sentences() if x in page.words}
            assert not left, (path, left)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_small_and_ask_nobody_else(client: Client, language: str, settings_without_rates: None) -> None:
    for path in ALL:
        response = client.get(f"/{language}/{path}")
        assert len(gzip.compress(response.content)) < 150_000, path
        for address in Page(response.content.decode()).fetched:
            assert urlsplit(address).netloc == "", (path, address)
        assert "style=" not in response.content.decode(), path
        assert "<script>" not in response.content.decode(), path


def test_links_inside_the_site_lead_somewhere(client: Client, settings_without_rates: None) -> None:
    seen: set[str] = set()
    for path in ALL:
        page = read(client, f"/en/{path}")
        for link in page.links:
            there = urlsplit(link)
            if there.netloc or there.scheme:
                continue
            if not there.path:
                assert there.fragment in {*page.ids, "main"}, (path, link)
            elif there.path not in seen and "/sources/" not in there.path:
                seen.add(there.path)
                assert client.get(there.path).status_code == 200, (path, link)
    assert len(seen) > 20


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_tells_what_is_printed_otherwise(client: Client, language: str, settings_without_rates: None) -> None:
    """The series of a means test under its table, the fee of the day beside it."""
    w = Words(LAW, language)
    page = read(client, f"/{language}/pathways/be-vlg-professional-card/")
    series = [c for row in LAW.amounts["living-wage-3-120"].rows for c in row.conflicts]
    assert series
    (fee,) = LAW.amounts["contribution-art-9"].rows[-2].conflicts
    for c in (*series, fee):
        assert " ".join(conflict_text(w, c).split()) in page.words, c
    assert w.say("Printed otherwise") in page.words


def test_every_source_has_a_page(client: Client, settings_without_rates: None) -> None:
    for id in LAW.sources:
        assert client.get(f"/en/sources/{id}/").status_code == 200


@pytest.mark.parametrize(
    "path", ["pathways/nowhere/", "countries/zz/", "countries/be/zz/", "sources/none/", "pathways/nowhere/card.png"]
)
def test_what_is_not_there_is_not_found(client: Client, path: str) -> None:
    assert client.get(f"/en/{path}").status_code == 404


def test_the_same_page_is_kept_compressed_and_known_by_its_mark(client: Client) -> None:
    address = "/en/pathways/be-own-means/"
    plain = client.get(address)
    zipped = client.get(address, headers={"accept-encoding": "gzip"})
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.content) == plain.content
    again = client.get(address, headers={"if-none-match": plain.headers["ETag"]})
    assert again.status_code == 304
    assert not again.content


def test_a_kept_page_holds_nothing_of_the_visitor(client: Client) -> None:
    response = client.get("/en/pathways/be-own-means/")
    assert "session" not in response.cookies
    assert "form" not in response.cookies
    assert b"csrf" not in response.content


def test_a_currency_is_chosen_by_form_and_remembered(client: Client) -> None:
    assert b"USD" not in client.get("/nl/pathways/be-own-means/").content
    answer = client.post("/nl/currency/", {"currency": "USD", "from": "be-own-means"})
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/nl/pathways/be-own-means/#money"
    page = client.get("/nl/pathways/be-own-means/").content.decode()
    assert "USD" in page
    assert "Europese Centrale Bank van" in page
    client.post("/nl/currency/", {"currency": "EUR", "from": "https://example.org/"})
    assert b"USD" not in client.get("/nl/pathways/be-own-means/").content


@pytest.mark.parametrize("given", ["", "XXX", "usd", "<b>", "U" * 5000, "😀"])
def test_a_currency_we_do_not_know_is_refused_kindly(client: Client, given: str) -> None:
    answer = client.post("/de/currency/", {"currency": given})
    assert answer.status_code == 422
    assert "Wählen Sie eine Währung" in answer.content.decode()


@pytest.mark.parametrize(
    "given", ["q=" + "x" * 6000, "q=%00", "q=%F0%9F%98%80%D9%85", "theme=';DROP TABLE", "p1=<script>"]
)
def test_odd_addresses_do_no_harm(client: Client, given: str) -> None:
    for path in ("pathways/", "compare/", "currency/"):
        response = client.get(f"/en/{path}?{given}")
        assert response.status_code == 200
        assert "<script>" not in response.content.decode()


def test_the_sitemap_names_pages_that_are_there(client: Client, settings_without_rates: None) -> None:
    tree = ET.fromstring(client.get("/sitemap.xml").content)
    places = [x.text or "" for x in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert len(places) == len(set(places))
    for id in LAW.pathways:
        for language in LANGUAGES:
            assert f"http://testserver/{language}/pathways/{id}/" in places
    for place in places[::40]:
        assert client.get(urlsplit(place).path).status_code == 200
    assert b"Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_feed_is_atom_with_stable_ids(client: Client, language: str) -> None:
    response = client.get(f"/{language}/changes.atom")
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ET.fromstring(response.content)
    ids = [e.findtext(f"{atom}id") for e in feed.iter(f"{atom}entry")]
    assert ids
    assert len(ids) == len(set(ids))
    assert all(e.findtext(f"{atom}summary") for e in feed.iter(f"{atom}entry"))
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == language


def test_share_cards_and_other_languages_are_named_in_the_head(client: Client) -> None:
    html = client.get("/fr/pathways/be-own-means/").content.decode()
    assert '<meta property="og:image" content="http://testserver/fr/pathways/be-own-means/card.png">' in html
    assert '<link rel="canonical" href="http://testserver/fr/pathways/be-own-means/">' in html
    for language in LANGUAGES:
        assert f'hreflang="{language}" href="http://testserver/{language}/pathways/be-own-means/"' in html
    card = client.get("/fr/pathways/be-own-means/card.png")
    assert card.headers["Content-Type"] == "image/png"


@pytest.mark.parametrize(
    ("language", "name"),
    [("en", "Flemish Region"), ("nl", "Vlaams Gewest"), ("fr", "Région flamande"), ("de", "Flämische Region")],
)
def test_public_bodies_have_their_name_in_the_language(client: Client, language: str, name: str) -> None:
    assert name in read(client, f"/{language}/sources/vl-decree-2021-10-15/").words


def test_regions_stand_side_by_side_for_the_answers_of_this_visit(client: Client) -> None:
    address = "/nl/countries/be/side-by-side/"
    before = read(client, address)
    assert client.get(address).headers["Cache-Control"] == "no-store, private"
    assert "U hebt nog niets geantwoord" in before.words
    told: dict[str, Known] = {
        "person.nationalities": Exact(frozenset({"FR"})),
        "activity.kind": Exact("self-employed"),
    }
    for q in LAW.questions:
        if set(q.sets) <= told.keys():
            post(client, f"/nl/question/{q.id}/", fields_for(LAW, q, told))
    after = read(client, address)
    assert "U hebt nog niets geantwoord" not in after.words
    assert "U hebt zo'n vergunning niet nodig" in after.words
    assert client.get("/nl/countries/nl/side-by-side/").status_code == 404


def test_the_home_page_leads_to_questions_and_subjects(client: Client) -> None:
    page = read(client, "/fr/")
    assert "/fr/start/" in page.links
    assert "/fr/pathways/?theme=means" in page.links
    assert client.get("/fr/card.png").headers["Content-Type"] == "image/png"
