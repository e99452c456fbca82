"""Assess: what is known of a person and a day in, a finding for each pathway out. Pure."""

from bisect import bisect_right
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import product
from typing import Any

from sojourn.decide.day import Day
from sojourn.decide.diagram import Diagram, reach, restrict
from sojourn.decide.evaluate import Compiler, Judge, Levels, compared, judge, judge_of, lean_of
from sojourn.decide.finding import Caution, Finding, ReadingResult, Reason, Split, Standing, decides, why_open
from sojourn.decide.likely import results_below, weights_of
from sojourn.decide.program import RESULTS, Compiled, Cut, Segment, outcome, under_readings
from sojourn.decide.variables import Choice, Choosing, Facts, Presence, Scale, Variable
from sojourn.decide.weighed import may_arise, points
from sojourn.law.amounts import Worth, change_days
from sojourn.law.model import Disputed, Entry, Holds, Law, Member, OfAmount, Pathway, Reaches, Weighed, walk
from sojourn.values import verdict as v
from sojourn.values.known import Band, Exact, Known, NoneOf, OneOf
from sojourn.values.verdict import BEST_FIRST, Because, Result, Verdict

Doors = dict[tuple[str, bool], Verdict]
_SAME = tuple(range(16))
_MOST_DAYS = 10_000
_FAILS = Verdict.NOT_MET
_MOST_OPEN_DOORS = 4
"""So many that may fit are still advice: one in each region."""
_MOST_KEPT = 2_000
_SINGLE = {v.NOT_MET, v.OPEN_QUESTION, v.APPRAISED, v.MET}
_RESULT = {1 << i: result for i, result in enumerate(RESULTS)}


@dataclass
class Line:
    """One line of law made ready: its levels under each combination of readings, and the facts it looks at."""

    entry: Entry
    variants: tuple[Levels, ...]
    plain: tuple[Levels, ...]
    """The same without what a secondary source loses: tells why a line is open."""
    atoms: tuple[int, ...]
    open: bool
    """No rule known: on a day before the source was read."""
    facts: tuple[str, ...]
    """The facts that could settle it."""
    made: dict[tuple[int, ...], Reason] = field(default_factory=dict)
    """Reasons that hold for everybody with these levels."""
    left_open: dict[tuple[tuple[int, ...], tuple[Because | None, ...]], Reason] = field(default_factory=dict)
    """Reasons of all whose comparisons come to the same and who leave the same facts open, for the same reasons."""


@dataclass
class Ready:
    """A segment with its lines made ready."""

    segment: Segment
    compiler: Compiler
    lines: tuple[Line, ...]
    judged: tuple[Line, ...]
    """The lines of which a finding gives the reason: all but the anchors."""
    gate: tuple[Line, ...]
    conditions: tuple[Line, ...]
    """Those that decide."""
    channels: dict[str, Entry]
    anchors: tuple[Line, ...]
    points: dict[str, tuple[Weighed, ...]]
    """What an authority may weigh, by line of law."""
    numbers: tuple[int, ...]
    """The number of each variable of the segment in the engine: equal where pathways cut a fact alike."""
    judges: dict[date, list[Judge]] = field(default_factory=dict)


