"""The same questions as a form: asked in the order in which they were written down, irrelevant ones skipped.

The order is that of law/questions.yaml. What is irrelevant follows from the answers so far, in one of three ways:

* `gates`, as an author wires a form with show-if rules, section by section: the section of a pathway is hidden once its
  gate has failed; in a section a fact is hidden when each line of law that looks at it is settled already (no capital
  without the economic heading, no notice without a refusal, no day of validity without a document). The form is filled
  in to its end: that an exemption holds or that a condition fails does not hide the rest. It needs to show all reasons.
* `exemptions`: the same, and a section also ends when an exemption is met.
* `exact`, more than an author can wire by hand, for it needs our diagrams: a question is asked only when some answer
  to it can still change a result. It lacks nothing but the choice of the order.

Lines that never decide (practice, reference amounts, cautions) ask nothing here, as they ask nothing of ours. A
question that sets several facts is skipped when all of them are irrelevant in all pathways.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from sojourn.decide.assess import Cells, Engine
from sojourn.decide.diagram import restrict
from sojourn.decide.evaluate import compared, judge
from sojourn.decide.program import deciding
from sojourn.law.model import Part
from sojourn.values import verdict as v
from sojourn.values.known import Known

Relevant = Callable[[Engine, Mapping[str, Known], date], set[str]]
"""From the answers so far to the facts that are still worth asking for."""


def fill_in(e: Engine, person: Mapping[str, Known], on: date, relevant: Relevant) -> list[str]:
    """Return the ids of the questions that the person is asked."""
    known: dict[str, Known] = {}
    asked = []
    shown = relevant(e, known, on)
    for question in e.law.questions:
        if not shown.isdisjoint(question.sets):
            asked.append(question.id)
            known |= {id: person[id] for id in question.sets}
            shown = relevant(e, known, on)
    return asked


def gates(e: Engine, known: Mapping[str, Known], on: date) -> set[str]:
    """Return the facts that show-if rules show: the section's gate has not failed, the line is not settled."""
    return {fact for name in e.law.pathways for fact in _section(e, name, known, on, ends_when_exempt=False)}


def exemptions(e: Engine, known: Mapping[str, Known], on: date) -> set[str]:
    """Return the same, without the sections in which an exemption is met."""
    return {fact for name in e.law.pathways for fact in _section(e, name, known, on, ends_when_exempt=True)}


def exact(e: Engine, known: Mapping[str, Known], on: date) -> set[str]:
    """Return the facts to which some answer can still change a result."""
    out: set[str] = set()
    for pathway in e.law.pathways.values():
        ready = e.ready(pathway, on)
        if ready is not None:
            left = restrict(ready.segment.result, Cells(ready.segment, known, e.day(on)))
            out |= {getattr(ready.segment.variables[i], "fact", "") for i in left.variables}
    return out


def _section(e: Engine, name: str, known: Mapping[str, Known], on: date, *, ends_when_exempt: bool) -> Iterator[str]:
    """Yield the facts of the lines of a pathway that are not settled, unless its section is over."""
    ready = e.ready(e.law.pathways[name], on)
    if ready is None:
        return
    levels = [judge(atom, known, e.day(on)) for atom in ready.compiler.atoms]
    lines = [(line, [variant(levels) for variant in line.variants]) for line in ready.lines if deciding(line.entry)]

    def some(part: Part, level: int) -> bool:
        return any(line.entry.part == part and all(x == level for x in out) for line, out in lines)

    if some("gate", v.NOT_MET) or (ends_when_exempt and some("exemption", v.MET)):
        return
    for line, out in lines:
        if any(x & (x - 1) for x in out):
            yield from compared(e.law, (ready.compiler.atoms[i] for i in line.atoms))
