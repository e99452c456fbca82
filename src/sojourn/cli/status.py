"""The state of a dossier, and the deadlines of many, as a person reads them in a terminal."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from sojourn.cli.deadline import counted_text, foot
from sojourn.cli.render import Page
from sojourn.dossier.applies import Answer, procedure_of
from sojourn.dossier.events import Event
from sojourn.dossier.examine import Point, examine
from sojourn.dossier.oddities import Oddity, oddities
from sojourn.dossier.running import Running, history
from sojourn.dossier.state import Do, Moment, Silence, StageState, State, Status, Task
from sojourn.law.procedure import Appeal, Procedure
from sojourn.words.examined import SIGNS, oddity_text, point_text
from sojourn.words.findings import source_line
from sojourn.words.language import Words
from sojourn.words.limits import SAFE_DAYS
from sojourn.words.payment import payment
from sojourn.words.state import MOMENTS, SILENCES, appeal_text, away, doubts, status_text, task_text, title

_DATED = frozenset({Do.ACT, Do.APPEAL, Do.RENEW})


def state_text(w: Words, s: State, page: Page) -> str:
    """Return the state of a dossier in words."""
    return str(_Telling(w, s, page).all())


def deadlines_text(w: Words, rows: Sequence[tuple[str, str, Moment]], on: date, page: Page) -> str:
    """Return deadlines by day, nearest first; each row is the name of a file, its pathway and the moment."""
    page.add(w.say("What is due, counted from {day}.", day=w.weekday(on)))
    if not rows:
        page.add(w.say("Nothing."), 2)
    for day, same in groupby(rows, key=lambda row: row[2].day):
        page.add()
        page.add(f"{w.weekday(day)} ({away(w, day, on)})", style="1")
        for name, pathway, m in same:
            r = m.running
            page.add(f"{name}: {title(w, procedure_of(w.law, pathway), r)}", 2, "○ ")
            kind = SAFE_DAYS[r.kind] if m.what != "opens" else "Not before {day}"
            page.add(w.say(kind, day=w.weekday(day)), 4, "· ")
            if r.phase(on) == "late":
                page.add(w.say("The safe day is past; another reading runs until {day}.", day=w.weekday(day)), 4, "! ")
            page.add(source_line(w, r.limit.cite if r.limit else r.line.cite), 4, style="2")
    foot(w, page)
    return str(page)


def misfits(w: Words, found: Sequence[Oddity], page: Page) -> None:
    """Add the events that do not fit."""
    if found:
        page.add()
        page.add(w.say("Events that do not fit (correct the one that is wrong)"), style="1")
        for x in found:
            page.add(oddity_text(w, x), 2, "! ", style="33")


def check_text(w: Words, procedure: Procedure, events: Sequence[Event], on: date, page: Page) -> str:
    """Return the papers on file held against the rules, and the events that do not fit."""
    misfits(w, oddities(procedure, history(events, on)), page)
    for x in examine(w.law, procedure.pathway, events, on):
        page.add()
        stage = next(s for s in procedure.stages if s.id == x.stage)
        page.add(w.step(procedure, stage.key), style="1")
        day = w.weekday(x.on)
        says = w.say("Papers on the filing day, {day}", day=day) if x.filed else w.say("As if filed on {day}", day=day)
        page.add(says, 2)
        for p in x.points:
            if p.event is None:
                continue
            page.add(f"{p.event.number}. {_name(w, p)}: {point_text(w, procedure, p)}", 2, f"{SIGNS[p.level]} ")
            if p.cite:
                page.add(source_line(w, p.cite), 4, style="2")
        for e in x.good:
            page.add(f"{e.number}. {_capital(w.evidence(str(e.data['document'])))}", 2, "✓ ")
        if missing := [_name(w, p) for p in x.points if p.event is None]:
            page.add(w.say("Not on file: {documents}", documents="; ".join(missing)), 2, "□ ")
    foot(w, page)
    return str(page)


def _name(w: Words, p: Point) -> str:
    papers = p.papers or (p.document,)
    return _capital(f" {w.say('or')} ".join(w.evidence(id) for id in papers))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _perhaps(x: StageState) -> bool:
    return x.status is Status.PREPARING and x.applies.answer is Answer.UNKNOWN


class _Telling:
    def __init__(self, w: Words, s: State, page: Page) -> None:
        self.w, self.s, self.page = w, s, page
        self.procedure: Procedure = procedure_of(w.law, s.pathway)
        self.silence = {id(x.running): x for x in s.silence}

    def head(self, text: str) -> None:
        self.page.add()
        self.page.add(text, style="1")

    def all(self) -> Page:
        w, s, page = self.w, self.s, self.page
        page.add(w.line(w.law.pathways[s.pathway], "title"), style="1")
        page.add(w.say("As it stands on {day}.", day=w.weekday(s.on)))
        page.add()
        for x in s.stages:
            if not _perhaps(x):
                self.stage(x)
        self.perhaps([x for x in s.stages if _perhaps(x) and not x.stage.after])
        if s.next:
            r = s.next.running
            page.add(
                w.say(
                    "Next: {day} ({away}), {what}: {limit}",
                    day=w.weekday(s.next.day),
                    away=away(w, s.next.day, s.on),
                    what=w.say(MOMENTS[s.next.what]),
                    limit=title(w, self.procedure, r),
                ),
                2,
                "→ ",
            )
        if s.tasks:
            self.head(w.say("What to do"))
            for task in s.tasks:
                self.task(task)
        shown = {id(t.running) for t in s.tasks if t.do in _DATED}
        rest = [r for r in (*s.clocks, *s.appeals) if id(r) not in shown]
        if rest:
            self.head(w.say("What runs"))
            for r in rest:
                self.running(r)
        misfits(w, s.oddities, page)
        told = {id(x.silence) for x in s.stages}
        if over := [r for r in s.over if id(r) not in told]:
            self.head(w.say("What is over"))
            for r in over:
                self.running(r)
        foot(w, page)
        return page

    def perhaps(self, stages: list[StageState]) -> None:
        """Add the stages that may concern the person, and what would tell."""
        w = self.w
        for x in stages:
            title = w.step(self.procedure, x.stage.key)
            self.page.add(w.say("If it concerns you: {title}", title=title), 2, "? ")
        asked = dict.fromkeys(id for x in stages for id in x.applies.missing)
        if asked:
            facts = ", ".join(w.fact(id) for id in asked)
            self.page.add(w.say("What would tell: {facts}", facts=facts), 4, style="2")

    def stage(self, x: StageState) -> None:
        w, page = self.w, self.page
        since = f" ({w.say('since {day}', day=w.day(x.since))})" if x.since else ""
        style = "1;32" if x is self.s.stages[0] else ""
        page.add(
            f"{w.step(self.procedure, x.stage.key).rstrip('.')}: {status_text(w, x.status)}{since}", 2, "● ", style
        )
        if x.filed and x.status is not Status.FILED:
            page.add(w.say("Filed on {day}.", day=w.day(x.filed)), 4)
        if x.overtaken:
            page.add(w.say("The decision came after the time for it was over; ask a lawyer what it is worth."), 4, "! ")
        for r in (x.silence, x.overtaken):
            if r:
                self.counted(r)
                page.add(source_line(w, r.line.cite), 4, style="2")

    def task(self, task: Task) -> None:
        w, page = self.w, self.page
        page.add(task_text(w, self.procedure, self.s, task), 2, "□ ")
        if isinstance(task.line, Appeal):
            for line in appeal_text(w, self.procedure, task.line):
                page.add(line, 4, "· ")
        if task.fee:
            self.account(task)
        if task.running and task.do in _DATED:
            self.counted(task.running)
        if task.line:
            page.add(source_line(w, task.line.cite), 4, style="2")

    def account(self, task: Task) -> None:
        assert task.fee is not None
        due = payment(self.w, self.procedure, task.fee, self.s.stated)
        if due.account:
            holder = f" ({due.beneficiary})" if due.beneficiary else ""
            self.page.add(self.w.say("Account: {iban}", iban=due.account) + holder, 4, "· ")
        if due.message:
            self.page.add(self.w.say("Message: {message}", message=due.message), 4, "· ")

    def running(self, r: Running) -> None:
        self.page.add(self.w.step(self.procedure, r.line.key), 2, "○ ")
        self.counted(r)
        self.page.add(source_line(self.w, r.line.cite), 4, style="2")

    def counted(self, r: Running) -> None:
        w, page, on = self.w, self.page, self.s.on
        if r.opens:
            page.add(w.say("Not before {day}", day=w.weekday(r.opens)), 4, "● ")
        if r.day:
            text = w.say(SAFE_DAYS[r.kind], day=w.weekday(r.day))
            page.add(f"{text} ({away(w, r.day, on)})", 4, "● ", style="1;33" if r.phase(on) == "running" else "31")
        if r.phase(on) == "late" and r.last:
            page.add(w.say("The safe day is past; another reading runs until {day}.", day=w.weekday(r.last)), 4, "! ")
        for doubt in doubts(w, r):
            page.add(doubt, 4, "! ")
        if r.counted:
            counted_text(w, r.counted, page, 4)
        x = self.silence.get(id(r))
        if x and not (r.limit and r.limit.then):
            self.silent(x)

    def silent(self, x: Silence) -> None:
        w = self.w
        if x.effect == "stands" or x.on is None:
            after = w.say("If nothing happens: {says}", says=w.say(SILENCES[x.effect]))
        else:
            after = w.say(
                "If nothing happens, from {day} on: {says}", day=w.weekday(x.on), says=w.say(SILENCES[x.effect])
            )
        self.page.add(after, 4, "→ ")