class Engine:
    """Decides on one body of law; keeps what it made ready. Holds no facts."""

    def __init__(self, law: Law) -> None:
        self.law = law
        self.compiled: Compiled = law.compiled.setdefault("forms", Compiled(law))
        self._ready: dict[tuple[str, date], Ready] = {}
        """Pathways made ready, by the first day of their segment."""
        self._on_day: dict[tuple[str, date], Ready | None] = {}
        """The same, by the day asked for."""
        self._days: dict[date, Day] = {}
        self._changes = sorted(set().union(*(change_days(law.amounts, id) for id in law.amounts)))
        self._worths: dict[int, dict[tuple[str, int], Worth]] = {}
        """What amounts are worth from one change of any of them to the next."""
        self._numbers: dict[Hashable, int] = {}
        self.left: dict[Any, Any] = {}
        """What `next_question` keeps: functions that are left, by the cells that facts leave possible."""

    def day(self, on: date) -> Day:
        """Return the law on `on`."""
        if on not in self._days:
            if len(self._days) > _MOST_DAYS:
                self._days.clear()
            self._days[on] = Day(self.law, on, self._worths.setdefault(self.era(on), {}))
        return self._days[on]

    def era(self, on: date) -> int:
        """Return a number that days share between which no amount changes."""
        return bisect_right(self._changes, on)

    def ready(self, pathway: Pathway, on: date) -> Ready | None:
        """Return the pathway made ready for `on`, or None when it was not in force."""
        key = (pathway.id, on)
        if key not in self._on_day:
            if len(self._on_day) > _MOST_DAYS:
                self._on_day.clear()
            self._on_day[key] = self._make_ready(pathway, on)
        return self._on_day[key]

    def _make_ready(self, pathway: Pathway, on: date) -> Ready | None:
        segment = self.compiled.on(pathway.id, on)
        if segment is None:
            return None
        key = (pathway.id, segment.first)
        if key not in self._ready:
            compiler = Compiler(weak=segment.weak)
            lines = tuple(_line(self.law, e, compiler, e.id in segment.unknown) for e in segment.entries(pathway))
            self._ready[key] = Ready(
                segment=segment,
                compiler=compiler,
                lines=lines,
                judged=tuple(line for line in lines if line.entry.part != "anchor"),
                gate=tuple(line for line in lines if line.entry.part == "gate"),
                conditions=tuple(line for line in lines if line.entry.part == "condition" and decides(line.entry)),
                channels={line.entry.id: line.entry for line in lines if line.entry.part == "channel"},
                anchors=tuple(line for line in lines if line.entry.part == "anchor"),
                points={line.entry.id: found for line in lines if (found := tuple(points(line.entry)))},
                numbers=tuple(
                    self._numbers.setdefault(_cut_alike(variable, segment.cuts[i]), len(self._numbers))
                    for i, variable in enumerate(segment.variables)
                ),
            )
        return self._ready[key]

    def result(self, pathway: Pathway, facts: Facts, on: date) -> Result:
        """Return the result alone."""
        ready = self.ready(pathway, on)
        if ready is None:
            return Result.UNDETERMINED
        reached = reach(ready.segment.result, Cells(ready.segment, facts, self.day(on)))
        return _RESULT.get(reached, Result.UNDETERMINED)

    def find(self, pathway: Pathway, facts: Facts, on: date, doors: Doors | None = None) -> Finding:
        """Return the finding for one pathway.

        doors: what is known of which pathways may concern this person; shared by the findings of one person and day.
        """
        ready = self.ready(pathway, on)
        if ready is None:
            return Finding(pathway, on, Result.UNDETERMINED, (), no_rule=True, cautions=self._stale(on))
        day, segment = self.day(on), ready.segment
        cells = Cells(segment, facts, day)
        reached = reach(segment.result, cells)
        result = _RESULT.get(reached, Result.UNDETERMINED)
        atoms = self.atoms(ready, facts, day)
        reasons = self.reasons(ready, atoms, facts)
        gate_fails = any(r.verdict is _FAILS and r.entry.part == "gate" for r in reasons)
        missing: tuple[str, ...] = ()
        hope = float(result is Result.UNDETERMINED)  # where no answer is missing, it stays open
        if reached not in _RESULT:
            left = restrict(segment.result, cells)
            missing = tuple(dict.fromkeys(_fact(segment.variables[i]) for i in left.variables))
            hope = self._hope(segment, left, cells)
        readings: tuple[ReadingResult, ...] = ()
        if segment.readings and not gate_fails and result in (Result.CONTESTED, Result.UNDETERMINED):
            readings = self._readings(ready, reasons, cells)
        channels: tuple[tuple[Entry, Result], ...] = ()
        if segment.channels:
            channels = tuple(
                (
                    ready.channels[id],
                    result
                    if gate_fails or result is Result.NOT_NEEDED
                    else _RESULT.get(reach(d, cells), Result.UNDETERMINED),
                )
                for id, d in segment.channels
            )
        return Finding(
            pathway=pathway,
            on=on,
            result=result,
            reasons=reasons,
            gate_fails=gate_fails,
            instead=self._doors(reasons, gate_fails, result, facts, on, {} if doors is None else doors),
            channels=channels,
            weighs=_weighs(reasons, result),
            weighed=self._weighed(ready, reasons, facts, day),
            cautions=self._cautions(reasons, result, gate_fails, on),
            anchors=() if gate_fails or result is Result.NOT_NEEDED else self._anchors(ready, atoms, facts, day),
            missing=missing,
            readings=readings,
            hope=hope,
            split=self._split(ready, facts, day, reasons, result) if result in v.SETTLED else None,
        )

    def _doors(
        self, reasons: tuple[Reason, ...], gate_fails: bool, result: Result, facts: Facts, on: date, doors: Doors
    ) -> tuple[str, ...]:
        """Return the pathways to look at instead, as the lines that settle the result name them.

        None whose gate fails, and none that the person does without. Where the gate of one is met, the others whose
        gate is still open are left out. Whom a condition turns away is not sent where one turns them away again, and
        learns of no door at all where too many may or may not fit.
        """
        if result is Result.OPEN:
            return ()
        if gate_fails:
            lines = [r for r in reasons if r.verdict is _FAILS and r.entry.part == "gate"]
        elif result is Result.NOT_NEEDED:
            lines = [r for r in reasons if r.verdict is Verdict.MET and r.entry.part == "exemption"]
        else:
            lines = [r for r in reasons if r.entry.instead and r.turns_away]
        if not lines:
            return ()
        strict = not gate_fails and result is not Result.NOT_NEEDED
        named = dict.fromkeys(id for r in lines for id in r.entry.instead)
        fits = {id: self._leads_on(id, facts, on, strict, doors) for id in named}
        sure = tuple(id for id, verdict in fits.items() if verdict is Verdict.MET)
        maybe = tuple(id for id, verdict in fits.items() if verdict is Verdict.UNDETERMINED)
        return sure or (maybe if not strict or len(maybe) <= _MOST_OPEN_DOORS else ())

    def _hope(self, segment: Segment, left: Diagram, cells: "Cells") -> float:
        """Return the chance that what is left does not close, as far as `likely` in the law tells."""
        if left.root < 0:
            return 1.0  # facts that contradict each other leave nothing to ask
        chances = results_below(left, weights_of(self.law, segment, left, cells))[left.root]
        return 1.0 - chances[RESULTS.index(Result.CLOSED)]

    def _leads_on(self, id: str, facts: Facts, on: date, strict: bool, doors: Doors) -> Verdict:
        """Whether a pathway concerns this person: what its gate comes to, and not met for one who does without it.

        strict: not met either where one of its conditions turns the person away.
        """
        if (id, strict) not in doors:
            door = self.law.pathways.get(id)
            ready = self.ready(door, on) if door else None
            fits = Verdict.UNDETERMINED if door else _FAILS
            if ready is not None:
                fits = self._gate(ready, facts, self.day(on))
            if door and fits is not _FAILS and self.result(door, facts, on) is Result.NOT_NEEDED:
                fits = _FAILS
            if strict and ready is not None and fits is not _FAILS and self._turns_away(ready, facts, self.day(on)):
                fits = _FAILS
            doors[id, strict] = fits
        return doors[id, strict]

    def _gate(self, ready: Ready, facts: Facts, day: Day) -> Verdict:
        comes_to, met = Verdict.MET, Verdict.MET
        for line in ready.gate:
            verdict = self.reason(ready, line, facts, day).verdict
            if verdict is _FAILS:
                return verdict
            if verdict is not met:
                comes_to = verdict
        return comes_to

    def _turns_away(self, ready: Ready, facts: Facts, day: Day) -> bool:
        return any(self.reason(ready, line, facts, day).turns_away for line in ready.conditions)

    def atoms(self, ready: Ready, facts: Facts, day: Day) -> list[int]:
        """Return the levels of each comparison."""
        return [judged(facts) for judged in self._judges(ready, day)]

    def _judges(self, ready: Ready, day: Day) -> list[Judge]:
        judges = ready.judges.get(day.on)
        if judges is None:
            if len(ready.judges) > 400:
                ready.judges.clear()
            judges = ready.judges[day.on] = [judge_of(a, day) for a in ready.compiler.atoms]
        return judges

    def reasons(self, ready: Ready, atoms: list[int], facts: Facts) -> tuple[Reason, ...]:
        """Return what each line comes to."""
        out = []
        for line in ready.judged:
            first, *others = line.variants
            levels = (first(atoms), *[variant(atoms) for variant in others]) if others else (first(atoms),)
            reason = line.made.get(levels)
            if reason is None:
                key = (
                    tuple([atoms[i] for i in line.atoms]),
                    tuple([_silence(facts.get(f)) for f in line.facts]),
                )
                reason = line.left_open.get(key)
                if reason is None:
                    if len(line.left_open) > _MOST_KEPT:
                        line.left_open.clear()
                    reason = line.left_open[key] = self._reason(ready, line, levels, atoms, facts)
            out.append(reason)
        return tuple(out)

    def reason(self, ready: Ready, line: Line, facts: Facts, day: Day) -> Reason:
        """Return what one line comes to; only the facts that it looks at matter."""
        judges = self._judges(ready, day)
        atoms = [0] * len(judges)
        for i in line.atoms:
            atoms[i] = judges[i](facts)
        levels = tuple([variant(atoms) for variant in line.variants])
        return line.made.get(levels) or self._reason(ready, line, levels, atoms, facts)

    def _reason(self, ready: Ready, line: Line, levels: tuple[int, ...], atoms: list[int], facts: Facts) -> Reason:
        if line.open:
            levels = (v.OPEN_QUESTION,)
        same = len(set(levels)) == 1
        if same and levels[0] in (v.MET, v.NOT_MET):
            verdict = Verdict.MET if levels[0] == v.MET else Verdict.NOT_MET
            line.made[levels] = Reason(line.entry, verdict, None, levels)
            return line.made[levels]
        if same and levels[0] == v.APPRAISED:
            line.made[levels] = Reason(line.entry, Verdict.UNDETERMINED, Because.APPRAISED, levels)
            return line.made[levels]
        return self._undetermined(ready, line, levels, atoms, facts)

    def _undetermined(
        self, ready: Ready, line: Line, levels: tuple[int, ...], atoms: list[int], facts: Facts
    ) -> Reason:
        entry = line.entry
        if line.open:
            return Reason(entry, Verdict.UNDETERMINED, Because.NO_RULE_KNOWN, levels)
        if any(x not in _SINGLE for x in levels):
            missing = self._missing(ready, line, atoms, facts)
            whys = {why_open(facts.get(f)) for f in missing}
            for because in (Because.NOT_ASKED, Because.NOT_KNOWN, Because.DECLINED, Because.BAND):
                if because in whys:
                    return Reason(entry, Verdict.UNDETERMINED, because, levels, missing)
            return Reason(entry, Verdict.UNDETERMINED, Because.NOT_ASKED, levels, missing)
        if len(set(levels)) > 1 and v.OPEN_QUESTION not in levels:
            return Reason(entry, Verdict.UNDETERMINED, Because.CONTESTED, levels)
        because = Because.NOT_MODELLED
        if any(atoms[i] == v.OPEN_QUESTION for i in line.atoms):
            because = Because.NO_RULE_KNOWN
        held_back = [plain(atoms) for level, plain in zip(levels, line.plain, strict=False) if level == v.OPEN_QUESTION]
        if any(plain in (v.NOT_MET, v.MET) for plain in held_back):
            because = Because.SECONDARY
        return Reason(entry, Verdict.UNDETERMINED, because, levels)

    def _missing(self, ready: Ready, line: Line, atoms: list[int], facts: Facts) -> tuple[str, ...]:
        out: dict[str, None] = {}
        for i in line.atoms:
            if atoms[i] in _SINGLE:
                continue
            atom = ready.compiler.atoms[i]
            trial = list(atoms)
            outcomes = set()
            for level in (x for x in _SINGLE if x & atoms[i]):
                trial[i] = level
                outcomes.add(tuple(variant(trial) for variant in line.variants))
            if len(outcomes) == 1:
                continue
            out |= dict.fromkeys(n for n in compared(self.law, [atom]) if not isinstance(facts.get(n), Exact))
        return tuple(out)

    def _weighed(
        self, ready: Ready, reasons: tuple[Reason, ...], facts: Facts, day: Day
    ) -> dict[str, tuple[Weighed, ...]]:
        if not ready.points:
            return {}
        undetermined = Verdict.UNDETERMINED
        return {
            r.entry.id: found
            for r in reasons
            if r.verdict is undetermined
            and r.entry.id in ready.points
            and (found := tuple(point for point in ready.points[r.entry.id] if may_arise(point, facts, day)))
        }

    def _readings(self, ready: Ready, reasons: tuple[Reason, ...], cells: "Cells") -> tuple[ReadingResult, ...]:
        results = {(key, i): _RESULT.get(reach(d, cells), Result.UNDETERMINED) for key, i, d in ready.segment.readings}
        out = []
        for r in reasons:
            if r.because is not Because.CONTESTED or not decides(r.entry):
                continue
            for t in walk(r.entry.test):
                if isinstance(t, Disputed):
                    group = [(reading, results[(t.key, i)]) for i, reading in enumerate(t.readings)]
                    if len({x for _, x in group}) > 1:
                        out += [
                            ReadingResult(
                                r.entry.id, g.id, g.cite.source, g.cite.at, g.cite.grade, g.says, x
                            )
                            for g, x in group
                        ]  # fmt: skip
        return tuple(out)

    def _stale(self, on: date) -> tuple[Caution, ...]:
        late = (on - self.law.read_until).days > self.law.stale_after_days
        return (Caution("stale", None),) if late else ()

    def _cautions(self, reasons: tuple[Reason, ...], result: Result, gate_fails: bool, on: date) -> tuple[Caution, ...]:
        found: list[Caution] = []
        if not gate_fails and result is not Result.NOT_NEEDED:
            settled = (Verdict.MET, Verdict.NOT_MET)
            for r in reasons:
                e = r.entry
                if e.effect == "decides" and e.part != "caution" and r.verdict in settled:
                    continue
                if e.part == "caution" and (e.test is None or r.verdict is Verdict.MET):
                    found.append(Caution(e.caution, e))
                elif e.part in ("condition", "exemption") and e.effect == "caution":
                    if r.verdict is Verdict.MET:
                        found.append(Caution("unconfirmed", e))
                elif e.effect == "reference" and (r.verdict is Verdict.NOT_MET or r.because is Because.CONTESTED):
                    found.append(Caution("below_reference", e))
                elif e.effect == "practice" and r.verdict is Verdict.NOT_MET:
                    found.append(Caution("practice", e))
                elif decides(e) and r.because is Because.SECONDARY:
                    found.append(Caution("secondary", e))
        return (*found, *self._stale(on))

    def _anchors(self, ready: Ready, atoms: list[int], facts: Facts, day: Day) -> tuple[Standing, ...]:
        out = []
        for line in ready.anchors:
            e = line.entry
            if e.test is not None and [variant(atoms) for variant in line.variants] != [v.MET]:
                continue
            counted = self.law.amounts[e.amount].facts
            known = facts.get(counted[0]) if counted else Exact(0)
            if not isinstance(known, Exact) or not isinstance(known.value, int):
                out.append(Standing(e, None, None, None, "unknown"))
                continue
            worth = day.worth(e.amount, known.value)
            if worth.low is None:
                out.append(Standing(e, None, None, None, "no_rule_known"))
                continue
            level = judge(Reaches(e.fact, OfAmount(e.amount)), facts, day)
            stands = {v.MET: "above", v.NOT_MET: "below"}.get(level, "unknown")
            out.append(Standing(e, worth.low, worth.high, worth.first, stands))
        return tuple(out)

    # --- settled whatever the unknown facts are

    def _split(self, ready: Ready, facts: Facts, day: Day, reasons: tuple[Reason, ...], result: Result) -> Split | None:
        undetermined = Verdict.UNDETERMINED
        if not any(r.verdict is undetermined and r.entry.effect == "decides" for r in reasons):
            return None  # nothing that decides is open, so the reasons give the result as they stand
        if recompute(reasons) is result:
            return None
        open_facts = list(dict.fromkeys(f for r in reasons for f in r.missing))
        for depth in (1, 2, 3):
            for chosen in _choices(open_facts, depth):
                cases = self._cases(ready, facts, day, chosen)
                if cases and all(recompute(c) is result for c in cases):
                    return Split(chosen, tuple(cases))
        return Split((), ())

    def _cases(self, ready: Ready, facts: Facts, day: Day, chosen: tuple[str, ...]) -> list[tuple[Reason, ...]]:
        variants: list[list[Known]] = [list(_each_cell(ready.segment, f, facts, day)) for f in chosen]
        total = 1
        for x in variants:
            total *= len(x)
        if total > 256:
            return []
        cases = []
        for combo in product(*variants):
            known = {**facts, **dict(zip(chosen, combo, strict=True))}
            cases.append(self.reasons(ready, self.atoms(ready, known, day), known))
        return cases


