"""The words for the state of a dossier that every shell uses, as text and as data."""

from datetime import date
from typing import Any

from sojourn.decide.report import cite_json
from sojourn.dossier.applies import procedure_of
from sojourn.dossier.running import Running
from sojourn.dossier.state import Do, Moment, Silence, StageState, State, Status, Task
from sojourn.law.model import Law
from sojourn.law.procedure import Appeal, Procedure
from sojourn.words.examined import oddity_json
from sojourn.words.language import Words
from sojourn.words.limits import deadline_json, iso
from sojourn.words.payment import payment

STATUSES = {
    Status.PREPARING: "in preparation",
    Status.FILED: "filed; the authority checks whether the file is complete",
    Status.INCOMPLETE: "found incomplete",
    Status.COMPLETED: "completed; the authority checks whether the file is complete",
    Status.ADMISSIBLE: "declared admissible; the authority has to decide",
    Status.EXTENDED: "the authority took more time to decide",
    Status.INADMISSIBLE: "declared inadmissible",
    Status.INADMISSIBLE_BY_SILENCE: "inadmissible, because what was missing did not come in time",
    Status.GRANTED: "granted",
    Status.GRANTED_BY_SILENCE: "counts as granted, because nobody decided in time",
    Status.COLLECTED: "granted and collected",
    Status.REGISTERED: "registered",
    Status.EXPIRED: "expired",
    Status.REFUSED: "refused",
    Status.REFUSED_BY_SILENCE: "counts as refused, because nobody decided in time",
    Status.APPEALED: "refused; an appeal was lodged",
    Status.APPEAL_DISMISSED: "refused; the appeal was dismissed",
    Status.APPEAL_ALLOWED: "the appeal was allowed",
    Status.ANNULLED: "the decision was annulled",
    Status.SUSPENDED: "the decision was suspended",
    Status.WITHDRAWN: "withdrawn",
    Status.CLOSED: "closed",
}
SILENCES = {
    "granted": "it counts as granted",
    "refused": "it counts as refused",
    "may-refuse": "the authority may reject the application",
    "as-advised": "it is decided as the advice says; without advice it counts as refused",
    "inadmissible": "the application is inadmissible",
    "nothing": "silence has no effect: press for a decision",
    "none-known": "no source says what silence means: press for a decision",
    "stands": "the decision stands",
}
NEAR = {0: "today", 1: "tomorrow", -1: "yesterday"}
FORMS = {
    "reasoned": "with reasons",
    "signed": "signed",
    "registered-letter": "by registered post",
    "in-person": "in person",
}
PAINS = {"nullity": "on pain of nullity", "inadmissibility": "on pain of inadmissibility"}
MOMENTS = {
    "opens": "the window opens",
    "last-day": "the last day",
    "over": "the waiting ends with this day",
}


def status_text(w: Words, status: Status) -> str:
    """Return where a stage stands, in words."""
    return w.say(STATUSES[status])


def away(w: Words, day: date, on: date) -> str:
    """Return how far a day lies from `on`: today, tomorrow, in 12 days, 3 days ago."""
    days = (day - on).days
    if days in NEAR:
        return w.say(NEAR[days])
    return w.say("in {n} days", n=days) if days > 0 else w.say("{n} days ago", n=-days)


def doubts(w: Words, r: Running) -> list[str]:
    """Return what to know of the day of a time limit: whose day it is, what is assumed, what stops it."""
    out = []
    if r.named and r.named == r.day:
        out.append(w.say("The notice itself names this day."))
    if r.assumed:
        start = w.day(r.counted.start if r.counted else r.event.on)
        out.append(
            w.say(
                "The dossier does not say when the notice was sent; {day} stands in its place. Correct event {n}.",
                day=start,
                n=r.event.number,
            )
        )
    if r.still:
        out.append(w.say("It stands still since {day}, until what was asked for arrives.", day=w.day(r.still)))
    if r.limit and r.limit.none_known:
        out.append(w.say("No source gives a time limit for this."))
    elif r.limit and r.counted is None:
        out.append(w.say("It cannot be counted from what the dossier says; look at event {n}.", n=r.event.number))
    return out


def appeal_text(w: Words, procedure: Procedure, line: Appeal) -> list[str]:
    """Return to whom an appeal goes, where it is sent, and in which form."""
    out = [w.say("To: {body}", body=w.step(procedure, f"{line.key}.to"))]
    if line.send_to:
        out.append(w.say("Address: {address}", address=w.step(procedure, f"{line.key}.send_to")))
    form = ", ".join(w.say(FORMS[x]) for x in line.form)
    pain = f"; {w.say(PAINS[line.on_pain_of])}" if line.on_pain_of else ""
    out.append(w.say("Form: {form}", form=form) + pain)
    if not line.suspends:
        out.append(w.say("It does not suspend the decision."))
    return out


def task_text(w: Words, procedure: Procedure, state: State, task: Task) -> str:
    """Return what to do, in one sentence or two."""
    match task.do:
        case Do.MEND:
            told = task.events[0].data["fact"]
            name = w.fact(told) if told in w.law.facts else str(told)
            numbers = ", ".join(f"{e.number}" for e in task.events)
            return w.say("{fact}: one day states different values; correct one of the events {numbers}.",
                         fact=name, numbers=numbers)  # fmt: skip
        case Do.GATHER if task.requirement:
            names = f" {w.say('or')} ".join(dict.fromkeys(w.evidence(p.document.id) for p in task.requirement.papers))
            return w.say("Get: {documents}", documents=names)
        case Do.PAY if task.fee:
            due = payment(w, procedure, task.fee, state.stated)
            amount = due.amount or due.unknown
            return w.say("Pay {amount}. {what}", amount=amount.rstrip("."), what=due.title)
    assert task.line is not None
    return w.step(procedure, task.line.key)


