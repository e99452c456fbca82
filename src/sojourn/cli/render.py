"""Findings as a person reads them in a terminal."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from sojourn.decide.assess import engine
from sojourn.decide.day import Day
from sojourn.decide.evaluate import judge
from sojourn.decide.finding import Caution, Finding, Reason, Standing, decides
from sojourn.decide.report import amounts_of, facts_of
from sojourn.law.amounts import worth
from sojourn.law.model import (
    All,
    AnyOf,
    AtLeast,
    Cite,
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
)  # fmt: skip
from sojourn.values import verdict as v
from sojourn.values.known import Exact, Known
from sojourn.values.verdict import Because, Result, Verdict
from sojourn.words.findings import (
    CAUTIONS,
    EFFECTS,
    HEADINGS,
    PARTS,
    SIGNS,
    STANDINGS,
    VERDICTS,
    heading,
    source_line,
)
from sojourn.words.language import Words

_COLOUR = {
    Result.OPEN: "32", Result.NOT_NEEDED: "36", Result.CONTESTED: "35", Result.UNDETERMINED: "33", Result.CLOSED: "31",
}  # fmt: skip


class Page:
    """Lines of text, wrapped to a width, with colour or without."""

    def __init__(self, width: int, *, colour: bool) -> None:
        self.width, self.colour = max(40, min(width, 90)), colour
        self.lines: list[str] = []

    def add(self, text: str = "", indent: int = 0, bullet: str = "", style: str = "") -> None:
        """Add a paragraph; the lines after the first stand under the text, not under the bullet."""
        first = " " * indent + bullet
        wrapped = textwrap.wrap(
            text, self.width, initial_indent=first, subsequent_indent=" " * len(first), break_long_words=False,
            break_on_hyphens=False,
        ) or [""]  # fmt: skip
        if style and self.colour:
            wrapped = [f"\033[{style}m{line}\033[0m" for line in wrapped]
        self.lines += wrapped

    def __str__(self) -> str:
        return "\n".join(self.lines) + "\n"


def match_text(w: Words, findings: Iterable[Finding], on: date, page: Page) -> str:
    """Return the findings, best first."""
    law = w.law
    page.add(w.say("Assessed for {day}.", day=w.day(on)))
    for f in findings:
        page.add()
        _finding(w, f, page)
    page.add()
    _foot(w, law, findings, page)
    return str(page)


def _finding(w: Words, f: Finding, page: Page) -> None:
    title = w.line(f.pathway, "title")
    page.add(f"{SIGNS[f.result]} {title}: {heading(w, f)}", style=f"1;{_COLOUR[f.result]}")
    if f.no_rule:
        first = f.pathway.in_force.first
        if first:
            page.add(w.say("We know the law of this pathway from {day} on.", day=w.day(first)), 2)
        return
    _decisive(w, f, page)
    for entry, result in f.channels:
        if not f.gate_fails and f.result is not Result.NOT_NEEDED:
            page.add(f"{w.line(f.pathway, entry.id)} — {w.say(HEADINGS[result])}", 2, "→ ")
    _readings(w, f, page)
    if f.split and f.split.facts:
        names = ", ".join(w.fact(x) for x in f.split.facts)
        page.add(w.say("The answer is the same whatever this is: {facts}.", facts=names), 2)
    _weighs(w, f, page)
    _anchors(w, f.anchors, f, page)
    if f.missing:
        _part(w.say("What we still need to know:"), [w.fact(x) for x in f.missing[:8]], page)
        if len(f.missing) > 8:
            page.add(w.say("and {count} more; `sojourn next` asks the best one first.", count=len(f.missing) - 8), 4)
    for c in _merged(f.cautions):
        _caution(w, f, c, page)
    if f.result is Result.CLOSED and not f.gate_fails:
        _part(w.say("Who can help:"), [w.helper(x) for x in f.pathway.who_helps], page)


def _weighs(w: Words, f: Finding, page: Page) -> None:
    """Add what authorities weigh, under who weighs it, each point with its evidence."""
    by: dict[str, list[Entry]] = {}
    for e in f.weighs:
        for who in dict.fromkeys(point.by for point in f.weighed.get(e.id, ())) or ("",):
            by.setdefault(who, []).append(e)
    for who, entries in by.items():
        page.add(
            w.say("The authority weighs — {who}:", who=w.helper(who)) if who else w.say("The authority weighs:"), 2
        )
        for e in entries:
            page.add(w.line(f.pathway, e.id), 4, "· ")
            _shown_with(w, (point for point in f.weighed.get(e.id, ()) if point.by == who), page, 6)


def _shown_with(w: Words, points: Iterable[Weighed], page: Page, indent: int) -> None:
    evidence = dict.fromkeys(id for point in points for id in point.shown_by)
    if evidence:
        page.add(w.say("Shown with: {evidence}", evidence=", ".join(map(w.evidence, evidence))), indent)


def _part(title: str, lines: list[str], page: Page) -> None:
    if lines:
        page.add(title, 2)
        for line in lines:
            page.add(line, 4, "· ")


def _decisive(w: Words, f: Finding, page: Page) -> None:
    if f.result is Result.OPEN:
        count = sum(r.verdict is Verdict.MET for r in f.decisive)
        page.add(w.say("All {count} conditions that decide are met.", count=count), 2)
        return
    shown: list[Reason] = list(f.decisive)
    if f.result is Result.UNDETERMINED:
        shown = [r for r in shown if r.because in (Because.SECONDARY, Because.NOT_MODELLED, Because.NO_RULE_KNOWN)]
    for r in shown:
        text = w.line(f.pathway, r.entry.id)
        if f.result is Result.NOT_NEEDED:
            page.add(text, 2, "✓ ")
            page.add(w.line(f.pathway, f"{r.entry.id}.lasts"), 4)
        else:
            sign = "✗ " if r.verdict is Verdict.NOT_MET else "? "
            page.add(f"{text} — {w.say(VERDICTS[r.word])}", 2, sign)
        page.add(source_line(w, r.entry.cite_on(f.on)), 4, style="2")
        if f.gate_fails and r.entry.better:
            page.add(w.line(f.pathway, f"{r.entry.id}.better"), 4)
    for id in f.instead:
        page.add(w.say("The door to look at: {title}", title=w.line(w.law.pathways[id], "title")), 2, "→ ")


def _readings(w: Words, f: Finding, page: Page) -> None:
    if f.readings:
        page.add(w.say("Two answers are defended:"), 2)
        for x in f.readings:
            page.add(f"{w.line(f.pathway, f'{x.key}.{x.reading}')} — {w.say(HEADINGS[x.result])}", 4, "· ")
            page.add(source_line(w, Cite(x.by, x.at, x.grade)), 6, style="2")  # type: ignore[arg-type]


def _anchors(w: Words, anchors: Iterable[Standing], f: Finding, page: Page) -> None:
    shown = [a for a in anchors if a.low is not None]
    if shown:
        page.add(w.say("Amounts to plan with on that day (no pass mark):"), 2)
    for a in shown:
        assert a.low is not None
        text = f"{w.line(f.pathway, a.entry.id)} {w.money(a.low)}"
        page.add(f"{text} — {w.say(STANDINGS[a.stands])}", 4, "· ")


def _merged(cautions: Iterable[Caution]) -> list[Caution]:
    seen: dict[tuple[str, str], Caution] = {}
    for c in cautions:
        seen.setdefault((c.kind, c.entry.id if c.entry else ""), c)
    return list(seen.values())


def _caution(w: Words, f: Finding, c: Caution, page: Page) -> None:
    title = w.say(CAUTIONS[c.kind])
    text = f"{title}: {w.line(f.pathway, c.entry.id)}" if c.entry else title
    page.add(text, 2, "! ")


def _foot(w: Words, law: Law, findings: Iterable[Finding], page: Page) -> None:
    page.add(
        w.say(
            "Law read until {day}; version {digest}. This is information, no decision: only the authority decides.",
            day=w.day(law.read_until),
            digest=law.digest[:12],
        ),
        style="2",
    )
    if w.language != "en" and any(not f.pathway.checked.get(w.language, {}).get("by") for f in findings):
        page.add(w.say("This translation has not yet been checked by a person."), style="2")


# --- the whole tree ------------------------------------------------------------------------------------------------


def explain_text(w: Words, f: Finding, facts: Mapping[str, Known], page: Page) -> str:
    """Return the whole tree of reasons of one finding, with facts, amounts and sources."""
    page.add(w.say("Assessed for {day}.", day=w.day(f.on)))
    page.add()
    _finding(w, f, page)
    for part, title in PARTS.items():
        rows = [r for r in f.reasons if r.entry.part == part]
        if rows:
            page.add()
            page.add(w.say(title), style="1")
        for r in rows:
            _reason(w, f, r, facts, page)
    left_out = w.not_modelled(f.pathway)
    if left_out:
        page.add()
        page.add(w.say("What we do not decide"), style="1")
        for text in left_out:
            page.add(text, 2, "· ")
    page.add()
    _foot(w, w.law, [f], page)
    return str(page)


def _reason(w: Words, f: Finding, r: Reason, facts: Mapping[str, Known], page: Page) -> None:
    e = r.entry
    sign = {Verdict.MET: "✓", Verdict.NOT_MET: "✗"}.get(r.verdict, "?")
    if e.part == "exemption":
        sign = {Verdict.MET: "✓", Verdict.NOT_MET: "–"}.get(r.verdict, "?")
    page.add(f"{w.line(f.pathway, e.id)} [{w.say(VERDICTS[r.word])}]", 2, f"{sign} ")
    if not decides(e):
        page.add(w.say(EFFECTS[e.effect]), 4)
    if e.effect == "appraised":
        page.add(w.say("weighed by: {who}", who=w.helper(e.by)), 4, "~ ")
        _shown_with(w, [Weighed(e.id, e.by, e.shown_by, None)], page, 6)
    for text in _used(w, f, e, facts):
        page.add(text, 4)
    if e.test is not None and not isinstance(e.test, Member | Holds | Reaches):
        _branch(w, f.pathway, e.test, facts, engine(w.law).day(f.on), page, 4)
    cite = e.cite_on(f.on)
    source = w.law.sources[cite.source]
    page.add(source_line(w, cite), 4, style="2")
    if source.url:
        page.add(f"{source.url} ({w.say('read on {day}', day=w.day(source.read))})", 4, style="2")


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


def _branch(
    w: Words, pathway: Pathway, test: Test, facts: Mapping[str, Known], day: Day, page: Page, indent: int
) -> None:
    """Add a test and the tests inside it, each with what it comes to."""
    match test:
        case All(tests) | AnyOf(tests) | AtLeast(_, tests):
            title = w.say("all of:") if isinstance(test, All) else w.say("one of:")
            if isinstance(test, AtLeast):
                title = w.say("at least {count} of:", count=test.count)
            page.add(title, indent)
            for t in tests:
                _branch(w, pathway, t, facts, day, page, indent + 2)
        case Not(Member() | Holds() | Reaches() as t):
            _leaf(w, t, facts, day, page, indent, denied=True)
        case Not(t):
            page.add(w.say("not:"), indent)
            _branch(w, pathway, t, facts, day, page, indent + 2)
        case Cited(cite, t):
            _branch(w, pathway, t, facts, day, page, indent)
            page.add(source_line(w, cite), indent + 2, style="2")
        case Disputed(readings=readings):
            page.add(w.say("disputed; one reading says:"), indent)
            for r in readings:
                page.add(source_line(w, r.cite), indent + 2, "· ")
                if not isinstance(r.test, Constant):
                    _branch(w, pathway, r.test, facts, day, page, indent + 4)
        case Weighed(by=by, when=when):
            page.add(w.say("weighed by: {who}", who=w.helper(by) if by else w.say("the authority")), indent, "~ ")
            _shown_with(w, [test], page, indent + 2)
            if when is not None:
                _branch(w, pathway, when, facts, day, page, indent + 2)
        case NotModelled(key=key):
            page.add(f"{w.say('we do not decide this')}: {w.line(pathway, key)}", indent, "? ")
        case Member() | Holds() | Reaches():
            _leaf(w, test, facts, day, page, indent, denied=False)


def _leaf(
    w: Words, test: Member | Holds | Reaches, facts: Mapping[str, Known], day: Day, page: Page, indent: int, *,
    denied: bool,
) -> None:  # fmt: skip
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
        text = f"{w.fact(fact.id)} {strict if test.threshold.plus else weak} {at}"
    else:
        values = w.some(fact, frozenset(test.values))
        text = f"{w.fact(fact.id)}: {w.say('none of: {values}', values=values) if denied else values}"
    page.add(text, indent, f"{sign} ")


def _counted(law: Law, test: Reaches) -> bool:
    return isinstance(test.threshold, OfAmount) and bool(law.amounts[test.threshold.amount].facts)
