"""The evidence on file held against the rules of the filing day (toetsing van de stukken / contrôle des pièces).

What the dossier says of each paper is compared with what its line of procedure asks for on that day. What it does not
say is told as unknown, never taken as good; what only an eye can compare is told as a point to look at.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from sojourn.decide.day import Day
from sojourn.dossier.applies import Answer, procedure_of, stages_on
from sojourn.dossier.events import Event, Kind
from sojourn.dossier.evidence import Matrix, Paper, Requirement, evidence, issuing_countries, oldest_issue
from sojourn.dossier.legalisation import Seal, sealing
from sojourn.dossier.running import History, history, stage_of, stages_of
from sojourn.dossier.stated import Stated, stated
from sojourn.law.model import Cite, Law
from sojourn.law.procedure import Procedure


class Level(StrEnum):
    """How sure a point is: a fault by the rule; something to look at or to ask; something the dossier does not say."""

    WRONG = "wrong"
    ASK = "ask"
    UNKNOWN = "unknown"


class Flaw(StrEnum):
    """What can be the matter with a paper."""

    MISSING = "missing"
    TOO_OLD = "too-old"
    NO_ISSUE_DAY = "no-issue-day"
    ISSUED_LATER = "issued-later"
    EXPIRED = "expired"
    NO_EXPIRY = "no-expiry"
    TRANSLATION_MISSING = "translation-missing"
    TRANSLATION_NOT_SWORN = "translation-not-sworn"
    NO_LANGUAGE = "no-language"
    APOSTILLE_MISSING = "apostille-missing"
    LEGALISATION_MISSING = "legalisation-missing"
    ASK_SEAL = "ask-seal"
    NO_COUNTRY = "no-country"
    WRONG_COUNTRY = "wrong-country"
    ISSUER = "issuer"
    OTHER_NAME = "other-name"
    FEWER_NAMES = "fewer-names"
    OTHER_BIRTH_DATE = "other-birth-date"
    DATES_CROSSED = "dates-crossed"
    ADDED_BEFORE_ISSUE = "added-before-issue"


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that is the matter with a paper.

    paper: what the procedure asks for, None for a paper that no line asks for. document: its id. event: the paper on
    file, None where it is missing; then `papers` are those of which one will do. params: the days, countries and words
    it is about.
    """

    flaw: Flaw
    level: Level
    document: str
    stage: str
    paper: Paper | None = None
    event: Event | None = None
    params: dict[str, Any] = field(default_factory=dict)
    papers: tuple[str, ...] = ()

    @property
    def cite(self) -> Cite | None:
        """The source of the rule, where a rule is broken."""
        if self.paper is None:
            return None
        about_language = self.flaw in (Flaw.TRANSLATION_MISSING, Flaw.TRANSLATION_NOT_SWORN, Flaw.NO_LANGUAGE)
        languages = self.paper.languages
        return languages.cite if languages and about_language else self.params.get("cite", self.paper.document.cite)


@dataclass(frozen=True, slots=True)
class Examined:
    """The papers of one stage on its filing day.

    filed: whether it was filed; otherwise `on` stands in for that day. good: papers on file with nothing to say against
    them. points: what is the matter, faults first.
    """

    stage: str
    on: date
    filed: bool
    good: tuple[Event, ...]
    points: tuple[Point, ...]


def examine(law: Law, pathway: str, events: Sequence[Event], on: date) -> tuple[Examined, ...]:
    """Return the papers on file of each stage that was filed, or that can be filed now, as they were on day `on`.

    Raises KeyError for an unknown pathway, NoProcedureError where it has no procedure.
    """
    procedure, past = procedure_of(law, pathway), history(events, on)
    known = stated(law, past.events)
    return tuple(_Desk(law, procedure, known, past).all())


_ORDER = tuple(Level)


