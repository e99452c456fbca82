"""The examples and every command, in four languages, through the real process."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from sojourn.decide.body import load_law
from sojourn.decide.profile import parse_profile
from sojourn.law.yaml12 import load
from tests.cli.inside import LAW, inside

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
SOJOURN = Path(sys.executable).parent / "sojourn"
CARD, OWN, EU = "be-vlg-professional-card", "be-own-means", "be-eu-registration"
LANGUAGES = ["en", "nl", "fr", "de"]
PATHWAYS = sorted(load(p)["pathway"] for p in (ROOT / "law").rglob("rule.yaml"))
NAMES = sorted(p.stem for p in EXAMPLES.glob("*.yaml"))


@pytest.fixture(scope="session")
def sojourn(tmp_path_factory):
    """Return a function that runs the real command and gives what it prints."""
    cache = tmp_path_factory.mktemp("cache")
    cache.chmod(0o700)
    env = {k: v for k, v in os.environ.items() if k not in ("SOJOURN_LANG", "LC_ALL")}
    env |= {"SOJOURN_CACHE": str(cache), "LANG": "C.UTF-8", "COLUMNS": "88"}

    def run(*words: str | Path) -> str:
        done = subprocess.run(
            [SOJOURN, *map(str, words)], capture_output=True, text=True, env=env, cwd=ROOT, timeout=60, check=False
        )
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
        return done.stdout

    return run


@pytest.fixture(scope="session")
def matched(sojourn):
    return {name: json.loads(sojourn("match", EXAMPLES / f"{name}.yaml", "--format", "json")) for name in NAMES}


def finding(matched, name, pathway):
    (found,) = [f for f in matched[name]["findings"] if f["pathway"] == pathway]
    return found


def test_the_examples():
    assert {"boston-pensioner", "ghent-designer", "half-known", "kinshasa-orange-card", "lisbon-translator"} <= set(
        NAMES
    )


@pytest.mark.parametrize(
    ("name", "pathway", "result", "instead", "gate_fails"),
    [
        ("ghent-designer", CARD, "open", None, False),
        ("ghent-designer", OWN, "closed", CARD, True),
        ("boston-pensioner", OWN, "open", None, False),
        ("boston-pensioner", CARD, "closed", OWN, True),
        ("lisbon-translator", CARD, "not_needed", EU, False),
        ("lisbon-translator", EU, "open", None, False),
        ("kinshasa-orange-card", CARD, "contested", None, False),
        ("half-known", CARD, "undetermined", None, False),
        ("toronto-visitor", CARD, "open", None, False),
    ],
)
def test_results(matched, name, pathway, result, instead, gate_fails):
    found = finding(matched, name, pathway)
    assert (found["result"], found["instead"], found["gate_fails"]) == (result, instead, gate_fails)


@pytest.mark.parametrize("name", NAMES)
def test_every_example_is_of_the_same_day_and_answers_every_pathway_best_first(matched, name):
    assert matched[name]["on"] == ("2026-04-15" if name == "toronto-visitor" else "2026-11-22")
    assert sorted(f["pathway"] for f in matched[name]["findings"]) == PATHWAYS
    best = ["open", "not_needed", "contested", "undetermined", "closed"]
    order = [best.index(f["result"]) for f in matched[name]["findings"]]
    assert order == sorted(order)


@pytest.mark.parametrize(("name", "first"), [("ghent-designer", CARD), ("boston-pensioner", OWN)])
def test_the_pathway_that_fits_comes_first(matched, name, first):
    assert matched[name]["findings"][0]["pathway"] == first


def test_the_visitor_is_told_to_mind_the_time(matched):
    assert "timing" in finding(matched, "toronto-visitor", CARD)["cautions"]


def test_the_authority_weighs_the_added_value(matched):
    assert "added-value" in finding(matched, "ghent-designer", CARD)["weighs"]


def test_the_pensioner_stands_above_the_highest_anchor(matched):
    found = finding(matched, "boston-pensioner", OWN)
    assert {a["stands"] for a in found["anchors"]} == {"above"}
    assert len(found["anchors"]) == 3
    assert "2456.97" in json.dumps(found["anchors"])
    assert "discretionary" in found["cautions"]


def test_both_readings_of_the_orange_card_with_their_sources(matched):
    found = finding(matched, "kinshasa-orange-card", CARD)
    readings = json.dumps(found["readings"])
    assert len(found["readings"]) >= 1
    assert '"source"' in readings
    assert '"url"' in readings


def test_what_the_half_known_person_misses(matched, sojourn):
    found = finding(matched, "half-known", CARD)
    assert "residence.document" in found["missing"]
    asked = json.loads(sojourn("next", EXAMPLES / "half-known.yaml", "--format", "json"))
    assert asked["question"]
    assert asked["ask"]
    assert asked["why"]
    assert CARD in asked["touches"]


def test_no_answer_can_help_the_designer(sojourn):
    asked = json.loads(sojourn("next", EXAMPLES / "ghent-designer.yaml", "--format", "json"))
    assert asked["question"] is None


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_match_explain_next_in_every_language(sojourn, name, lang):
    path = EXAMPLES / f"{name}.yaml"
    for words in (["match", path], ["next", path], ["explain", path, CARD]):
        assert sojourn(*words, "--lang", lang).strip()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("pathway", PATHWAYS)
def test_every_pathway_is_explained_in_every_language(pathway, lang):
    for name in ("ghent-designer", "half-known"):
        assert inside("explain", EXAMPLES / f"{name}.yaml", pathway, "--lang", lang).strip()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_list_and_facts_in_every_language(sojourn, lang):
    told = sojourn("law", "facts", "--lang", lang)
    assert "person.nationalities" in told
    listed = sojourn("law", "list", "--lang", lang)
    for id in PATHWAYS:
        assert id in listed


@pytest.mark.parametrize(
    ("lang", "amount"),
    [
        ("en", "Start-up capital, indexed: €22,838.00"),
        ("nl", "Startkapitaal, geïndexeerd: € 22.838,00"),
        ("fr", "Capital de départ, indexé: 22 838,00 €"),
        ("de", "Startkapital, indexiert: 22.838,00 €"),
    ],
)
def test_an_amount_has_its_name_in_every_language(sojourn, lang, amount):
    told = sojourn("explain", EXAMPLES / "ghent-designer.yaml", CARD, "--lang", lang)
    assert amount in " ".join(told.split())


@pytest.mark.parametrize(
    ("lang", "who", "shown"),
    [
        ("en", "Economic Migration Service", "Shown with: Business plan, Contracts and clients"),
        ("nl", "dienst Economische Migratie", "Aan te tonen met: Ondernemingsplan, Contracten en klanten"),
        ("fr", "service Migration économique", "À montrer avec : Plan d'entreprise, Contrats et clients"),
        ("de", "Dienst Wirtschaftsmigration", "Nachzuweisen mit: Geschäftsplan, Verträge und Kunden"),
    ],
)
def test_a_person_reads_who_weighs_and_with_which_evidence_it_is_shown(sojourn, lang, who, shown):
    for command in (["match"], ["explain"]):
        told = " ".join(
            sojourn(*command, EXAMPLES / "ghent-designer.yaml", *(["--pathway"] if command == ["match"] else []), CARD,
                    "--lang", lang).split()
        )  # fmt: skip
        assert who in told
        assert shown in told


def test_who_weighs_a_point_inside_a_condition_and_its_evidence(sojourn, matched):
    told = " ".join(sojourn("explain", EXAMPLES / "lisbon-translator.yaml", EU).split())
    reasons = {r["condition"]: r for r in finding(matched, "ghent-designer", CARD)["reasons"]}
    assert reasons["added-value"]["weighed"] == [
        {
            "point": "added-value",
            "by": "vl-economic-migration",
            "by_name": "Flemish Department of Work and Social Economy, Economic Migration Service",
            "shown_by": {
                "business-plan": "Business plan", "contracts-and-clients": "Contracts and clients",
                "market-need": "Proof that there is demand", "curriculum-vitae": "Curriculum vitae",
            },
        }
    ]  # fmt: skip
    assert reasons["some-work"]["weighed"] == []
    assert "Immigration Office" in told
    assert "Proof of income" in told


def test_a_strict_comparison_reads_as_the_law_has_it(sojourn):
    told = " ".join(sojourn("explain", EXAMPLES / "lisbon-translator.yaml", EU).split())
    assert "besides yourself ≤ 0 people" in told
    assert "< 1 people" not in told


def test_law_check_finds_no_fault(sojourn):
    assert sojourn("law", "check").startswith("no fault in ")
    assert json.loads(sojourn("law", "check", "--format", "json"))["faults"] == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("pathway", PATHWAYS)
def test_a_sheet_fits_on_eight_pages(pathway, lang):
    lines = inside("law", "sheet", pathway, "--lang", lang).splitlines()
    assert 20 < len(lines) <= 8 * 66
    assert max(map(len, lines)) <= 100


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("pathway", ["be-vlg-professional-card", "be-own-means"])
def test_a_procedure_has_a_sheet(sojourn, pathway, lang):
    told = sojourn("law", "sheet", pathway, "--procedure", "--lang", lang)
    procedure = load_law().pathways[pathway].procedure
    for line in procedure.lines():
        assert f"{line.id}" in told
    assert "BE57679200609235 (FOD Binnenlandse Zaken" in told
    assert max(map(len, told.splitlines())) <= 100


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("pathway", [None, *PATHWAYS])
def test_a_new_profile_is_a_profile(pathway, lang):
    text = inside("new", *([pathway] if pathway else []), "--lang", lang, "--on", "2026-11-22")
    who = parse_profile(load_law(), text.encode())
    assert who.on == date(2026, 11, 22)
    assert "#" in text


def test_a_new_profile_asks_what_decides_on_its_day(sojourn):
    past, today = (sojourn("new", "be-vlg-professional-card", "--on", day) for day in ("2021-06-01", "2026-11-22"))
    assert "start_up_capital" in today
    assert "start_up_capital" not in past
    assert "same_activity" in past


def test_the_same_answer_twice(sojourn, matched):
    again = json.loads(sojourn("match", EXAMPLES / "ghent-designer.yaml", "--format", "json"))
    assert again == matched["ghent-designer"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_regions_side_by_side(language):
    said = inside("regions", EXAMPLES / "ghent-designer.yaml", "--pathway", CARD, "--lang", language)
    titles = [LAW.pathways[f"be-{r}-professional-card"] for r in ("vlg", "bru", "wal", "dg")]
    shown = [said.index(p.texts[language]["title"]) for p in titles]
    assert shown == sorted(shown)


def test_the_regions_as_data():
    given = json.loads(inside("regions", EXAMPLES / "ghent-designer.yaml", "--pathway", CARD, "--format", "json"))
    (route,) = given["routes"]
    assert [(f["region"], f["result"]) for f in route] == [
        ("VLG", "open"), ("BRU", "undetermined"), ("WAL", "open"), ("DG", "open"),
    ]  # fmt: skip
    assert all(f["reasons"] for f in route)
