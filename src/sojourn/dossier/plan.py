"""The plan (stappenplan / plan de démarches): from a profile, a pathway and a filing day to everything that follows.

Pure: no clock, language or disk. `sojourn.words.plan` says it; the command line, the papers and the site show that.
"""

from dataclasses import dataclass
from datetime import date

from sojourn.decide.day import Day
from sojourn.decide.profile import read_value
from sojourn.decide.variables import Facts
from sojourn.dossier.applies import Answer, Applies, procedure_of, stages_on
from sojourn.dossier.course import Course, course
from sojourn.dossier.errands import Errand, errands
from sojourn.dossier.evidence import Matrix, evidence
from sojourn.dossier.fees import FeeDue, Fees, fees
from sojourn.dossier.filing import Filing, PlaceFound, filing
from sojourn.dossier.milestones import Milestone, last_decision, milestones
from sojourn.dossier.race import RaceRun, computed, limit_on, races
from sojourn.dossier.time_limit import Computation
from sojourn.law.limits import Limit
from sojourn.law.model import Law
from sojourn.law.procedure import Clock, Race
from sojourn.values.known import Exact
from sojourn.values.verdict import Result


@dataclass(frozen=True, slots=True)
class ClockRun:
    """A clock of the procedure.

    limit: how long it is; None where no source says. computation: its last day, if it starts on the filing day; None
    where it starts with an event that has no day yet.
    """

    clock: Clock
    applies: Applies
    limit: Limit | None
    computation: Computation | None


@dataclass(frozen=True, slots=True)
class Route:
    """Another way, for a race that may fail or has no place to start: the plan of one who files at `race.instead`.

    works: whether one may file there and no race may fail on it.
    """

    race: Race
    place: PlaceFound | None
    plan: "Plan"

    @property
    def works(self) -> bool:
        """Whether one may file there, nothing stands in the way, and no race may fail."""
        may = self.plan.filing.finding.result is Result.OPEN
        return self.place is not None and may and not self.plan.may_fail


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan for an application filed on `filing_day`, as seen on `today`.

    filing: where, what stands in the way, warnings, and the finding with what the authority weighs. matrix: which paper
    proves what; errands: the same papers in the order in which to fetch them. fees: what is due at the amounts of the
    filing day; later_fees: at those of the last day of the decision, for what is paid after it.
    decision: the clock on which the authority decides, and its last day if it starts on the filing day.
    missing: the facts not known that would tell more.
    """

    pathway: str
    facts: Facts
    filing_day: date
    today: date
    filing: Filing
    matrix: Matrix
    errands: tuple[Errand, ...]
    races: tuple[RaceRun, ...]
    routes: tuple[Route, ...]
    fees: Fees
    later_fees: Fees | None
    course: Course
    clocks: tuple[ClockRun, ...]
    decision: tuple[Clock, Computation] | None
    timeline: tuple[Milestone, ...]
    missing: tuple[str, ...]

    @property
    def may_fail(self) -> tuple[RaceRun, ...]:
        """The races that this plan may lose."""
        return tuple(r for r in self.races if r.state == "may-fail" and r.applies.answer is Answer.YES)

    def later(self, fee: str) -> FeeDue | None:
        """Return a fee as it will be on the last day of the decision, where it is paid after it and then differs."""
        now = self.fees.fee(fee)
        if self.later_fees is None or now.pay_by is not None:
            return None
        then = next((x for x in self.later_fees.due if x.fee.id == fee), None)
        same = then is None or (then.worth.low, then.worth.high) == (now.worth.low, now.worth.high)
        return None if same else then


def plan(law: Law, pathway: str, facts: Facts, filing_day: date, today: date) -> Plan:
    """Return the plan of the person with `facts` for `pathway`, filed on `filing_day`.

    today: against which days are early or late; it decides nothing. Raises KeyError for an unknown pathway,
    NoProcedureError where it has no procedure.
    """
    return _plan(law, pathway, facts, filing_day, today, routes=True)


def _plan(law: Law, pathway: str, facts: Facts, filed: date, today: date, *, routes: bool) -> Plan:
    procedure, day = procedure_of(law, pathway), Day(law, filed)
    stages = stages_on(procedure, facts, day)
    where, matrix = filing(law, pathway, facts, filed), evidence(law, pathway, facts, filed)
    lines, due = course(law, pathway, facts, filed), fees(law, pathway, facts, filed)
    first = next(iter(stages), "")
    decision = last_decision(law, lines, first, filed)
    decided = decision[1].safe_day if decision else None
    run = races(law, procedure, stages, facts, day, today)
    fetch = errands(matrix, stages, facts, day, decided, today)
    way = milestones(law, stages, lines, due, facts, filed)
    missing = (
        *where.finding.missing,
        *(x for r in run for x in (*r.missing, *r.applies.missing)),
        *(x for e in fetch for f in e.fetches for x in f.paper.applies.missing),
        *(x for f in due.due for x in f.applies.missing),
        *(x for m in way for x in m.missing),
    )
    return Plan(
        pathway=pathway,
        facts=facts,
        filing_day=filed,
        today=today,
        filing=where,
        matrix=matrix,
        errands=fetch,
        races=run,
        routes=tuple(_routes(law, pathway, facts, filed, today, where, run)) if routes else (),
        fees=due,
        later_fees=fees(law, pathway, facts, decided) if decided else None,
        course=lines,
        clocks=tuple(_clock(law, c, a, filed) for c, a in lines.clocks),
        decision=decision,
        timeline=way,
        missing=tuple(x for x in dict.fromkeys(missing) if not isinstance(facts.get(x), Exact)),
    )


def _clock(law: Law, clock: Clock, applies: Applies, filed: date) -> ClockRun:
    limit = limit_on(law, clock.limit, filed)
    starts = {"filed", "admissible"} & set(clock.starts)
    return ClockRun(clock, applies, limit, computed(law, clock.limit, filed) if limit and starts else None)


def _routes(
    law: Law, pathway: str, facts: Facts, filed: date, today: date, where: Filing, run: tuple[RaceRun, ...]
) -> list[Route]:  # fmt: skip
    """Return the other ways of the races that may fail, or whose stage has no certain place; each place once."""
    found: dict[str, Route] = {}
    for r in run:
        hard = r.state == "may-fail" or where.best(r.race.stage) is None
        if hard and r.race.instead and r.race.instead not in found:
            other = _plan(law, pathway, _as_if(law, facts, r.race), filed, today, routes=False)
            places = other.filing.places.get(r.race.stage, ())
            place = next((p for p in places if p.place.id == r.race.instead and p.answer is not Answer.NO), None)
            found[r.race.instead] = Route(r.race, place, other)
    return list(found.values())


def _as_if(law: Law, facts: Facts, race: Race) -> Facts:
    """Return the facts of the person as one who files where the race sends them."""
    changed = {id: read_value(law, law.facts[id], value) for id, value in race.as_if if value != "absent"}
    gone = {id for id, value in race.as_if if value == "absent"}
    return {id: known for id, known in facts.items() if id not in gone} | changed
