"""The tree of reasons of a finding in words: each line of law, what it comes to, and the tests inside it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from sojourn.decide.assess import engine
from sojourn.decide.day import Day
from sojourn.decide.evaluate import judge
from sojourn.decide.finding import Finding, Reason, decides
from sojourn.decide.report import amounts_of, facts_of
from sojourn.law.amounts import worth
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
    OfAmount,
    Pathway,
    Reaches,
    Test,
    Weighed,
)
from sojourn.values import verdict as v
from sojourn.values.known import Exact, Known
from sojourn.values.verdict import Verdict
from sojourn.words.findings import EFFECTS, PARTS, Quoted, quote, verdict
from sojourn.words.language import Words
from sojourn.words.told import evidence


@dataclass(frozen=True, slots=True)
class Node:
    """A test: its sign (empty for a group), what it says, the documents that show it, the tests inside it, its sources.

    reading: the source of a reading of a disputed point, which then stands in place of the text.
    """

    sign: str
    text: str
    parts: tuple["Node", ...] = ()
    shown_by: tuple[str, ...] = ()
    quoted: tuple[Quoted, ...] = ()
    reading: Quoted | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of law and what it comes to. `effect`, `weighed_by`, `used` (facts and amounts), `node` may be empty."""

    id: str
    sign: str
    text: str
    verdict: str
    effect: str
    weighed_by: str
    shown_by: tuple[str, ...]
    used: tuple[str, ...]
    node: Node | None
    quoted: Quoted


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a rule (gate, exemptions, conditions, channels) under its title."""

    title: str
    lines: tuple[Line, ...]


def tell_tree(w: Words, f: Finding, facts: Mapping[str, Known]) -> tuple[Part, ...]:
    """Return the whole tree of reasons of a finding in words; parts without lines are left out."""
    parts = []
    for part, title in PARTS.items():
        lines = tuple(_line(w, f, r, facts) for r in f.reasons if r.entry.part == part)
        if lines:
            parts.append(Part(w.say(title), lines))
    return tuple(parts)


def _line(w: Words, f: Finding, r: Reason, facts: Mapping[str, Known]) -> Line:
    e = r.entry
    unmet = "–" if e.part == "exemption" else "✗"
    weighed = e.effect == "appraised"
    inner = e.test is not None and not isinstance(e.test, Member | Holds | Reaches)
    return Line(
        e.id,
        {Verdict.MET: "✓", Verdict.NOT_MET: unmet}.get(r.verdict, "?"),
        w.line(f.pathway, e.id),
        verdict(w, r),
        "" if decides(e) else w.say(EFFECTS[e.effect]),
        w.helper(e.by) if weighed else "",
        evidence(w, [Weighed(e.id, e.by, e.shown_by, None)]) if weighed else (),
        tuple(_used(w, f, e, facts)),
        _node(w, f.pathway, e.test, facts, engine(w.law).day(f.on)) if inner and e.test else None,
        quote(w, e.cite_on(f.on)),
    )


def _used(w: Words, f: Finding, e: Entry, facts: Mapping[str, Known]) -> Iterator[str]:
    for id in facts_of(w.law, e):
        yield f"{w.fact(id)}: {w.known(w.law.facts[id], facts.get(id))}"
    for id in amounts_of(e.test):
        amount = w.law.amounts[id]
        known = facts.get(amount.facts[0]) if amount.facts else Exact(0)
        if not isinstance(known, Exact) or not isinstance(known.value, int):
            continue
        x = worth(w.law.amounts, id, f.on, known.value)
        if x.low is None or x.high is None or x.first is None:
            yield f"{w.amount(id)}: {w.say('no rule known for that day')}"
        elif x.low != x.high:
            ends = w.say("between {low} and {high}", low=w.money(x.low), high=w.money(x.high))
            yield f"{w.amount(id)}: {ends}"
        else:
            since = w.say("since {day}", day=w.day(x.first))
            yield f"{w.amount(id)}: {w.money(x.low)} ({since})"


def _node(w: Words, pathway: Pathway, test: Test, facts: Mapping[str, Known], day: Day) -> Node:
    """Return a test and the tests inside it, each with what it comes to."""

    def inner(t: Test) -> Node:
        return _node(w, pathway, t, facts, day)

    match test:
        case All(tests):
            return Node("", w.say("all of:"), tuple(map(inner, tests)))
        case AnyOf(tests):
            return Node("", w.say("one of:"), tuple(map(inner, tests)))
        case AtLeast(count, tests):
            return Node("", w.say("at least {count} of:", count=count), tuple(map(inner, tests)))
        case Not(Member() | Holds() | Reaches() as t):
            return _leaf(w, t, facts, day, denied=True)
        case Not(t):
            return Node("", w.say("not:"), (inner(t),))
        case Cited(cite, t):
            node = inner(t)
            return replace(node, quoted=(*node.quoted, quote(w, cite)))
        case Disputed(readings=readings):
            parts = []
            for r in readings:
                quoted = quote(w, r.cite)
                below = () if isinstance(r.test, Constant) else (inner(r.test),)
                parts.append(Node("·", quoted.line, below, reading=quoted))
            return Node("", w.say("disputed; one reading says:"), tuple(parts))
        case Weighed(by=by, when=when):
            who = w.say("weighed by: {who}", who=w.helper(by) if by else w.say("the authority"))
            return Node("~", who, () if when is None else (inner(when),), evidence(w, [test]))
        case NotModelled(key=key):
            return Node("?", f"{w.say('we do not decide this')}: {w.line(pathway, key)}")
        case Member() | Holds() | Reaches():
            return _leaf(w, test, facts, day, denied=False)
        case Constant(value):
            return Node("✓" if value else "✗", w.say("yes") if value else w.say("no"))


def _leaf(w: Words, test: Member | Holds | Reaches, facts: Mapping[str, Known], day: Day, *, denied: bool) -> Node:
    level = judge(test, facts, day)
    if denied:
        level = v.NOT[level]
    sign = {v.MET: "✓", v.NOT_MET: "✗"}.get(level, "?")
    fact = w.law.facts[test.fact]
    if isinstance(test, Reaches):
        bound = day.bound(test.threshold) if not _counted(w.law, test) else None
        if bound is None or bound.low is None or bound.high is None:
            at = w.say("the amount of the day")
        elif bound.low != bound.high:
            low, high = (w.number(fact, end - test.threshold.plus) for end in (bound.low, bound.high))
            at = w.say("between {low} and {high}", low=low, high=high)
        else:
            at = w.number(fact, bound.low - test.threshold.plus)
        weak, strict = ("<", "≤") if denied else ("≥", ">")
        return Node(sign, f"{w.fact(fact.id)} {strict if test.threshold.plus else weak} {at}")
    values = w.some(fact, frozenset(test.values))
    return Node(sign, f"{w.fact(fact.id)}: {w.say('none of: {values}', values=values) if denied else values}")


def _counted(law: Law, test: Reaches) -> bool:
    return isinstance(test.threshold, OfAmount) and bool(law.amounts[test.threshold.amount].facts)