def _choices(facts: list[str], depth: int) -> Iterable[tuple[str, ...]]:
    if depth == 1:
        return ((f,) for f in facts)
    return ((f, *rest) for i, f in enumerate(facts) for rest in _choices(facts[i + 1 :], depth - 1))


class Cells(dict[int, int]):
    """What the facts leave possible for each variable of a segment, by its number: worked out when first looked up."""

    __slots__ = ("day", "facts", "segment")

    def __init__(self, segment: Segment, facts: Facts, day: Day) -> None:
        super().__init__()
        self.segment, self.facts, self.day = segment, facts, day

    def __missing__(self, i: int) -> int:
        variable = self.segment.variables[i]
        if isinstance(variable, Choosing):
            mask = variable.cells(None, ())
        else:
            cuts = self.day.cuts(self.segment, i) if isinstance(variable, Scale) else ()
            mask = variable.cells(self.facts.get(variable.fact), cuts)
        self[i] = mask
        return mask


def cut_values(segment: Segment, i: int, day: Day) -> tuple[int, ...]:
    """Return the thresholds of variable `i` on the day, ascending."""
    return day.cuts(segment, i)


def _each_cell(segment: Segment, fact: str, facts: Facts, day: Day) -> Iterable[Known]:
    """Yield one piece of knowledge for each cell that the fact may be in."""
    own = [(i, x) for i, x in enumerate(segment.variables) if _fact(x) == fact]
    cells = Cells(segment, facts, day)
    if own and isinstance(own[0][1], Presence):
        known = facts.get(fact)
        out_ = known.values if isinstance(known, NoneOf) else frozenset()
        in_ = known.includes if isinstance(known, NoneOf) else frozenset()
        options = [[b for b in (0, 1) if cells[i] >> b & 1] for i, _ in own]
        for combo in product(*options):
            held = [p for (_, p), b in zip(own, combo, strict=True) if b and isinstance(p, Presence)]
            absent = [p for (_, p), b in zip(own, combo, strict=True) if not b and isinstance(p, Presence)]
            yield NoneOf(
                out_.union(*(p.values for p in absent)),
                in_.union(*(frozenset(map(str, [min(p.values, key=str)])) for p in held)),
            )
        return
    for i, variable in own:
        mask = cells[i]
        for cell in range(variable.count):
            if not mask >> cell & 1:
                continue
            if isinstance(variable, Choice):
                yield OneOf(frozenset(x for x, c in variable.cell.items() if c == cell))
            elif isinstance(variable, Scale):
                cuts = cut_values(segment, i, day)
                low = cuts[cell - 1] if cell else variable.least
                high = cuts[cell] - 1 if cell < len(cuts) else variable.most
                yield Band(low, high)


