"""Every phrase of the shells exists in every language, with the same placeholders."""

import ast
import re
from datetime import date
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

from sojourn.cli.render import Page, explain_text
from sojourn.decide.assess import assess
from sojourn.decide.body import load_law
from sojourn.dossier.events import DATA, DOSSIER_FACTS, SHAPES
from sojourn.law.model import NotModelled, walk
from sojourn.words.language import Words

ROOT = Path(__file__).resolve().parents[2]
TABLES = {
    "ASSUMES", "BOUNDS", "CAUTIONS", "CHANGES", "COMPARED", "CONFLICT", "DUE", "EFFECTS", "FAULTS", "FLAWS", "FORMS",
    "GRADES", "GRADE_HEADINGS", "HEADINGS", "LATER", "LEVELS", "MEANINGS", "MOMENTS", "NEAR", "ODDS", "ONE",
    "ENDINGS", "EFFECTS_ON", "PAINS", "PARTS", "PAYER", "PER", "PRACTICAL", "READ_PARTS", "REST_DAYS", "RULE_PARTS",
    "SAFE_DAYS", "SEAL", "SETTLES", "SHARES", "SILENCE", "SILENCES", "SOURCE_KINDS", "STANDINGS", "STATUSES", "STEPS",
    "THEMES", "UNITS", "VERDICTS", "WARNINGS", "_ACT", "_FORM", "_LABEL", "_NEED",
}  # fmt: skip
SHELLS = ("cli", "papers", "words", "site")


def said_in(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Const) and isinstance(node.value, str)


def phrases() -> set[str]:
    found = {"official", "secondary", "derived", "unconfirmed"}
    for path in [p for shell in SHELLS for p in (ROOT / "src/sojourn" / shell).rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            said = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "say"
            if said and not isinstance(node.args[0], ast.Subscript):  # type: ignore[attr-defined]
                inner = ast.walk(node.args[0])  # type: ignore[attr-defined]
                found |= {x.value for x in inner if isinstance(x, ast.Constant) and isinstance(x.value, str)}
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id in TABLES:
                assert isinstance(node.value, ast.Dict)
                found |= {x.value for x in node.value.values if isinstance(x, ast.Constant)}  # type: ignore[misc]
    for path in (ROOT / "src/sojourn/site/jinja2").rglob("*.html"):
        for call in Environment().parse(path.read_text()).find_all(nodes.Call):
            if isinstance(call.node, nodes.Getattr) and call.node.attr == "say":
                found |= {x.value for x in (call.args[0], *call.args[0].find_all(nodes.Const)) if said_in(x)}
    for datum in (*DATA.values(), *DOSSIER_FACTS.values()):
        found |= {datum.says, *datum.values.values()}
    return found | {shape.says for shape in SHAPES.values()}


@pytest.mark.parametrize("language", ["nl", "fr", "de"])
def test_every_phrase_is_translated(language: str) -> None:
    with (ROOT / "locale" / language / "LC_MESSAGES" / "sojourn.po").open("rb") as f:
        catalogue = {m.id: m.string for m in read_po(f) if m.id}
    assert phrases() - catalogue.keys() == set()
    assert catalogue.keys() - phrases() == set()
    for phrase, text in catalogue.items():
        assert text, phrase
        assert sorted(re.findall(r"\{\w+\}", str(phrase))) == sorted(re.findall(r"\{\w+\}", str(text)))


@pytest.mark.parametrize("language", ["nl", "fr", "de"])
def test_what_we_do_not_decide_is_told_in_the_language(language: str) -> None:
    law = load_law()
    found = 0
    for finding in assess(law, {}, date(2026, 11, 22)):
        told = explain_text(Words(law, language), finding, {}, Page(88, colour=False))
        for reason in finding.reasons:
            for test in walk(reason.entry.test):
                if isinstance(test, NotModelled):
                    assert finding.pathway.texts[language][test.key] in " ".join(told.split())
                    found += 1
    assert found
