"""Fees (kosten / frais): what is due on a day, when, to whom, with which message; unknown where no source says."""

from dataclasses import dataclass
from datetime import date

from sojourn.decide.day import Day
from sojourn.decide.variables import Facts
from sojourn.dossier.applies import Answer, Applies, applies, filed_with, lines_on, procedure_of, stages_on
from sojourn.law.amounts import Worth
from sojourn.law.model import Amount, AmountRow, Law
from sojourn.law.procedure import Account, Fee, Line


@dataclass(frozen=True, slots=True)
class FeeDue:
    """One fee for one person.

    applies: whether the fee concerns the person. exempt: the exemptions that hold, or may hold.
    worth: the amount of the filing day, in cents (for one application, person, card or year of validity); where it is
    unknown, `last_known` is the last row that had a value, and `unknown` says why.
    pay_by: the last day to pay, where the filing day sets it; otherwise `fee.due` says at which moment of its stage,
    and the amount of that later day counts.
    """

    fee: Fee
    applies: Applies
    exempt: tuple[tuple[Line, Applies], ...]
    worth: Worth
    unknown: str
    last_known: AmountRow | None
    pay_by: date | None

    @property
    def status(self) -> Answer:
        """Whether it is due: yes, no (an exemption of an official source holds), or unknown (one may hold)."""
        if any(a.answer is Answer.YES and line.cite.grade == "official" for line, a in self.exempt):
            return Answer.NO
        return Answer.UNKNOWN if self.exempt else self.applies.answer

    def times(self, years: int) -> tuple[int, int] | None:
        """Return the least and the most it comes to for a card of `years` years, in cents; None where unknown."""
        if self.worth.low is None or self.worth.high is None:
            return None
        count = years if self.fee.per == "year-of-validity" else 1
        return self.worth.low * count, self.worth.high * count


@dataclass(frozen=True, slots=True)
class Fees:
    """Everything to pay, in the order of the law. `years`: how long the title may be valid, at most."""

    pathway: str
    on: date
    due: tuple[FeeDue, ...]
    years: int | None

    def fee(self, id: str) -> FeeDue:
        """Return the fee `id`; raises KeyError."""
        for x in self.due:
            if x.fee.id == id:
                return x
        raise KeyError(id)

    def total(self, years: int, stages: frozenset[str] | None = None) -> tuple[int, int]:
        """Return the least and the most of what is certainly due, in cents, for a card of `years` years.

        stages: count these only. Fees of unknown amount are left out: `unknown` names them.
        """
        counted = [
            x.times(years) for x in self.due if x.status is Answer.YES and (stages is None or x.fee.stage in stages)
        ]
        known = [x for x in counted if x is not None]
        return sum(low for low, _ in known), sum(high for _, high in known)

    @property
    def unknown(self) -> tuple[str, ...]:
        """The fees whose amount no source gives for the day."""
        return tuple(x.fee.id for x in self.due if x.worth.low is None and x.status is not Answer.NO)


def fees(law: Law, pathway: str, facts: Facts, on: date) -> Fees:
    """Return what to pay for an application filed on day `on`.

    Raises KeyError for an unknown pathway, NoProcedureError where it has no procedure.
    """
    procedure, day = procedure_of(law, pathway), Day(law, on)
    stages = stages_on(procedure, facts, day)
    due = []
    for fee, answer in lines_on(procedure.fees, stages, facts, day):
        exempt = [(e, applies(e, facts, day)) for e in fee.exempt]
        worth = day.worth(fee.amount)
        due.append(
            FeeDue(
                fee,
                answer,
                tuple(x for x in exempt if x[1].answer is not Answer.NO),
                worth,
                worth.rows[0][1].unknown if worth.low is None and worth.rows else "",
                last_known(law.amounts[fee.amount], on) if worth.low is None else None,
                filed_with(stages[fee.stage][0], stages, on) if fee.due in ("before-filing", "at-filing") else None,
            )
        )
    most = [x.years for x in procedure.after if x.kind == "validity" and x.years and on in x.period]
    return Fees(pathway, on, tuple(due), most[0] if most else None)


def last_known(amount: Amount, on: date) -> AmountRow | None:
    """Return the last row before `on` that has a value."""
    return next((r for r in reversed(amount.rows) if r.first <= on and r.low is not None), None)


def payment_message(account: Account, family_name: str, given_names: str, nationality: str, born: date) -> str:
    """Return the message of a transfer, exactly as the authority wants it.

    family_name, given_names: as the passport writes them. nationality: a word or code, as the person writes it. born:
    the day of birth. All are facts of a dossier, never of a profile.
    """
    return account.message.format(
        family_name=family_name, given_names=given_names, nationality=nationality, birth_date=_Born(born)
    )


class _Born:
    """A day that formats itself as payment messages write it: `dd/mm/yyyy` or `ddmmyyyy`."""

    def __init__(self, day: date) -> None:
        self.day = day

    def __format__(self, form: str) -> str:
        return self.day.strftime({"dd/mm/yyyy": "%d/%m/%Y", "ddmmyyyy": "%d%m%Y"}[form])
