"""A threshold reckoned from the filing day moves past a fixed day: the exact form changes on that day."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from sojourn.decide.assess import assess
from sojourn.decide.body import load_law
from sojourn.decide.profile import profile_from

SMALL = Path(__file__).parents[1] / "law" / "small"
PERSON = {
    "person.nationalities": ["MA"], "person.age": 30, "person.residence": "BE", "stall.goods": "flowers",
    "stall.permits": ["music"], "stall.insured": True,
}  # fmt: skip


@pytest.fixture
def law(tmp_path: Path):
    """The small body of law, in which a lease of before June 2024 serves, and a later one only after `span`."""

    def make(test: str):
        folder = tmp_path / "law"
        shutil.copytree(SMALL, folder)
        rule = folder / "be/market-stall/rule.yaml"
        text = rule.read_text(encoding="utf-8")
        start, end = text.index("  - id: fresh-lease"), text.index("  - id: added-value")
        entry = (
            "  - id: fresh-lease\n    says: Your lease is old enough.\n"
            "    cite: {source: market-act, at: art. 6, grade: official}\n"
            f"    any:\n      - {{fact: stall.lease_signed, before: 2024-06-01}}\n      - {test}\n"
        )
        rule.write_text(text[:start] + entry + text[end:], encoding="utf-8")
        for texts in folder.glob("be/market-stall/texts/*.yaml"):
            lines = texts.read_text(encoding="utf-8").splitlines(keepends=True)
            texts.write_text("".join(x for x in lines if "fresh-lease." not in x), encoding="utf-8")
        return load_law(shipped=folder)

    return make


@pytest.mark.parametrize(
    ("test", "on", "signed", "result"),
    [
        ("{fact: stall.lease_signed, passed: {years: 1}}", date(2024, 8, 1), date(2024, 6, 2), "closed"),
        ("{fact: stall.lease_signed, passed: {years: 1}}", date(2025, 6, 1), date(2024, 6, 2), "closed"),
        ("{fact: stall.lease_signed, passed: {years: 1}}", date(2025, 6, 2), date(2024, 6, 2), "open"),
        ("{fact: stall.lease_signed, passed: {years: 1}}", date(2025, 9, 1), date(2024, 8, 1), "open"),
        ("{fact: stall.lease_signed, not_older_than: {months: 6}}", date(2024, 8, 1), date(2024, 6, 2), "open"),
        ("{fact: stall.lease_signed, not_older_than: {months: 6}}", date(2024, 12, 2), date(2024, 6, 2), "open"),
        ("{fact: stall.lease_signed, not_older_than: {months: 6}}", date(2024, 12, 3), date(2024, 6, 2), "closed"),
        ("{fact: stall.lease_signed, not_older_than: {months: 6}}", date(2025, 9, 1), date(2024, 8, 1), "closed"),
        ("{fact: stall.lease_signed, after: filing-day}", date(2024, 5, 1), date(2024, 7, 1), "open"),
        ("{fact: stall.lease_signed, after: filing-day}", date(2024, 9, 1), date(2024, 7, 1), "closed"),
    ],
)
def test_the_result_follows_the_day(law, test, on, signed, result):
    made = law(test)
    finding = assess(made, profile_from(made, PERSON | {"stall.lease_signed": signed.isoformat()}, on).facts, on)[0]
    assert finding.result == result
