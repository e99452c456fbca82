"""How likely an answer is, and what follows from it: chances that put questions and findings in order, nothing else."""

from collections.abc import Mapping

from sojourn.decide.diagram import Diagram
from sojourn.decide.program import RESULTS, Segment
from sojourn.decide.variables import Choice, Choosing, Presence, Variable
from sojourn.law.model import Fact, Law


def weights_of(law: Law, segment: Segment, diagram: Diagram, masks: Mapping[int, int]) -> dict[int, list[float]]:
    """Return for each variable on which a diagram depends the chance of each of its cells, within its mask."""
    return {i: cell_weights(law.facts[fact_of(segment, i)], segment.variables[i], masks[i]) for i in diagram.variables}


def fact_of(segment: Segment, i: int) -> str:
    """Return the fact of a variable."""
    variable = segment.variables[i]
    assert not isinstance(variable, Choosing)  # readings are settled before a result is one
    return variable.fact


SURE = [[float(i == k) for k in range(len(RESULTS))] for i in range(len(RESULTS))]


def results_below(diagram: Diagram, weights: dict[int, list[float]]) -> list[list[float]]:
    """Return for each node of a diagram the chances of the results (in the order of RESULTS) below it."""
    below: list[list[float]] = []
    for variable, children in diagram.nodes:
        here = [0.0] * len(RESULTS)
        for child, weight in zip(children, weights[variable], strict=True):
            if weight:
                for k, chance in enumerate(SURE[~child] if child < 0 else below[child]):
                    here[k] += weight * chance
        below.append(here)
    return below


def cell_weights(fact: Fact, variable: Variable, mask: int) -> list[float]:
    """Return the chance of each cell, given that it lies in `mask`."""
    if isinstance(variable, Presence):
        rest = fact.likely.get("other", 0.03)
        listed = {g: w for g, w in fact.likely.items() if g != "other"}
        absent = 1.0
        for value in variable.values if fact.type == "set" else ():
            absent *= 1 - listed.get(str(value), rest)
        if fact.type == "countries":
            # a kind of country: named itself, or the group it belongs to
            named = [w for g, w in listed.items() if g in variable.values]
            absent = 1 - (max(named) if named else listed.get("eea", 0.1) if len(variable.values) > 5 else 0.01)
        weights = [absent, 1 - absent]
    elif isinstance(variable, Choice):
        spare = max(0.02, 1 - sum(fact.likely.values()))
        unnamed = max(1, sum(str(x).lower() not in fact.likely and str(x) not in fact.likely for x in variable.cell))
        weights = [0.0] * variable.count
        for value, cell in variable.cell.items():
            name = str(value) if str(value) in fact.likely else str(value).lower()
            weights[cell] += fact.likely.get(name, spare / unnamed)
    else:
        weights = [1.0] * variable.count
    weights = [w if mask >> c & 1 else 0.0 for c, w in enumerate(weights)]
    total = sum(weights) or 1.0
    return [w / total for w in weights]
