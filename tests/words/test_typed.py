"""Numbers as people type them in four languages and several scripts."""

import pytest

from sojourn.words import typed


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2.600,50", "2600.50 EUR"),
        ("2,600.50", "2600.50 EUR"),
        ("2\N{NARROW NO-BREAK SPACE}600,5 €", "2600.50 EUR"),
        ("2'600", "2600 EUR"),
        ("2.600", "2600 EUR"),
        ("12.5", "12.50 EUR"),
        ("1.234.567", "1234567 EUR"),
        ("٢٦٠٠", "2600 EUR"),
        ("\N{RIGHT-TO-LEFT MARK}2600\N{LEFT-TO-RIGHT MARK}", "2600 EUR"),
        ("2600 euro", "2600 EUR"),
    ],
)
def test_money(said: str, meant: str) -> None:
    assert typed.money(said) == meant


@pytest.mark.parametrize("said", ["", "a lot", "-5", "2.60.0", "1,2,3", "2600 USD", "1..2", "², ½"])
def test_what_is_no_money_comes_back_as_it_was(said: str) -> None:
    assert typed.money(said) == said


@pytest.mark.parametrize(("said", "meant"), [("12", "12"), (" 1.200 ", "1200"), ("-3", "-3"), ("3.5", "3.5"), ("", "")])
def test_whole_numbers(said: str, meant: str) -> None:
    assert typed.whole(said) == meant
