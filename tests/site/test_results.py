"""The results: grouped, best first, each with its reasons; the whole tree with its sources; another day."""

from pathlib import Path

import pytest
from django.test import Client

from sojourn.decide.assess import assess
from sojourn.site.body import the_law
from sojourn.site.results import groups
from sojourn.values.verdict import Result
from sojourn.words.language import LANGUAGES, Words
from sojourn.words.told import tell
from tests.site.person import facts_of_example, post, text_of

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def taken_up(client: Client, name: str) -> None:
    with (EXAMPLES / f"{name}.yaml").open("rb") as file:
        assert client.post("/en/answers/resume/", {"profile": file}).status_code == 302


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [p.stem for p in sorted(EXAMPLES.glob("*.yaml"))])
def test_every_sentence_of_every_finding_is_on_the_page(client: Client, language: str, name: str) -> None:
    taken_up(client, name)
    law = the_law()
    on, facts = facts_of_example(law, EXAMPLES / f"{name}.yaml")
    page = text_of(client.get(f"/{language}/results/"))
    w = Words(law, language)
    for told in (tell(w, f) for f in assess(law, facts, on)):
        sentences = [told.title, told.met, told.known_from]
        sentences += [x for p in told.points for x in (p.text, p.verdict, p.better)]
        if not told.gate_fails:
            sentences += [told.heading, *(x.text for x in told.warned), *(x.text for x in told.ways), *told.helpers]
        for sentence in sentences:
            assert " ".join(sentence.split()) in page, sentence


def test_findings_stand_under_their_results_best_first() -> None:
    law = the_law()
    on, facts = facts_of_example(law, EXAMPLES / "ghent-designer.yaml")
    told = [tell(Words(law, "en"), f) for f in assess(law, facts, on)]
    found = groups(Words(law, "en"), told)
    assert found[0].result is Result.OPEN
    assert sum(len(g.findings) for g in found) == len(law.pathways)
    assert found[-1].title == "Not about your plan"
    assert all(t.gate_fails for t in found[-1].findings)


@pytest.mark.parametrize("language", LANGUAGES)
def test_why_not_this_one(client: Client, language: str) -> None:
    taken_up(client, "ghent-designer")
    law = the_law()
    w = Words(law, language)
    page = client.get(f"/{language}/results/be-own-means/")
    said = text_of(page)
    assert page.status_code == 200
    on, _ = facts_of_example(law, EXAMPLES / "ghent-designer.yaml")
    for entry in (e for e in law.pathways["be-own-means"].of("gate", "condition") if on in e.period):
        assert " ".join(w.line(law.pathways["be-own-means"], entry.id).split()) in said
        assert law.sources[entry.cite.source].title.split("  ")[0] in said
    assert client.get(f"/{language}/results/no-such/").status_code == 404


def test_what_a_missing_answer_could_change(client: Client) -> None:
    taken_up(client, "half-known")
    law = the_law()
    on, facts = facts_of_example(law, EXAMPLES / "half-known.yaml")
    missing = next(f for f in assess(law, facts, on) if f.result is Result.UNDETERMINED and f.missing)
    said = text_of(client.get(f"/nl/results/{missing.pathway.id}/"))
    assert "Wat we nog moeten weten" in said
    assert "Een antwoord kan" in said


def test_another_day(client: Client) -> None:
    taken_up(client, "ghent-designer")
    assert "22 November 2026" in text_of(client.get("/en/results/"))
    done = post(client, "/en/results/day/", {"on-day": "1", "on-month": "6", "on-year": "2019"})
    page = text_of(client.get(done.headers["Location"]))
    assert "1 June 2019" in page
    assert "No rule known for that day" in page
    post(client, "/en/results/day/", {"today": "1", "on-day": "", "on-month": "", "on-year": ""})
    assert b"on: 2019" not in client.get("/en/answers/keep/").content


@pytest.mark.parametrize("typed", [("31", "2", "2026"), ("", "", ""), ("x", "1", "2026"), ("1", "1", "9" * 30)])
def test_a_day_that_is_none_is_told(client: Client, typed: tuple[str, str, str]) -> None:
    page = post(client, "/fr/results/day/", dict(zip(("on-day", "on-month", "on-year"), typed, strict=True)))
    assert page.status_code == 422
    assert "Donnez un jour qui existe" in text_of(page)
    assert 'id="on"' in page.text


def test_the_law_of_the_answer_is_named(client: Client) -> None:
    said = text_of(client.get("/en/results/"))
    assert the_law().digest[:12] in said
    assert "only the authority decides" in said


def test_without_answers_one_is_sent_to_begin(client: Client) -> None:
    page = client.get("/nl/results/")
    assert 'href="/nl/start/"' in page.text
    assert "U hebt nog niets geantwoord" in text_of(page)
