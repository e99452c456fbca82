"""Days reckoned from the filing day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sojourn.decide.body import load_law
from sojourn.decide.day import Day
from sojourn.law.model import OfDay
from tests.decide.oracle import shifted

LAW = load_law()
DAYS = st.dates(date(2022, 1, 1), date(2030, 12, 31))


def earliest_ahead(on: date, **span: int) -> date:
    """Return the earliest day that lies the span ahead of `on`."""
    low = Day(LAW, on).bound(OfDay("ahead", **span)).low
    assert low is not None
    return date.fromordinal(low)


@pytest.mark.parametrize(
    ("filed", "span", "expiry"),
    [
        ("2027-07-28", {"months": 2}, "2027-09-28"),
        ("2027-07-30", {"months": 2}, "2027-09-30"),
        ("2026-02-28", {"months": 3}, "2026-05-28"),
        ("2026-12-01", {"days": 60}, "2027-01-30"),
        ("2026-12-30", {"months": 2}, "2027-03-01"),
    ],
)
def test_an_expiry_is_far_enough_ahead_from_its_own_day_on(filed, span, expiry):
    assert earliest_ahead(date.fromisoformat(filed), **span) == date.fromisoformat(expiry)


@given(on=DAYS, months=st.integers(0, 24), days=st.integers(0, 120))
def test_ahead_is_the_first_day_that_minus_the_span_is_not_past(on, months, days):
    first = earliest_ahead(on, months=months, days=days)
    assert shifted(first, -months) - timedelta(days=days) >= on
    before = first - timedelta(days=1)
    assert shifted(before, -months) - timedelta(days=days) < on
