"""The order of questions: what an answer is expected to tell."""

from datetime import date
from math import log

import pytest

from sojourn.decide.assess import Cells, engine
from sojourn.decide.body import load_law
from sojourn.decide.diagram import Diagram, Node, restrict
from sojourn.decide.likely import cell_weights
from sojourn.decide.next_question import _gains, next_question
from sojourn.decide.variables import Choice, Scale
from sojourn.values.known import Exact, Known

LAW = load_law()
ON = date(2026, 11, 22)


def _chances(diagram: Diagram, weights: dict[int, list[float]], n: Node) -> dict[int, float]:
    """The chance of each terminal, followed down every path."""
    if n < 0:
        return {~n: 1.0}
    variable, children = diagram.nodes[n]
    out: dict[int, float] = {}
    for weight, child in zip(weights[variable], children, strict=True):
        for terminal, chance in _chances(diagram, weights, child).items():
            out[terminal] = out.get(terminal, 0.0) + weight * chance
    return out


def _entropy(chances: dict[int, float]) -> float:
    return -sum(p * log(p) for p in chances.values() if p)


@pytest.mark.parametrize("name", ["be-vlg-single-permit", "be-own-means", "be-eu-registration"])
def test_the_gain_is_what_every_path_says(name: str) -> None:
    ready = engine(LAW).ready(LAW.pathways[name], ON)
    assert ready is not None
    segment = ready.segment
    cells = Cells(segment, {}, engine(LAW).day(ON))
    diagram = restrict(segment.result, cells)
    masks = tuple(cells[i] for i in range(len(segment.variables)))
    weights = {
        i: cell_weights(LAW.facts[v.fact], v, masks[i])
        for i, v in enumerate(segment.variables)
        if i in diagram.variables
    }
    gains = _gains(LAW, segment, diagram, masks)
    before = _entropy(_chances(diagram, weights, diagram.root))
    for i in diagram.variables:
        variable = segment.variables[i]
        if isinstance(variable, Choice | Scale):
            after = 0.0
            for cell, weight in enumerate(weights[i]):
                left = restrict(diagram, dict(enumerate(masks)) | {i: 1 << cell})
                after += weight * _entropy(_chances(left, weights, left.root))
            assert gains[variable.fact] == pytest.approx(max(before - after, 1e-9), abs=1e-9)


def test_exemptions_come_before_conditions_though_no_single_answer_settles_anything() -> None:
    card = ["be-vlg-professional-card"]
    known: dict[str, Known] = {
        "activity.kind": Exact("self-employed"),
        "activity.region": Exact("VLG"),
        "person.nationalities": Exact(frozenset({"MA"})),
    }
    told = {
        "special-situations": {"person.family_ties": frozenset(), "activity.special_case": frozenset()},
        "ground": {"residence.ground": frozenset({"work"})},
    }
    for _ in told:
        asked = next_question(LAW, known, ON, card)
        assert asked is not None
        known |= {fact: Exact(value) for fact, value in told[asked.question.id].items()}
