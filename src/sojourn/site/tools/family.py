"""Who of the family applies: the persons as a form, then what each choice opens for all. Sent in the body, not kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods
from markupsafe import Markup

from sojourn.decide.household import MOST_MEMBERS, Household, persons
from sojourn.decide.joint import choices
from sojourn.decide.profile import Profile, profile_of
from sojourn.decide.report import plain
from sojourn.law.faults import ProfileError
from sojourn.law.household import RELATION
from sojourn.law.yaml12 import Document
from sojourn.site.answers import Answers, answers_of
from sojourn.site.asking import country_options
from sojourn.site.body import the_law, words
from sojourn.site.private import private
from sojourn.site.results import day_in
from sojourn.site.resume import fault_text
from sojourn.values.known import Exact, Known, NoneOf
from sojourn.words import typed
from sojourn.words.joint import ToldChoice, tell_choices
from sojourn.words.language import Words

OLDEST = 125
FIELDS = ("relation", "nation", "nation2", "age", "lives", "ground", "work")
DAY = ("on-day", "on-month", "on-year")
HERE, ABROAD, NONE = "BE", "abroad", "none"
CAN_SHOW, FREE_MOVEMENT = "family.can_show", "sponsor.free_movement"
TOLD_BY = {
    "person.nationalities": ("nation", "nation2"),
    "person.age": ("age",),
    "residence.country": ("lives",),
    "residence.ground": ("ground",),
    "activity.kind": ("work",),
}
"""The fields of a person that tell a fact."""


@dataclass
class Row:
    """One person of the form. number: 0 for you. errors: by field."""

    number: int
    sent: dict[str, str]
    errors: dict[str, str] = field(default_factory=dict)
    nations: tuple[Markup, Markup] = (Markup(), Markup())
    options: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether nothing was filled in."""
        return not any(self.sent.values())


@dataclass
class Form:
    """What was sent, or what the session knows of the family."""

    rows: list[Row]
    shows: list[str]
    moved: str
    day: dict[str, str]


@private
@require_http_methods(["GET", "HEAD", "POST"])
def family(request: HttpRequest, language: str) -> HttpResponse:
    """Ask for the persons; show what each choice of a main applicant opens for everybody."""
    w, answers = words(language), answers_of(request)
    post = request.method == "POST"
    form = _sent(request) if post else _kept(answers)
    errors: dict[str, str] = {}
    told: list[ToldChoice] = []
    asked = post and request.POST.get("do") != "more"
    if post and not asked and len(form.rows) <= MOST_MEMBERS:
        form.rows.append(Row(len(form.rows), dict.fromkeys(FIELDS, "")))
    on = _day(w, form, errors, answers)
    if asked:
        profile = _read(w, form, answers, on, errors)
        if profile is not None and not errors:
            told = _told(w, profile.stated, profile.household, on)
    elif not post and answers.household is not None:
        told = _told(w, answers.facts, answers.household, on)
    for row in form.rows:
        _dress(w, row)
        errors |= {f"{name}-{row.number}": text for name, text in row.errors.items()}
    given = {
        "rows": form.rows,
        "shows": [
            {"value": x, "text": w.value(the_law().facts[CAN_SHOW], x), "checked": x in form.shows}
            for x in the_law().facts[CAN_SHOW].values
        ],
        "neither": [{"value": NONE, "text": w.say("None of these"), "checked": NONE in form.shows}],
        "moved": [
            {"value": value, "text": text, "checked": form.moved == value}
            for value, text in (("true", w.say("yes")), ("false", w.say("no")))
        ],
        "moved_ask": _question(w, FREE_MOVEMENT),
        "typed": form.day,
        "on": on,
        "told": told,
        "asked": (asked and not errors) or bool(told),
        "more": len(form.rows) <= MOST_MEMBERS,
        "answered": bool(answers.facts),
        "errors": errors,
    }
    return render(request, "site/tools/family.html", given, status=422 if errors else 200)


