"""Legalisation (legalisatie / légalisation): what a document needs before Belgium takes it, by issuing country."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sojourn.law.model import Cite
from sojourn.law.procedure import LegalisationLaw


class Seal(StrEnum):
    """What a document needs."""

    NONE = "none"
    APOSTILLE = "apostille"
    LEGALISATION = "legalisation"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Sealing:
    """What a document of `country` (None: not known which) needs, and why.

    rule: the id of the text that says so (`legalisation.english_texts`); empty for a Belgian document. cite: its
    source, for an apostille that of the country's line. since: the first day on which that holds, if known.
    """

    country: str | None
    seal: Seal
    rule: str = ""
    cite: Cite | None = None
    since: date | None = None


def sealing(law: LegalisationLaw, document: str, country: str | None, on: date) -> Sealing:
    """Return what the document `document` (an evidence id) issued in `country` needs on day `on`.

    An exemption goes before the Apostille Convention, and that before legalisation. A country that is no party on `on`
    needs legalisation. Where an objection leaves open whether the Convention holds with Belgium, the answer is to ask.
    """
    if country == "BE":
        return Sealing(country, Seal.NONE)
    if country is None or country == "stateless":
        return Sealing(None, Seal.ASK, "ordinary", law.ordinary.cite)
    for e in law.exempt:
        if country in e.countries and on in e.period and (not e.documents or document in e.documents):
            return Sealing(country, Seal.NONE, e.id, e.cite, e.period.first)
    party = law.states.get(country)
    if party is not None and on in party.period:
        first = party.for_belgium or party.period.first
        if party.doubt:
            return Sealing(country, Seal.ASK, "doubtful", party.cite, party.period.first)
        if first is None or first <= on:
            return Sealing(country, Seal.APOSTILLE, "apostille", party.cite, first)
    return Sealing(country, Seal.LEGALISATION, "ordinary", law.ordinary.cite)
