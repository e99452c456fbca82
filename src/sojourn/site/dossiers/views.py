"""Opening a dossier, seeing where it stands, recording what happened, saving it back."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sojourn.dossier.applies import procedure_of
from sojourn.dossier.events import DATA, SHAPES, Datum, Event, EventError, Kind, corrected_by
from sojourn.dossier.state import State, state
from sojourn.law.procedure import Procedure
from sojourn.site.answers import answers_of
from sojourn.site.body import the_law, today, words
from sojourn.site.dossiers.held import (
    FAULTS,
    DossierRefusedError,
    Held,
    added,
    begun,
    held,
    hold,
    let_go,
    read_upload,
)
from sojourn.site.private import private
from sojourn.site.results import day_in, linked_day
from sojourn.site.templating import address
from sojourn.values.countries import COUNTRIES
from sojourn.words.examined import SIGNS, check_json
from sojourn.words.language import LANGUAGES, Words
from sojourn.words.limits import SAFE_DAYS
from sojourn.words.past import datum_text, fact_text
from sojourn.words.state import FORMS, away, state_json

FIELDS = ("day", "month", "year")
RECORDED = (
    Kind.FILED, Kind.FOUND_INCOMPLETE, Kind.COMPLETED, Kind.ADMISSIBLE, Kind.INADMISSIBLE, Kind.EXTENDED, Kind.NOTIFIED,
    Kind.GRANTED, Kind.REFUSED, Kind.APPEALED, Kind.APPEAL_DECIDED, Kind.PAID, Kind.COLLECTED, Kind.ENTERED,
    Kind.REGISTERED, Kind.RENEWED, Kind.WITHDRAWN, Kind.CLOSED, Kind.DOCUMENT_ADDED, Kind.NOTE,
)  # fmt: skip
"""What is recorded here; facts come from the questions, and striking out has its own button."""
_MOST = 4_000


@private
@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: HttpRequest, language: str) -> HttpResponse:
    """The open dossier on a day, or the form to open one."""
    w = words(language)
    errors: list[str] = []
    if request.method == "POST":
        try:
            hold(request, *read_upload(w, request.FILES.get("dossier")))
            return HttpResponseRedirect(address(language, "dossier"))
        except DossierRefusedError as refused:
            errors = refused.told
    open_ = held(request)
    if open_ is None or errors:
        return render(
            request, "site/dossiers/open.html", {"errors": errors, "open": open_}, status=422 if errors else 200
        )
    on, error = _day(request, w)
    return render(request, "site/dossiers/desk.html", _told(w, open_, on, error), status=422 if error else 200)


def _day(request: HttpRequest, w: Words) -> tuple[date, str]:
    """Return the day to look at: of the address (it says nothing of the dossier), else today."""
    typed = {x: request.GET.get(f"on-{x}", "").strip()[:40] for x in FIELDS}
    if any(typed.values()):
        day = day_in(typed)
        return day or today(), "" if day else w.say("Give a day that exists, such as {day}.", day="20 9 2026")
    return linked_day(request.GET.get("on", "")) or today(), ""


def _told(w: Words, open_: Held, on: date, error: str) -> dict[str, Any]:
    law = the_law()
    procedure, ledger = procedure_of(law, open_.pathway), open_.ledger
    s: State = state(law, open_.pathway, ledger.events, on)
    data = state_json(w, s)
    return {
        "name": open_.name,
        "title": w.line(law.pathways[open_.pathway], "title"),
        "on": on,
        "error": error,
        "typed": {"day": str(on.day), "month": str(on.month), "year": str(on.year)},
        "s": data,
        "check": check_json(w, procedure, ledger.events, on),
        "signs": SIGNS,
        "limits": [_limit(w, x, on) for x in (*data["clocks"], *data["appeals"])],
        "over": [_limit(w, x, on) for x in data["over"]],
        "tasks": [_task(w, x, on) for x in data["tasks"]],
        "day_of": lambda iso: w.weekday(date.fromisoformat(iso)) if iso else "",
        "events": [_event(w, procedure, e, corrected_by(ledger.events)) for e in reversed(ledger.events)],
        "faults": [
            (f.line, w.say(FAULTS.get(f.kind, "This line cannot be read. It is kept as it stands.")))
            for f in ledger.faults
        ],
        "unread": [(n, raw.decode("utf-8", "backslashreplace")[:2_000]) for n, raw in ledger.unread],
        "writable": ledger.writable,
        "kinds": _kinds(w),
    }


def _limit(w: Words, x: dict[str, Any], on: date) -> dict[str, Any]:
    """Return a running time limit in words."""
    day = date.fromisoformat(x["day"]) if x["day"] else None
    last = date.fromisoformat(x["last"]) if x["last"] else None
    c = x["computation"]
    appeal = x["appeal"]
    return {
        "says": x["says"],
        "safe": w.say(SAFE_DAYS[x["kind"]], day=w.weekday(day))
        if day
        else w.say("No source gives a time limit for this."),
        "away": away(w, day, on) if day else "",
        "late": w.say("The safe day is past; another reading runs until {day}.", day=w.weekday(last))
        if x["phase"] == "late" and last
        else "",
        "steps": [s["says"] for s in c["steps"]] if c else [],
        "readings": [f"{r['says']}: {w.weekday(date.fromisoformat(r['last_day']))}" for r in c["readings"]]
        if c and len(c["readings"]) > 1
        else [],
        "appeal": [
            w.say("To: {body}", body=appeal["to"]),
            *([w.say("Address: {address}", address=appeal["send_to"])] if appeal["send_to"] else []),
            w.say("Form: {form}", form=", ".join(w.say(FORMS[f]) for f in appeal["form"])),
        ]
        if appeal
        else [],
        "source": x["source"],
    }


def _task(w: Words, x: dict[str, Any], on: date) -> dict[str, Any]:
    by = date.fromisoformat(x["by"]) if x["by"] else None
    return {
        "says": x["says"],
        "by": w.say("By {day}", day=w.weekday(by)) if by else "",
        "away": away(w, by, on) if by else "",
        "fee": x["fee"],
        "source": x["source"],
    }


def _event(w: Words, procedure: Procedure, event: Event, later: dict[int, int]) -> dict[str, Any]:
    """Return an event in words."""
    told = [fact_text(w, event)] if event.kind is Kind.FACT_STATED else []
    for name, value in event.data.items():
        if not (event.kind is Kind.FACT_STATED and name in ("fact", "value")):
            told.append(f"{w.say(DATA[name].says)}: {datum_text(w, DATA[name], value)}")
    if event.source:
        told.append(w.say("shown by: {source}", source=event.source))
    return {
        "number": event.number,
        "day": w.day(event.on),
        "says": w.say(SHAPES[event.kind].says),
        "told": told,
        "corrects": event.corrects,
        "corrected": later.get(event.number),
    }


@private
@require_POST
def begin(request: HttpRequest, language: str, pathway: str) -> HttpResponse:
    """Begin a dossier for a pathway with the answers of this session."""
    law = the_law()
    found = law.pathways.get(pathway)
    if found is None or found.procedure is None:
        raise Http404
    answers = answers_of(request)
    hold(request, f"{pathway}.sojourn", begun(law, pathway, language, answers.facts, today()))
    return HttpResponseRedirect(address(language, "dossier"))


@private
@require_safe
def save(request: HttpRequest, language: str) -> HttpResponse:
    """Give the dossier back as a file."""
    open_ = held(request)
    if open_ is None:
        raise Http404
    ledger = open_.ledger
    raw = open_.raw[: ledger.length] if ledger.torn and ledger.writable else open_.raw
    response = HttpResponse(raw, content_type="application/jsonl; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{open_.name}"'
    return response


@private
@require_POST
def close(request: HttpRequest, language: str) -> HttpResponse:
    """Forget the dossier."""
    let_go(request)
    return HttpResponseRedirect(address(language, "dossier"))


# -- recording ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Field:
    """One field of the form for an event."""

    name: str
    label: str
    sort: str
    needed: bool
    options: list[dict[str, Any]]


@private
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, language: str, kind: str) -> HttpResponse:
    """Record what happened: the form for one kind of event."""
    w, open_ = words(language), held(request)
    if open_ is None:
        return HttpResponseRedirect(address(language, "dossier"))
    if kind not in {str(k) for k in RECORDED} or not open_.ledger.writable:
        raise Http404
    fields = _fields(w, open_, Kind(kind))
    errors: dict[str, str] = {}
    typed: dict[str, Any] = {}
    if request.method == "POST":
        typed = {name: value[:_MOST] for name, value in request.POST.items() if isinstance(value, str)}
        raw = _read(w, open_, kind, fields, typed, errors)
        if raw is not None:
            hold(request, open_.name, raw)
            return HttpResponseRedirect(address(language, "dossier"))
    given = {"kind": kind, "says": w.say(SHAPES[Kind(kind)].says), "fields": fields, "typed": typed, "errors": errors}
    return render(request, "site/dossiers/record.html", given, status=422 if errors else 200)


@private
@require_POST
def strike(request: HttpRequest, language: str, number: int) -> HttpResponse:
    """Strike out an event: a new event says so, and nothing is rewritten."""
    open_ = held(request)
    if open_ is None:
        return HttpResponseRedirect(address(language, "dossier"))
    try:
        hold(request, open_.name, added(open_, "corrected", today(), {}, "", number))
    except EventError:
        raise Http404 from None
    return HttpResponseRedirect(address(language, "dossier"))


def _kinds(w: Words) -> list[tuple[str, str]]:
    return [(str(k), w.say(SHAPES[k].says)) for k in RECORDED]


def _fields(w: Words, open_: Held, kind: Kind) -> list[Field]:
    shape = SHAPES[kind]
    return [_field(w, open_, name, needed=name in shape.needs) for name in (*shape.needs, *shape.may)]


def _field(w: Words, open_: Held, name: str, *, needed: bool) -> Field:
    datum = DATA[name]
    named: list[tuple[str, str]] = []
    if datum.type == "choice":
        named = [(value, w.say(says)) for value, says in datum.values.items()]
    elif datum.type == "country":
        named = sorted(((c, w.country(c)) for c in COUNTRIES if c != "stateless"), key=lambda x: x[1])
    elif datum.type == "event":
        named = [
            (str(e.number), f"{e.number}. {w.day(e.on)} · {w.say(SHAPES[e.kind].says)}") for e in open_.ledger.events
        ]
    elif datum is DATA["document"]:
        named = sorted(((d.id, w.evidence(d.id)) for d in _procedure(open_).evidence), key=lambda x: x[1])
    elif datum is DATA["fee"]:
        named = [(f.id, w.step(_procedure(open_), f.key)) for f in _procedure(open_).fees]
    elif datum is DATA["body"]:
        named = [(s.at, w.helper(s.at)) for s in _procedure(open_).stages]
    elif datum.type == "language":
        named = [(x, w.tongue(x)) for x in LANGUAGES]
    elif datum.type == "ids" or datum is DATA["channel"]:
        return Field(name, "", "skip", needed=False, options=[])
    options = [{"value": value, "text": text} for value, text in dict(named).items()]
    sort = "select" if options else "day" if datum.type == "day" else "text"
    return Field(name, _label(w, datum), sort, needed, options)


def _label(w: Words, datum: Datum) -> str:
    said = w.say(datum.says)
    return said[:1].upper() + said[1:]


def _procedure(open_: Held) -> Procedure:
    return procedure_of(the_law(), open_.pathway)


def _read(
    w: Words, open_: Held, kind: str, fields: list[Field], typed: dict[str, Any], errors: dict[str, str]
) -> bytes | None:
    """Return the dossier with the event that was typed, None where something is wrong with it."""
    on = day_in({x: typed.get(f"on-{x}", "") for x in FIELDS})
    if on is None:
        errors["on"] = w.say("Give a day that exists, such as {day}.", day="20 9 2026")
    data: dict[str, object] = {}
    for f in fields:
        if f.sort == "day":
            parts = {x: typed.get(f"{f.name}-{x}", "").strip() for x in FIELDS}
            if any(parts.values()):
                day = day_in(parts)
                if day is None:
                    errors[f.name] = w.say("Give a day that exists, such as {day}.", day="20 9 2026")
                else:
                    data[f.name] = day.isoformat()
        elif value := str(typed.get(f.name, "")).strip():
            data[f.name] = int(value) if DATA[f.name].type == "event" and value.isdecimal() else value
            if f.options and value not in {o["value"] for o in f.options}:
                errors[f.name] = w.say("Choose one of the answers in the list.")
        if f.needed and f.name not in data and f.name not in errors:
            errors[f.name] = w.say("This is needed: {name}.", name=f.label)
    if errors or on is None:
        return None
    try:
        return added(open_, kind, on, data, str(typed.get("source", "")).strip(), None)
    except EventError as error:
        named = next((what.split(":")[0] for what, _ in error.faults if what.split(":")[0] in data), "on")
        errors[named] = w.say("This cannot be recorded as it stands. Check the value.")
        return None