def _told(w: Words, stated: Mapping[str, Known], household: Household | None, on: date) -> list[ToldChoice]:
    assert household is not None
    people = persons(the_law(), stated, household, on)
    return tell_choices(w, people, choices(the_law(), people, on))


def _question(w: Words, fact: str) -> str:
    q = next((q for q in the_law().questions if fact in q.sets), None)
    return w.question(q.id, "ask", q.ask) if q else w.fact(fact)


# --- the form ------------------------------------------------------------------------------------------------------


def _sent(request: HttpRequest) -> Form:
    sent = request.POST
    rows = [Row(0, _row(sent, 0))]
    for i in range(1, MOST_MEMBERS + 1):
        if f"relation-{i}" in sent:
            rows.append(Row(len(rows), _row(sent, i)))
    day = {x.removeprefix("on-"): str(sent.get(x, "")).strip()[:40] for x in DAY}
    shows = [x for x in sent.getlist("shows") if x == NONE or x in the_law().facts[CAN_SHOW].values]
    return Form(rows, shows, str(sent.get("moved", ""))[:10], day)


def _row(sent: Mapping[str, Any], i: int) -> dict[str, str]:
    return {x: str(sent.get(f"{x}-{i}", "")).strip()[:60] for x in FIELDS}


def _kept(answers: Answers) -> Form:
    """Return the form filled with what the session knows: of the family, and of you."""
    day = answers.day
    parts = {"day": str(day.day), "month": str(day.month), "year": str(day.year)}
    members = answers.household.members if answers.household is not None else ()
    rows = [Row(i, _known(facts)) for i, facts in enumerate((answers.facts, *members[:MOST_MEMBERS]))]
    if len(rows) == 1:
        rows.append(Row(1, dict.fromkeys(FIELDS, "")))
    shown = answers.facts.get(CAN_SHOW)
    moved = answers.facts.get(FREE_MOVEMENT)
    return Form(
        rows,
        (sorted(map(str, shown.value)) or [NONE])
        if isinstance(shown, Exact) and isinstance(shown.value, frozenset)
        else [],
        str(moved.value).lower() if isinstance(moved, Exact) else "",
        parts,
    )


def _known(facts: Mapping[str, Known]) -> dict[str, str]:
    """Return the fields of a person as far as they are known exactly."""

    def one(id: str) -> str:
        known = facts.get(id)
        return str(known.value) if isinstance(known, Exact) and not isinstance(known.value, frozenset) else ""

    nations = facts.get("person.nationalities")
    codes = (
        sorted(map(str, nations.value)) if isinstance(nations, Exact) and isinstance(nations.value, frozenset) else []
    )
    lives, ground = facts.get("residence.country"), facts.get("residence.ground")
    held = sorted(map(str, ground.value)) if isinstance(ground, Exact) and isinstance(ground.value, frozenset) else None
    away = (isinstance(lives, Exact) and lives.value != HERE) or (isinstance(lives, NoneOf) and HERE in lives.values)
    return {
        "relation": one(RELATION),
        "nation": codes[0] if 0 < len(codes) <= 2 else "",
        "nation2": codes[1] if len(codes) == 2 else "",
        "age": one("person.age"),
        "lives": HERE if lives == Exact(HERE) else ABROAD if away else "",
        "ground": "" if held is None or len(held) > 1 else held[0] if held else NONE,
        "work": one("activity.kind"),
    }


def _dress(w: Words, row: Row) -> None:
    """Give a row the choices of its selects, in the language."""
    law = the_law()

    def options(name: str, values: list[tuple[str, str]]) -> list[dict[str, Any]]:
        unsaid = [("", w.say("Choose") if name == "relation" else w.say("I do not know"))]
        return [{"value": v, "text": t, "checked": row.sent[name] == v} for v, t in (*unsaid, *values)]

    def of(id: str) -> list[tuple[str, str]]:
        return [(v, w.value(law.facts[id], v)) for v in law.facts[id].values]

    row.nations = (country_options(w.language, row.sent["nation"]), country_options(w.language, row.sent["nation2"]))
    row.options = {
        "relation": options("relation", of(RELATION)),
        "lives": options("lives", [(HERE, w.say("In Belgium")), (ABROAD, w.say("Not in Belgium"))]),
        "ground": options("ground", [(NONE, w.say("None")), *of("residence.ground")]),
        "work": options("work", of("activity.kind")),
    }


