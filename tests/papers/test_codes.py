"""QR codes: what a payment code says, held against another library, and how a code is drawn."""

import pytest
import segno
from segno import helpers

from sojourn.papers.codes import drawn, modules, payment_text, svg

HOLDER, IBAN = "FOD Binnenlandse Zaken, Dienst Vreemdelingenzaken", "BE57679200609235"


@pytest.mark.parametrize("cents", [1, 10, 24200, 24250, 99_999_999_999])
def test_a_payment_code_is_that_of_another_library(cents: int) -> None:
    message = "El Amrani Fatima Maroc 12031990"
    text = payment_text(HOLDER, IBAN, cents, message)
    assert text is not None
    euros = f"{cents // 100}.{cents % 100:02d}"
    theirs = helpers.make_epc_qr(name=HOLDER, iban=IBAN, amount=euros, text=message, encoding="utf-8")
    assert modules(text) == tuple(tuple(map(bool, row)) for row in theirs.matrix_iter(border=4))


@pytest.mark.parametrize(
    ("holder", "cents", "message"),
    [
        ("", 100, "m"),
        ("h" * 71, 100, "m"),
        (HOLDER, 0, "m"),
        (HOLDER, -1, "m"),
        (HOLDER, 100_000_000_000, "m"),
        (HOLDER, 100, "m" * 141),
        (HOLDER, 100, "two\nlines"),
        ("two\nlines", 100, "m"),
    ],
)
def test_what_the_guideline_does_not_allow_gives_no_code(holder: str, cents: int, message: str) -> None:
    assert payment_text(holder, IBAN, cents, message) is None


def test_the_drawing_has_the_modules_of_the_code() -> None:
    rows, lines = modules("140.00 EUR"), list(drawn("140.00 EUR"))
    assert len(lines) == (len(rows) + 1) // 2
    for n, row in enumerate(rows):
        halves = "▀█" if n % 2 == 0 else "▄█"
        assert [c in halves for c in lines[n // 2]] == list(row)
    assert not any(rows[0]), "a quiet zone around it"


def test_the_picture_is_svg() -> None:
    picture = svg("140.00 EUR")
    assert picture.startswith("<svg")
    side = (segno.make("140.00 EUR", error="m", micro=False, boost_error=False).symbol_size(border=4)[0]) * 3
    assert f'width="{side}"' in picture