def _cut_alike(variable: Variable, cuts: tuple[Cut, ...]) -> Hashable:
    """Return what two variables share that divide a fact in the same way on every day."""
    if isinstance(variable, Choice):
        return variable.fact, variable.count, frozenset(variable.cell.items())
    return variable, cuts


def _fact(variable: Variable) -> str:
    return "" if not hasattr(variable, "fact") else variable.fact


def _line(law: Law, entry: Entry, compiler: Compiler, open_: bool) -> Line:
    leans = lean_of(entry.part) if decides(entry) else (_SAME, _SAME)
    disputes = [t for t in walk(entry.test) if isinstance(t, Disputed)]
    combos = [
        dict(zip([d.key for d in disputes], c, strict=True))
        for c in product(*(range(len(d.readings)) for d in disputes))
    ]
    variants: list[Levels] = []
    plain: list[Levels] = []
    appraised = entry.effect == "appraised"
    for chosen in combos[:64]:
        if entry.test is None:
            level = v.APPRAISED if appraised else v.MET
            variants.append(lambda a, level=level: level)  # type: ignore[misc]
            plain.append(variants[-1])
            continue
        f = compiler.compile(entry.test, chosen, *leans)
        g = compiler.compile(entry.test, chosen, _SAME, _SAME)
        if appraised:
            variants.append(lambda a, f=f: _as_weighed(f(a)))  # type: ignore[misc]
        elif entry.cite.grade == "secondary" and decides(entry):
            variants.append(lambda a, f=f, lean=leans[0]: lean[f(a)])  # type: ignore[misc]
        else:
            variants.append(f)
        plain.append(g)
    used = tuple(sorted({compiler.atom(t) for t in walk(entry.test) if isinstance(t, Reaches | Holds | Member)}))
    facts = compared(law, (compiler.atoms[i] for i in used))
    return Line(entry, tuple(variants), tuple(plain), used, open_, tuple(facts))


