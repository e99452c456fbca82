"""Money is exact, has a currency and is written one way."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sojourn.values.money import Money, MoneyError, half_up


@pytest.mark.parametrize(
    ("text", "cents"),
    [("1845.48 EUR", 184548), ("2600 EUR", 260000), ("0.5 EUR", 50), ("0.05 EUR", 5), ("-0.05 EUR", -5),
     ("-3 EUR", -300), (" 7 EUR ", 700), ("0 EUR", 0), ("007 EUR", 700)],
)  # fmt: skip
def test_parse(text, cents):
    assert Money.parse(text) == Money(cents, "EUR")


@pytest.mark.parametrize(
    "text",
    ["", "12", "EUR", "12 eur", "12EUR", "EUR 12", "1,5 EUR", "1.234 EUR", "1 234 EUR", "1. EUR", ".5 EUR", "+1 EUR",
     "1e3 EUR", "NaN EUR", "12 EURO", "12  EUR", "1\n2 EUR", "9999999999999999 EUR", "--1 EUR"],
)  # fmt: skip
def test_what_is_no_money(text):
    with pytest.raises(MoneyError, match="is not an amount"):
        Money.parse(text)


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_written_and_read_back(cents):
    assert Money.parse(str(Money(cents))) == Money(cents)


@given(st.decimals(-(10**9), 10**9, places=6, allow_nan=False))
def test_half_up_is_the_nearest_cent_and_halves_go_away_from_zero(amount):
    found = half_up(amount)
    assert abs(found - amount) <= Decimal("0.5")
    if abs(found - amount) == Decimal("0.5"):
        assert abs(found) > abs(amount)
    assert found == int(amount.to_integral_value(ROUND_HALF_UP))


def test_currencies_differ():
    assert Money(100, "EUR") != Money(100, "USD")
    assert str(Money(100, "USD")) == "1.00 USD"
