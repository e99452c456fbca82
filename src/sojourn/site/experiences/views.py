"""Leaving an experience, changing or withdrawing it by its private link, flagging one, and sending a correction."""

import uuid
from contextlib import suppress
from datetime import timedelta
from typing import Any

import yaml
from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sojourn.decide.profile import nest, written
from sojourn.law.model import Pathway
from sojourn.site import faults
from sojourn.site.answers import answers_of
from sojourn.site.body import the_law, today, words
from sojourn.site.experiences import sent as reading
from sojourn.site.experiences.models import ENDINGS, REGIONS, Correction, Experience, State, digest, token_of
from sojourn.site.experiences.writing import MOST, likeness
from sojourn.site.private import private
from sojourn.site.rates import Rate, wait_for
from sojourn.site.templating import address
from sojourn.values.verdict import BEST_FIRST
from sojourn.words.findings import HEADINGS
from sojourn.words.language import Words

ENTRIES = Rate(burst=6, per_minute=1)
FLAGS_TO_HIDE = 3
SAME_DAYS = 180
_TRAP = "website"
"""A field that people do not see; whoever fills it in is a program."""


def _pathway(id: str) -> Pathway:
    found = the_law().pathways.get(id)
    if found is None:
        raise Http404
    return found


@private
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, language: str, pathway: str) -> HttpResponse:
    """The form for an experience; sent twice it makes one entry. A program that fills in the trap is led nowhere."""
    w, found = words(language), _pathway(pathway)
    if request.method != "POST":
        return _form(request, w, found, reading.Read({}), str(uuid.uuid4()))
    form = _form_number(request)
    read = reading.experience(w, request.POST, today())
    if request.POST.get(_TRAP) or Experience.objects.filter(key=digest(token_of(form))).exists():
        return HttpResponseRedirect(address(language, "experience", token=token_of(form)))
    if wait := wait_for(request, "experience", ENTRIES):
        return faults.too_often(request, wait)
    alike = likeness(f"{read.values['text']} {read.values['asked_for']}")
    if not read.errors and read.values["text"] and _said_before(pathway, alike):
        read.errors["text"] = w.say("This text is here already. If yours differs, say what is different.")
    if read.errors:
        return _form(request, w, found, read, form)
    token = token_of(form)
    with suppress(IntegrityError), transaction.atomic():  # sent before: the first time made the entry
        Experience.objects.create(pathway=pathway, language=language, key=digest(token), likeness=alike, **read.values)
    return HttpResponseRedirect(address(language, "experience", token=token))


def _said_before(pathway: str, alike: str) -> bool:
    since = timezone.now() - timedelta(days=SAME_DAYS)
    same = Experience.objects.filter(pathway=pathway, likeness=alike, created__gte=since)
    return same.exclude(state__in=(State.WITHDRAWN, State.REFUSED)).exists()


def _form_number(request: HttpRequest) -> str:
    try:
        return str(uuid.UUID(request.POST.get("form", "")))
    except ValueError:
        return str(uuid.uuid4())


def _form(
    request: HttpRequest, w: Words, found: Pathway, read: reading.Read, id: str, entry: Experience | None = None,
    token: str = "", saved: str = "",
) -> HttpResponse:  # fmt: skip
    given: dict[str, Any] = {
        "pathway": found,
        "title": w.line(found, "title"),
        "typed": read.typed,
        "errors": read.errors,
        "id": id,
        "most": MOST,
        "regions": [_option("", w.say("Choose"), read.typed.get("region", ""))]
        + [_option(r, w.value(the_law().facts["activity.region"], r), read.typed.get("region", "")) for r in REGIONS],
        "outcomes": [_option("", w.say("Choose"), read.typed.get("outcome", ""))]
        + [_option(o, w.say(says), read.typed.get("outcome", "")) for o, says in ENDINGS.items()],
        "entry": entry,
        "token": token,
        "saved": saved,
    }
    return render(request, "site/experiences/form.html", given, status=422 if read.errors else 200)


def _option(value: str, text: str, chosen: str) -> dict[str, Any]:
    return {"value": value, "text": text, "checked": value == chosen}


