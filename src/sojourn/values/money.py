"""Money: an exact number of cents with a currency, written `"1845.48 EUR"` in files."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_WRITTEN = re.compile(r"^(-?\d{1,15})(?:\.(\d{1,2}))? ([A-Z]{3})$")


class MoneyError(ValueError):
    """The text is not an amount of money as files write it."""


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in cents (`cents`) of one currency (`currency`, ISO 4217)."""

    cents: int
    currency: str = "EUR"

    @classmethod
    def parse(cls, text: str) -> "Money":
        """Return the amount that `text` writes, such as `"1845.48 EUR"` or `"2600 EUR"`.

        Raises MoneyError when the text has another shape or more than two decimals.
        """
        match = _WRITTEN.match(text.strip())
        if not match:
            raise MoneyError(f'{text!r} is not an amount; write it like "2600 EUR" or "1845.48 EUR"')
        whole, part, currency = match.groups()
        cents = abs(int(whole)) * 100 + int((part or "0").ljust(2, "0"))
        return cls(-cents if whole.startswith("-") else cents, currency)

    def __str__(self) -> str:
        sign = "-" if self.cents < 0 else ""
        return f"{sign}{abs(self.cents) // 100}.{abs(self.cents) % 100:02d} {self.currency}"


def half_up(amount: Decimal) -> int:
    """Return `amount` rounded to a whole number, halves away from zero (the rounding of the published amounts)."""
    return int(amount.quantize(Decimal(1), rounding=ROUND_HALF_UP))