# -- as data ------------------------------------------------------------------------------------------------------


def state_json(w: Words, s: State) -> dict[str, Any]:
    """Return the state of a dossier as data (`docs/schema/status.schema.json`)."""
    procedure = procedure_of(w.law, s.pathway)
    return {
        "pathway": s.pathway,
        "on": s.on.isoformat(),
        "status": str(s.status),
        "stages": [_stage(w, procedure, s, x) for x in s.stages],
        "tasks": [_task(w, procedure, s, x) for x in s.tasks],
        "clocks": [running_json(w, procedure, x, s.on) for x in s.clocks],
        "appeals": [running_json(w, procedure, x, s.on) for x in s.appeals],
        "over": [running_json(w, procedure, x, s.on) for x in s.over],
        "silence": [_silence(w, x) for x in s.silence],
        "next": _moment(w, s.next) if s.next else None,
        "oddities": [oddity_json(w, x) for x in s.oddities],
        "law": law_json(w.law),
    }


def law_json(law: Law) -> dict[str, Any]:
    """Return which law was read."""
    return {"digest": law.digest, "read_until": law.read_until.isoformat()}


def _stage(w: Words, procedure: Procedure, s: State, x: StageState) -> dict[str, Any]:
    return {
        "stage": x.stage.id,
        "says": w.step(procedure, x.stage.key),
        "concerns": str(x.applies.answer),
        "status": str(x.status),
        "status_says": status_text(w, x.status),
        "since": iso(x.since),
        "event": x.event.number if x.event else None,
        "filed": iso(x.filed),
        "silence": running_json(w, procedure, x.silence, s.on) if x.silence else None,
        "overtaken": running_json(w, procedure, x.overtaken, s.on) if x.overtaken else None,
    }


def running_json(w: Words, procedure: Procedure, r: Running, on: date) -> dict[str, Any]:
    """Return a time limit that runs, with its whole computation."""
    told = deadline_json(w, r.limit.id, r.counted.start, r.counted) if r.limit and r.counted else None
    return {
        "line": r.line.key,
        "stage": r.line.stage,
        "says": w.step(procedure, r.line.key),
        "kind": r.kind,
        "event": r.event.number,
        "phase": r.phase(on),
        "opens": iso(r.opens),
        "day": iso(r.day),
        "last": iso(r.last),
        "named": iso(r.named),
        "start_assumed": r.assumed,
        "stands_still_since": iso(r.still),
        "computation": told,
        "appeal": _appeal(w, procedure, r.line) if isinstance(r.line, Appeal) else None,
        "source": cite_json(w.law, r.line.cite),
    }


def _appeal(w: Words, procedure: Procedure, line: Appeal) -> dict[str, Any]:
    return {
        "to": w.step(procedure, f"{line.key}.to"),
        "send_to": w.step(procedure, f"{line.key}.send_to") if line.send_to else None,
        "form": list(line.form),
        "on_pain_of": line.on_pain_of or None,
        "suspends": line.suspends,
    }


def _task(w: Words, procedure: Procedure, s: State, t: Task) -> dict[str, Any]:
    due = payment(w, procedure, t.fee, s.stated) if t.fee else None
    return {
        "do": str(t.do),
        "stage": t.stage,
        "says": task_text(w, procedure, s, t),
        "line": t.line.key if t.line else None,
        "opens": iso(t.running.opens) if t.running else None,
        "by": iso(t.running.day) if t.running and t.do is not Do.CONFIRM else None,
        "documents": [p.document.id for p in t.requirement.papers] if t.requirement else [],
        "fee": {"fee": t.fee.fee.id, "amount": due.amount or None, "unknown": due.unknown or None,
                "account": due.account or None, "beneficiary": due.beneficiary or None, "message": due.message or None}
        if t.fee and due else None,
        "events": [e.number for e in t.events],
        "source": cite_json(w.law, t.line.cite) if t.line else None,
    }  # fmt: skip


def _silence(w: Words, x: Silence) -> dict[str, Any]:
    return {"line": x.running.line.key, "effect": x.effect, "says": w.say(SILENCES[x.effect]), "from": iso(x.on),
            "source": cite_json(w.law, x.running.line.cite)}  # fmt: skip


def due_json(w: Words, pathway: str, m: Moment, on: date) -> dict[str, Any]:
    """Return one deadline of a list as data (`docs/schema/deadlines.schema.json`)."""
    procedure, r = procedure_of(w.law, pathway), m.running
    return {
        "pathway": pathway,
        **_moment(w, m),
        "says": title(w, procedure, r),
        "in_days": (m.day - on).days,
        "kind": r.kind,
        "phase": r.phase(on),
        "safe_day": iso(r.day),
        "start_assumed": r.assumed,
        "limit": r.limit.id if r.limit else None,
        "event": r.event.number,
        "source": cite_json(w.law, r.limit.cite if r.limit else r.line.cite),
    }


def title(w: Words, procedure: Procedure, r: Running) -> str:
    """Return what a time limit is for."""
    return w.limit(r.limit.text_id, r.limit.says) if r.limit else w.step(procedure, r.line.key)


def _moment(w: Words, m: Moment) -> dict[str, Any]:
    return {"day": m.day.isoformat(), "what": m.what, "says": w.say(MOMENTS[m.what]), "line": m.running.line.key}
