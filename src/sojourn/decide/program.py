"""A pathway made ready to decide: the law in force on a day, in its exact form.

The exact form is a diagram over the facts (see `diagram`). It holds for a *segment* of time: the days on which the
same lines of law are in force and the thresholds stand in the same order. What the thresholds are worth is looked up
for the day itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from sojourn.decide.day import Day, overtakes
from sojourn.decide.diagram import Builder, Diagram, Node, finish
from sojourn.decide.evaluate import is_weak, lean_of
from sojourn.decide.variables import Choice, Choosing, Presence, Scale, Variable, choice, presences
from sojourn.law.amounts import change_days, grade_on
from sojourn.law.kept import Kept
from sojourn.law.model import (
    All,
    AnyOf,
    AtLeast,
    Cited,
    Constant,
    Disputed,
    Entry,
    Holds,
    Law,
    Member,
    Not,
    NotModelled,
    Number,
    OfAmount,
    OfDay,
    Pathway,
    Reaches,
    Test,
    Threshold,
    Weighed,
    walk,
)  # fmt: skip
from sojourn.values import verdict as v
from sojourn.values.verdict import Result

RESULTS = (Result.CLOSED, Result.NOT_NEEDED, Result.OPEN, Result.CONTESTED, Result.UNDETERMINED)
"""The terminals of result diagrams, in the order of their bits."""
BIT = {result: 1 << i for i, result in enumerate(RESULTS)}

Cut = tuple[Threshold, int, str]
"""A threshold, the count it is reckoned for (formulas), and which end of it ("low" or "high", equal when exact)."""


@dataclass(frozen=True)
class Segment(Kept):
    """The exact form of a pathway from `first` on, until the next segment begins."""

    apart: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("lines", "unknown", "variables", "cuts", "result", "channels", "weak", "facts"),
        ("readings",),
    )

    first: date
    lines: tuple[int, ...]
    """The lines of law in force, by their place among the entries of the pathway."""
    unknown: frozenset[str]
    """Entries in force whose source gives no start, on days before it was read."""
    variables: tuple[Variable, ...]
    cuts: tuple[tuple[Cut, ...], ...]
    """For each variable that is a Scale its thresholds, ascending; else empty."""
    result: Diagram
    channels: tuple[tuple[str, Diagram], ...]
    readings: tuple[tuple[str, int, Diagram], ...]
    """The result when one reading (disputed point, number of the reading) is followed."""
    weak: frozenset[str]
    """The amounts that rest on a secondary source."""
    facts: tuple[str, ...]

    def entries(self, pathway: Pathway) -> list[Entry]:
        """Return the lines of law in force."""
        return [pathway.entries[i] for i in self.lines]


# --- segments of time ----------------------------------------------------------------------------------------------


def deciding(entry: Entry) -> bool:
    """Whether the entry can change the result."""
    return entry.part in ("gate", "channel") or (entry.part in ("exemption", "condition") and entry.effect == "decides")


def thresholds(entries: Iterable[Entry]) -> list[tuple[str, Threshold]]:
    """Return the (fact, threshold) pairs of these entries."""
    found: dict[tuple[str, Threshold], None] = {}
    for e in entries:
        for t in walk(e.test):
            if isinstance(t, Reaches):
                found[(t.fact, t.threshold)] = None
    return list(found)


def _cuts(law: Law, fact: str, entries: list[Entry], day: Day) -> list[tuple[int, Cut]]:
    """Return the thresholds of a number fact with their values on a day, ascending."""
    out: dict[Cut, int] = {}
    for name, threshold in thresholds(entries):
        if name != fact:
            continue
        counts: Iterable[int] = (0,)
        if isinstance(threshold, OfAmount) and (counted := law.amounts[threshold.amount].facts):
            of = law.facts[counted[0]]
            counts = range(of.least or 0, (of.most or 0) + 1)
        for count in counts:
            bound = day.bound(threshold, count)
            if bound.low is None or bound.high is None:
                continue
            out[(threshold, count, "low")] = bound.low
            if bound.high != bound.low:
                out[(threshold, count, "high")] = bound.high
    for _, threshold in thresholds(entries):
        if isinstance(threshold, OfAmount) and fact in law.amounts[threshold.amount].facts:
            of = law.facts[fact]
            for count in range((of.least or 0) + 1, (of.most or 0) + 1):
                out[(Number(count), 0, "low")] = count
    return sorted(((value, cut) for cut, value in out.items()), key=lambda x: (x[0], repr(x[1])))


def _in_force(pathway: Pathway, on: date) -> list[Entry]:
    return [e for e in pathway.entries if on in e.period]


def _signature(law: Law, pathway: Pathway, on: date) -> tuple[Any, ...]:
    entries = _in_force(pathway, on)
    decisive = [e for e in entries if deciding(e)]
    day = Day(law, on)
    cuts = tuple(
        (fact, tuple(cut for _, cut in _cuts(law, fact, decisive, day)))
        for fact in dict.fromkeys(f for f, _ in thresholds(decisive))
    )
    unknown = tuple(e.id for e in entries if e.seen and on < e.seen)
    return tuple(e.id for e in entries), unknown, cuts, _weak(law, decisive, on)


def _weak(law: Law, entries: Iterable[Entry], on: date) -> frozenset[str]:
    """Return the amounts in these entries that rest on a secondary source that day."""
    amounts = {t.amount for _, t in thresholds(entries) if isinstance(t, OfAmount)}
    return frozenset(id for id in amounts if grade_on(law.amounts, id, on) != "official")


def segment_days(law: Law, pathway: Pathway) -> list[date]:
    """Return the days on which the exact form of the pathway may change, ascending, within its time in force."""
    first = pathway.in_force.first
    assert first is not None
    days = {first}
    for e in pathway.entries:
        days |= {d for d in (e.period.first, e.period.until, e.seen) if d}
        if deciding(e):
            for _, threshold in thresholds([e]):
                if isinstance(threshold, OfAmount):
                    days |= change_days(law.amounts, threshold.amount)
    days |= _crossings(filter(deciding, pathway.entries))
    return sorted(d for d in days if d in pathway.in_force)


def _crossings(entries: Iterable[Entry]) -> set[date]:
    """Return the days on which a day reckoned from the filing day first lies past a fixed day of the same fact."""
    found = thresholds(entries)
    return {
        overtakes(moving, date.fromordinal(fixed.value))
        for fact, moving in found
        if isinstance(moving, OfDay)
        for name, fixed in found
        if name == fact and isinstance(fixed, Number)
    }


def segments(law: Law, pathway: Pathway) -> list[Segment]:
    """Return the exact forms of the pathway, one for each segment of time."""
    out: list[Segment] = []
    last: tuple[Any, ...] | None = None
    for day in segment_days(law, pathway):
        signature = _signature(law, pathway, day)
        if signature != last:
            out.append(_Exact(law, pathway, day).segment())
            last = signature
    return out


# --- the exact form ------------------------------------------------------------------------------------------------


def outcome(gate: int, exempt: int, conditions: int) -> Result:
    """Return the result for settled levels of the three parts: the first row of the table in design.md section 4."""
    if gate == v.NOT_MET:
        return Result.CLOSED
    if exempt == v.MET:
        return Result.NOT_NEEDED if gate >= v.APPRAISED else Result.UNDETERMINED
    if exempt == v.NOT_MET:
        if conditions == v.NOT_MET:
            return Result.CLOSED
        if gate >= v.APPRAISED and conditions >= v.APPRAISED:
            return Result.OPEN
    return Result.UNDETERMINED


def under_readings(results: frozenset[Result]) -> Result:
    """Return the result when the readings give these."""
    if len(results) == 1:
        return next(iter(results))
    return Result.CONTESTED if Result.UNDETERMINED not in results else Result.UNDETERMINED


class _Exact:
    def __init__(self, law: Law, pathway: Pathway, on: date) -> None:
        self.law, self.pathway, self.on = law, pathway, on
        self.day = Day(law, on)
        self.entries = tuple(_in_force(pathway, on))
        self.unknown = frozenset(e.id for e in self.entries if e.seen and on < e.seen)
        order = {"gate": 0, "exemption": 1, "channel": 2, "condition": 3}
        self.decisive = sorted((e for e in self.entries if deciding(e)), key=lambda e: order[e.part])
        self.weak = _weak(law, self.decisive, on)
        self.b = Builder()
        self.level = {n: self.b.terminal(n) for n in (v.NOT_MET, v.OPEN_QUESTION, v.APPRAISED, v.MET)}
        self.variables: list[Variable] = []
        self.cuts: list[tuple[Cut, ...]] = []
        self.of_fact: dict[str, list[int]] = {}
        self.choosing: dict[str, int] = {}
        self.declare()

    def declare(self) -> None:
        """Lay out the variables in the order in which the facts first occur; readings come last."""
        asked: dict[str, list[Test]] = {}
        disputes: dict[str, int] = {}
        for e in self.decisive:
            for t in walk(e.test):
                if isinstance(t, Member | Holds | Reaches):
                    asked.setdefault(t.fact, []).append(t)
                    if isinstance(t, Reaches) and isinstance(t.threshold, OfAmount):
                        for counted in self.law.amounts[t.threshold.amount].facts:
                            asked.setdefault(counted, [])
                if isinstance(t, Disputed):
                    disputes[t.key] = len(t.readings)
        for id, tests in asked.items():
            fact = self.law.facts[id]
            made: list[tuple[Variable, tuple[Cut, ...]]] = []
            if fact.is_number:
                cuts = tuple(c for _, c in _cuts(self.law, id, list(self.decisive), self.day))
                made.append((Scale(id, fact.least, fact.most, len(cuts) + 1), cuts))
            elif fact.is_set:
                made += [(p, ()) for p in presences(fact, [t for t in tests if isinstance(t, Holds)])]
            else:
                made.append((choice(fact, [t for t in tests if isinstance(t, Member)]), ()))
            self.of_fact[id] = list(range(len(self.variables), len(self.variables) + len(made)))
            self.variables += [m[0] for m in made]
            self.cuts += [m[1] for m in made]
        self.last_fact = len(self.variables)
        for key, count in disputes.items():
            self.choosing[key] = len(self.variables)
            self.variables.append(Choosing(key, count))
            self.cuts.append(())

    # one test

    def all(self, nodes: Iterable[Node]) -> Node:
        out = self.level[v.MET]
        for n in nodes:
            out = self.b.combine("all", min, out, n)
        return out

    def any(self, nodes: Iterable[Node]) -> Node:
        out = self.level[v.NOT_MET]
        for n in nodes:
            out = self.b.combine("any", max, out, n)
        return out

    def table(self, name: str, table: tuple[int, ...], n: Node) -> Node:
        return self.b.map(name, lambda level: table[level], n)

    def test(self, test: Test, lean: str) -> Node:  # noqa: C901  one case for each kind of test
        """Return the diagram of a test; `lean` says what a secondary source loses here, "met" or "not_met"."""
        other = "met" if lean == "not_met" else "not_met"
        leaning = v.LEAN_UNLESS_MET if lean == "not_met" else v.LEAN_IF_MET
        match test:
            case Member(fact, values):
                i = self.of_fact[fact][0]
                variable = self.variables[i]
                assert isinstance(variable, Choice)
                inside = {cell for value, cell in variable.cell.items() if value in values}
                return self.b.node(
                    i, tuple(self.level[v.MET if c in inside else v.NOT_MET] for c in range(variable.count))
                )
            case Holds(fact, values):
                yes, no = self.level[v.MET], self.level[v.NOT_MET]
                return self.any(
                    self.b.node(i, (no, yes))
                    for i in self.of_fact[fact]
                    if isinstance(p := self.variables[i], Presence) and p.values <= values
                )
            case Reaches(fact, threshold):
                reached = self.reaches(fact, threshold)
                return self.table(lean, leaning, reached) if is_weak(test, self.weak) else reached
            case Constant(value):
                return self.level[v.MET if value else v.NOT_MET]
            case NotModelled():
                return self.level[v.OPEN_QUESTION]
            case All(tests):
                return self.all(self.test(t, lean) for t in tests)
            case AnyOf(tests):
                return self.any(self.test(t, lean) for t in tests)
            case AtLeast(count, tests):
                held = [self.level[v.MET]] + [self.level[v.NOT_MET]] * count
                for t in tests:
                    n = self.test(t, lean)
                    for k in range(count, 0, -1):
                        held[k] = self.any((held[k], self.all((held[k - 1], n))))
                return held[count]
            case Not(t):
                return self.table("not", v.NOT, self.test(t, other))
            case Cited(cite, t):
                inner = self.test(t, lean)
                return self.table(lean, leaning, inner) if cite.grade == "secondary" else inner
            case Weighed(when=when):
                if when is None:
                    return self.level[v.APPRAISED]
                guard = self.test(when, lean)
                return self.b.map("weigh", lambda n: min(v.APPRAISED, n), guard)
            case Disputed(key, readings):
                official = any(r.cite.grade == "official" for r in readings)
                weak, self.weak = self.weak, frozenset() if official else self.weak
                nodes = [self.test(r.test, lean) for r in readings]
                self.weak = weak
                if not official:
                    nodes = [self.table(lean, leaning, n) for n in nodes]
                return self.choose(self.choosing[key], nodes)
        raise AssertionError(test)

    def choose(self, variable: int, nodes: list[Node]) -> Node:
        """Return "the reading that one follows": if variable is i, node i."""
        yes, no = self.level[v.MET], self.level[v.NOT_MET]
        return self.any(
            self.all((self.b.node(variable, tuple(yes if j == i else no for j in range(len(nodes)))), n))
            for i, n in enumerate(nodes)
        )

    def reaches(self, fact: str, threshold: Threshold) -> Node:
        i = self.of_fact[fact][0]
        counted = self.law.amounts[threshold.amount].facts if isinstance(threshold, OfAmount) else ()
        if not counted:
            return self.reaches_for(i, threshold, 0)
        j = self.of_fact[counted[0]][0]
        of = self.law.facts[counted[0]]
        least = of.least or 0
        yes, no = self.level[v.MET], self.level[v.NOT_MET]
        number = self.cuts[j]
        out = []
        for count in range(least, (of.most or 0) + 1):
            # the cell of exactly this count: at or past its own cut, before the next one's
            start = _position(number, (Number(count), 0, "low")) if count > least else 0
            stop = _position(number, (Number(count + 1), 0, "low"))
            cells = tuple(yes if start <= c < stop else no for c in range(len(number) + 1))
            out.append(self.all((self.b.node(j, cells), self.reaches_for(i, threshold, count))))
        return self.any(out)

    def reaches_for(self, i: int, threshold: Threshold, count: int) -> Node:
        cuts = self.cuts[i]
        if (threshold, count, "low") not in cuts:
            return self.level[v.OPEN_QUESTION]
        low = cuts.index((threshold, count, "low"))
        high = cuts.index((threshold, count, "high")) if (threshold, count, "high") in cuts else low
        levels = [
            self.level[v.NOT_MET if c <= low else v.OPEN_QUESTION if c <= high else v.MET] for c in range(len(cuts) + 1)
        ]
        return self.b.node(i, tuple(levels))

    # the whole

    def entry(self, e: Entry) -> Node:
        if e.id in self.unknown:
            return self.level[v.OPEN_QUESTION]
        assert e.test is not None
        lean = "met" if e.part == "exemption" else "not_met"
        node = self.test(e.test, lean)
        if e.cite.grade == "secondary":
            node = self.table(lean, lean_of(e.part)[0], node)
        return node

    def parts(self, without: str = "") -> tuple[Node, Node, Node, dict[str, Node]]:
        """Return gate, exemptions, conditions and channels, as if the line `without` were not there."""
        lines = {e.id: self.entry(e) for e in self.decisive if e.id != without}
        of = {
            part: [lines[e.id] for e in self.decisive if e.part == part and e.id in lines]
            for part in ("gate", "exemption", "condition")
        }
        channels = {e.id: lines[e.id] for e in self.decisive if e.part == "channel" and e.id in lines}
        return self.all(of["gate"]), self.any(of["exemption"]), self.all(of["condition"]), channels

    def whole(self, without: str = "") -> Node:
        """Return the result, as if the line `without` were not there."""
        gate, exempt, common, channels = self.parts(without)
        none = self.level[v.NOT_MET if without and any(e.part == "channel" for e in self.decisive) else v.MET]
        way = self.any(channels.values()) if channels else none
        return self.result(gate, exempt, self.all((way, common)))

    def alive(self, among: set[str]) -> set[str]:
        """Return the lines among these without which the result would be another for somebody."""
        whole = self.whole()
        return {e.id for e in self.decisive if e.id in among and self.whole(without=e.id) != whole}

    def segment(self) -> Segment:
        """Return the exact form."""
        gate, exempt, common, channels = self.parts()
        whole = self.whole()
        readings = []
        for key, variable in self.choosing.items():
            count = self.variables[variable].count
            readings += [(key, i, self.finish(self.follow(whole, variable, i))) for i in range(count)]
        return Segment(
            first=self.on,
            lines=tuple(i for i, e in enumerate(self.pathway.entries) if self.on in e.period),
            unknown=self.unknown,
            variables=tuple(self.variables),
            cuts=tuple(self.cuts),
            result=self.finish(whole),
            channels=tuple(
                (id, self.finish(self.result(gate, exempt, self.all((n, common))))) for id, n in channels.items()
            ),
            readings=tuple(readings),
            weak=self.weak,
            facts=tuple(self.of_fact),
        )

    def result(self, gate: Node, exempt: Node, conditions: Node) -> Node:
        pair = self.b.combine("pair", lambda a, b: (a, b), exempt, conditions)
        return self.b.combine("outcome", lambda g, p: outcome(g, *p), gate, pair)

    def follow(self, node: Node, variable: int, reading: int) -> Node:
        """Return `node` with the disputed point held to one reading."""
        memo: dict[Node, Node] = {}

        def walk_(n: Node) -> Node:
            if n < 0:
                return n
            if n not in memo:
                asked, children = self.b.nodes[n]
                memo[n] = (
                    walk_(children[reading]) if asked == variable else self.b.node(asked, tuple(map(walk_, children)))
                )
            return memo[n]

        return walk_(node)

    def finish(self, node: Node) -> Diagram:
        return finish(self.b, self.b.settle(node, self.last_fact, under_readings), RESULTS)


def _position(cuts: tuple[Cut, ...], cut: Cut) -> int:
    """Return the first cell at or past `cut`; past the last cut, one more than the cells there are."""
    return cuts.index(cut) + 1 if cut in cuts else len(cuts) + 1


@dataclass
class Compiled:
    """The exact forms of the pathways of one body of law, made when first needed and kept."""

    law: Law
    made: dict[str, list[Segment]] = field(default_factory=dict)

    def segments(self, pathway: str) -> list[Segment]:
        """Return the exact forms of a pathway."""
        if pathway not in self.made:
            self.made[pathway] = segments(self.law, self.law.pathways[pathway])
        return self.made[pathway]

    def on(self, pathway: str, day: date) -> Segment | None:
        """Return the exact form for `day`, or None when the pathway was not in force."""
        if day not in self.law.pathways[pathway].in_force:
            return None
        found = None
        for segment in self.segments(pathway):
            if segment.first <= day:
                found = segment
        return found


# --- lines that can never matter -----------------------------------------------------------------------------------


def dead_lines(law: Law, pathway: Pathway, forms: Iterable[Segment]) -> set[str]:
    """Return the deciding lines whose answer changes no result, in any segment in which they are in force."""
    dead = {e.id for e in pathway.entries if deciding(e)}
    for segment in forms:
        dead -= _Exact(law, pathway, segment.first).alive(dead)
    return dead
