"""Worked cases of procedures: the papers, fees and places that must come out, held against those that do."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sojourn.decide.profile import profile_from
from sojourn.dossier.applies import Answer
from sojourn.dossier.evidence import Matrix
from sojourn.dossier.fees import FeeDue, Fees
from sojourn.dossier.filing import Filing
from sojourn.dossier.plan import Plan, plan
from sojourn.law.faults import Fault, ProfileError, nearest
from sojourn.law.model import Law
from sojourn.law.procedure import Procedure, ProcedureCase
from sojourn.values.money import Money


def faults(law: Law) -> list[Fault]:
    """Return what every worked case of the law's procedures expects and does not get, and races that name no person."""
    procedures = [p.procedure for p in law.pathways.values() if p.procedure]
    found = [fault for p in procedures for fault in _as_if(law, p)]
    return found or [fault for p in procedures for c in p.cases for fault in differences(law, p.pathway, c)]


def _as_if(law: Law, procedure: Procedure) -> Iterator[Fault]:
    """Yield what is wrong with the facts of those who file elsewhere."""
    for race in procedure.races:
        try:
            profile_from(law, {id: value for id, value in race.as_if if value != "absent"})
        except ProfileError as error:
            for fault in error.faults:
                yield Fault(procedure.file, race.line, "bad-as-if", f'race "{race.id}": {fault.what}', fault.mend)
        for id, _ in race.as_if:
            if id not in law.facts:
                what = f'race "{race.id}": no fact is called "{id}"'
                yield Fault(procedure.file, race.line, "bad-as-if", what, nearest(id, law.facts))


def differences(law: Law, pathway: str, case: ProcedureCase) -> Iterator[Fault]:
    """Yield what comes out otherwise than the case expects."""
    try:
        facts = profile_from(law, case.facts, case.on).facts
    except ProfileError as error:
        for fault in error.faults:
            yield Fault(case.file, case.line, "bad-case", f'case "{case.name}": {fault.what}', fault.mend)
        return
    expect = case.expect
    found = plan(law, pathway, facts, case.on, case.on)
    outcomes = [
        *_papers(found.matrix, expect),
        *_fees(found.fees, expect),
        *_filing(found.filing, expect),
        *_races(found, expect),
        *_way(found, expect),
    ]
    for what, expected, found in outcomes:
        if expected != found:
            text = f'case "{case.name}": {what}: expects {_shown(expected)}, the procedure gives {_shown(found)}'
            mend = f"Correct the case or the procedure ({case.why})."
            yield Fault(case.file, case.line, "case-contradicts-rule", text, mend)


Outcome = tuple[str, Any, Any]
"""What was looked at, what the case expects, what came out."""


def _papers(matrix: Matrix, expect: dict[str, Any]) -> Iterator[Outcome]:
    papers = {f"{r.stage}.{p.document.id}": p for r in matrix.requirements for p in r.papers}
    for name, wanted in expect.get("papers", {}).items():
        paper = papers.get(name)
        if paper is None:
            yield f"paper {name}", "asked for", "not asked for"
            continue
        if "oldest" in wanted:
            yield f"paper {name}, oldest day of issue", wanted["oldest"], paper.oldest or "none"
        if "translation" in wanted:
            yield f"paper {name}, translation", wanted["translation"], paper.translation
        if "seals" in wanted:
            yield f"paper {name}, seals", wanted["seals"], {s.country or "?": s.seal.value for s in paper.sealing}
        if "applies" in wanted:
            yield f"paper {name}, applies", wanted["applies"], paper.applies.answer.value
    for name in expect.get("no_papers", ()):
        yield f"paper {name}", "not asked for", "asked for" if name in papers else "not asked for"


def _fees(found: Fees, expect: dict[str, Any]) -> Iterator[Outcome]:
    due = {x.fee.id: x for x in found.due}
    for id, wanted in expect.get("fees", {}).items():
        yield f"fee {id}", wanted, _fee_word(due[id]) if id in due else "not due"
    for id in expect.get("no_fees", ()):
        yield f"fee {id}", "not due", "due" if id in due and due[id].status is not Answer.NO else "not due"
    if total := expect.get("total"):
        stages = frozenset(total["stages"]) if total.get("stages") else None
        low, high = found.total(total["years"], stages)
        yield "total", total["is"], _between(low, high)


def _fee_word(due: FeeDue) -> str:
    """Return how a case writes a fee: an amount, `exempt`, `maybe exempt`, or `unknown, last <amount>`."""
    if due.status is Answer.NO:
        return "exempt"
    if due.exempt:
        return "maybe exempt"
    if due.worth.low is None or due.worth.high is None:
        last = due.last_known
        return "unknown" if last is None or last.low is None else f"unknown, last {Money(last.low)}"
    return _between(due.worth.low, due.worth.high)


def _between(low: int, high: int) -> str:
    return str(Money(low)) if low == high else f"{Money(low)} to {Money(high)}"


def _filing(found: Filing, expect: dict[str, Any]) -> Iterator[Outcome]:
    if "stages" in expect:
        yield "stages", expect["stages"], [s.id for s, _ in found.stages]
    for stage, wanted in expect.get("places", {}).items():
        best = found.best(stage)
        yield f"place for {stage}", wanted, best.place.id if best else "none"
    given = {w.id for w, _ in found.warnings}
    for id in expect.get("warnings", ()):
        yield f"warning {id}", "given", "given" if id in given else "not given"
    for id in expect.get("no_warnings", ()):
        yield f"warning {id}", "not given", "given" if id in given else "not given"
    if "obstacles" in expect:
        yield "obstacles", expect["obstacles"], [r.entry.id for r in found.obstacles]


def _races(found: Plan, expect: dict[str, Any]) -> Iterator[Outcome]:
    run = {r.race.id: r for r in found.races}
    for id, wanted in expect.get("races", {}).items():
        if id not in run:
            yield f"race {id}", "run", "not run"
            continue
        for name, value in wanted.items():
            yield f"race {id}, {name}", value, getattr(run[id], name) or "none"
    for id in expect.get("no_races", ()):
        yield f"race {id}", "not run", "run" if id in run else "not run"
    if "routes" in expect:
        routes = {r.race.instead: "works" if r.works else "fails" for r in found.routes}
        yield "routes", expect["routes"], routes


def _way(found: Plan, expect: dict[str, Any]) -> Iterator[Outcome]:
    days: dict[str, Any] = {}
    for m in found.timeline:
        if m.line is not None:
            days[m.line.id] = m.day or "unknown"
            days[f"{m.line.id}.opens"] = m.opens or "none"
    for name, wanted in expect.get("way", {}).items():
        yield f"the day of {name}", wanted, days.get(name, "none")
    for id, wanted in expect.get("later_fees", {}).items():
        later = found.later(id) if id in {x.fee.id for x in found.fees.due} else None
        yield f"fee {id} on the last day of the decision", wanted, _fee_word(later) if later else "same"
    if "weighs" in expect:
        yield "weighed", expect["weighs"], [e.id for e in found.filing.finding.weighs]


def _shown(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
