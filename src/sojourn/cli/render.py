"""Findings as a person reads them in a terminal."""

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sojourn.decide.finding import Finding
from sojourn.law.model import Law
from sojourn.values.known import Known
from sojourn.values.verdict import Result
from sojourn.words.language import Words
from sojourn.words.told import tell
from sojourn.words.tree import Line, Node, tell_tree

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
    told = tell(w, f)
    page.add(f"{told.sign} {told.title}{w.colon} {told.heading}", style=f"1;{_COLOUR[told.result]}")
    for text in (told.known_from, told.met):
        if text:
            page.add(text, 2)
    for x in told.points:
        page.add(f"{x.text} — {x.verdict}" if x.verdict else x.text, 2, f"{x.sign} ")
        if x.lasts:
            page.add(x.lasts, 4)
        page.add(x.quoted.line, 4, style="2")
        if x.better:
            page.add(x.better, 4)
    for door in told.doors:
        page.add(w.say("The door to look at: {title}", title=door.title), 2, "→ ")
    for way in told.ways:
        page.add(f"{way.text} — {way.heading}", 2, "→ ")
    if told.readings:
        page.add(w.say("Two answers are defended:"), 2)
    for reading in told.readings:
        page.add(f"{reading.text} — {reading.heading}", 4, "· ")
        if reading.quoted:
            page.add(reading.quoted.line, 6, style="2")
    if told.whatever:
        page.add(w.say("The answer is the same whatever this is: {facts}.", facts=", ".join(told.whatever)), 2)
    for scale in told.scales:
        weighs = w.say("The authority weighs — {who}:", who=scale.who) if scale.who else w.say("The authority weighs:")
        page.add(weighs, 2)
        for point in scale.points:
            page.add(point.text, 4, "· ")
            _shown_with(w, point.shown_by, page, 6)
    anchors = [f"{a.text} {a.amount} — {a.stands}" for a in told.anchors]
    _part(w.say("Amounts to plan with on that day (no pass mark):"), anchors, page)
    _part(w.say("What we still need to know:"), [m.text for m in told.missing[:8]], page)
    if len(told.missing) > 8:
        page.add(w.say("and {count} more; `sojourn next` asks the best one first.", count=len(told.missing) - 8), 4)
    for c in told.warned:
        page.add(f"{c.title}{w.colon} {c.text}" if c.text else c.title, 2, "! ")
    _part(w.say("Who can help:"), told.helpers, page)


def _shown_with(w: Words, evidence: Sequence[str], page: Page, indent: int) -> None:
    if evidence:
        page.add(w.say("Shown with: {evidence}", evidence=", ".join(evidence)), indent)


def _part(title: str, lines: Sequence[str], page: Page) -> None:
    if lines:
        page.add(title, 2)
        for line in lines:
            page.add(line, 4, "· ")


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
    for part in tell_tree(w, f, facts):
        page.add()
        page.add(part.title, style="1")
        for line in part.lines:
            _line(w, line, page)
    left_out = w.not_modelled(f.pathway)
    if left_out:
        page.add()
        page.add(w.say("What we do not decide"), style="1")
        for text in left_out:
            page.add(text, 2, "· ")
    page.add()
    _foot(w, w.law, [f], page)
    return str(page)


def _line(w: Words, x: Line, page: Page) -> None:
    page.add(f"{x.text} [{x.verdict}]", 2, f"{x.sign} ")
    if x.effect:
        page.add(x.effect, 4)
    if x.weighed_by:
        page.add(w.say("weighed by: {who}", who=x.weighed_by), 4, "~ ")
        _shown_with(w, x.shown_by, page, 6)
    for text in x.used:
        page.add(text, 4)
    if x.node:
        _node(w, x.node, page, 4)
    page.add(x.quoted.line, 4, style="2")
    if x.quoted.url:
        page.add(f"{x.quoted.url} ({w.say('read on {day}', day=w.day(x.quoted.read))})", 4, style="2")


def _node(w: Words, node: Node, page: Page, indent: int) -> None:
    """Add a test and the tests inside it, each with what it comes to."""
    page.add(node.text, indent, f"{node.sign} " if node.sign else "")
    _shown_with(w, node.shown_by, page, indent + 2)
    for part in node.parts:
        _node(w, part, page, indent + 2)
    for quoted in node.quoted:
        page.add(quoted.line, indent + 2, style="2")