class _Desk:
    def __init__(self, law: Law, procedure: Procedure, known: Stated, past: History) -> None:
        self.law, self.procedure, self.known, self.past = law, procedure, known, past
        self.held: dict[str, list[Event]] = {}
        for e in past.events:
            if e.kind is Kind.DOCUMENT_ADDED:
                self.held.setdefault(str(e.data["document"]), []).append(e)
        self.filed = {stage_of(stages_of(procedure), e): e.on for e in past.events if e.kind is Kind.FILED}

    def all(self) -> Iterator[Examined]:
        known, first = self.known.facts, self.procedure.stages[0].id
        for stage in self.procedure.stages:
            filed = stage.id in self.filed
            on = self.filed.get(stage.id, self.past.on)
            concerned = stages_on(self.procedure, known, Day(self.law, on), later=filed)
            if stage.id not in concerned:
                continue
            now = concerned[stage.id][1].answer is Answer.YES and not any(id in concerned for id in stage.after)
            matrix = evidence(self.law, self.procedure.pathway, known, on)
            asked = [r for r in matrix.requirements if r.stage == stage.id]
            if asked and (filed or now):
                yield self.stage(stage.id, on, asked, strays=stage.id == first, matrix=matrix)

    def stage(self, stage: str, on: date, asked: Sequence[Requirement], *, strays: bool, matrix: Matrix) -> Examined:
        good: list[Event] = []
        points: list[Point] = []
        for r in asked:
            held = [(p, e) for p in r.papers for e in self.held.get(p.document.id, ()) if self.on_time(e, stage)]
            if not held:
                sure = all(p.applies.answer is Answer.YES for p in r.papers)
                if r.need == "required" and sure:
                    first, ids = r.papers[0], tuple(dict.fromkeys(p.document.id for p in r.papers))
                    points.append(Point(Flaw.MISSING, Level.WRONG, first.document.id, stage, first, papers=ids))
                continue
            judged = [(e, list(self.paper(p, e, stage, on))) for p, e in held]
            # several copies: what one of them gets right, an older one need not
            event, found = min(judged, key=lambda x: (_worst(x[1]), -x[0].on.toordinal()))
            points += found
            good += [] if found else [event]
        if strays:
            named = {p.document.id for r in matrix.requirements for p in r.papers}
            for id, events in self.held.items():
                for e in events:
                    if id not in named:
                        points += _dates(Point(Flaw.DATES_CROSSED, Level.WRONG, id, stage, None, e), on)
            points += self.persons(stage)
        points.sort(key=lambda x: _ORDER.index(x.level))
        against = {x.event.number for x in points if x.event}
        clean = tuple(e for e in good if e.number not in against)
        return Examined(stage, on, stage in self.filed, clean, tuple(points))

    def on_time(self, e: Event, stage: str) -> bool:
        """Whether a paper is one of this stage, by the stage it names, if it names one."""
        return e.data.get("procedure") in (None, stage)

    def paper(self, p: Paper, e: Event, stage: str, on: date) -> Iterator[Point]:
        whole = Point(Flaw.MISSING, Level.WRONG, p.document.id, stage, p, e)
        oldest = oldest_issue(p.document, Day(self.law, on)) if stage in self.filed else p.oldest
        yield from _age(whole, oldest, on)
        yield from _dates(whole, on)
        yield from _language(whole)
        yield from self.origin(whole, on)

    def origin(self, x: Point, on: date) -> Iterator[Point]:
        assert x.paper is not None
        assert x.event is not None
        document, country = x.paper.document, x.event.data.get("country")
        told = str(x.event.data.get("issuer", ""))
        if document.issuer and told:
            yield _as(x, Flaw.ISSUER, Level.ASK, issuer=told)
        elif document.issuer:
            yield _as(x, Flaw.ISSUER, Level.UNKNOWN)
        if not document.issued_in:
            return
        allowed = {c for place in document.issued_in for c in issuing_countries(self.law, place, self.known.facts)}
        if country is None:
            if document.issued_in != ("belgium",):
                yield _as(x, Flaw.NO_COUNTRY, Level.UNKNOWN)
            return
        if None not in allowed and country not in allowed:
            yield _as(x, Flaw.WRONG_COUNTRY, Level.WRONG, country=country, allowed=sorted(map(str, allowed)))
        if document.legalise and self.law.legalisation:
            yield from self.seal(x, str(country), on)

    def seal(self, x: Point, country: str, on: date) -> Iterator[Point]:
        assert self.law.legalisation is not None
        assert x.event is not None
        asked = sealing(self.law.legalisation, x.document, country, on)
        has = x.event.data.get("legalisation")
        params = {"country": country, "cite": asked.cite} if asked.cite else {"country": country}
        if asked.seal is Seal.APOSTILLE and has not in ("apostille", "legalised"):
            yield _as(x, Flaw.APOSTILLE_MISSING, Level.WRONG if has == "none" else Level.UNKNOWN, **params)
        elif asked.seal is Seal.LEGALISATION and has != "legalised":
            yield _as(x, Flaw.LEGALISATION_MISSING, Level.UNKNOWN if has is None else Level.WRONG, **params)
        elif asked.seal is Seal.ASK and has in (None, "none"):
            yield _as(x, Flaw.ASK_SEAL, Level.ASK, **params)

    # -- the person on all of them

    def persons(self, stage: str) -> Iterator[Point]:
        """Yield where names and days of birth contradict each other, or what the person stated."""
        expires = {d.id for d in self.procedure.evidence if d.expires}  # a passport is believed before other papers
        papers = [e for events in self.held.values() for e in events]
        papers.sort(key=lambda e: (e.data["document"] not in expires, e.on, str(e.data["document"])))
        name, born = self.known.said.get("person.name"), self.known.said.get("person.birth_date")
        name = name or next((str(e.data["name"]) for e in papers if e.data.get("name")), None)
        born = born or next((str(e.data["birth_date"]) for e in papers if e.data.get("birth_date")), None)
        for e in papers:
            x = Point(Flaw.OTHER_NAME, Level.WRONG, str(e.data["document"]), stage, None, e)
            other = e.data.get("name")
            if other and name:
                mine, theirs = _names(name), _names(str(other))
                if not (mine <= theirs or theirs <= mine):
                    yield _as(x, Flaw.OTHER_NAME, Level.WRONG, name=name, other=other)
                elif mine != theirs:
                    yield _as(x, Flaw.FEWER_NAMES, Level.ASK, name=name, other=other)
            birth = e.day("birth_date")
            if birth and born and birth.isoformat() != born:
                yield _as(x, Flaw.OTHER_BIRTH_DATE, Level.WRONG, born=date.fromisoformat(born), other=birth)


