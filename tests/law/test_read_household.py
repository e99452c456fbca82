"""The file that says what a family tells: each fault in it is found, with the place and the remedy."""

import shutil
from pathlib import Path

import pytest

from sojourn.decide.law_check import check

SMALL = Path(__file__).parent / "small"
RELATION = """
  member.relation:
    says: How that person is related to you
    type: choice
    change: fixed
    values: {spouse: Husband or wife, child: Child}
"""
GOOD = """
relations:
  spouse: {reverse: [spouse]}
  child: {reverse: [child]}
derive:
  - {fact: stall.insured, value: true, some: {fact: member.relation, is: spouse}}
join:
  has: {fact: person.residence, is: BE}
  gives:
    market-stall: {stall.permits: [gas]}
  ways: [market-stall]
  forgets: [stall.savings]
  derive:
    - {fact: stall.goods, value: food, joined: {fact: stall.permits, any_in: [gas]}}
    - {fact: stall.savings, same_as: stall.savings}
"""


@pytest.fixture
def folder(tmp_path):
    law = tmp_path / "law"
    shutil.copytree(SMALL, law)
    facts = law / "facts.yaml"
    facts.write_text(facts.read_text(encoding="utf-8").replace("\ncontradictions:", f"{RELATION}\ncontradictions:"))
    texts = law / "texts/nl.yaml"
    told = texts.read_text(encoding="utf-8")
    told = told.replace("facts:\n", "facts:\n  member.relation: Band met die persoon\n", 1)
    told = told.replace("values:\n", "values:\n  member.relation: {spouse: Echtgenoot, child: Kind}\n", 1)
    texts.write_text(told, encoding="utf-8")
    return law


def found(law, text):
    (law / "household.yaml").write_text(text, encoding="utf-8")
    return check(shipped=law)[1]


def test_a_good_file_has_no_fault(folder):
    assert found(folder, GOOD) == []


@pytest.mark.parametrize(("old", "new", "kind", "word"), [
    ("reverse: [spouse]", "reverse: [wife]", "unknown-value", "wife"),
    ("{fact: stall.insured, value: true", "{fact: stall.insurd, value: true", "unknown-fact", "stall.insurd"),
    ("value: true, some", "value: gas, some", "wrong-type", "gas"),
    ("market-stall: {stall", "market-stal: {stall", "unknown-pathway", "market-stal"),
    ("ways: [market-stall]", "ways: [market-stal]", "unknown-pathway", "market-stal"),
    ("{stall.permits: [gas]}", "{stall.permit: [gas]}", "unknown-fact", "stall.permit"),
    ("{stall.permits: [gas]}", "{stall.permits: [steam]}", "unknown-value", "steam"),
    ("{stall.permits: [gas]}", "{stall.insured: [gas]}", "unknown-value", "stall.insured"),
    ("forgets: [stall.savings]", "forgets: [stall.saving]", "unknown-fact", "stall.saving"),
    ("value: food", "value: fish", "wrong-type", "fish"),
    ("same_as: stall.savings", "same_as: person.age", "wrong-type", "person.age"),
    ("same_as: stall.savings", "same_as: stall.saving", "wrong-type", "stall.saving"),
    (", joined: {fact: stall.permits, any_in: [gas]}", "", "wrong-shape", "joined"),
    ("same_as: stall.savings", "same_as: stall.savings, value: food", "wrong-shape", "same_as"),
    ("{fact: person.residence, is: BE}", "{fact: person.residenc, is: BE}", "unknown-fact", "person.residenc"),
])  # fmt: skip
def test_a_fault_is_found_and_named(folder, old, new, kind, word):
    assert old in GOOD
    faults = found(folder, GOOD.replace(old, new, 1))
    assert (kind, True) in {(f.kind, word in f"{f.what} {f.mend}") for f in faults}
    assert all(f.file.endswith("household.yaml") for f in faults)