@private
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, language: str, token: str) -> HttpResponse:
    """The private page of an entry: see where it stands, change or withdraw it."""
    w = words(language)
    entry = Experience.objects.filter(key=digest(token)).first()
    if entry is None or entry.pathway not in the_law().pathways:
        raise Http404
    found = _pathway(entry.pathway)
    if request.method != "POST":
        return _form(request, w, found, reading.Read(_typed(entry)), str(entry.id), entry, token)
    if "withdraw" in request.POST:
        entry.text = entry.asked_for = entry.outcome = entry.region = ""
        entry.filed = entry.decided = None
        entry.state = State.WITHDRAWN
        entry.save()
        return _form(request, w, found, reading.Read({}), str(entry.id), entry, token, "withdrawn")
    if entry.state == State.WITHDRAWN:
        raise Http404
    read = reading.experience(w, request.POST, today())
    if read.errors:
        return _form(request, w, found, read, str(entry.id), entry, token)
    for name, value in read.values.items():
        setattr(entry, name, value)
    entry.likeness = likeness(f"{entry.text} {entry.asked_for}")
    entry.state = State.WAITING
    entry.save()
    return _form(request, w, found, reading.Read(_typed(entry)), str(entry.id), entry, token, "changed")


def _typed(entry: Experience) -> dict[str, str]:
    out = {"text": entry.text, "region": entry.region, "outcome": entry.outcome, "asked_for": entry.asked_for}
    for name in ("filed", "decided"):
        day = getattr(entry, name)
        out |= {f"{name}-month": str(day.month) if day else "", f"{name}-year": str(day.year) if day else ""}
    return out


@private
@require_http_methods(["GET", "HEAD", "POST"])
def flag(request: HttpRequest, language: str, id: uuid.UUID) -> HttpResponse:
    """Tell the moderators of an entry; enough visitors together hide it until one has looked."""
    w = words(language)
    if request.method != "POST":
        return render(request, "site/experiences/flag.html")
    told = request.session.get("flagged", [])
    published = Experience.objects.filter(id=id, state=State.PUBLISHED)
    if str(id) not in told and published.exists():
        if wait := wait_for(request, "flag", ENTRIES):
            return faults.too_often(request, wait)
        request.session["flagged"] = [*told, str(id)][-50:]
        published.update(flags=F("flags") + 1)
        for entry in published.filter(flags__gte=FLAGS_TO_HIDE):
            entry.state = State.WAITING
            entry.save()
    return faults.page(request, 200, w.say("Thank you"), w.say("A moderator will look at this entry again."))


# --- corrections -----------------------------------------------------------------------------------------------------


@private
@require_http_methods(["GET", "HEAD", "POST"])
def wrong(request: HttpRequest, language: str, pathway: str, line: str) -> HttpResponse:
    """Say that a line of law is wrong, with a source; the answers of this session go along only if one ticks so."""
    w, found = words(language), _pathway(pathway)
    entry = next((e for e in found.entries if e.id == line), None)
    if entry is None:
        raise Http404
    answers = answers_of(request)
    given = {
        "pathway": found,
        "title": w.line(found, "title"),
        "line": line,
        "says": w.line(found, line),
        "answered": len(answers.facts),
        "results": [_option("", w.say("I do not know"), request.POST.get("result", ""))]
        + [_option(r.value, w.say(HEADINGS[r]), request.POST.get("result", "")) for r in BEST_FIRST],
    }
    if request.method != "POST":
        form = {"id": str(uuid.uuid4()), "typed": {}, "errors": {}}
        return render(request, "site/experiences/wrong.html", given | form)
    read = reading.correction(w, request.POST)
    if not request.POST.get(_TRAP) and not read.errors:
        if wait := wait_for(request, "correction", ENTRIES):
            return faults.too_often(request, wait)
        facts = {id: written(the_law().facts[id], k) for id, k in answers.facts.items()}
        case = _case(line, answers.day, facts if request.POST.get("answers") else {}, request.POST.get("result", ""))
        _keep(_form_number(request), pathway, line, language, read, case)
    if read.errors:
        form = {"id": _form_number(request), "typed": read.typed, "errors": read.errors}
        return render(request, "site/experiences/wrong.html", given | form, status=422)
    text = w.say(
        "A moderator reads it with its source. What proves right changes the law files, with the next version."
    )
    return faults.page(request, 200, w.say("Thank you"), text)


def _keep(id: str, pathway: str, line: str, language: str, read: reading.Read, case: str) -> None:
    Correction.objects.get_or_create(
        id=id, defaults={"pathway": pathway, "line": line, "language": language, "case": case, **read.values}
    )


def _case(line: str, day: Any, facts: dict[str, Any], result: str) -> str:
    """Return an entry for `cases.yaml`: the answers given along, and what should come out, if the visitor knows."""
    known = {r.value for r in BEST_FIRST}
    case = {
        "case": f"Correction sent for {line}",
        "on": day,
        "facts": nest(facts),
        "expect": {"result": result} if result in known else {},
    }
    return yaml.safe_dump([case], allow_unicode=True, sort_keys=False)


@require_safe
def guide(request: HttpRequest, language: str) -> HttpResponse:
    """How experiences are looked at before they appear."""
    return render(request, "site/experiences/guide.html")