# --- reading -------------------------------------------------------------------------------------------------------


def _day(w: Words, form: Form, errors: dict[str, str], answers: Answers) -> date:
    on = day_in(form.day)
    if on is None:
        errors["on"] = w.say("Give a day that exists, such as {day}.", day="20 9 2026")
    return on or answers.day


def _read(w: Words, form: Form, answers: Answers, on: date, errors: dict[str, str]) -> Profile | None:
    """Return the family as a profile, read as a profile file is; None after noting what is wrong."""
    law = the_law()
    form.rows = [form.rows[0], *(r for r in form.rows[1:] if not r.empty)]
    for i, row in enumerate(form.rows):
        row.number = i
    told = [_facts_of(w, row) for row in form.rows]
    if len(told) == 1:
        form.rows.append(Row(1, dict.fromkeys(FIELDS, "")))
        errors["relation-1"] = w.say("Name at least one other person of the family.")
    if errors or any(row.errors for row in form.rows):
        return None
    follows = {d.fact for d in law.household.derivations} if law.household else set()
    kept = _unchanged(form, answers)
    about = {id: plain(law, id, known) for id, known in kept.items() if id not in follows}
    common: dict[str, Any] = {}
    if form.shows:
        common[CAN_SHOW] = [x for x in form.shows if x != NONE]
    if form.moved in ("true", "false"):
        common[FREE_MOVEMENT] = form.moved == "true"
    members = [{"lives_with_you": True, **common, **facts} for facts in told[1:]]
    data = {"facts": {**common, **told[0], **about}, "household": members}
    try:
        return profile_of(law, Document("family", data), on=on)
    except ProfileError as error:
        errors[""] = " ".join(dict.fromkeys(fault_text(w, fault, []) for fault in error.faults[:3]))
        return None


def _unchanged(form: Form, answers: Answers) -> Mapping[str, Known]:
    """Return what the session knows of you, without what the form says otherwise or says no more.

    What the form shows only roughly, or has no room for, stands as it was answered.
    """
    before, sent = _kept(answers), form.rows[0].sent
    shown = before.rows[0].sent
    gone = {id for id, fields in TOLD_BY.items() if any(sent[x] != shown[x] for x in fields)}
    gone |= {CAN_SHOW} if set(form.shows) != set(before.shows) else set()
    gone |= {FREE_MOVEMENT} if form.moved != before.moved else set()
    return {id: known for id, known in answers.facts.items() if id not in gone}


def _facts_of(w: Words, row: Row) -> dict[str, Any]:
    """Return what a row says, by fact, as a profile writes it; wrong entries are noted in the row."""
    law, sent = the_law(), row.sent
    out: dict[str, Any] = {}
    if row.number:
        if sent["relation"] in law.facts[RELATION].values:
            out["relation"] = sent["relation"]
        else:
            row.errors["relation"] = w.say("Say how this person is related to you.")
    nations = [x for x in dict.fromkeys((sent["nation"], sent["nation2"])) if x]
    if nations:
        out["person.nationalities"] = nations
    if sent["age"]:
        age = typed.whole(sent["age"])
        if age.isascii() and age.isdecimal() and int(age) <= OLDEST:
            out["person.age"] = int(age)
        else:
            row.errors["age"] = w.say("Write a whole number from 0 to {most}.", most=OLDEST)
    if sent["lives"] == HERE:
        out["residence.country"] = HERE
    elif sent["lives"] == ABROAD:
        out["residence.country"] = {"not_in": [HERE]}
    if sent["ground"]:
        out["residence.ground"] = [] if sent["ground"] == NONE else [sent["ground"]]
    if sent["work"]:
        out["activity.kind"] = sent["work"]
    return out
