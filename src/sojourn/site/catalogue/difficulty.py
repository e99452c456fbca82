"""Why a pathway is hard or easy, counted from its rule and its procedure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sojourn.decide.weighed import points
from sojourn.law.model import Disputed, Pathway, walk
from sojourn.words.language import Words


@dataclass(frozen=True, slots=True)
class Axis:
    """One side of the difficulty. level: 0 (none) to 3 (much), as the page judges it; None where it does not.

    reasons: what was counted.
    """

    name: str
    level: int | None
    word: str
    reasons: tuple[str, ...]


LEVELS = {0: "none", 1: "little", 2: "some", 3: "much"}


def difficulty(w: Words, pathway: Pathway, on: date) -> tuple[Axis, ...]:
    """Return the three sides of the difficulty: what is weighed, papers, time."""
    judged = pathway.page.get("difficulty") or {}
    found = (
        ("discretion", w.say("What the authority is free to weigh"), _weighed(w, pathway, on)),
        ("documents", w.say("Papers to gather"), _papers(w, pathway, on)),
        ("time", w.say("Time, and what a refusal costs"), _time(w, pathway, on)),
    )
    axes = []
    for key, name, reasons in found:
        level = judged.get(key)
        axes.append(Axis(name, level, "" if level is None else w.say(LEVELS[level]), tuple(reasons)))
    return tuple(axes)


def _weighed(w: Words, pathway: Pathway, on: date) -> Iterator[str]:
    entries = [e for e in pathway.entries if on in e.period]
    if any(e.caution == "discretionary" for e in entries):
        yield w.say("There is no right to it: the authority is free to decide.")
    weighed = {p.id for e in entries for p in points(e)}
    if weighed:
        yield w.say("Points that an authority weighs: {count}", count=len(weighed))
    disputed = {t.key for e in entries for t in walk(e.test) if isinstance(t, Disputed)}
    if disputed:
        yield w.say("Points on which sources disagree: {count}", count=len(disputed))
    practice = sum(e.effect == "practice" for e in entries)
    if practice:
        yield w.say("Things asked for in practice, without a text that says so: {count}", count=practice)


def _papers(w: Words, pathway: Pathway, on: date) -> Iterator[str]:
    if not pathway.procedure:
        return
    later = {s.id for s in pathway.procedure.stages if s.later}
    asked = [d for d in pathway.procedure.evidence if on in d.period and d.stage not in later and d.need == "required"]
    if asked:
        everyone = {d.one_of or d.id for d in asked if d.test is None}
        yield w.say("Papers that everyone brings: {count}", count=len(everyone))
        some = {d.one_of or d.id for d in asked if d.test is not None} - everyone
        if some:
            yield w.say("Papers that depend on your situation: {count}", count=len(some))
        aged = {d.one_of or d.id for d in asked if d.max_age}
        if aged:
            yield w.say("Papers that must be recent on the filing day: {count}", count=len(aged))


def _time(w: Words, pathway: Pathway, on: date) -> Iterator[str]:
    entries = [e for e in pathway.entries if on in e.period]
    if pathway.procedure:
        stages = [s for s in pathway.procedure.stages if not s.later and on in s.period]
        if len(stages) > 1:
            yield w.say("Steps before different authorities: {count}", count=len(stages))
    if any(e.caution == "bar_if_refused" for e in entries):
        yield w.say("A refusal bars a new application for a while.")
    if any(e.caution == "offence_before_grant" and e.test is None for e in entries):
        yield w.say("Starting before the grant is an offence.")
