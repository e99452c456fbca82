"""The catalogue's pages before any Django: amounts through time, charts, search, history, data for machines."""

import json
import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from sojourn.decide.body import load_law
from sojourn.site.catalogue import places
from sojourn.site.catalogue.chart import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, chart
from sojourn.site.catalogue.difficulty import difficulty
from sojourn.site.catalogue.finder import Finder, Wanted
from sojourn.site.catalogue.history import history, moments
from sojourn.site.catalogue.money import money_groups
from sojourn.site.catalogue.notes import notes, notes_folder
from sojourn.site.catalogue.page import pathway_page
from sojourn.site.catalogue.rates import rates
from sojourn.site.catalogue.regions import by_subject
from sojourn.site.catalogue.series import Step, on_day, series
from sojourn.site.catalogue.share import share_card
from sojourn.site.catalogue.structured import as_data_block, government_service
from sojourn.values.known import Exact, Known
from sojourn.words import LANGUAGES, Words

LAW = load_law()
TODAY = date(2026, 11, 28)


def step(first: date, low: int | None, high: int | None = None, until: date | None = None) -> Step:
    return Step(first, until, low, low if high is None else high, (), False, False)


# -- amounts through time -------------------------------------------------------------------------------------------


def test_a_published_series_has_a_step_for_each_row() -> None:
    steps = series(LAW, "gammi")
    assert len(steps) == len(LAW.amounts["gammi"].rows)
    now = on_day(steps, TODAY)
    assert now
    assert now.exact == 223361
    assert now.first == date(2026, 7, 1)
    assert all(a.until == b.first for a, b in pairwise(steps))


def test_a_formula_moves_with_its_amounts_and_starts_with_its_law() -> None:
    steps = series(LAW, "gammi-110")
    assert steps[0].first == date(2025, 8, 18)
    now = on_day(steps, TODAY)
    assert now
    assert now.exact == 245697  # 1.10 * 2,233.61, rounded half up
    assert now.computed
    assert {c.source for c in now.cites} >= {"fps-employment-posting-pay", "act-2025-07-18-family"}


def test_a_formula_counts_the_household() -> None:
    alone, four = (on_day(series(LAW, "gammi-family-m1-all", n), TODAY) for n in (0, 3))
    assert alone
    assert four
    assert alone.exact == 245697
    assert four.exact == 312705  # 1.40 * 2,233.61 = 3,127.054


def test_days_before_a_series_have_no_step_and_an_unknown_row_stays_unknown() -> None:
    steps = series(LAW, "contribution-art-9")
    assert on_day(steps, date(2015, 3, 1)) is None
    ahead = on_day(steps, date(2027, 1, 1))
    assert ahead
    assert ahead.low is None


# -- charts ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("id", sorted(LAW.amounts))
def test_every_chart_stays_inside_its_frame(id: str) -> None:
    made = chart([series(LAW, id)], TODAY)
    if made is None:
        assert len({s.first for s in series(LAW, id) if s.low is not None}) < 2
        return
    numbers = re.findall(r"([MHV])([\d.]+)(?: ([\d.]+))?", made.paths[0])
    xs = [float(a) for kind, a, _ in numbers if kind in "MH"]
    ys = [float(b) for kind, _, b in numbers if kind == "M"] + [float(a) for kind, a, _ in numbers if kind == "V"]
    assert all(LEFT <= x <= WIDTH - RIGHT for x in xs)
    assert all(TOP <= y <= HEIGHT - BOTTOM for y in ys)
    assert 2 <= len(made.values) <= 7
    assert len(made.years) <= 8


def test_a_chart_leaves_a_gap_where_nothing_is_known() -> None:
    a, b, c = date(2020, 1, 1), date(2021, 1, 1), date(2022, 1, 1)
    made = chart([(step(a, 100_00, until=b), step(b, None, until=c), step(c, 200_00))], date(2023, 1, 1))
    assert made
    assert made.paths[0].count("M") == 2


