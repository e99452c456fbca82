"""The questionnaire: one question a page, chosen by the engine. Answers go into the session, never into an address."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sojourn.decide.household import conflicts, derived
from sojourn.decide.next_question import answer
from sojourn.decide.profile import contradictions
from sojourn.law.model import Law, Question, walk
from sojourn.site import assessed
from sojourn.site.answers import Answers, answers_of, changing, forget
from sojourn.site.asking import AnswerError, answer_in, field_of, form_of
from sojourn.site.assessed import asked_about, upcoming
from sojourn.site.body import the_law, words
from sojourn.site.private import private
from sojourn.site.resume import ProfileRefusedError, read_upload
from sojourn.site.templating import address
from sojourn.values.known import Known, Silent
from sojourn.words.language import Words


@private
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, language: str, pathway: str = "") -> HttpResponse:
    """Say what will happen, and begin; `pathway`: the one that questions aim at."""
    law = the_law()
    if pathway and pathway not in law.pathways:
        raise Http404
    if request.method == "POST":
        with changing(request) as answers:
            answers.aim = pathway
        return on_to_the_next(language, answers)
    told = answers_of(request)
    title = words(language).line(law.pathways[pathway], "title") if pathway else ""
    return render(request, "site/start.html", {"pathway": pathway, "title": title, "count": len(told.order)})


@private
@require_safe
def questions(request: HttpRequest, language: str) -> HttpResponse:
    """Go on to the next question, or to the results when none can change anything."""
    return on_to_the_next(language, answers_of(request))


def on_to_the_next(language: str, answers: Answers) -> HttpResponseRedirect:
    """Return the redirect to the next question, or to the results."""
    asked = upcoming(answers)
    where = address(language, "question", id=asked.question.id) if asked else address(language, "results")
    return HttpResponseRedirect(where)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, language: str, id: str) -> HttpResponse:
    """One question: show it, or take its answer and go on. Sending the same answer twice changes nothing."""
    law, w = the_law(), words(language)
    q = next((q for q in law.questions if q.id == id), None)
    if q is None:
        raise Http404
    if request.method != "POST":
        return _shown(request, w, q, answers_of(request))
    sent = form_of(request.POST)
    if "more" in sent.get("say", ()):
        return _shown(request, w, q, answers_of(request), sent)
    with changing(request) as answers:
        before = dict(answers.facts)
        lost = not before and next(iter(sent.get("told", ())), "0") not in ("", "0")
        try:
            value = answer_in(w, q, sent)
            answers.facts = answer(law, before, q, value)
            clashes = _clashes(w, answers, q)
            if clashes:
                raise AnswerError("answer", clashes[0]["says"])
            if answers.household and any(
                conflicts(law, answers.facts, derived(law, {}, answers.household, answers.day))
            ):
                raise AnswerError("answer", w.say("Your file lists your family, and says something else about this."))
        except AnswerError as error:
            answers.facts = before
            clashes = _clashes_if(w, answers, q, sent)
            page = _shown(request, w, q, answers, sent, error, clashes)
            page.status_code = 422
            return page
        answers.order = [*(x for x in answers.order if x != id), id] if id not in answers.order else answers.order
    if lost:
        request.session["lost"] = True
    return on_to_the_next(language, answers)


def _shown(
    request: HttpRequest, w: Words, q: Question, answers: Answers, sent: Mapping[str, Any] | None = None,
    error: AnswerError | None = None, clashes: list[dict[str, Any]] | None = None,
) -> HttpResponse:  # fmt: skip
    law = the_law()
    ahead = upcoming(answers)
    asked = asked_about(answers, q)
    field = field_of(w, asked, answers.facts, sent)
    if error and law.facts[q.sets[0]].is_number and not field.items:
        error = AnswerError("exact", error.text)
    known = {id: answers.facts[id] for id in q.sets if id in answers.facts}
    silent = next((k for k in known.values() if isinstance(k, Silent)), None)
    lost = bool(request.session.get("lost")) and not error
    if lost:
        del request.session["lost"]
    return render(
        request,
        "site/question.html",
        {
            "q": q,
            "ask": w.question(q.id, "ask", q.ask),
            "why": w.question(q.id, "why", q.why),
            "help": w.question(q.id, "help", q.help) if q.help else "",
            "fact": law.facts[q.sets[0]],
            "field": field,
            "error": error,
            "clashes": clashes or [],
            "in_play": ahead.in_play if ahead else 0,
            "aim": w.line(law.pathways[answers.aim], "title") if answers.aim else "",
            "matters": bool(asked.facts),
            "known": told(w, known),
            "silent": bool(silent),
            "count": len(answers.order),
            "back": _back(w.language, q, answers),
            "lost": lost,
        },
    )


def _back(language: str, q: Question, answers: Answers) -> str:
    """Return the address of the question before this one."""
    order = answers.order
    before = order[: order.index(q.id)] if q.id in order else order
    return address(language, "question", id=before[-1]) if before else address(language, "start")


def _clashes_if(w: Words, answers: Answers, q: Question, sent: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the contradictions that the sent answer would bring; none where it cannot be read."""
    try:
        facts = answer(the_law(), answers.facts, q, answer_in(w, q, sent))
    except AnswerError:
        return []
    return _clashes(w, Answers(facts, answers.order, answers.on), q)


