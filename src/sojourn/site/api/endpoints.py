"""The operations of the API. Each gives what the command line gives for the same question."""

from datetime import date
from typing import Annotated, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from ninja import Path, Query
from ninja.errors import HttpError, ValidationError

from sojourn import __version__
from sojourn.decide.assess import assess
from sojourn.decide.household import persons
from sojourn.decide.joint import choices
from sojourn.decide.next_question import next_question
from sojourn.decide.profile import Profile, profile_of
from sojourn.decide.regions import side_by_side
from sojourn.decide.report import amount_json, cite_json, household_json, match_json, regions_json
from sojourn.dossier.applies import NoProcedureError
from sojourn.dossier.plan import plan
from sojourn.dossier.time_limit import LimitError, count
from sojourn.law.coverage import coverage
from sojourn.law.faults import Fault, ProfileError, nearest
from sojourn.law.model import Pathway, Source
from sojourn.law.yaml12 import Document
from sojourn.site.api.answers import answer, by_law
from sojourn.site.api.description import Described
from sojourn.site.api.problems import Problem, from_faults, problem
from sojourn.site.api.shapes import (
    Asking,
    Data,
    Deadline,
    Explaining,
    Findings,
    IsoDay,
    Language,
    NextQuestion,
    Person,
    Planning,
    PlanTold,
    published,
)
from sojourn.site.body import the_law, today, words
from sojourn.values.counting import CalendarError
from sojourn.words.asked import next_json
from sojourn.words.limits import deadline_json, limits_json
from sojourn.words.plan import journey
from sojourn.words.plan_papers import plan_json
from sojourn.words.vocabulary import facts_json

api = Described(
    title="Sojourn",
    version=__version__,
    description=(
        "Residence law that runs. Every answer has its day and its sources; unknown stays unknown. Nothing that you "
        "send is kept. Facts about a person travel in the body, never in an address. At most 600 readings and 120 "
        "questions a minute from one address; then 429 with Retry-After."
    ),
    openapi_url="/openapi.json",
    docs_url=None,
    urls_namespace="api-v1",
)
MOST_DAYS = 3_660
"""How far from today a filing day may lie."""
_READING = {400: Problem, 404: Problem, 422: Problem, 429: Problem}
_ASKING = _READING | {413: Problem}
Day = Annotated[IsoDay | None, Query(description="the day to look at; today in Brussels if left out")]
Lang = Annotated[Language, Query(description="the language of texts")]


class UnknownName(Exception):  # noqa: N818  it is answered, not raised to anybody
    """A name in an address that the law does not know."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(what)
        self.what, self.mend = what, mend


@api.exception_handler(UnknownName)
def unknown_name(request: HttpRequest, error: UnknownName) -> HttpResponse:
    """404, with the nearest name."""
    return problem(404, error.what, [{"kind": "unknown-name", "what": error.what, "mend": error.mend}])


@api.exception_handler(ProfileError)
def wrong_profile(request: HttpRequest, error: ProfileError) -> HttpResponse:
    """422, with everything that is wrong."""
    return from_faults(error.faults)


@api.exception_handler(ValidationError)
def wrong_shape(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """422: the body or a parameter has not the shape of the description."""
    listed = [
        {
            "kind": str(e["type"]),
            "what": f"{'.'.join(str(x) for x in e['loc'][1:] if x != 'data')}: {e['msg']}",
            "mend": "See /api/v1/openapi.json.",
        }
        for e in error.errors
    ]
    return problem(422, f"{len(listed)} things are wrong." if len(listed) > 1 else listed[0]["what"], listed)


@api.exception_handler(RequestDataTooBig)
def too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    """413: a body larger than we read."""
    return problem(413, f"Send at most {settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1000} kB.")


@api.exception_handler(HttpError)
def refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What the framework refuses, such as a body that is no JSON."""
    return problem(error.status_code, str(error))


def read(person: Person) -> tuple[Profile, date]:
    """Return the profile in a request and the day to assess; raises ProfileError."""
    given: dict[str, Any] = {"facts": person.facts} | ({"household": person.household} if person.household else {})
    day = person.on or today()
    return profile_of(the_law(), Document("request", given), on=day), day


def pathways_of(ids: list[str] | None) -> list[str]:
    """Return the pathways asked for, all of them where none are named; raises ProfileError."""
    known = the_law().pathways
    strange = [x for x in ids or () if x not in known]
    if strange:
        raise ProfileError(
            Fault("request", 0, "unknown-pathway", f'no pathway is called "{x}"', nearest(x, known)) for x in strange
        )
    return list(dict.fromkeys(ids)) if ids is not None else list(known)


# --- deciding --------------------------------------------------------------------------------------------------------