def _silence(known: Known | None) -> Because | None:
    """Return why what is known of a fact may leave a question open, or None where the fact is exact."""
    return None if isinstance(known, Exact) else why_open(known)


def _as_weighed(level: int) -> int:
    """A test on an appraised line says whether there is anything to weigh."""
    return (level & (v.NOT_MET | v.OPEN_QUESTION)) | (v.APPRAISED if level & (v.MET | v.APPRAISED) else 0)


def _weighs(reasons: tuple[Reason, ...], result: Result) -> tuple[Entry, ...]:
    if result not in (Result.OPEN, Result.CONTESTED, Result.UNDETERMINED):
        return ()
    appraised = Because.APPRAISED
    return tuple(
        r.entry
        for r in reasons
        if r.because is appraised and r.entry.part == "condition" and r.entry.effect in ("appraised", "decides")
    )


def recompute(reasons: Iterable[Reason]) -> Result:
    """Return the result that the reasons alone give: what a reader of the explanation can check.

    Undetermined where the reasons leave it open (see `Finding.split` for results that hold whatever is unknown).
    """
    parts: dict[str, list[tuple[int, ...]]] = {"gate": [], "exemption": [], "condition": [], "channel": []}
    disputed: list[tuple[str, int]] = []
    for r in reasons:
        own = parts.get(r.entry.part)
        if own is not None and r.entry.effect == "decides":
            levels = r.levels
            if len(levels) > 1:
                if len(set(levels)) == 1:
                    levels = levels[:1]
                else:
                    disputed.append((r.entry.part, len(own)))
            own.append(levels)
    results: set[Result] = set()
    for combo in product(*(range(len(parts[part][i])) for part, i in disputed)):
        pick = dict(zip(disputed, combo, strict=True))

        def levels_of(part: str, pick: dict[tuple[str, int], int] = pick) -> list[int]:
            if not pick:
                return [x[0] for x in parts[part]]
            return [x[pick.get((part, i), 0)] for i, x in enumerate(parts[part])]

        gate = _fold(v.ALL, v.MET, levels_of("gate"))
        exempt = _fold(v.ANY, v.NOT_MET, levels_of("exemption"))
        met = _fold(v.ALL, v.MET, levels_of("condition"))
        if parts["channel"]:
            met = v.ALL[met][_fold(v.ANY, v.NOT_MET, levels_of("channel"))]
        outcomes = _outcomes(gate, exempt, met)
        if len(outcomes) > 1:
            return Result.UNDETERMINED
        results |= outcomes
    return under_readings(frozenset(results))


