"""Reading `time-limits.yaml`: conventions laid under limits, readings over both, every name looked up."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any, cast

from sojourn.law import schema as s
from sojourn.law.faults import Fault, nearest
from sojourn.law.limits import Limit, LimitCase, LimitReading, TimeLimits
from sojourn.law.model import Cite
from sojourn.law.yaml12 import Document, Path_
from sojourn.values.counting import Counting, Length, Unit
from sojourn.values.period import Period

if TYPE_CHECKING:
    from sojourn.law.read import BodyReader

_OWN = ("saturday", "last_day", "months_end")


def read_time_limits(body: "BodyReader") -> TimeLimits:
    """Return the time limits of every folder, noting faults in `body`.

    What a later folder declares replaces what an earlier one declared by that id; a convention it replaces counts for
    the limits of the earlier folders too.
    """
    reader = _Reader(body)
    files = [
        [
            found
            for path in sorted(folder.glob("**/time-limits.yaml"))
            if (found := body.shaped(path, s.TimeLimitsShape))
        ]
        for folder in body.folders
    ]
    for _, shape in chain.from_iterable(files):
        reader.events |= shape.events
        reader.conventions |= {c.id: c for c in shape.conventions}
    for folder in files:
        reader.folder(folder)
    cases: dict[str, LimitCase] = {}
    for document, listed in body.each("**/time-limits.cases.yaml", s.LimitCasesShape):
        here = [reader.case(document, c, ("cases", i)) for i, c in enumerate(listed.cases)]
        for i, case in enumerate(here):
            if any(case.name == other.name for other in here[:i]):
                what = f'two cases are called "{case.name}"'
                reader.fault(document, ("cases", i), "duplicate-id", what, "Rename one.")
        cases |= {c.name: c for c in here}
    return TimeLimits(reader.limits, reader.events, tuple(cases.values()))


class _Reader:
    def __init__(self, body: "BodyReader") -> None:
        self.body = body
        self.events: dict[str, str] = {}
        self.conventions: dict[str, s.ConventionShape] = {}
        self.limits: dict[str, tuple[Limit, ...]] = {}

    def fault(self, document: Document, path: Path_, kind: str, what: str, mend: str) -> None:
        self.body.faults.add(document, path, kind, what, mend)

    def folder(self, files: list[tuple[Document, s.TimeLimitsShape]]) -> None:
        """Take in the limits of one folder; inside it an id is declared once, a limit once for each day."""
        declared: dict[str, str] = {}
        here: dict[str, list[Limit]] = {}
        for document, shape in files:
            for i, convention in enumerate(shape.conventions):
                where: Path_ = ("conventions", i)
                if convention.id in declared:
                    self.twice(document, where, convention.id, declared[convention.id])
                declared[convention.id] = f"{document.file}:{document.line(where)}"
                if not convention.starts:
                    what = f'"{convention.id}" starts from nothing'
                    self.fault(document, where, "no-start", what, "Add `starts:`.")
                here[convention.id] = [self.limit(document, convention, where)]
        for document, shape in files:
            own: dict[str, list[Limit]] = {}
            for i, limit in enumerate(shape.limits):
                where = ("limits", i)
                if limit.id in declared:
                    self.twice(document, where, limit.id, declared[limit.id])
                elif limit.convention is not None and limit.convention not in self.conventions:
                    what = f'no convention is called "{limit.convention}"'
                    mend = nearest(limit.convention, self.conventions)
                    self.fault(document, (*where, "convention"), "unknown-convention", what, mend)
                else:
                    own.setdefault(limit.id, []).append(self.limit(document, limit, where))
            for id, versions in own.items():
                self.in_time(document, versions)
                declared[id] = f"{document.file}:{versions[0].line}"
            here |= own
        self.limits |= {id: tuple(sorted(v, key=_first)) for id, v in here.items()}

    def twice(self, document: Document, path: Path_, id: str, other: str) -> None:
        self.fault(document, path, "duplicate-id", f'"{id}" is also in {other}', "Rename one of them.")

    def in_time(self, document: Document, versions: list[Limit]) -> None:
        for n, limit in enumerate(versions):
            for other in versions[:n]:
                if limit.period.overlaps(other.period):
                    what = f'"{limit.id}" is stated twice for the same days, on lines {other.line} and {limit.line}'
                    mend = "End the earlier one with `until:`, the first day no longer in force."
                    self.body.faults.found.append(Fault(document.file, limit.line, "overlap", what, mend))

    def limit(self, document: Document, shape: s.ConventionShape, path: Path_) -> Limit:
        """Return a limit, or a convention as a limit of any length."""
        own = shape if isinstance(shape, s.TimeLimitShape) else None
        base = self.conventions[own.convention] if own and own.convention else shape
        cite = self.body.cite(shape.cite, document, (*path, "cite"))
        also = tuple(self.body.cite(c, document, (*path, "also", i)) for i, c in enumerate(shape.also))
        first, until = (shape.from_ or shape.seen, shape.until)
        if base is not shape and first is None:
            first, until = base.from_ or base.seen, until or base.until
        if first and until and until <= first:
            what, mend = f"{first} to {until} is no period", "`until` is the first day no longer in force."
            self.fault(document, (*path, "until"), "empty-period", f'"{shape.id}": {what}', mend)
        countings = tuple(self.countings(document, shape, base, path))
        readings, at = (shape.readings, shape) if shape.readings else (base.readings, base)
        read = self.readings(document if at is shape else None, readings, countings, path)
        if cite.grade == "unconfirmed":
            what = f'"{shape.id}" is unconfirmed and would set a day'
            mend = "Give a source that was read, or a reading with `weight: argument`."
            self.fault(document, (*path, "cite", "grade"), "unconfirmed-decides", what, mend)
        if read and not any(r.moves_safe_day for r in read):
            what, mend = f'no reading of "{shape.id}" sets its safe day', "Give one the weight `reading`."
            self.fault(document, (*path, "readings"), "no-safe-day", what, mend)
        return Limit(
            id=shape.id,
            says=shape.says,
            kind=own.kind if own else "act",
            cite=cite,
            period=Period(first, until),
            readings=read or (LimitReading("", shape.says, countings, cite),),
            act_on=shape.act_on or base.act_on or "any",
            seen=shape.seen,
            as_set=own is None,
            none_known=own.none_known if own else False,
            then=(own.then or "") if own else "",
            pause=(own.pause or "") if own else "",
            mind=(own.mind or "") if own else "",
            convention=(own.convention or "") if own else "",
            inherited=frozenset() if at is shape else frozenset(r.id for r in readings),
            also=also,
            note=shape.note or "",
            file=document.file,
            line=document.line(path),
        )

    def countings(
        self, document: Document, shape: s.ConventionShape, base: s.ConventionShape, path: Path_
    ) -> Iterable[Counting]:
        """Yield the counting from each event, as the shape over its base says."""
        own = shape if isinstance(shape, s.TimeLimitShape) else None
        says = {key: getattr(shape, key) or getattr(base, key) for key in _OWN}
        opens, length = (_length(own.opens), _length(own.length)) if own else (None, None)
        back = own is not None and own.counted == "back"
        if opens and length and back and _days(opens) <= _days(length):
            what, mend = f'the window of "{shape.id}" opens after it closes', "Exchange `opens` and `length`."
            self.fault(document, (*path, "opens"), "window", what, mend)
        if back and length and length.unit == "working_days":
            what = f'"{shape.id}" counts working days back, which no rule here does'
            self.fault(document, (*path, "length"), "window", what, "Use days, months or years.")
        for i, start in enumerate(shape.starts or base.starts):
            if start.event not in self.events:
                at = (*path, "starts", i, "event") if shape.starts else path
                what, mend = f'no event is called "{start.event}"', nearest(start.event, self.events)
                self.fault(document, at, "unknown-event", what, mend)
            yield Counting(
                event=start.event,
                length=length,
                after=_length(start.after),
                day_counts=start.day_counts or False,
                back=back,
                opens=opens,
                within=own.within if own else None,
                saturday_counts=says["saturday"] == "works",
                rolls=says["last_day"] == "moves",
                months_end=says["months_end"] or "same-number",
            )

    def readings(
        self, document: Document | None, shapes: list[s.LimitReadingShape], countings: tuple[Counting, ...], path: Path_
    ) -> tuple[LimitReading, ...]:
        """Return the readings over these countings; faults are noted once, where the readings stand (`document`)."""
        out: list[LimitReading] = []
        for i, r in enumerate(shapes):
            where = (*path, "readings", i)
            cite = Cite(r.cite.source, r.cite.at, r.cite.grade) if r.cite else None
            if document and r.cite:
                self.body.cite(r.cite, document, (*where, "cite"))
            if document and r.weight == "reading" and cite and cite.grade == "unconfirmed":
                what = f'the reading "{r.id}" is unconfirmed and would move the safe day'
                mend = "Give a source that was read, or `weight: argument`."
                self.fault(document, (*where, "cite", "grade"), "unconfirmed-decides", what, mend)
            if document and any(o.id == r.id for o in out):
                self.fault(document, where, "duplicate-id", f'two readings are called "{r.id}"', "Rename one.")
            read = tuple(replace(c, **_changes(r)) for c in countings)
            out.append(LimitReading(r.id, r.says, read, cite, r.open or "", r.weight))
        return tuple(out)

    def case(self, document: Document, c: s.LimitCaseShape, path: Path_) -> LimitCase:
        """Return a worked case, noting faults of its names."""
        if c.limit not in self.limits:
            what, mend = f'no time limit is called "{c.limit}"', nearest(c.limit, self.limits)
            self.fault(document, (*path, "limit"), "unknown-limit", what, mend)
        elif c.event and all(c.event not in x.events for x in self.limits[c.limit]):
            events = {e for x in self.limits[c.limit] for e in x.events}
            what, mend = f'{c.limit} does not start from "{c.event}"', nearest(c.event, events)
            self.fault(document, (*path, "event"), "unknown-event", what, mend)
        return LimitCase(
            name=c.case,
            limit=c.limit,
            day=c.day,
            event=c.event or "",
            length=_length(c.length),
            pauses=tuple(Period(p.from_, p.until) for p in c.pauses),
            stays=tuple(Period(p.from_, p.until) for p in c.stays),
            expect=c.expect.model_dump(exclude_unset=True),
            why=c.why,
            file=document.file,
            line=document.line(path),
        )


def _first(limit: Limit) -> int:
    return limit.period.first.toordinal() if limit.period.first else 0


def _length(shape: s.LengthShape | None) -> Length | None:
    if shape is None:
        return None
    ((unit, number),) = shape.model_dump(exclude_none=True).items()
    return Length(number, cast(Unit, unit))


def _days(length: Length) -> int:
    return length.number * {"days": 1, "working_days": 1, "months": 30, "years": 365}[length.unit]


def _changes(r: s.LimitReadingShape) -> dict[str, Any]:
    """Return the fields of a counting that a reading changes."""
    changes: dict[str, Any] = {
        "length": _length(r.length),
        "after": _length(r.after),
        "day_counts": r.day_counts,
        "saturday_counts": {"works": True, "rests": False}.get(r.saturday or ""),
        "rolls": {"moves": True, "stays": False}.get(r.last_day or ""),
        "months_end": r.months_end,
    }
    return {key: value for key, value in changes.items() if value is not None}