@api.post("/match", response={200: Findings, **_ASKING}, summary="Findings for a person, best first", tags=["deciding"])
def match(request: HttpRequest, body: Asking) -> HttpResponse:
    """Say for each pathway whether it is open, with the reasons and their sources."""
    who, day = read(body)
    findings = assess(the_law(), who.facts, day, pathways_of(body.pathways))
    return answer(match_json(the_law(), findings, who.facts, day))


@api.post("/next", response={200: NextQuestion, **_ASKING}, summary="The next question, and why", tags=["deciding"])
def next_(request: HttpRequest, body: Asking) -> HttpResponse:
    """Name the question expected to tell most about the results, at least cost to the person."""
    who, day = read(body)
    asked = next_question(the_law(), who.facts, day, pathways_of(body.pathways))
    return answer(next_json(words(body.lang), asked, day))


@api.post("/explain", response={200: Findings, **_ASKING}, summary="One pathway in full", tags=["deciding"])
def explain(request: HttpRequest, body: Explaining) -> HttpResponse:
    """Give one finding with every line of law, also where the pathway is not this person's door."""
    who, day = read(body)
    findings = assess(the_law(), who.facts, day, pathways_of([body.pathway]))
    return answer(match_json(the_law(), findings, who.facts, day))


@api.post("/household", response={200: Data, **_ASKING}, summary="Each adult as the one who applies", tags=["deciding"])
def household(request: HttpRequest, body: Asking) -> HttpResponse:
    """Assess every adult, with what follows from the relatives, and say which choice opens most for all of them.

    `choices`: each adult as main applicant with each pathway that is not closed; for everybody the ways that this
    opens, by joining the main applicant (as if that person had the stay: `assumed`) or by a pathway of their own.
    """
    who, day = read(body)
    if who.household is None:
        raise ProfileError([Fault("request", 0, "missing", "no household is given", "Give `household`, a list.")])
    ids = pathways_of(body.pathways)
    people = persons(the_law(), who.stated, who.household, day)
    rows = [(p, assess(the_law(), p.facts, day, ids)) for p in people if p.applies]
    joint = choices(the_law(), people, day, ids if body.pathways else None)
    return answer(household_json(the_law(), rows, joint, day))


@api.post("/regions", response={200: Data, **_ASKING}, summary="The regions side by side", tags=["deciding"])
def regions(request: HttpRequest, body: Asking) -> HttpResponse:
    """Assess the same person as if the plan were in each region: a row for each route that differs by region.

    `pathways` names a route by any of its pathways. What cannot be moved, such as a card held, stays as it is.
    """
    who, day = read(body)
    rows = side_by_side(the_law(), who.facts, day, pathways_of(body.pathways))
    if not rows:
        raise ProfileError(
            [
                Fault(
                    "request", 0, "same-everywhere", "none of these pathways differs by region", "Leave `pathways` out."
                )
            ]
        )
    return answer(regions_json(the_law(), rows, who.facts, day))


@api.post("/plan", response={200: PlanTold, **_ASKING}, summary="What to do, by when", tags=["deciding"])
def plan_(request: HttpRequest, body: Planning) -> HttpResponse:
    """Give the plan for a pathway and a filing day: where, which papers, what it costs, every clock, the way ahead."""
    who, day = read(body)
    (id,) = pathways_of([body.pathway])
    filed = body.file_on or day
    if abs((filed - today()).days) > MOST_DAYS:
        raise ProfileError(
            [Fault("request", 0, "out-of-bounds", f"{filed} is too far away", "Within ten years of today.")]
        )
    try:
        made = plan(the_law(), id, who.facts, filed, today())
    except NoProcedureError:
        raise UnknownName(f"{id} has no procedure yet, so there is nothing to plan", "See /pathways.") from None
    return answer(plan_json(journey(words(body.lang), made)))


# --- reading the law -------------------------------------------------------------------------------------------------


@api.get("/law", response={200: Data, **_READING}, summary="The law as of a day", tags=["law"])
@by_law
def law(request: HttpRequest, on: Day = None, lang: Lang = "en") -> HttpResponse:
    """Give the law's digest, how far it was read, the pathways in force on a day and the amounts of that day."""
    w, day = words(lang), on or today()
    body = {
        "on": day,
        "digest": w.law.digest,
        "read_until": w.law.read_until,
        "pathways": [p.id for p in w.law.pathways.values() if day in p.in_force],
        "amounts": [{"says": w.amount(id), **amount_json(w.law, id, {}, day)} for id in w.law.amounts],
    }
    return answer(body)


@api.get("/pathways", response={200: Data, **_READING}, summary="What is covered, and how sure we are", tags=["law"])
@by_law
def pathways(request: HttpRequest, lang: Lang = "en") -> HttpResponse:
    """List the pathways with sources, grades, worked cases, review and what is not modelled."""
    w = words(lang)
    rows = [row | {"title": w.line(w.law.pathways[row["pathway"]], "title")} for row in coverage(w.law)]
    return answer({"law": {"digest": w.law.digest, "read_until": w.law.read_until}, "pathways": rows})


