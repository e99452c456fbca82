"""The words for papers held against the rules, and for events that do not fit, as text and as data."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sojourn.decide.report import cite_json
from sojourn.dossier.events import DATA, SHAPES, Event
from sojourn.dossier.examine import Examined, Flaw, Level, Point, examine
from sojourn.dossier.oddities import Odd, Oddity, oddities
from sojourn.dossier.running import history
from sojourn.law.procedure import Procedure
from sojourn.words.language import Words

FLAWS = {
    Flaw.MISSING: "not on file",
    Flaw.TOO_OLD: "issued on {issued}, too old for that day; {oldest} or later will do",
    Flaw.NO_ISSUE_DAY: "the dossier does not say when it was issued; it must be {oldest} or later",
    Flaw.ISSUED_LATER: "issued on {issued}, after the filing day",
    Flaw.EXPIRED: "it expired on {until}, before the filing day",
    Flaw.NO_EXPIRY: "the dossier does not say until when it is valid",
    Flaw.TRANSLATION_MISSING: "written in {language}, and no translation is recorded; accepted: {accepted}",
    Flaw.TRANSLATION_NOT_SWORN: "its translation from {language} must be a sworn one",
    Flaw.NO_LANGUAGE: "the dossier does not say in which language it is; accepted: {accepted}",
    Flaw.APOSTILLE_MISSING: "issued in {country}, it needs an apostille; the dossier records none",
    Flaw.LEGALISATION_MISSING: "issued in {country}, it needs legalisation; the dossier records none",
    Flaw.ASK_SEAL: "issued in {country}: ask whether it needs an apostille or legalisation",
    Flaw.NO_COUNTRY: "the dossier does not say in which country it was issued",
    Flaw.WRONG_COUNTRY: "issued in {country}; it must come from {allowed}",
    Flaw.ISSUER: "compare the issuer: {issuer}; asked for: {asked}",
    Flaw.OTHER_NAME: "the name on it, {other}, is not the name {name}",
    Flaw.FEWER_NAMES: "the name on it, {other}, is not written in full like {name}; the authority may ask why",
    Flaw.OTHER_BIRTH_DATE: "the day of birth on it, {other}, is not {born}",
    Flaw.DATES_CROSSED: "its days contradict each other: {second} lies before {first}",
    Flaw.ADDED_BEFORE_ISSUE: "it was put on file on {added}, before it was issued on {issued}",
}
SIGNS = {Level.WRONG: "×", Level.ASK: "!", Level.UNKNOWN: "?"}


ODDS = {
    Odd.NOT_FILED: "there is no filing before it",
    Odd.NOTHING_MISSING: "nothing was found incomplete before it",
    Odd.NOTHING_TO_APPEAL: "there is no decision before it to appeal against",
    Odd.NO_APPEAL: "there is no appeal before it",
    Odd.NOT_ADMISSIBLE: "the file was not declared admissible before it",
    Odd.NOT_GRANTED: "nothing was granted before it",
    Odd.NOTICE_BEFORE_EVENT: "it comes before the event that it tells of",
    Odd.RECEIVED_BEFORE_SENT: "received on {received}, before it was sent on {sent}",
    Odd.DAYS_CROSSED: "{second} lies before {first}",
    Odd.NOT_YET: "its day had not come when it was recorded",
    Odd.UNKNOWN_NAME: "this procedure knows no {name} called {told}",
}


def oddity_text(w: Words, x: Oddity) -> str:
    """Return in which way an event does not fit."""
    values = {key: w.day(value) if isinstance(value, date) else value for key, value in x.params.items()}
    if x.odd is Odd.UNKNOWN_NAME:
        values["name"] = w.say(DATA[x.params["name"]].says)
    says = w.say(ODDS[x.odd], **values) if values else w.say(ODDS[x.odd])
    return f"{x.event.number}. {w.day(x.event.on)} · {w.say(SHAPES[x.event.kind].says)}: {says}"


def oddity_json(w: Words, x: Oddity) -> dict[str, Any]:
    """Return an event that does not fit as data."""
    return {"event": x.event.number, "odd": str(x.odd), "says": oddity_text(w, x)}


def point_text(w: Words, procedure: Procedure, x: Point) -> str:
    """Return what is the matter with a paper."""
    values: dict[str, object] = {}
    for key, value in x.params.items():
        if isinstance(value, date):
            values[key] = w.day(value)
        elif key == "country":
            values[key] = w.country(str(value))
        elif key == "allowed":
            values[key] = f" {w.say('or')} ".join(w.country(c) for c in value)
        elif key == "language":
            values[key] = w.tongue(str(value))
        elif key == "accepted":
            values[key] = ", ".join(w.tongue(t) for t in value)
        else:
            values[key] = value
    if x.flaw is Flaw.ISSUER:
        assert x.paper is not None
        values = {"issuer": w.say("the dossier does not say"), **values}
        values["asked"] = w.step(procedure, f"{x.paper.document.key}.issuer")
    return w.say(FLAWS[x.flaw], **values) if values else w.say(FLAWS[x.flaw])


def examined_json(w: Words, procedure: Procedure, x: Examined) -> dict[str, Any]:
    """Return the papers of a stage as data."""
    return {
        "stage": x.stage,
        "on": x.on.isoformat(),
        "filed": x.filed,
        "good": [e.number for e in x.good],
        "points": [
            {
                "flaw": str(p.flaw),
                "level": str(p.level),
                "document": p.document,
                "name": w.evidence(p.document),
                "one_of": list(p.papers),
                "event": p.event.number if p.event else None,
                "says": point_text(w, procedure, p),
                "source": cite_json(w.law, p.cite) if p.cite else None,
            }
            for p in x.points
        ],
    }


def check_json(w: Words, procedure: Procedure, events: Sequence[Event], on: date) -> dict[str, Any]:
    """Return the papers held against the rules and the events that do not fit, as data."""
    return {
        "papers": [examined_json(w, procedure, x) for x in examine(w.law, procedure.pathway, events, on)],
        "oddities": [oddity_json(w, x) for x in oddities(procedure, history(events, on))],
    }