def _worst(points: Sequence[Point]) -> tuple[int, ...]:
    return tuple(sum(p.level is level for p in points) for level in _ORDER)


def _as(x: Point, flaw: Flaw, level: Level, **params: Any) -> Point:
    return Point(flaw, level, x.document, x.stage, x.paper, x.event, params)


def _age(x: Point, oldest: date | None, on: date) -> Iterator[Point]:
    assert x.paper is not None
    assert x.event is not None
    issued = x.event.day("issued")
    if oldest and issued is None:
        yield _as(x, Flaw.NO_ISSUE_DAY, Level.UNKNOWN, oldest=oldest)
    elif oldest and issued and issued < oldest:
        yield _as(x, Flaw.TOO_OLD, Level.WRONG, issued=issued, oldest=oldest)
    until = x.event.day("valid_until")
    if until and until < on:
        yield _as(x, Flaw.EXPIRED, Level.WRONG, until=until)
    elif x.paper.document.expires and until is None:
        yield _as(x, Flaw.NO_EXPIRY, Level.UNKNOWN)


def _dates(x: Point, on: date) -> Iterator[Point]:
    assert x.event is not None
    issued, until, born = x.event.day("issued"), x.event.day("valid_until"), x.event.day("birth_date")
    if issued and issued > on:
        yield _as(x, Flaw.ISSUED_LATER, Level.WRONG, issued=issued)
    elif issued and issued > x.event.on:
        yield _as(x, Flaw.ADDED_BEFORE_ISSUE, Level.WRONG, issued=issued, added=x.event.on)
    for first, second in ((issued, until), (born, issued)):
        if first and second and second < first:
            yield _as(x, Flaw.DATES_CROSSED, Level.WRONG, first=first, second=second)


def _language(x: Point) -> Iterator[Point]:
    assert x.paper is not None
    assert x.event is not None
    asked, language = x.paper.translation, x.event.data.get("language")
    if asked == "none" or x.paper.languages is None:
        return
    accepted = list(x.paper.languages.accepted)
    has = x.event.data.get("translation")
    if language is None:
        if has != "sworn":
            yield _as(x, Flaw.NO_LANGUAGE, Level.UNKNOWN, accepted=accepted)
    elif language not in accepted:
        if has in (None, "none"):
            level = Level.WRONG if has == "none" else Level.UNKNOWN
            yield _as(x, Flaw.TRANSLATION_MISSING, level, language=language, accepted=accepted, sworn=asked == "sworn")
        elif asked == "sworn" and has != "sworn":
            yield _as(x, Flaw.TRANSLATION_NOT_SWORN, Level.WRONG, language=language)


def _names(text: str) -> frozenset[str]:
    """Return the parts of a name, without accents, capitals and hyphens: `Élise van den BERG` has four."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return frozenset("".join(c if c.isalnum() else " " for c in bare.casefold()).split())
