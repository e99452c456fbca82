"""The evidence matrix (bewijsstukken / pièces): which papers prove which conditions, and what each must look like."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sojourn.decide.day import Day
from sojourn.decide.evaluate import possible
from sojourn.decide.variables import Facts
from sojourn.dossier.applies import Answer, Applies, applies, filed_with, lines_on, procedure_of, stages_on
from sojourn.dossier.legalisation import Sealing, sealing
from sojourn.law.model import AnyOf, Entry, Law, Member, Not, OfDay
from sojourn.law.procedure import Document, Languages
from sojourn.values import verdict as v
from sojourn.values.known import Exact

_SHORT_STAY = "short-stay-documents"  # a group of `facts.yaml`


@dataclass(frozen=True, slots=True)
class Paper:
    """One document as it must be on the filing day.

    oldest: the earliest day on which it may have been issued; None where no age is set, or where its stage is filed
    later, on a day not known yet. languages: the rule on languages of its stage; translation: what a paper in another
    language needs.
    sealing: for each country that may have issued it, what it needs (empty where none is asked for).
    """

    document: Document
    applies: Applies
    oldest: date | None
    languages: Languages | None
    translation: Literal["none", "plain", "sworn"]
    sealing: tuple[Sealing, ...]


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing to show: any of `papers` does. `proves`: the conditions in force that concern the person."""

    stage: str
    papers: tuple[Paper, ...]
    proves: tuple[str, ...]
    need: str
    order: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """All requirements for a filing day, in the order in which to gather them."""

    pathway: str
    on: date
    requirements: tuple[Requirement, ...]

    def by_condition(self) -> dict[str, tuple[Requirement, ...]]:
        """Return the requirements that prove each condition."""
        out: dict[str, tuple[Requirement, ...]] = {}
        for r in self.requirements:
            for id in r.proves:
                out[id] = (*out.get(id, ()), r)
        return out

    def paper(self, stage: str, document: str) -> Paper:
        """Return the paper of a stage; raises KeyError."""
        for r in self.requirements:
            for paper in r.papers:
                if r.stage == stage and paper.document.id == document:
                    return paper
        raise KeyError(f"{stage}.{document}")


def evidence(law: Law, pathway: str, facts: Facts, on: date) -> Matrix:
    """Return what to gather for filing on day `on`.

    Papers that cannot concern the person are left out; one that may concern them carries the facts that would tell.
    Raises KeyError for an unknown pathway, NoProcedureError where it has no procedure.
    """
    procedure, day = procedure_of(law, pathway), Day(law, on)
    stages = stages_on(procedure, facts, day)
    concerned = {e.id for e in law.pathways[pathway].of("condition") if on in e.period and concerns(e, facts, day)}
    order = {id: i for i, id in enumerate(stages)}
    groups: dict[tuple[str, str], list[tuple[Document, Applies]]] = {}
    for document, answer in lines_on(procedure.evidence, stages, facts, day):
        groups.setdefault((document.stage, document.one_of or f"={document.id}"), []).append((document, answer))
    tongues = [x for x in procedure.languages if applies(x, facts, day).answer is not Answer.NO]
    found = []
    for (stage, _), members in groups.items():
        language = next((x for x in tongues if stage in x.stages), None)
        filed = filed_with(stages[stage][0], stages, on)
        papers = tuple(_paper(law, facts, day, filed, x, language) for x in members)
        proves = dict.fromkeys(id for d, _ in members for id in d.proves if id in concerned)
        first = members[0][0]
        found.append(Requirement(stage, papers, tuple(proves), first.need, min(d.order for d, _ in members)))
    found.sort(key=lambda r: (order[r.stage], r.order))
    return Matrix(pathway, on, tuple(found))


def _paper(
    law: Law, facts: Facts, day: Day, filed: date | None, found: tuple[Document, Applies], languages: Languages | None
) -> Paper:
    document, answer = found
    translation: Literal["none", "plain", "sworn"] = "none"
    if languages is not None and not document.untranslated:
        sworn = languages.sworn == "all" or (languages.sworn == "official" and document.official)
        translation = "sworn" if sworn else "plain"
    oldest = oldest_issue(document, day) if filed else None
    return Paper(document, answer, oldest, languages, translation, _sealing(law, facts, day, document))


def oldest_issue(document: Document, day: Day) -> date | None:
    """Return the earliest day of issue that `max_age` allows on that filing day, or None where no age is set.

    The same reckoning as the test `not_older_than` of the rules: the day of issue plus the age is not before the day.
    """
    if document.max_age is None:
        return None
    months, days = document.max_age
    bound = day.bound(OfDay("not-older", months=months, days=days))
    assert bound.low is not None
    return date.fromordinal(bound.low)


def _sealing(law: Law, facts: Facts, day: Day, document: Document) -> tuple[Sealing, ...]:
    if not document.legalise or law.legalisation is None:
        return ()
    countries: dict[str | None, None] = {}
    for place in document.issued_in:
        countries |= dict.fromkeys(issuing_countries(law, place, facts))
    if len(countries) > 1:
        countries.pop(None, None)
    return tuple(sealing(law.legalisation, document.id, c, day.on) for c in countries or (None,))


def issuing_countries(law: Law, place: str, facts: Facts) -> list[str | None]:
    """Return the countries that `issued_in` means for this person; None where the fact is not known.

    Who is in Belgium on a short stay may reside elsewhere; where, we do not ask: the nationalities stand for it too.
    """
    if place == "belgium":
        return ["BE"]
    if place == "nationality":
        return _known(facts, "person.nationalities")
    document = facts.get("residence.document")
    visits = isinstance(document, Exact) and document.value in law.groups.get(_SHORT_STAY, ())
    return [*_known(facts, "residence.country"), *(_known(facts, "person.nationalities") if visits else ())]


def _known(facts: Facts, fact: str) -> list[str | None]:
    """Return the countries that a fact names; None where it is not known."""
    known = facts.get(fact)
    if not isinstance(known, Exact):
        return [None]
    return [*sorted(known.value)] if isinstance(known.value, frozenset) else [str(known.value)]


def concerns(condition: Entry, facts: Facts, day: Day) -> bool:
    """Whether a condition asks something of this person.

    A condition written "any: not my case, or ..." asks nothing of those whose case it is not: a first branch that says
    what the person is not (`is_not`, or a fact that is false), and is met.
    """
    if not isinstance(condition.test, AnyOf):
        return True
    first = condition.test.tests[0]
    excludes = isinstance(first, Not) or (isinstance(first, Member) and first.values == {False})
    return not excludes or possible(first, facts, day) != v.MET
