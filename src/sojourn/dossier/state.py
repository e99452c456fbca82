"""The state of a dossier on a day (stand van het dossier / état du dossier), derived from its events and the law.

A pure function of (law, events, day): what happened later is not seen. Nothing is kept but the events, so the state is
always what they and the law make of that day, like a balance from its postings.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Literal

from sojourn.decide.day import Day
from sojourn.dossier.applies import Answer, Applies, applies, lines_on, procedure_of, stages_on
from sojourn.dossier.events import Event, Kind
from sojourn.dossier.evidence import Requirement, evidence
from sojourn.dossier.fees import FeeDue, fees
from sojourn.dossier.filing import filing
from sojourn.dossier.oddities import Oddity, oddities
from sojourn.dossier.running import History, Running, history, running, stage_of, stages_of
from sojourn.dossier.stated import Stated, stated
from sojourn.law.model import Law
from sojourn.law.procedure import After, Appeal, Clock, Procedure, Stage, Staged


class Status(StrEnum):
    """Where one stage of an application stands."""

    PREPARING = "preparing"
    FILED = "filed"
    INCOMPLETE = "incomplete"
    COMPLETED = "completed"
    ADMISSIBLE = "admissible"
    EXTENDED = "extended"
    INADMISSIBLE = "inadmissible"
    INADMISSIBLE_BY_SILENCE = "inadmissible-by-silence"
    GRANTED = "granted"
    GRANTED_BY_SILENCE = "granted-by-silence"
    COLLECTED = "collected"
    REGISTERED = "registered"
    EXPIRED = "expired"
    REFUSED = "refused"
    REFUSED_BY_SILENCE = "refused-by-silence"
    APPEALED = "appealed"
    APPEAL_DISMISSED = "appeal-dismissed"
    APPEAL_ALLOWED = "appeal-allowed"
    ANNULLED = "annulled"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


HELD = frozenset(
    {Status.GRANTED, Status.GRANTED_BY_SILENCE, Status.COLLECTED, Status.REGISTERED, Status.APPEAL_ALLOWED}
)
_BY_KIND = {
    Kind.FILED: Status.FILED,
    Kind.FOUND_INCOMPLETE: Status.INCOMPLETE,
    Kind.COMPLETED: Status.COMPLETED,
    Kind.ADMISSIBLE: Status.ADMISSIBLE,
    Kind.EXTENDED: Status.EXTENDED,
    Kind.INADMISSIBLE: Status.INADMISSIBLE,
    Kind.GRANTED: Status.GRANTED,
    Kind.RENEWED: Status.GRANTED,
    Kind.COLLECTED: Status.COLLECTED,
    Kind.REGISTERED: Status.REGISTERED,
    Kind.REFUSED: Status.REFUSED,
    Kind.APPEALED: Status.APPEALED,
    Kind.WITHDRAWN: Status.WITHDRAWN,
    Kind.CLOSED: Status.CLOSED,
}
_BY_OUTCOME = {
    "allowed": Status.APPEAL_ALLOWED,
    "dismissed": Status.APPEAL_DISMISSED,
    "inadmissible": Status.APPEAL_DISMISSED,
    "annulled": Status.ANNULLED,
    "suspended": Status.SUSPENDED,
}
_BY_SILENCE = {
    "granted": Status.GRANTED_BY_SILENCE,
    "refused": Status.REFUSED_BY_SILENCE,
    "inadmissible": Status.INADMISSIBLE_BY_SILENCE,
}


@dataclass(frozen=True, slots=True)
class StageState:
    """Where one stage stands. since: the day it came to that; event: what brought it there, None for silence.

    silence: the clock that ran out without an answer, where silence brought it there. overtaken: the clock that had run
    out before the event came, where by that clock's line silence had already had its effect.
    """

    stage: Stage
    applies: Applies
    status: Status
    since: date | None
    event: Event | None
    filed: date | None
    silence: Running | None = None
    overtaken: Running | None = None


class Do(StrEnum):
    """What the person can do."""

    MEND = "mend"
    GATHER = "gather"
    PAY = "pay"
    FILE = "file"
    ACT = "act"
    APPEAL = "appeal"
    CONFIRM = "confirm"
    COLLECT = "collect"
    START = "start"
    RENEW = "renew"


@dataclass(frozen=True, slots=True)
class Task:
    """Something the person can or must do now.

    line: the line of the procedure that says it; None for a statement to mend. running: the time limit it has, if any.
    requirement: the papers that do; fee: what to pay; events: the statements that contradict each other.
    """

    do: Do
    stage: str
    line: Staged | None = None
    running: Running | None = None
    requirement: Requirement | None = None
    fee: FeeDue | None = None
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Silence:
    """What happens if nobody acts: `effect` from day `on` (None where no day is known).

    effect: what the clock says; `stands` where a decision can then no longer be challenged by that appeal.
    """

    running: Running
    effect: Literal["granted", "refused", "may-refuse", "as-advised", "inadmissible", "nothing", "none-known", "stands"]
    on: date | None


@dataclass(frozen=True, slots=True)
class Moment:
    """The next day on which something changes. what: a window opens, a last day falls, or a time is over."""

    day: date
    what: Literal["opens", "last-day", "over"]
    running: Running


@dataclass(frozen=True, slots=True)
class State:
    """A dossier on day `on`.

    stages: where each stage stands that concerns the person or has events, the first one first. clocks: what runs,
    nearest first; over: what ran out and still matters. appeals: those that can be lodged. past: the events seen.
    oddities: events that do not fit.
    """

    pathway: str
    on: date
    past: History
    stated: Stated
    stages: tuple[StageState, ...]
    clocks: tuple[Running, ...]
    over: tuple[Running, ...]
    appeals: tuple[Running, ...]
    tasks: tuple[Task, ...]
    silence: tuple[Silence, ...]
    next: Moment | None
    oddities: tuple[Oddity, ...]

    @property
    def status(self) -> Status:
        """Where the first stage stands: the permit itself."""
        return self.stages[0].status


def state(law: Law, pathway: str, events: Sequence[Event], on: date) -> State:
    """Return the state on day `on` of a dossier for `pathway`.

    Raises KeyError for an unknown pathway, NoProcedureError where it has no procedure.
    """
    procedure = procedure_of(law, pathway)
    past = history(events, on)
    known = stated(law, past.events)
    every = running(law, procedure, known.facts, past)
    live = sorted((r for r in every if r.ended is None), key=_nearest)
    stages = tuple(_stages(law, procedure, known, past, every))
    on_time = [r for r in live if r.phase(on) != "over"]
    over = [r for r in live if r.phase(on) == "over"]
    return State(
        pathway,
        on,
        past,
        known,
        stages,
        tuple(r for r in on_time if not isinstance(r.line, Appeal)),
        tuple(over),
        tuple(r for r in on_time if isinstance(r.line, Appeal)),
        tuple(_Tasks(law, procedure, known, past, stages, on_time).all()),
        tuple(s for r in on_time if (s := _silence(r))),
        _next(on_time, on),
        tuple(oddities(procedure, past)),
    )


def _nearest(r: Running) -> tuple[date, str]:
    return (r.day or date.max, r.line.key)


# -- where each stage stands --------------------------------------------------------------------------------------


def _stages(
    law: Law, procedure: Procedure, known: Stated, past: History, every: Sequence[Running]
) -> Iterator[StageState]:
    day = Day(law, past.on)
    found = stages_on(procedure, known.facts, day)
    moving = [e for e in past.events if e.kind in _BY_KIND or e.kind is Kind.APPEAL_DECIDED]
    for stage in procedure.stages:
        mine = [e for e in moving if _reaches(procedure, e, stage)]
        if not mine and stage.id not in found:
            continue
        answer = found[stage.id][1] if stage.id in found else applies(stage, known.facts, day)
        yield _stage(stage, answer, mine, [r for r in every if r.line.stage == stage.id], past.on)


def _reaches(procedure: Procedure, event: Event, stage: Stage) -> bool:
    """Whether an event changes where a stage stands."""
    if event.kind is Kind.CLOSED and "procedure" not in event.data:
        return True
    if event.kind is Kind.REGISTERED and "procedure" not in event.data:
        return stage.at == "commune" and not stage.later and stage.id != procedure.stages[0].id
    return stage_of(stages_of(procedure), event) == stage.id


def _stage(stage: Stage, answer: Applies, events: Sequence[Event], clocks: Sequence[Running], on: date) -> StageState:
    filed = next((e.on for e in reversed(events) if e.kind is Kind.FILED), None)
    ran_out = [
        r for r in clocks
        if isinstance(r.line, Clock) and r.line.on_silence in _BY_SILENCE and r.from_then and r.from_then <= on
    ]  # fmt: skip
    if not events:
        return StageState(stage, answer, Status.PREPARING, None, None, filed)
    last = events[-1]
    status = _BY_OUTCOME[last.data["outcome"]] if last.kind is Kind.APPEAL_DECIDED else _BY_KIND[last.kind]
    overtaken = next((r for r in ran_out if r.ended and r.from_then and r.from_then <= r.ended.on), None)
    for r in ran_out:
        assert isinstance(r.line, Clock)
        if r.ended is None and r.event.on <= last.on and status in _WAITING:
            status = _BY_SILENCE[r.line.on_silence]
            return StageState(stage, answer, status, r.from_then, None, filed, r)
    until = next((d for e in reversed(events) if (d := e.day("valid_until"))), None)
    if status in HELD and until and until < on:
        return StageState(stage, answer, Status.EXPIRED, until + timedelta(1), last, filed)
    return StageState(stage, answer, status, last.on, last, filed, None, overtaken)


_WAITING = frozenset(
    {Status.FILED, Status.INCOMPLETE, Status.COMPLETED, Status.ADMISSIBLE, Status.EXTENDED}
)  # no decision yet, so silence can have an effect


# -- what happens if nobody acts, and when something changes ------------------------------------------------------


def _silence(r: Running) -> Silence | None:
    if isinstance(r.line, Appeal):
        return Silence(r, "stands", r.from_then)
    if isinstance(r.line, Clock) and r.line.on_silence:
        return Silence(r, r.line.on_silence, r.from_then)  # type: ignore[arg-type]
    return None


def moments(r: Running, on: date) -> Iterator[Moment]:
    """Yield the days from `on` on that a time limit makes."""
    if r.opens and r.opens >= on:
        yield Moment(r.opens, "opens", r)
    if r.day and r.day >= on:
        yield Moment(r.day, "last-day" if r.kind != "wait" else "over", r)
    elif r.last and r.last >= on:
        yield Moment(r.last, "last-day", r)


def _next(live: Sequence[Running], on: date) -> Moment | None:
    found = [m for r in live for m in moments(r, on)]
    return min(found, key=lambda m: (m.day, m.running.line.key), default=None)


# -- what to do ---------------------------------------------------------------------------------------------------


class _Tasks:
    def __init__(
        self, law: Law, procedure: Procedure, known: Stated, past: History, stages: Sequence[StageState],
        live: Sequence[Running],
    ) -> None:  # fmt: skip
        self.law, self.procedure, self.known, self.past, self.live = law, procedure, known, past, live
        self.stages = {s.stage.id: s for s in stages}
        self.held = {str(e.data["document"]) for e in past.events if e.kind is Kind.DOCUMENT_ADDED}
        self.paid = {str(e.data["fee"]) for e in past.events if e.kind is Kind.PAID}
        self.collected = any(e.kind is Kind.COLLECTED for e in past.events)
        first = next(iter(self.stages.values()))
        self.day = first.filed or past.on

    def all(self) -> Iterator[Task]:
        """Yield what to do: what has a last day first, the nearest first."""
        first = self.procedure.stages[0].id
        for told in self.known.disputed:
            yield Task(Do.MEND, first, events=told)
        yield from self.dated()
        for s in self.stages.values():
            if s.status in HELD:
                yield from self.after(s)
            elif s.status is Status.PREPARING and self.ready(s):
                yield from self.prepare(s)

    def dated(self) -> Iterator[Task]:
        for r in self.live:
            if r.kind != "act":
                continue
            if isinstance(r.line, Appeal):
                yield Task(Do.APPEAL, r.line.stage, r.line, r)
            elif isinstance(r.line, After):
                yield Task(Do.RENEW, r.line.stage, r.line, r)
            elif r.line.who == "applicant":
                yield Task(Do.ACT, r.line.stage, r.line, r)

    def ready(self, s: StageState) -> bool:
        """Whether a stage can be prepared now: it certainly concerns the person, and what it waits for is granted."""
        if s.stage.later or s.applies.answer is not Answer.YES:
            return False
        before = [self.stages[id] for id in s.stage.after if id in self.stages]
        return all(b.status in HELD or b.applies.answer is Answer.UNKNOWN for b in before)

    def prepare(self, s: StageState) -> Iterator[Task]:
        stage, facts, on = s.stage.id, self.known.facts, self.past.on
        for r in evidence(self.law, self.procedure.pathway, facts, on).requirements:
            sure = any(p.applies.answer is Answer.YES for p in r.papers)
            have = any(p.document.id in self.held for p in r.papers)
            if r.stage == stage and r.need == "required" and sure and not have:
                yield Task(Do.GATHER, stage, r.papers[0].document, requirement=r)
        yield from self.fees(stage, ("before-filing", "at-filing"), on)
        place = filing(self.law, self.procedure.pathway, facts, on).best(stage)
        if place:
            yield Task(Do.FILE, stage, place.place)

    def fees(self, stage: str, due: tuple[str, ...], on: date) -> Iterator[Task]:
        for x in fees(self.law, self.procedure.pathway, self.known.facts, on).due:
            sure = x.status is Answer.YES
            if x.fee.stage == stage and x.fee.due in due and sure and x.fee.id not in self.paid:
                yield Task(Do.PAY, stage, x.fee, fee=x)

    def after(self, s: StageState) -> Iterator[Task]:
        stage, facts = s.stage.id, self.known.facts
        day = Day(self.law, self.day)
        stages = {stage: (s.stage, s.applies)}
        lines = [a for a, x in lines_on(self.procedure.after, stages, facts, day) if x.answer is Answer.YES]
        if s.silence:
            for line in lines:
                if line.kind == "confirmation":
                    yield Task(Do.CONFIRM, stage, line, s.silence)
        yield from self.fees(stage, ("after-grant", "at-registration"), s.since or self.day)
        for line in lines:
            if line.kind == "collection" and s.status is not Status.COLLECTED:
                yield Task(Do.COLLECT, stage, line)
            elif line.kind == "registration":
                yield Task(Do.START, stage, line)
