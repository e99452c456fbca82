"""Each pathway has its cases: each result, each line that can fail failing once, both sides of each change of law."""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise

import pytest

from sojourn.decide.assess import engine
from sojourn.decide.body import load_law
from sojourn.decide.finding import Finding
from sojourn.decide.profile import profile_from
from sojourn.law.amounts import change_days
from sojourn.law.model import Case, Entry, OfAmount, Pathway, Reaches, walk
from sojourn.values.verdict import NOT_MET as FAILS
from sojourn.values.verdict import Because, Verdict

LAW = load_law()
ENGINE = engine(LAW)
NEAR = timedelta(days=45)
ASKED_SINCE = date(2022, 1, 1)
FOR_WANT_OF_FACTS = {Because.NOT_ASKED, Because.NOT_KNOWN, Because.DECLINED, Because.BAND}


def find(pathway: Pathway, facts: Mapping[str, object], on: date) -> Finding:
    return ENGINE.find(pathway, profile_from(LAW, facts, on).facts, on)


def found(pathway: Pathway) -> list[tuple[Case, Finding]]:
    return [(case, find(pathway, case.facts, case.on)) for case in pathway.cases]


def can_fail(pathway: Pathway, entry: Entry, on: date) -> bool:
    """Whether some answers make the line fail under every reading; on a secondary source, for one, it only leans."""
    return all(level & FAILS for level in ENGINE.find(pathway, {}, on).reason(entry.id).levels)


@pytest.mark.parametrize("pathway", LAW.pathways.values(), ids=lambda p: p.id)
def test_each_result_has_a_case(pathway: Pathway):
    assert {str(finding.result) for _, finding in found(pathway)} >= {"open", "closed", "undetermined"}


@pytest.mark.parametrize("pathway", LAW.pathways.values(), ids=lambda p: p.id)
def test_each_line_that_decides_fails_in_a_case(pathway: Pathway):
    """Where a line can be failed it closes one case; where it only leans or leaves open, it leaves one open."""
    findings = found(pathway)
    closing = {
        r.entry.id
        for _, finding in findings
        if finding.result == "closed"
        for r in finding.decisive
        if r.verdict is Verdict.NOT_MET
    }
    leaving = {
        r.entry.id
        for _, finding in findings
        for r in finding.reasons
        if r.verdict is Verdict.UNDETERMINED and r.because not in FOR_WANT_OF_FACTS
    }
    missed = set()
    for entry in pathway.entries:
        if entry.part not in ("gate", "condition") or entry.effect != "decides" or entry.test is None:
            continue
        days = [day for day in days_of(pathway) if day in entry.period]
        failing = any(can_fail(pathway, entry, day) for day in days)
        if days and entry.id not in (closing if failing else closing | leaving):
            missed.add((entry.id, "closes no case" if failing else "leaves no case open"))
    assert not missed


def days_of(pathway: Pathway) -> list[date]:
    """Return a day of each span between changes of the law that we read, the future ones included."""
    return [d for d in (date.min, *changes(pathway, date.max)) if d in pathway.in_force]


def changes(pathway: Pathway, last: date) -> list[date]:
    """Return the days until `last` on which a line of the pathway begins or ends."""
    days = {d for e in pathway.entries for d in (e.period.first, e.period.until) if d}
    return sorted(d for d in days if d <= last)


def moves(pathway: Pathway) -> list[date]:
    """Return the days, in the time that people ask about, on which an amount that decides moves."""
    amounts = {
        t.threshold.amount
        for e in pathway.entries
        if e.part in ("gate", "condition") and e.effect == "decides"
        for t in walk(e.test)
        if isinstance(t, Reaches) and isinstance(t.threshold, OfAmount)
    }
    days = {d for id in amounts for d in change_days(LAW.amounts, id)}
    return sorted(d for d in days if ASKED_SINCE < d <= LAW.read_until)


@pytest.mark.parametrize("pathway", LAW.pathways.values(), ids=lambda p: p.id)
def test_each_change_of_law_has_a_case_on_both_sides(pathway: Pathway):
    days = {case.on for case in pathway.cases}
    missed = [
        (str(change), "before" if side else "after")
        for change in (*changes(pathway, LAW.read_until), *moves(pathway))
        for side, near in enumerate(((change, change + NEAR), (change - NEAR, change)))
        if not any(near[0] <= day < near[1] for day in days)
    ]
    assert not missed


def test_the_days_tried_are_in_order():
    """So that a span is tried with the law of its own first day."""
    for pathway in LAW.pathways.values():
        assert all(a < b for a, b in pairwise(days_of(pathway)))


def test_amounts_that_decide_move_somewhere():
    """Else their days would not be tried."""
    assert sum(bool(moves(p)) for p in LAW.pathways.values()) > 5