def _clashes(w: Words, answers: Answers, q: Question | None) -> list[dict[str, Any]]:
    """Return the contradictions between the answers: what cannot be, and the answers in it, each with its question.

    q: only those that an answer to this question is part of; its own answers get no question to go to.
    """
    law = the_law()
    out = []
    for id, english in contradictions(law, answers.facts, answers.day):
        says = str(w.texts.get("contradictions", {}).get(id) or english)
        test = next(c.test for c in law.contradictions if c.id == id)
        facts = list(dict.fromkeys(t.fact for t in walk(test) if hasattr(t, "fact")))
        if q is not None and not set(facts) & set(q.sets):
            continue
        rows = [
            {
                "fact": w.fact(f),
                "value": w.known(law.facts[f], answers.facts.get(f)),
                "question": asks.id if asks and (q is None or asks.id != q.id) else "",
            }
            for f in facts
            if f in answers.facts
            for asks in [asking(law, f)]
        ]
        out.append({"says": says, "rows": rows})
    return out


def asking(law: Law, fact: str) -> Question | None:
    """Return the question that asks for a fact."""
    return next((q for q in law.questions if fact in q.sets), None)


def told(w: Words, facts: Mapping[str, Known]) -> str:
    """Return what was said about these facts, in words."""
    said = dict.fromkeys(w.known(w.law.facts[id], known) for id, known in facts.items())
    none = w.say("none")
    return "; ".join(x for x in said if x != none) or (none if said else "")


@private
@require_safe
def given(request: HttpRequest, language: str) -> HttpResponse:
    """The answers given so far, each to change; to keep them, to take them up again, to erase them."""
    law, w, answers = the_law(), words(language), answers_of(request)
    rows = []
    for id in [*answers.order, *(q.id for q in law.questions if q.id not in answers.order)]:
        q = next((q for q in law.questions if q.id == id), None)
        known = {f: answers.facts[f] for f in q.sets if f in answers.facts} if q else {}
        if q and known:
            rows.append(
                {
                    "key": w.question(q.id, "ask", q.ask),
                    "value": told(w, known),
                    "href": address(language, "question", id=q.id),
                    "action": w.say("Change"),
                }
            )
    return render(request, "site/given.html", {"rows": rows, "clashes": _clashes(w, answers, None)})


@private
@require_safe
def keep(request: HttpRequest, language: str) -> HttpResponse:
    """The profile file, to keep and to take up again here or with `sojourn match`."""
    answers = answers_of(request)
    response = HttpResponse(answers.profile(the_law()), content_type="application/yaml; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="sojourn-{answers.day.isoformat()}.yaml"'
    return response


@private
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: HttpRequest, language: str) -> HttpResponse:
    """Take up answers from a profile file; those in the session are replaced, unless the file has a fault."""
    w = words(language)
    if request.method != "POST":
        return render(request, "site/resume.html", {"errors": [], "count": len(answers_of(request).order)})
    try:
        profile = read_upload(w, request.FILES.get("profile"))
    except ProfileRefusedError as refused:
        context = {"errors": refused.told, "count": len(answers_of(request).order)}
        return render(request, "site/resume.html", context, status=422)
    with changing(request) as answers:
        law = the_law()
        answers.facts, answers.household = dict(profile.facts), profile.household
        answers.order = [q.id for q in law.questions if any(f in profile.facts for f in q.sets)]
        answers.on = profile.on if profile.on != date_of_today() else None
    return HttpResponseRedirect(address(language, "results"))


def date_of_today() -> date:
    """Return today, as the answers have it when no other day was asked for."""
    return Answers().day


@private
@require_POST
def forget_me(request: HttpRequest, language: str) -> HttpResponse:
    """Erase the answers and the session, and say so."""
    assessed.forget(answers_of(request))
    forget(request)
    return HttpResponseRedirect(address(language, "forgotten"))


@private
@require_safe
def forgotten(request: HttpRequest, language: str) -> HttpResponse:
    """Say that the answers are erased."""
    return render(request, "site/forgotten.html")