@cache
def _outcomes(gate: int, exempt: int, met: int) -> frozenset[Result]:
    return frozenset(
        outcome(g, e, c) for g in _SINGLE for e in _SINGLE for c in _SINGLE if g & gate and e & exempt and c & met
    )


def _fold(table: tuple[tuple[int, ...], ...], start: int, levels: Iterable[int]) -> int:
    for level in levels:
        start = table[start][level]
    return start


_ENGINES: dict[str, Engine] = {}


def engine(law: Law) -> Engine:
    """Return the engine of a body of law, made once."""
    if law.digest not in _ENGINES or _ENGINES[law.digest].law is not law:
        _ENGINES.clear()
        _ENGINES[law.digest] = Engine(law)
    return _ENGINES[law.digest]


def _best_first(finding: Finding) -> tuple[object, ...]:
    """Order by result; then what fits the person before what is for others: the likeliest, the most of the law met.

    Of what is open, that stands first which leaves an authority the least to weigh: a right before a favour.
    """
    met = sum(r.verdict is Verdict.MET for r in finding.reasons)
    hope = round(finding.hope, 9)
    weighed = _weighed(finding) if finding.result in (Result.OPEN, Result.CONTESTED) else 0
    return (BEST_FIRST.index(finding.result), finding.gate_fails, -hope, weighed, -met, finding.pathway.id)


def _weighed(finding: Finding) -> int:
    """Count what an authority weighs; a way that it weighs counts too, where no other is without."""
    ways = [finding.reason(entry.id).because for entry, result in finding.channels if result is finding.result]
    return len(finding.weighs) + (bool(ways) and all(because is Because.APPRAISED for because in ways))


def assess(law: Law, facts: Facts, on: date, pathways: Iterable[str] | None = None) -> list[Finding]:
    """Return the finding for each pathway (or those named), best first.

    law: the body of law. facts: what is known of the person; what is absent was not asked. on: the day to assess.
    Raises KeyError for an unknown pathway. Equal arguments give equal findings.
    """
    e = engine(law)
    names = law.pathways if pathways is None else pathways
    doors: Doors = {}
    found = [e.find(law.pathways[name], facts, on, doors) for name in names]
    return sorted(found, key=_best_first)
