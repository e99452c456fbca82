# ruff: noqa: E501  tables: one row a change
"""A jurist signs a rule: the signature holds for its meaning, and lapses when that changes."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from sojourn.cli.app import cli
from sojourn.decide.law_check import check
from sojourn.law.model import Pathway

SMALL = Path(__file__).parent / "small"
RULE = "be/market-stall/rule.yaml"
UNSIGNED = "reviewed: {by: , on: , of: }"


@pytest.fixture
def law(tmp_path, monkeypatch):
    monkeypatch.setenv("SOJOURN_CACHE", "")
    folder = tmp_path / "law"
    shutil.copytree(SMALL, folder)
    monkeypatch.setattr("sojourn.decide.body.shipped_law", lambda: folder)
    return folder


def stall(law: Path) -> Pathway:
    read, faults = check(shipped=law)
    assert read, "\n".join(map(str, faults))
    return read.pathways["market-stall"]


def edit(law: Path, file: str, old: str, new: str) -> None:
    path = law / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} does not stand in {file}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def sign(law: Path, digest: str) -> None:
    edit(law, RULE, UNSIGNED, f"reviewed: {{by: A Jurist, on: 2026-11-22, of: {digest}}}")


def run(*words: str) -> str:
    done = CliRunner().invoke(cli, ["law", *words])
    assert done.exit_code == 0, done.output
    return done.output


def printed() -> str:
    """Return the digest that the sheet asks to sign."""
    (line,) = [x for x in run("sheet", "market-stall").splitlines() if x.startswith("digest to sign: ")]
    return line.removeprefix("digest to sign: ").split(";")[0]


def listed() -> dict:
    rows = json.loads(run("list", "--format", "json"))["pathways"]
    return next(r for r in rows if r["pathway"] == "market-stall")


def test_the_digest_that_is_printed_can_be_signed(law):
    assert listed()["reviewed"] is None
    digest = printed()
    sign(law, digest)
    assert printed() == digest
    assert "reviewed by A Jurist on 22 November 2026" in run("sheet", "market-stall")
    assert listed()["reviewed"] == {"by": "A Jurist", "on": "2026-11-22"}
    assert listed()["digest"] == digest
    assert "A Jurist" in run("list")
    assert json.loads(run("check", "--format", "json"))["notices"] == []


SAME = [
    ("title: Market stall", "# a comment\n\ntitle:   Market stall  # another", "comments and blank lines"),
    ("says: You are an adult.", "says: >-\n      You are\n      an adult.", "another way to write the same text"),
    (
        "says: You are an adult.",
        "says: You are an adult.\n    note: Read again by nobody.",
        "a note to the next jurist",
    ),
    ("define:\n", "define:\n  child:\n    says: A child\n    fact: person.age\n    less_than: 18\n", "an unused test"),
]
OTHER = [
    ("at_least: 18", "at_least: 21", "a number"),
    ("[food, flowers, books]", "[food, flowers]", "a value"),
    ("says: You are an adult.", "says: You are an adult person.", "a sentence"),
    ("quote: {nl: meerderjarig}", "quote: {nl: volwassen}", "a quote"),
    ("better: Stay a customer.", "better: Sell online.", "where else to go"),
    ("lasts: As long as", "lasts: For as long as", "how long it lasts"),
    ("at: art. 3, grade: official", "at: art. 4, grade: official", "a pinpoint"),
    ("At most six months old.", "Not older than six months.", "a reading"),
    ("shown_by: [business-plan]", "shown_by: []", "the evidence"),
    ("who_helps: [counter, lawyer]", "who_helps: [counter]", "who helps"),
    ("  - Fairs.", "  - Fairs and feasts.", "what is not modelled"),
    ("terms: {nl: marktkraam}", "terms: {nl: kraam}", "a term of art"),
    ("in_force: {from: 2020-01-01}", "in_force: {from: 2021-01-01}", "the first day"),
]


@pytest.mark.parametrize(("old", "new", "what"), SAME, ids=[x[2] for x in SAME])
def test_what_means_the_same_keeps_the_signature(law, old, new, what):
    before = stall(law).digest
    edit(law, RULE, old, new)
    if "child" in new:
        edit(law, "be/market-stall/texts/nl.yaml", "  define.adult:", "  define.child: Een kind\n  define.adult:")
    assert stall(law).digest == before, what


@pytest.mark.parametrize(("old", "new", "what"), OTHER, ids=[x[2] for x in OTHER])
def test_another_meaning_voids_the_signature(law, old, new, what):
    before = stall(law).digest
    edit(law, RULE, old, new)
    assert stall(law).digest != before, what


def test_a_rule_that_changed_since_is_said_to_be_so_and_stops_nothing(law):
    sign(law, printed())
    edit(law, RULE, "at_least: 18", "at_least: 17")
    assert "not yet reviewed again since the rule changed" in run("sheet", "market-stall")
    assert "not yet reviewed again since the rule changed" in run("list")
    row = listed()
    assert row["reviewed"] is None
    assert row["reviewed_earlier"] == {"by": "A Jurist", "on": "2026-11-22"}
    told = json.loads(run("check", "--format", "json"))
    assert told["faults"] == []
    (notice,) = told["notices"]
    assert notice["kind"] == "review-outdated"
    assert notice["file"].endswith("rule.yaml")
    assert notice["line"] == 6
    assert "reviewed text has changed since" in notice["what"]
    assert "2026-11-22" in notice["what"]
    assert "reviewed text has changed since" in run("check")


@pytest.mark.parametrize(
    ("reviewed", "kind", "word"),
    [
        ("{by: A Jurist, on: 2026-11-22, of: 64e6}", "wrong-shape", "64e6"),
        ("{by: A Jurist, on: 2026-11-22, of: 64E69F41982E1C1Z}", "wrong-shape", "64E69F41982E1C1Z"),
        ("{by: , on: , of: 64e69f41982e1c18}", "wrong-shape", "by"),
        ("{by: A Jurist, on: 2026-11-22, of: }", "wrong-shape", "of"),
    ],
    ids=["too short", "no digest", "nobody signed", "nothing signed"],
)
def test_a_malformed_signature_is_a_fault(law, reviewed, kind, word):
    edit(law, RULE, UNSIGNED, f"reviewed: {reviewed}")
    read, faults = check(shipped=law)
    assert read is None
    (fault,) = faults
    assert (fault.kind, fault.line) == (kind, 6)
    assert word in fault.what
    assert "law sheet" in fault.what + fault.mend


@pytest.mark.parametrize("digest", ["1234567890123456", "0012345678901234", "1234567890123e12"])
def test_a_digest_that_looks_like_a_number_is_read_as_it_stands(law, digest):
    sign(law, digest)
    assert stall(law).reviewed["of"] == digest


RESTS_ON = [
    ("amounts/deposit.yaml", '"650.50 EUR"', '"9999.99 EUR"', "a row of an amount"),
    ("amounts/deposit.yaml", "at: art. 9, grade: official}}\n  - {from: 2024", "at: art. 8, grade: official}}\n  - {from: 2024", "the source of a row"),
    ("amounts/deposit.yaml", "says: Deposit for a stall", "says: Deposit for a table", "what an amount is"),
    ("amounts/deposit-plan.yaml", "1.10 *", "1.20 *", "the formula of an anchor"),
    ("law.yaml", "any_in: [IS]", "any_in: [IS, EE]", "a shared named test"),
    ("facts.yaml", "[DK, FI,", "[DK, IS, FI,", "a group of countries"),
    ("facts.yaml", "least: 0, most: 125", "least: 1, most: 125", "the bounds of a fact"),
    ("facts.yaml", "Your age in years", "Your age in months", "the meaning of a fact"),
    ("facts.yaml", "books: Books}", "books: Books and maps}", "the meaning of a value"),
    ("facts.yaml", "books: Books}", "books: Books, maps: Maps}", "the values of a fact"),
    ("sources.yaml", "title: Market Act", "title: Markets Act", "the title of a source"),
    ("sources.yaml", "org/market-act", "org/markets", "the address of a source"),
    ("sources.yaml", "title: A trader's blog", "title: A blog", "the source of a reading or a row"),
    ("law.yaml", "counter: Counter for", "counter: Desk for", "who weighs"),
    ("texts/en.yaml", "Business plan", "Plan", "the name of a document"),
    ("be/market-stall/procedure.yaml", "max_age: {months: 3}", "max_age: {months: 4}", "the procedure"),
    ("be/time-limits.yaml", "length: {days: 30}", "length: {days: 31}", "a time limit"),
]  # fmt: skip
NOT_USED = [
    ("sources.yaml", "sources:\n", "sources:\n  memo: {title: Memo, kind: secondary, authority: A, read: 2026-11-22, language: en, part: whole}\n", "a source that is not cited"),
    ("sources.yaml", "read: 2026-11-22", "read: 2026-11-23", "the day a source was read again"),
    ("facts.yaml", "facts:\n", "facts:\n  stall.width: {says: Width, type: money, change: slow}\n", "a fact that is not tested"),
    ("facts.yaml", "change: slow}", "change: fixed}", "how a fact may change"),
    ("facts.yaml", "likely: {nordic-countries: 0.1}", "likely: {nordic-countries: 0.2}", "how likely a value is"),
    ("questions.yaml", "How old are you?", "What is your age?", "a question"),
    ("law.yaml", "stale_after_days: 180", "stale_after_days: 90", "the body of law as a whole"),
    ("law.yaml", "define:\n", "define:\n  old:\n    says: Old\n    fact: person.age\n    at_least: 65\n", "a named test without use"),
    ("amounts/fee.yaml", "", "amount: fee\nsays: Fee\nunit: EUR\nrows: [{from: 2020-01-01, unknown: not read}]\n", "an amount without use"),
    ("be/market-stall/page.yaml", "Market traders", "Traders", "the catalogue"),
    ("be/market-stall/procedure.cases.yaml", "why: ", "why: indeed, ", "a worked case of the procedure"),
    ("be/market-stall/cases.yaml", "Danish seller", "Seller from Denmark", "a worked case"),
    ("be/market-stall/texts/nl.yaml", "Uw kraam is verzekerd", "De kraam is verzekerd", "a translation"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "what"), RESTS_ON, ids=[x[3] for x in RESTS_ON])
def test_law_that_the_rule_rests_on_voids_the_signature(law, file, old, new, what):
    before = stall(law).digest
    edit(law, file, old, new)
    assert stall(law).digest != before, what


@pytest.mark.parametrize(("file", "old", "new", "what"), NOT_USED, ids=[x[3] for x in NOT_USED])
def test_what_the_rule_does_not_use_keeps_the_signature(law, file, old, new, what):
    before = stall(law).digest
    (law / file).touch()
    edit(law, file, old, new)
    assert stall(law).digest == before, what


def test_a_folder_of_law_that_changes_an_amount_voids_the_signature(law, tmp_path):
    sign(law, printed())
    mine = tmp_path / "mine" / "amounts"
    mine.mkdir(parents=True)
    text = (law / "amounts" / "deposit.yaml").read_text(encoding="utf-8")
    (mine / "deposit.yaml").write_text(text.replace('"650.50 EUR"', '"650.51 EUR"'), encoding="utf-8")
    assert stall(law).review == "valid"
    read, _ = check(mine.parent, shipped=law)
    assert read is not None
    assert read.pathways["market-stall"].review == "outdated"
