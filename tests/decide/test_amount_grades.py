"""An amount carries no more than the source of its row: official rows close, secondary ones only lean."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from sojourn.decide.assess import assess
from sojourn.decide.body import load_law
from sojourn.decide.law_check import check
from sojourn.decide.profile import profile_from

SMALL = Path(__file__).parents[1] / "law" / "small"
PERSON = {
    "person.nationalities": ["MA"], "person.age": 30, "person.residence": "BE", "stall.goods": "flowers",
    "stall.permits": ["music"], "stall.insured": True, "stall.lease_signed": "2026-10-01",
}  # fmt: skip


@pytest.fixture
def deciding(tmp_path: Path) -> Path:
    """The small body of law, in which the deposit decides."""
    folder = tmp_path / "law"
    shutil.copytree(SMALL, folder)
    rule = folder / "be/market-stall/rule.yaml"
    text = rule.read_text(encoding="utf-8")
    old = "    effect: reference\n    when: {fact: stall.savings"
    assert old in text
    rule.write_text(text.replace(old, "    when: {fact: stall.savings"), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("on", "savings", "result", "because"),
    [
        (date(2026, 11, 22), "650.49 EUR", "closed", None),
        (date(2026, 11, 22), "650.50 EUR", "open", None),
        (date(2025, 6, 1), "549.99 EUR", "undetermined", "secondary"),
        (date(2025, 6, 1), "600 EUR", "open", None),
    ],
)
def test_a_shortfall_closes_only_on_an_official_amount(deciding, on, savings, result, because):
    law = load_law(shipped=deciding)
    facts = PERSON | {"stall.savings": savings, "stall.lease_signed": on.isoformat()}
    finding = assess(law, profile_from(law, facts, on).facts, on)[0]
    reason = next(r for r in finding.reasons if r.entry.id == "savings")
    assert (finding.result, reason.because) == (result, because)


@pytest.mark.parametrize("grade", ["derived", "unconfirmed"])
def test_a_computed_or_unread_amount_may_not_decide(deciding, grade):
    rows = deciding / "amounts/deposit.yaml"
    rows.write_text(rows.read_text().replace("at: post 3, grade: secondary", f"at: post 3, grade: {grade}"))
    _, faults = check(shipped=deciding)
    assert [f.kind for f in faults if "deposit" in f.what] == [f"{grade}-decides"]
