"""Means of subsistence (bestaansmiddelen / moyens de subsistance): the monthly amounts of a day, and their use."""

from dataclasses import dataclass
from datetime import date

from sojourn.law.amounts import Worth, worth
from sojourn.law.model import Effect, Entry, Law, OfAmount, Pathway, Reaches, walk

FACTS = ("means.monthly_net", "sponsor.monthly_net")
"""The facts that are income a month: a person's own, and that of whom they join."""


@dataclass(frozen=True, slots=True)
class Use:
    """A line of law that looks at an amount. effect: as in the rule; `anchor`: to plan with, no test at all."""

    pathway: Pathway
    entry: Entry
    effect: Effect | str


@dataclass(frozen=True, slots=True)
class Reference:
    """An amount a month on a day, for a household of `further` members besides the person, and who looks at it."""

    amount: str
    worth: Worth
    uses: tuple[Use, ...]

    def stands(self, income: int) -> str:
        """Return where an income (cents) stands: `above` (at or above), `below`, or `unknown`."""
        if self.worth.low is None or self.worth.high is None:
            return "unknown"
        if income >= self.worth.high:
            return "above"
        return "below" if income < self.worth.low else "unknown"


def references(law: Law, on: date, further: int) -> list[Reference]:
    """Return the amounts of income a month that the law in force on a day looks at, the lowest first, unknown last."""
    uses: dict[str, list[Use]] = {}
    for p in law.pathways.values():
        for e in p.entries:
            if on in e.period and on in p.in_force:
                for amount in _amounts(e):
                    uses.setdefault(amount, []).append(Use(p, e, "anchor" if e.part == "anchor" else e.effect))
    found = [Reference(id, worth(law.amounts, id, on, further), tuple(u)) for id, u in uses.items()]
    return sorted(found, key=lambda r: (r.worth.low is None, r.worth.low or 0, r.amount))


def _amounts(e: Entry) -> list[str]:
    """Return the amounts that a line compares an income with."""
    if e.amount:
        return [e.amount] if e.fact in FACTS else []
    compared = [
        t.threshold.amount
        for t in walk(e.test)
        if isinstance(t, Reaches) and t.fact in FACTS and isinstance(t.threshold, OfAmount)
    ]
    return list(dict.fromkeys(compared))
