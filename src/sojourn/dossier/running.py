"""Which time limits run from the events of a dossier (lopende termijnen / délais en cours), and what ended them.

Every clock, appeal and renewal window that an event started is here, ended or not; `state` says what that means.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, islice
from typing import Literal

from sojourn.decide.day import Day
from sojourn.decide.variables import Facts
from sojourn.dossier.applies import Answer, Applies, applies, both
from sojourn.dossier.events import DATA, Event, Kind, standing
from sojourn.dossier.time_limit import Computation, LimitError, count
from sojourn.law.limits import Limit
from sojourn.law.model import Law
from sojourn.law.procedure import After, Appeal, Clock, Procedure, Stage
from sojourn.values.counting import CalendarError
from sojourn.values.period import Period

_KEPT = 20_000  # computations kept with the law
Phase = Literal["unknown", "not-yet", "running", "late", "over"]
Ends = Callable[[Event], bool]
_ORDER = {kind: n for n, kind in enumerate(Kind)}
_REFERS = frozenset(name for name, datum in DATA.items() if datum.type == "event")
# What ends the time that an event of this kind started, in the same stage.
_ENDS: Mapping[Kind, frozenset[Kind]] = {
    Kind.FILED: frozenset(
        {Kind.FOUND_INCOMPLETE, Kind.COMPLETED, Kind.ADMISSIBLE, Kind.INADMISSIBLE, Kind.GRANTED, Kind.REFUSED}
    ),
    Kind.FOUND_INCOMPLETE: frozenset({Kind.COMPLETED, Kind.ADMISSIBLE, Kind.INADMISSIBLE, Kind.GRANTED, Kind.REFUSED}),
    Kind.COMPLETED: frozenset({Kind.FOUND_INCOMPLETE, Kind.ADMISSIBLE, Kind.INADMISSIBLE, Kind.GRANTED, Kind.REFUSED}),
    Kind.ADMISSIBLE: frozenset({Kind.EXTENDED, Kind.INADMISSIBLE, Kind.GRANTED, Kind.REFUSED}),
    Kind.EXTENDED: frozenset({Kind.EXTENDED, Kind.GRANTED, Kind.REFUSED}),
    Kind.REFUSED: frozenset({Kind.GRANTED}),
    Kind.WITHDRAWN: frozenset({Kind.GRANTED}),
    Kind.APPEALED: frozenset({Kind.APPEAL_DECIDED}),
    Kind.GRANTED: frozenset({Kind.REGISTERED}),
    Kind.ENTERED: frozenset({Kind.REGISTERED}),
}
_STOPS = frozenset({Kind.WITHDRAWN, Kind.CLOSED})
_ANY_STAGE = frozenset({Kind.ENTERED, Kind.REGISTERED})  # what the person does once, whatever it is done for
_QUIET = frozenset({Kind.OPENED, Kind.FACT_STATED, Kind.DOCUMENT_ADDED, Kind.PAID, Kind.NOTE, Kind.NOTIFIED})
WON = frozenset({"allowed", "annulled"})
LOST = frozenset({"dismissed", "inadmissible"})
# From which day of a notice a limit runs, by the way it came; then, whatever the way, by the days that are known.
_BY_WAY: Mapping[str, tuple[tuple[str, str], ...]] = {
    "by-hand": (("handed-over", "received"),),
    "registered-post-with-receipt": (("presented", "received"), ("received", "received")),
    "registered-post": (("posted", "dispatched"), ("dispatch", "dispatched")),
    "ordinary-post": (("posted", "dispatched"), ("dispatch", "dispatched")),
    "email": (("emailed", "dispatched"), ("sent", "dispatched")),
    "online": (("emailed", "dispatched"), ("sent", "dispatched")),
    "fax": (("sent", "dispatched"),),
}
_RECEIVED = ("received", "presented", "handed-over", "notified", "known")
_SENT = ("dispatch", "posted", "sent", "emailed")
_BY_KIND = {Kind.ENTERED: "entry", Kind.GRANTED: "authorised", Kind.FILED: "filed", Kind.APPEALED: "appealed"}
_SENT_BEFORE = frozenset({"dispatch", "posted"})  # it may have been sent before the day on which a person records it


@dataclass(frozen=True, slots=True)
class History:
    """What had happened by the end of day `on`: the events that stand, by day, then in the order of a procedure.

    The order of entry does not matter. first: for each correction the number under which the event was first told.
    """

    on: date
    events: tuple[Event, ...]
    first: Mapping[int, int]

    def number(self, event: Event | int) -> int:
        """Return the number that names an event whatever corrected it."""
        n = event if isinstance(event, int) else event.number
        return self.first.get(n, n)

    def notices(self) -> dict[int, Event]:
        """Return for each event (by `number`) the last notification of it."""
        return {self.number(e.data["notice_of"]): e for e in self.events if e.kind is Kind.NOTIFIED}


def history(events: Sequence[Event], on: date) -> History:
    """Return the history of a dossier up to and including day `on`."""
    stand = [e for e in standing(events) if e.on <= on]
    stand.sort(key=_place)
    ordered: list[Event] = []
    for _, same in groupby(stand, _place):
        alike = list(same)
        ordered += sorted(alike, key=_told) if len(alike) > 1 else alike
    return History(on, tuple(ordered), first_told(events))


def _place(e: Event) -> tuple[date, int]:
    return e.on, _ORDER[e.kind]


def _told(e: Event) -> list[str]:
    """Return what an event tells, without the numbers of others, which depend on the order of entry."""
    return sorted(f"{name} {value}" for name, value in e.data.items() if name not in _REFERS)


def first_told(events: Sequence[Event]) -> dict[int, int]:
    """Return for each correction the number under which the event was first told, which no later correction changes."""
    first: dict[int, int] = {}
    for e in events:
        if e.corrects is not None:
            first[e.number] = first.get(e.corrects, e.corrects)
    return first


@dataclass(frozen=True, slots=True)
class Running:
    """A time limit that an event started.

    line: the clock, appeal or renewal of the procedure. counted: None where no length is known, or where the dossier
    does not say the day that the limit runs from. assumed: the notice's own day is not recorded, so the day of the
    event stands in its place. named: the last day that the authority's own notice gives. ended: what ended it. still:
    since when it stands still, where an answer that it waits for has not come; its days are then the earliest possible.
    """

    line: Clock | Appeal | After
    applies: Applies
    event: Event
    limit: Limit | None
    counted: Computation | None
    assumed: bool = False
    named: date | None = None
    ended: Event | None = None
    still: date | None = None

    @property
    def day(self) -> date | None:
        """The day that counts: the safe day, or the earlier day that the notice names."""
        safe = self.counted.safe_day if self.counted else None
        return min((d for d in (safe, self.named) if d), default=None)

    @property
    def last(self) -> date | None:
        """The last day of the longest reading; after it the time is over whatever the reading."""
        if self.counted is None or self.counted.safe_day is None:
            return self.named
        days = [c.last_day for c in self.counted.readings if c.reading.moves_safe_day]
        return max([*days, self.counted.safe_day])

    @property
    def opens(self) -> date | None:
        """The first day of its window, where it has one."""
        return self.counted.opens if self.counted else None

    @property
    def kind(self) -> Literal["act", "decide", "wait", "lasts"]:
        """Who must do what; without a known limit, by who acts."""
        if self.limit:
            return self.limit.kind
        return "decide" if isinstance(self.line, Clock) and self.line.who == "authority" else "act"

    @property
    def from_then(self) -> date | None:
        """The day from which the time is over in every reading."""
        return self.last + timedelta(1) if self.last else None

    def phase(self, on: date) -> Phase:
        """Return where it stands on a day; `late`: the safe day is past, but not yet the last one of every reading."""
        if self.day is None or self.last is None:
            return "unknown"
        if self.opens and on < self.opens:
            return "not-yet"
        if on <= self.day:
            return "running"
        return "late" if on <= self.last else "over"


def stages_of(procedure: Procedure) -> dict[str, Stage]:
    """Return the stages by their ids, the first one first."""
    return {s.id: s for s in procedure.stages}


def stage_of(stages: Collection[str], event: Event) -> str:
    """Return the stage that an event belongs to: the one of `stages` that it names, or the first one."""
    named = event.data.get("procedure")
    return str(named) if named in stages else next(iter(stages))


def running(law: Law, procedure: Procedure, facts: Facts, past: History, *, live: bool = False) -> list[Running]:
    """Return every time limit that the events up to that day started, in the order of the events.

    live: leave out what has ended. The day of filing chooses the version of each line: a file is judged by the law
    under which it was lodged (for the Flemish card: decree of 15 October 2021, art. 36).
    """
    return list(_Reader(law, procedure, facts, past, live=live).all())


class _Reader:
    def __init__(self, law: Law, procedure: Procedure, facts: Facts, past: History, *, live: bool) -> None:
        self.law, self.procedure, self.facts, self.past, self.live = law, procedure, facts, past, live
        self.notices = past.notices()
        self.stages = stages_of(procedure)
        self.staged = [(n, e, stage_of(self.stages, e)) for n, e in enumerate(past.events) if e.kind not in _QUIET]
        self.filed = [(n, e.on, stage) for n, e, stage in self.staged if e.kind is Kind.FILED]
        self.first = procedure.stages[0].id
        self.days: dict[date, Day] = {}
        self.clocks: dict[str, list[Clock]] = {}
        for clock in procedure.clocks:
            for start in clock.starts:
                self.clocks.setdefault(start.rpartition(".")[2], []).append(clock)

    def all(self) -> Iterator[Running]:
        for at, (n, e, stage) in enumerate(self.staged):
            if e.kind is Kind.WITHDRAWN and e.data["who"] == "applicant":
                continue
            for line in self.clocks.get(e.kind, ()):
                if _starts(line, e, stage) and (not line.of or self.is_before(e, line.of)):
                    kinds = frozenset(map(Kind, line.ends)) or _ENDS.get(e.kind, frozenset())
                    ended = self.first_later(at, line.stage, _ending(kinds))
                    if not (ended and self.live):
                        yield from self.counted(n, line, e, line.stage, ended)
            if e.kind is not Kind.APPEAL_DECIDED or e.data["outcome"] in LOST:
                for remedy in self.procedure.appeals:
                    if remedy.stage == stage and e.kind in remedy.against:
                        ended = self.first_later(at, stage, self.challenged(e))
                        if not (ended and self.live):
                            yield from self.counted(n, remedy, e, stage, ended)
        for after in self.procedure.after:
            if after.of and after.limit:
                yield from self.renewal(after)

    def is_before(self, appealed: Event, remedy: str) -> bool:
        """Whether an appeal lies where this remedy leads; an event that names no body lies there too."""
        body = str(appealed.data.get("body", ""))
        return body == remedy or body not in {a.id for a in self.procedure.appeals}

    def challenged(self, decision: Event) -> Ends:
        """Return whether an event makes an appeal against this decision impossible or needless."""
        number = self.past.number(decision)

        def ends(x: Event) -> bool:
            if x.kind is Kind.APPEALED:
                against = x.data.get("against")
                return against is None or self.past.number(against) == number
            return x.kind is Kind.GRANTED or _won(x)

        return ends

    def renewal(self, line: After) -> Iterator[Running]:
        held = [
            (at, n, e) for at, (n, e, stage) in enumerate(self.staged) if stage == line.of and e.data.get("valid_until")
        ]
        for at, n, e in held[-1:]:
            ended = self.first_later(at, line.stage, lambda x: x.kind is Kind.FILED)
            if not (ended and self.live):
                yield from self.counted(n, line, e, line.of, ended)

    def first_later(self, at: int, stage: str, ends: Ends) -> Event | None:
        for _, e, where in islice(self.staged, at + 1, None):
            whole = e.kind is Kind.CLOSED and "procedure" not in e.data  # the dossier, not one stage of it
            if whole or ((where == stage or e.kind in _ANY_STAGE) and (ends(e) or e.kind in _STOPS)):
                return e
        return None

    def lodged(self, n: int, stage: str) -> date | None:
        """Return the day on which the file of event `n` was lodged: for its stage, else for the first one."""
        for wanted in (stage, self.first):
            days = [on for at, on, where in self.filed if where == wanted and at <= n]
            if days:
                return days[-1]
        return None

    def counted(
        self, n: int, line: Clock | Appeal | After, event: Event, stage: str, ended: Event | None
    ) -> Iterator[Running]:
        """Yield the time limit of a line, where the line is in force and concerns the person."""
        filed = self.lodged(n, stage)
        chosen = filed or self.past.on
        day = self.days.setdefault(chosen, Day(self.law, chosen))
        answer = both(applies(self.stages[line.stage], self.facts, day), applies(line, self.facts, day))
        if answer.answer is Answer.NO:
            return
        named = event.day("complete_by")
        limits = self.law.time_limits
        limit = (limits.on(line.limit, chosen) or limits.on(line.limit, event.on)) if line.limit else None
        start = begins(limit, event, self.notices.get(self.past.number(event))) if limit and not limit.as_set else None
        if limit is None or start is None or (start[0] == "filed" and filed is None):
            yield Running(line, answer, event, limit, None, named=named, ended=ended)
            return
        name, first, assumed = start
        if name == "filed":  # also where a refusal starts what is counted from the filing
            first = chosen
        pauses, still = self.pauses(n, stage, ended) if limit.pause else ((), None)
        found = _count(self.law, limit, first, name, pauses)
        yield Running(line, answer, event, limit, found, assumed, named, ended, still)

    def pauses(self, n: int, stage: str, ended: Event | None) -> tuple[tuple[Period, ...], date | None]:
        """Return while a time limit stood still: from each request for what is missing until the answer.

        An answer that has not come by now is the second part: since when it is waited for.
        """
        found: list[Period] = []
        asked: date | None = None
        for at, e, where in self.staged:
            if at <= n or where != stage:
                continue
            if e is ended:
                break
            if e.kind is Kind.FOUND_INCOMPLETE:
                asked = asked or e.on
            elif e.kind is Kind.COMPLETED and asked:
                found, asked = [*found, Period(asked, e.on)], None
        if asked and ended is None and asked < self.past.on:
            found.append(Period(asked, self.past.on))
        return tuple(found), asked if ended is None else None


def _count(law: Law, limit: Limit, start: date, event: str | None, pauses: tuple[Period, ...]) -> Computation | None:
    """Return a limit counted from `start`, or None where it cannot be; the same days come back in every dossier."""
    known: dict[tuple[str, date, str | None, tuple[Period, ...]], Computation | None]
    known = law.compiled.setdefault("counted", {})
    key = (limit.text_id, start, event, pauses)
    if key not in known:
        if len(known) >= _KEPT:
            known.clear()
        try:
            known[key] = count(limit, start, event=event, pauses=pauses)
        except (LimitError, CalendarError):
            known[key] = None
    return known[key]


def begins(limit: Limit, event: Event, notice: Event | None = None) -> tuple[str | None, date, bool] | None:
    """Return from which of its starting events a limit runs here, that day, and whether the day is assumed.

    notice: the notification of the event, where it was recorded apart. The starting event is None where nothing tells
    which it was: all are counted then. None where the limit runs from a day that the dossier does not hold.
    """
    starts = limit.events

    def told(name: str) -> date | None:
        return (notice.day(name) if notice else None) or event.day(name)

    if "named-in-notice" in starts:
        day = event.day("until") or event.day("complete_by")
        return ("named-in-notice", day, False) if day else None
    if "expiry" in starts:
        day = event.day("valid_until")
        return ("expiry", day, False) if day else None
    way = str((notice.data.get("way") if notice else None) or event.data.get("way") or "")
    day = notice.on if notice else event.on
    by_way = [(name, source) for name, source in _BY_WAY.get(way, ()) if name in starts]
    for name, source in by_way:
        if source == "received" or told(source):
            return name, told(source) or day, False
    received, sent = told("received"), told("dispatched")
    for name in _RECEIVED if received else ():
        if name in starts:
            return name, received or day, False
    named = [name for name in _SENT if name in starts]
    if sent and named:
        return (named[0] if len(starts) == 1 else None), sent, False
    if by_way:
        return by_way[0][0], day, by_way[0][0] in _SENT_BEFORE
    if _BY_KIND.get(event.kind) in starts:
        return _BY_KIND[event.kind], event.on, False
    if starts == ("filed",):
        return "filed", event.on, False
    return (starts[0] if len(starts) == 1 else None), day, bool(_SENT_BEFORE.intersection(starts))


def _ending(kinds: frozenset[Kind]) -> Ends:
    """Return whether an event is one of these kinds, or an appeal that was won, which undoes what was decided."""
    return lambda x: x.kind in kinds or _won(x)


def _starts(line: Clock, event: Event, stage: str) -> bool:
    if f"{stage}.{event.kind}" in line.starts:
        return True
    return event.kind in line.starts and (stage == line.stage or event.kind in _ANY_STAGE)


def _won(event: Event) -> bool:
    return event.kind is Kind.APPEAL_DECIDED and event.data["outcome"] in WON
