"""Worked cases of procedures: the papers, fees and places that must come out, held against those that do."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sojourn.decide.profile import profile_from
from sojourn.dossier.applies import Answer
from sojourn.dossier.evidence import Matrix, evidence
from sojourn.dossier.fees import Fees, fees
from sojourn.dossier.filing import Filing, filing
from sojourn.law.faults import Fault, ProfileError
from sojourn.law.model import Law
from sojourn.law.procedure import ProcedureCase
from sojourn.values.money import Money


def faults(law: Law) -> list[Fault]:
    """Return what every worked case of the law's procedures expects and does not get."""
    return [
        fault
        for pathway in law.pathways.values()
        if pathway.procedure
        for case in pathway.procedure.cases
        for fault in differences(law, pathway.id, case)
    ]


def differences(law: Law, pathway: str, case: ProcedureCase) -> Iterator[Fault]:
    """Yield what comes out otherwise than the case expects."""
    try:
        facts = profile_from(law, case.facts, case.on).facts
    except ProfileError as error:
        for fault in error.faults:
            yield Fault(case.file, case.line, "bad-case", f'case "{case.name}": {fault.what}', fault.mend)
        return
    expect = case.expect
    outcomes = [
        *_papers(evidence(law, pathway, facts, case.on), expect),
        *_fees(fees(law, pathway, facts, case.on), expect),
        *_filing(filing(law, pathway, facts, case.on), expect),
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
        yield f"fee {id}", wanted, _fee_word(found, id) if id in due else "not due"
    for id in expect.get("no_fees", ()):
        yield f"fee {id}", "not due", "due" if id in due and due[id].status is not Answer.NO else "not due"
    if total := expect.get("total"):
        stages = frozenset(total["stages"]) if total.get("stages") else None
        low, high = found.total(total["years"], stages)
        yield "total", total["is"], _between(low, high)


def _fee_word(found: Fees, id: str) -> str:
    """Return how a case writes a fee: an amount, `exempt`, `maybe exempt`, or `unknown, last <amount>`."""
    due = found.fee(id)
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


def _shown(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
