"""Whom a line of procedure concerns: yes, no, or not known yet, and then which facts would tell."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from sojourn.decide.day import Day
from sojourn.decide.evaluate import judge, possible
from sojourn.decide.variables import Facts
from sojourn.law.model import Holds, Law, Member, NotModelled, Reaches, walk
from sojourn.law.procedure import Line, Procedure, Stage, Staged
from sojourn.values import verdict as v

L = TypeVar("L", bound=Staged)
Stages = dict[str, tuple[Stage, "Applies"]]
"""The stages that concern a person, by id, in the order of the law, each with its answer."""


class NoProcedureError(LookupError):
    """The pathway has no procedure; `args[0]` is its id."""


class Answer(StrEnum):
    """Whether a line concerns this person on this day."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Applies:
    """The answer; where it is unknown: the facts that would tell, and what we do not decide.

    no_rule_known: on that day no source says yet what the line says (it was first seen later).
    """

    answer: Answer
    missing: tuple[str, ...] = ()
    not_modelled: tuple[str, ...] = ()
    no_rule_known: bool = False


YES = Applies(Answer.YES)
NO = Applies(Answer.NO)


def applies(line: Line, facts: Facts, day: Day) -> Applies:
    """Return whether `line` concerns the person on that day; out of its period it concerns nobody."""
    if day.on not in line.period:
        return NO
    unseen = line.seen is not None and day.on < line.seen
    if line.test is None:
        return Applies(Answer.UNKNOWN, no_rule_known=True) if unseen else YES
    levels = possible(line.test, facts, day)
    if levels == v.NOT_MET:
        return NO
    if levels == v.MET and not unseen:
        return YES
    missing: dict[str, None] = {}
    open_points: dict[str, None] = {}
    for test in walk(line.test):
        if isinstance(test, Member | Holds | Reaches) and judge(test, facts, day) not in (v.MET, v.NOT_MET):
            missing[test.fact] = None
        elif isinstance(test, NotModelled):
            open_points[test.why] = None
    return Applies(Answer.UNKNOWN, tuple(missing), tuple(open_points), unseen)


def both(a: Applies, b: Applies) -> Applies:
    """Return whether both hold."""
    if Answer.NO in (a.answer, b.answer):
        return NO
    if a.answer is b.answer is Answer.YES:
        return YES
    return Applies(
        Answer.UNKNOWN,
        tuple(dict.fromkeys(a.missing + b.missing)),
        tuple(dict.fromkeys(a.not_modelled + b.not_modelled)),
        a.no_rule_known or b.no_rule_known,
    )


def procedure_of(law: Law, pathway: str) -> Procedure:
    """Return the procedure of a pathway; raises KeyError for an unknown pathway, NoProcedureError where it has none."""
    procedure = law.pathways[pathway].procedure
    if procedure is None:
        raise NoProcedureError(pathway)
    return procedure


def stages_on(procedure: Procedure, facts: Facts, day: Day, *, later: bool = False) -> Stages:
    """Return the stages that concern the person, in the order of the law.

    later: with those that come after the grant (renewals, changes), which are no part of a first application.
    """
    found = {s.id: (s, applies(s, facts, day)) for s in procedure.stages if later or not s.later}
    return {id: x for id, x in found.items() if x[1].answer is not Answer.NO}


def lines_on(lines: Iterable[L], stages: Stages, facts: Facts, day: Day) -> list[tuple[L, Applies]]:
    """Return the lines of these stages that concern the person, each with its answer."""
    out = []
    for line in lines:
        if line.stage not in stages:
            continue
        answer = both(stages[line.stage][1], applies(line, facts, day))
        if answer.answer is not Answer.NO:
            out.append((line, answer))
    return out


def filed_with(stage: Stage, stages: Stages, on: date) -> date | None:
    """Return the filing day where the stage is filed on it, or None where the stage comes after another one.

    A later stage is filed on a day of its own, which is not known yet: ages and amounts follow that day.
    """
    return None if any(id in stages for id in stage.after) else on
