"""The first of every month since 2022: decided on the law of that day, or said to have no rule that we know."""

from datetime import date

import pytest

from sojourn.decide.assess import engine
from sojourn.decide.body import load_law
from sojourn.decide.profile import profile_from
from sojourn.values.verdict import Result

LAW = load_law()
ENGINE = engine(LAW)
MONTHS = [date(y, m, 1) for y in range(2022, LAW.read_until.year + 1) for m in range(1, 13)]
MONTHS = [day for day in MONTHS if day <= LAW.read_until]


@pytest.mark.parametrize("pathway", LAW.pathways.values(), ids=lambda p: p.id)
def test_every_month_is_decided_or_has_no_rule(pathway):
    profiles = [profile_from(LAW, case.facts, case.on).facts for case in pathway.cases[:3]]
    for day in MONTHS:
        for facts in profiles:
            found = ENGINE.find(pathway, facts, day)
            if day not in pathway.in_force:
                assert found.no_rule, day
                assert found.result is Result.UNDETERMINED
                continue
            assert not found.no_rule, (day, "a pathway in force without a rule")
            assert found.reasons, day
            assert all(day in r.entry.period for r in found.reasons), (day, "a line of another day")
            assert all(r.entry.cite.source in LAW.sources for r in found.reasons)


def test_some_pathways_are_younger_than_that():
    """Else the branch without a rule would not be tried."""
    assert any(MONTHS[0] not in p.in_force for p in LAW.pathways.values())
