"""A fee in words: the amount, the account, the message of the transfer; or that no source gives the amount."""

from datetime import date

from sojourn.decide.variables import Facts
from sojourn.dossier.applies import Answer
from sojourn.dossier.fees import FeeDue
from sojourn.dossier.stated import Stated
from sojourn.law.procedure import Procedure
from sojourn.papers.matter import Payment
from sojourn.papers.page import blank
from sojourn.values.known import Exact
from sojourn.words.language import Words


class _Slot(str):
    """A text that stands in a payment message whatever form it asks for."""

    __slots__ = ()

    def __format__(self, form: str) -> str:
        try:
            day = date.fromisoformat(self)
        except ValueError:
            return str(self)
        return day.strftime("%d/%m/%Y" if "/" in form else "%d%m%Y")


def nationalities(facts: Facts) -> list[str]:
    """Return the codes of the person's nationalities, sorted; none where they are not exactly known."""
    known = facts.get("person.nationalities")
    return sorted(map(str, known.value)) if isinstance(known, Exact) and isinstance(known.value, frozenset) else []


def payment(w: Words, procedure: Procedure, due: FeeDue, who: Stated) -> Payment:
    """Return a fee in words; what the dossier does not say of the person is a blank in the message."""
    fee, worth, account = due.fee, due.worth, due.fee.account
    amount = unknown = message = ""
    if worth.low is not None and worth.high is not None:
        ends = dict.fromkeys((w.money(worth.low), w.money(worth.high)))
        amount = " – ".join(ends)
        if fee.per == "year-of-validity":
            amount = w.say("{amount} for each year of validity", amount=amount)
    else:
        unknown = w.say("No source gives the amount for that day.")
        if due.last_known and due.last_known.low is not None:
            last = w.money(due.last_known.low)
            unknown += " " + w.say("The last one known: {amount}.", amount=last)
    if account:
        codes = nationalities(who.facts)
        message = account.message.format(
            family_name=blank(w.say("family name")),
            given_names=blank(w.say("given names")),
            nationality=w.country(codes[0]) if len(codes) == 1 else blank(w.say("nationality")),
            birth_date=_Slot(who.said.get("person.birth_date") or blank(w.say("date of birth"))),
        )
    return Payment(
        w.step(procedure, fee.key), amount, unknown, account.iban if account else "",
        account.beneficiary if account else "", message, due.status is Answer.YES,
    )  # fmt: skip