@api.get("/pathways/{id}", response={200: Data, **_READING}, summary="One pathway, as of a day", tags=["law"])
@by_law
def pathway(
    request: HttpRequest,
    id: Annotated[str, Path(examples=["be-vlg-professional-card"])],
    on: Day = None,
    lang: Lang = "en",
) -> HttpResponse:
    """Give the lines of law of a pathway that hold on a day, its texts and what the catalogue says."""
    w, day = words(lang), on or today()
    found = w.law.pathways.get(id)
    if found is None:
        raise UnknownName(f'no pathway is called "{id}"', nearest(id, w.law.pathways))
    return answer(
        {
            "pathway": id,
            "on": day,
            "title": w.line(found, "title"),
            "region": found.region or None,
            "in_force": {"from": found.in_force.first, "until": found.in_force.until},
            "digest": found.digest,
            "lines": _lines(found, day, lang),
            "page": found.pages.get(lang) or found.page,
            "not_modelled": w.not_modelled(found),
            "who_helps": {x: w.helper(x) for x in found.who_helps},
        }
    )


def _lines(found: Pathway, day: date, lang: str) -> list[dict[str, Any]]:
    w = words(lang)
    return [
        {
            "id": e.id,
            "part": e.part,
            "effect": e.effect,
            "says": w.line(found, e.id),
            "from": e.period.first,
            "until": e.period.until,
            "source": cite_json(w.law, e.cite_on(day)),
        }
        for e in found.entries
        if day in e.period and day in found.in_force
    ]


@api.get("/facts", response={200: Data, **_READING}, summary="What can be asked and told", tags=["law"])
@by_law
def facts(request: HttpRequest, lang: Lang = "en") -> HttpResponse:
    """List every fact with its type, values and question."""
    return answer({"facts": facts_json(words(lang))})


@api.get("/sources", response={200: Data, **_READING}, summary="Every source, with the day it was read", tags=["law"])
@by_law
def sources(request: HttpRequest) -> HttpResponse:
    """List the acts, judgments and pages that the law rests on."""
    return answer({"sources": [_source(s) for s in the_law().sources.values()]})


@api.get("/sources/{id}", response={200: Data, **_READING}, summary="One source", tags=["law"])
@by_law
def source(request: HttpRequest, id: Annotated[str, Path(examples=["vl-decree-2021-10-15"])]) -> HttpResponse:
    """Give one source."""
    found = the_law().sources.get(id)
    if found is None:
        raise UnknownName(f'no source is called "{id}"', nearest(id, the_law().sources))
    return answer(_source(found))


def _source(s: Source) -> dict[str, Any]:
    return {
        "source": s.id, "title": s.title, "kind": s.kind, "authority": s.authority, "url": s.url or None,
        "read": s.read, "language": s.language, "part": s.part,
    }  # fmt: skip


@api.get("/schemas/{name}", response={200: Data, **_READING}, summary="A published JSON Schema", tags=["law"])
@by_law
def schema(request: HttpRequest, name: Annotated[str, Path(examples=["profile"])]) -> HttpResponse:
    """Give a JSON Schema: of profiles, of answers, of law files."""
    found = published(name)
    if found is None:
        raise UnknownName(f'no schema is called "{name}"', "Known: profile, match, next, deadline.")
    return answer(found)


# --- time ------------------------------------------------------------------------------------------------------------


@api.get("/deadlines", response={200: Data, **_READING}, summary="The time limits we can count", tags=["time"])
@by_law
def deadlines(request: HttpRequest, lang: Lang = "en") -> HttpResponse:
    """List the time limits, the events that start them, and their sources."""
    return answer({"limits": limits_json(words(lang))})


@api.get("/deadlines/{rule}", response={200: Deadline, **_READING}, summary="One time limit, counted", tags=["time"])
@by_law
def deadline(
    request: HttpRequest,
    rule: Annotated[str, Path(examples=["vlg-card-appeal-to-minister"])],
    on: Annotated[IsoDay, Query(description="the day the period starts from", examples=["2026-07-03"])],
    event: Annotated[str | None, Query(description="which event happened that day, where there are several")] = None,
    lang: Lang = "en",
) -> HttpResponse:
    """Count a time limit from a day, in every reading, with the safe day and each step."""
    w = words(lang)
    known = w.law.time_limits
    if rule not in known.limits:
        raise UnknownName(f'no time limit is called "{rule}"', nearest(rule, known.limits))
    limit = known.on(rule, on)
    try:
        found = count(limit, on, event=event) if limit else None
    except (LimitError, CalendarError) as error:
        return problem(422, f"{error}.", [{"kind": "cannot-be-counted", "what": f"{error}", "mend": "See /deadlines."}])
    return answer(deadline_json(w, rule, on, found))
