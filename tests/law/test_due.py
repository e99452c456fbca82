"""What must be read again, and when."""

from dataclasses import replace
from datetime import date

import pytest

from sojourn.decide.body import load_law
from sojourn.law.coverage import coverage
from sojourn.law.due import due, expected, next_change
from sojourn.law.model import Recheck

LAW = load_law()


@pytest.mark.parametrize(("last", "recheck", "day", "because"), [
    (date(2026, 1, 1), Recheck("", yearly=(1, 1)), date(2027, 1, 1), "the next first of January, not the same one"),
    (date(2025, 10, 1), Recheck("", yearly=(1, 1)), date(2026, 1, 1), "a step within the year replaces no yearly one"),
    (date(2026, 2, 1), Recheck("", yearly=(9, 1)), date(2026, 9, 1), "later in the same year"),
    (date(2026, 8, 31), Recheck("", months=6), date(2027, 2, 28), "the last day of a shorter month"),
], ids=lambda cell: cell if isinstance(cell, str) else "")  # fmt: skip
def test_when_an_amount_is_expected_to_move(last, recheck, day, because):
    amount = LAW.amounts["vl-start-up-capital-indexed"]
    row = replace(amount.rows[0], first=last, until=None)
    assert expected(replace(amount, rows=(row,)), recheck) == day


def test_an_amount_past_its_day_is_due_and_an_unknown_one_at_once():
    found = {d.id: d for d in due(LAW, date(2027, 2, 1))}
    assert found["gammi"].kind == "amount"
    assert found["gammi"].since == date(2027, 1, 1)
    capital = found["vl-start-up-capital-indexed"]
    assert (capital.kind, capital.since) == ("unknown-amount", date(2027, 1, 1))
    assert "be-vlg-professional-card" in capital.pathways
    assert "gammi" not in {d.id for d in due(LAW, date(2026, 12, 31))}


def test_sources_grow_old_and_announced_changes_are_told():
    assert [d for d in due(LAW, LAW.read_until) if d.kind == "source"] == []
    later = due(LAW, date(2028, 1, 1))
    assert {"vl-decree-2021-10-15", "residence-act-1980-12-15"} <= {d.id for d in later if d.kind == "source"}
    assert "be-vlg-professional-card: capital-change-ahead" in {
        d.id for d in due(LAW, date(2026, 6, 1)) if d.kind == "change"
    }
    assert [d.since for d in later] == sorted(d.since for d in later)


def test_the_register_names_what_each_pathway_covers():
    rows = {row["pathway"]: row for row in coverage(LAW)}
    assert rows.keys() == LAW.pathways.keys()
    for row in rows.values():
        assert row["cases"] > 0
        assert sum(row["grades"].values()) == row["lines"]
        assert row["sources_read"]["first"] <= row["sources_read"]["last"]
        assert row["reviewed"] is None, "nobody has signed yet; an honest register says so"
    assert rows["be-vlg-professional-card"]["next_change"] == date(2027, 1, 1)
    assert next_change(LAW, LAW.pathways["be-vlg-professional-card"], date(2026, 2, 1)) < date(2027, 1, 1)
