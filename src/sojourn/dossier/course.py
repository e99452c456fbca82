"""The course of an application: which clocks run from which events, which appeals are open, what follows the grant.

The lines only, without days: those are counted from the events of a dossier by the time limits that the lines name.
"""

from dataclasses import dataclass
from datetime import date

from sojourn.decide.day import Day
from sojourn.decide.variables import Facts
from sojourn.dossier.applies import Applies, lines_on, procedure_of, stages_on
from sojourn.law.model import Law
from sojourn.law.procedure import After, Appeal, Clock


@dataclass(frozen=True, slots=True)
class Course:
    """What concerns the person, in the order of the law, renewals and changes included."""

    pathway: str
    on: date
    clocks: tuple[tuple[Clock, Applies], ...]
    appeals: tuple[tuple[Appeal, Applies], ...]
    after: tuple[tuple[After, Applies], ...]


def course(law: Law, pathway: str, facts: Facts, on: date) -> Course:
    """Return the course of an application filed on day `on`.

    Raises KeyError for an unknown pathway, NoProcedureError where it has no procedure.
    """
    procedure, day = procedure_of(law, pathway), Day(law, on)
    stages = stages_on(procedure, facts, day, later=True)
    return Course(
        pathway,
        on,
        tuple(lines_on(procedure.clocks, stages, facts, day)),
        tuple(lines_on(procedure.appeals, stages, facts, day)),
        tuple(lines_on(procedure.after, stages, facts, day)),
    )