def test_bounds_are_drawn_as_a_range_and_no_line() -> None:
    a, b = date(2020, 1, 1), date(2021, 1, 1)
    made = chart([(step(a, 100_00, until=b), step(b, 100_00, 200_00))], date(2022, 1, 1))
    assert made
    assert len(made.ranges) == 1
    assert made.paths[0].count("M") == 1


def test_an_amount_that_never_moved_has_no_chart() -> None:
    assert chart([(step(date(2020, 1, 1), 100_00),)], TODAY) is None


# -- the money test -------------------------------------------------------------------------------------------------


def test_amounts_stand_by_the_fact_they_are_compared_with() -> None:
    groups = money_groups(Words(LAW, "en"), LAW.pathways["be-vlg-professional-card"], TODAY)
    assert [len(g.amounts) for g in groups] == [3, 2]
    assert groups[0].counted == "Family members who live with you or come along, besides yourself"
    assert groups[0].households[0] == ("0", "€2,456.97", "€2,456.97")
    assert groups[0].households[3] == ("3", "€2,903.69", "€3,194.06")  # 1.10 + 2 * 0.10; 1.10 + 3 * 0.11
    assert len(groups[0].lines) == 2  # both readings of the family scale are one line for one person
    assert groups[0].amounts[1].formula[0][0] == "1.1"


def test_another_currency_is_shown_beside_the_euro() -> None:
    rate = rates()["USD"]
    shown = money_groups(Words(LAW, "de"), LAW.pathways["be-own-means"], TODAY, rate)[0].amounts[0]
    assert shown.other.startswith("USD ")
    assert shown.now.endswith("€")


def test_only_currencies_of_the_newest_day_are_offered() -> None:
    assert len({r.day for r in rates().values()}) == 1
    assert {"USD", "GBP", "JPY", "CHF"} <= rates().keys()
    assert not {"EUR", "RUB", "HRK"} & rates().keys()


# -- search ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "asked", "found"),
    [
        ("en", "beroepskaart", "be-vlg-professional-card"),  # the term of art works in every language
        ("en", "own MEANS", "be-own-means"),
        ("fr", "etrangers independants flandre", "be-vlg-professional-card"),  # without accents
        ("nl", "vermogen eigen middelen", ""),  # every word must stand somewhere
        ("de", "Rente", "be-own-means"),
        ("en", "quux", ""),
        ("en", "(((", "be-own-means"),  # no words: everything
        ("en", "مرحبا 😀 <script>", ""),
    ],
)
def test_search(language: str, asked: str, found: str) -> None:
    ids = [p.id for p in Finder(Words(LAW, language)).find(Wanted(words=asked))]
    assert (found in ids) if found else not ids


def test_the_pathway_itself_stands_before_those_that_only_speak_of_it() -> None:
    first = Finder(Words(LAW, "nl")).find(Wanted(words="beroepskaart vlaanderen"))[0]
    assert first.id == "be-vlg-professional-card"


def test_filters_narrow_down() -> None:
    finder = Finder(Words(LAW, "en"))
    flemish = finder.find(Wanted(country="BE", region="VLG"))
    assert flemish
    assert {p.region for p in flemish} == {"VLG"}
    assert [p.id for p in finder.find(Wanted(theme="means", country="BE"))] == ["be-own-means"]
    assert finder.find(Wanted(country="ZZ")) == []


# -- history --------------------------------------------------------------------------------------------------------


def test_history_tells_what_began_ended_and_moved() -> None:
    told = dict(history(Words(LAW, "en"), LAW.pathways["be-vlg-professional-card"]))
    assert {c.kind for c in told[date(2022, 1, 1)]} >= {"began", "ended"}
    moved = [c.text for c in told[date(2026, 7, 1)] if c.kind == "amount"]
    assert any("€2,456.97, before €2,408.79" in text for text in moved)
    assert list(told) == sorted(told, reverse=True)


