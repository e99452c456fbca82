"""A pathway's procedure in short: each step with its authority, where to file, what it costs, what runs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sojourn.law.model import Pathway
from sojourn.law.procedure import Staged
from sojourn.site.catalogue.money import Shown, shown
from sojourn.site.catalogue.rates import Rate
from sojourn.words.language import Words


@dataclass(frozen=True, slots=True)
class Fee:
    """What is to be paid: in words, and the amount behind it."""

    says: str
    amount: Shown


@dataclass(frozen=True, slots=True)
class Step:
    """One step before one authority."""

    title: str
    authority: str
    places: tuple[str, ...]
    fees: tuple[Fee, ...]
    clocks: tuple[str, ...]
    appeals: tuple[str, ...]


def steps(w: Words, pathway: Pathway, on: date, rate: Rate | None = None) -> tuple[Step, ...]:
    """Return the steps up to the grant, as the procedure has them on a day; none where it is not written down yet."""
    procedure = pathway.procedure
    if procedure is None:
        return ()

    def says(lines: Iterable[Staged], stage: str) -> tuple[str, ...]:
        return tuple(w.step(procedure, x.key) for x in lines if x.stage == stage and on in x.period)

    return tuple(
        Step(
            title=w.step(procedure, stage.key),
            authority=w.helper(stage.at),
            places=says(procedure.filing, stage.id),
            fees=tuple(
                Fee(w.step(procedure, fee.key), shown(w, fee.amount, on, rate))
                for fee in procedure.fees
                if fee.stage == stage.id and on in fee.period
            ),
            clocks=says(procedure.clocks, stage.id),
            appeals=says(procedure.appeals, stage.id),
        )
        for stage in procedure.stages
        if not stage.later and on in stage.period
    )
