"""The next question: the one expected to tell most about the results, at least cost to the person.

For each pathway that is still open we hold the function that is left (see `diagram.restrict`). A fact occurs in it
exactly when some answer to it could still change the result: only such facts are asked. Among them we take the
question with the greatest information gain for its cost: by how much, on average over its answers, it lowers our
uncertainty (the entropy) about the result of each pathway. That counts what an answer settles at once, and also what
it brings nearer: no refusal shows before the exemptions are excluded. Chances steer the order and nothing else.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import log
from typing import Any

from sojourn.decide.assess import Cells, Engine, cut_values, engine
from sojourn.decide.diagram import Diagram, restrict
from sojourn.decide.likely import SURE, fact_of, results_below, weights_of
from sojourn.decide.profile import read_value
from sojourn.decide.program import RESULTS, Segment
from sojourn.decide.variables import Facts, Scale
from sojourn.law.model import Law, Question
from sojourn.values.known import Known, Silent


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to ask.

    facts: the facts it answers that still matter. touches: the pathways whose result it can change.
    in_play: how many pathways are not settled. bands: for each number fact the thresholds that may still matter
    (cents, units or day ordinals, ascending).
    """

    question: Question
    facts: tuple[str, ...]
    touches: tuple[str, ...]
    in_play: int
    bands: dict[str, tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Left:
    """What is left of a pathway: for each fact in it how much its answer is expected to tell about the result."""

    segment: Segment
    diagram: Diagram
    gains: dict[str, float]


def next_question(law: Law, facts: Facts, on: date, pathways: Iterable[str] | None = None) -> Asked | None:
    """Return the next question, or None when no answer can change any result.

    pathways: those to aim at (all of them when None). Facts that are not known or declined are not asked again.
    """
    e = engine(law)
    left = _all_left(e, facts, on, pathways)
    score: dict[str, float] = {}
    for _, rest in left:
        for fact, gain in rest.gains.items():
            if not isinstance(facts.get(fact), Silent):
                score[fact] = score.get(fact, 0.0) + gain
    best: tuple[float, int, Question] | None = None
    for i, q in enumerate(law.questions):
        asked = [f for f in q.sets if f in score]
        if asked:
            key = (sum(score[f] for f in asked) / q.cost, -i, q)
            if best is None or key[:2] > best[:2]:
                best = key
    return None if best is None else _asked(e, left, best[2], facts, on)


def about(law: Law, facts: Facts, on: date, question: Question, pathways: Iterable[str] | None = None) -> Asked:
    """Return what a question would ask if it were asked now, whatever was answered to it before.

    Its `facts` are empty where no answer to it can change a result.
    """
    e = engine(law)
    rest = {id: known for id, known in facts.items() if id not in question.sets}
    return _asked(e, _all_left(e, rest, on, pathways), question, rest, on)


def _all_left(e: Engine, facts: Facts, on: date, pathways: Iterable[str] | None) -> "list[tuple[str, _Left]]":
    masks: dict[int, int] = {}
    return [
        (name, rest)
        for name in (e.law.pathways if pathways is None else pathways)
        if (rest := _left(e, name, facts, on, masks)) is not None
    ]


def _asked(
    e: Engine, left: "Sequence[tuple[str, _Left]]", question: Question, facts: Facts, on: date
) -> Asked:  # fmt: skip
    touches = {
        f: [name for name, rest in left if f in rest.gains]
        for f in question.sets
        if not isinstance(facts.get(f), Silent)
    }
    own = tuple(f for f, names in touches.items() if names)
    reached = tuple(dict.fromkeys(p for f in own for p in touches[f]))
    return Asked(question, own, reached, len(left), _bands(e, left, own, on))


def answer(law: Law, facts: Facts, question: Question, value: Any) -> dict[str, Known]:
    """Return the facts with an answer added.

    value: as a profile writes it; for a question that sets several facts a mapping from fact to value (those left
    out are empty); "unknown" and "declined" answer every fact of the question. Raises profile.FactValueError.
    """
    out = dict(facts)
    for id in question.sets:
        given = value
        if len(question.sets) > 1 and isinstance(value, Mapping):
            given = value.get(id, [])
        out[id] = read_value(law, law.facts[id], given)
    return out


def _bands(
    e: Engine, left: Sequence[tuple[str, _Left]], facts: tuple[str, ...], on: date
) -> dict[str, tuple[int, ...]]:
    out: dict[str, set[int]] = {}
    for _, rest in left:
        for i in rest.diagram.variables:
            variable = rest.segment.variables[i]
            if isinstance(variable, Scale) and variable.fact in facts:
                cuts = cut_values(rest.segment, i, e.day(on))
                kids = [c for v, c in rest.diagram.nodes if v == i]
                matter = {cut for k, cut in enumerate(cuts) if any(c[k] != c[k + 1] for c in kids)}
                out.setdefault(variable.fact, set()).update(matter)
    return {fact: tuple(sorted(cuts)) for fact, cuts in out.items()}


def _left(e: Engine, name: str, facts: Facts, on: date, known: dict[int, int]) -> _Left | None:
    """Return what is left of a pathway, or None when it is settled. Kept for facts that leave the same cells.

    known: the cells that the facts leave to variables of pathways looked at before, by their number in the engine.
    """
    ready = e.ready(e.law.pathways[name], on)
    if ready is None or not ready.segment.result.nodes:
        return None
    segment = ready.segment
    cells = Cells(segment, facts, e.day(on))
    for i, number in enumerate(ready.numbers):
        mask = known.get(number)
        if mask is None:
            known[number] = cells[i]
        else:
            cells[i] = mask
    masks = tuple(cells.values())  # of each variable, in their order
    key = (name, segment.first, masks)
    if key not in e.left:
        if len(e.left) > 50_000:
            e.left.clear()
        diagram = restrict(segment.result, cells)
        gains = _gains(e.law, segment, diagram, masks) if diagram.root >= 0 else {}
        e.left[key] = _Left(segment, diagram, gains) if gains else None
    left: _Left | None = e.left[key]
    return left


def _gains(law: Law, segment: Segment, diagram: Diagram, masks: tuple[int, ...]) -> dict[str, float]:
    """Return for each fact of a diagram that is not a terminal the information gain of its answer, in nats.

    One walk up gives each node the chances of the results below it, one walk down the chance to come by it. From both
    follow the chances of the results once a variable is known to lie in a cell: through its nodes, or past it. A set
    fact has several variables; their gains are added up, as if they told of different things.
    """
    nodes = diagram.nodes
    weights = weights_of(law, segment, diagram, dict(enumerate(masks)))
    below = results_below(diagram, weights)

    def results(n: int) -> list[float]:
        return SURE[~n] if n < 0 else below[n]

    come_by = [0.0] * len(nodes)
    come_by[diagram.root] = 1.0
    past = {i: list(below[diagram.root]) for i in weights}
    under = {i: [[0.0] * len(RESULTS) for _ in w] for i, w in weights.items()}
    for n in range(len(nodes) - 1, -1, -1):
        variable, children = nodes[n]
        chance = come_by[n]
        _add(past[variable], -chance, below[n])
        for child, weight, there in zip(children, weights[variable], under[variable], strict=True):
            if weight:
                _add(there, chance, results(child))
                if child >= 0:
                    come_by[child] += chance * weight

    before = _entropy(below[diagram.root])
    gains: dict[str, float] = defaultdict(float)
    for i, cells in under.items():
        for weight, there in zip(weights[i], cells, strict=True):
            if weight:
                _add(there, 1.0, past[i])
        after = sum(w * _entropy(there) for w, there in zip(weights[i], cells, strict=True) if w)
        gains[fact_of(segment, i)] += max(before - after, _LEAST_GAIN)
    return dict(gains)


_LEAST_GAIN = 1e-9
"""What a fact tells that matters only together with others: it must be asked some day."""


def _add(to: list[float], factor: float, chances: list[float]) -> None:
    for k, chance in enumerate(chances):
        to[k] += factor * chance


def _entropy(chances: list[float]) -> float:
    return -sum(p * log(p) for p in chances if p > 1e-12)