def test_the_changes_of_all_pathways_tell_an_amount_once_a_day() -> None:
    listed = moments(Words(LAW, "en"), TODAY)
    for moment in listed:
        assert moment.day <= TODAY
        texts = [c.text for c in moment.changes if c.kind == "amount"]
        assert len(texts) == len(set(texts))
    days = [m.day for m in listed if m.amounts]
    assert len(days) == len(set(days))


# -- whole pages ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_pathway_has_a_page_in_every_language(language: str) -> None:
    w = Words(LAW, language)
    for pathway in LAW.pathways.values():
        page = pathway_page(w, pathway, TODAY)
        assert page.title
        assert page.sources
        if pathway.page:
            assert page.text["summary"]
            assert page.routes or not pathway.page["what_it_is_not"]


def test_a_pathway_without_a_page_shows_what_is_known() -> None:
    from dataclasses import replace

    bare = replace(LAW.pathways["be-own-means"], page={}, pages={}, procedure=None)
    page = pathway_page(Words(LAW, "nl"), bare, TODAY)
    assert page.text["summary"] == ""
    assert page.routes == ()
    assert page.groups  # the rule itself names amounts
    assert page.steps == ()


def test_difficulty_counts_what_it_says() -> None:
    pathway = LAW.pathways["be-own-means"]
    reasons = {r for axis in difficulty(Words(LAW, "en"), pathway, TODAY) for r in axis.reasons}
    practice = sum(e.effect == "practice" and TODAY in e.period for e in pathway.entries)
    assert f"Things asked for in practice, without a text that says so: {practice}" in reasons
    assert "There is no right to it: the authority is free to decide." in reasons


def test_data_for_machines_cannot_leave_its_element() -> None:
    block = as_data_block({"name": "</script><script>alert(1)</script> & <!--"})
    assert "<" not in block
    assert ">" not in block
    assert json.loads(block)["name"].startswith("</script>")


def test_a_pathway_as_a_government_service() -> None:
    pathway = LAW.pathways["be-vlg-professional-card"]
    data = government_service(Words(LAW, "fr"), pathway, "https://example.org/fr/", [])
    assert data["@type"] == "GovernmentService"
    assert data["areaServed"]["containedInPlace"]["identifier"] == "BE"
    assert data["inLanguage"] == "fr"
    assert {x["@value"] for x in data["alternateName"]} >= {"beroepskaart"}


def test_the_picture_beside_a_link() -> None:
    picture = share_card("de", "Leben von eigenen Mitteln", "Belgien", "Aufenthaltsrecht")
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])) == (1200, 630)


def test_places() -> None:
    assert places.countries(LAW)[0] == "BE"
    assert "VLG" in places.regions(LAW, "BE")
    assert places.regions(LAW, "ZZ") == ()
    assert all(places.theme_of(p) in ("", *places.THEMES) for p in LAW.pathways.values())


def test_the_same_plan_in_each_region() -> None:
    facts: dict[str, Known] = {
        "person.nationalities": Exact(frozenset({"FR"})),
        "activity.kind": Exact("self-employed"),
    }
    groups = dict(by_subject(Words(LAW, "en"), "BE", facts, TODAY))
    cards = [x for x in groups["Working for yourself"] if x.told.pathway.endswith("-professional-card")]
    assert {x.told.result.value for x in cards} == {"not_needed"}
    assert len({x.region for x in cards}) == len(cards) >= 1


def test_notes_name_pathways_and_sources_by_their_titles(tmp_path: Path) -> None:
    (tmp_path / "a.law.md").write_text("**be-own-means**: read anew. Source: `vl-decree-2021-10-15`,\nart. 1.\n")
    (tmp_path / "b.fixed.md").write_text("be-own-means: no note of law")
    (note,) = notes(Words(LAW, "en"), tmp_path)
    assert note.pathways == {"be-own-means"}
    assert note.text.startswith("Living on your own means, Belgium: read anew. Source: Décret")
    assert note.text.endswith("art. 1.")


def test_every_note_that_ships_can_be_read() -> None:
    found = notes(Words(LAW, "en"), notes_folder())
    assert found
    for note in found:
        assert "be-own-means" not in note.text
        assert "**" not in note.text
