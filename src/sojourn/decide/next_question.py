"""The next question: the one most likely to settle something, at least cost to the person.

For each pathway that is still open we hold the function that is left (see `diagram.restrict`). A fact occurs in it
exactly when some answer to it could still change the result: only such facts are asked. Among them we take the
question with the greatest chance to settle a pathway at once, for its cost. Chances steer the order and nothing else.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sojourn.decide.assess import Cells, Engine, cut_values, engine
from sojourn.decide.diagram import Diagram, restrict
from sojourn.decide.profile import read_value
from sojourn.decide.program import Segment
from sojourn.decide.variables import Choice, Facts, Presence, Scale, Variable
from sojourn.law.model import Fact, Law, Question
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
    """What is left of a pathway: for each fact in it the chance that its answer settles the pathway."""

    segment: Segment
    diagram: Diagram
    settles: dict[str, float]


def next_question(law: Law, facts: Facts, on: date, pathways: Iterable[str] | None = None) -> Asked | None:
    """Return the next question, or None when no answer can change any result.

    pathways: those to aim at (all of them when None). Facts that are not known or declined are not asked again.
    """
    e = engine(law)
    left = [
        (name, rest)
        for name in (law.pathways if pathways is None else pathways)
        if (rest := _left(e, name, facts, on)) is not None
    ]
    if not left:
        return None
    score: dict[str, float] = {}
    touches: dict[str, list[str]] = {}
    for name, rest in left:
        for fact, chance in rest.settles.items():
            if not isinstance(facts.get(fact), Silent):
                score[fact] = score.get(fact, 0.0) + chance
                touches.setdefault(fact, []).append(name)
    best: tuple[float, int, Question] | None = None
    for i, q in enumerate(law.questions):
        asked = [f for f in q.sets if f in score]
        if asked:
            key = (sum(score[f] for f in asked) / q.cost, -i, q)
            if best is None or key[:2] > best[:2]:
                best = key
    if best is None:
        return None
    question = best[2]
    own = tuple(f for f in question.sets if f in score)
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


def _left(e: Engine, name: str, facts: Facts, on: date) -> _Left | None:
    """Return what is left of a pathway, or None when it is settled. Kept for facts that leave the same cells."""
    ready = e.ready(e.law.pathways[name], on)
    if ready is None or not ready.segment.result.nodes:
        return None
    segment = ready.segment
    cells = Cells(segment, facts, e.day(on))
    masks = tuple(cells(i) for i in range(len(segment.variables)))
    key = (name, segment.first, masks)
    if key not in e.left:
        if len(e.left) > 50_000:
            e.left.clear()
        diagram = restrict(segment.result, cells)
        settles = _chances(e.law, segment, diagram, masks, cells) if diagram.root >= 0 else {}
        e.left[key] = _Left(segment, diagram, settles) if settles else None
    left: _Left | None = e.left[key]
    return left


def _chances(law: Law, segment: Segment, diagram: Diagram, masks: tuple[int, ...], cells: Cells) -> dict[str, float]:
    """Return for each fact the chance that knowing it leaves one terminal only."""
    support = diagram.variables
    place = {v: k for k, v in enumerate(support)}
    nodes = diagram.nodes
    below = [0] * len(nodes)
    past = [0] * len(support)
    under: list[dict[int, int]] = [{} for _ in support]

    def terminals(n: int) -> int:
        return 1 << ~n if n < 0 else below[n]

    def skip(first: int, n: int) -> None:
        stop = len(support) if n < 0 else place[nodes[n][0]]
        bits = terminals(n)
        for k in range(first, stop):
            past[k] |= bits

    for i, (variable, children) in enumerate(nodes):
        k = place[variable]
        reached = under[k]
        whole = 0
        mask = masks[variable]
        for c, child in enumerate(children):
            if mask >> c & 1:
                bits = terminals(child)
                reached[c] = reached.get(c, 0) | bits
                whole |= bits
                if child < 0 or place[nodes[child][0]] > k + 1:
                    skip(k + 1, child)
        below[i] = whole
    skip(0, diagram.root)

    chances: dict[str, float] = {}
    several: dict[str, list[int]] = {}
    for k, v in enumerate(support):
        variable_ = segment.variables[v]
        fact = getattr(variable_, "fact", "")
        weights = cell_weights(law.facts[fact], variable_, masks[v])
        settled = [c for c, bits in under[k].items() if (b := bits | past[k]) & (b - 1) == 0]
        if isinstance(variable_, Presence):
            several.setdefault(fact, []).append(v)
            settled = [c for c in settled if c == 1]
        chances[fact] = chances.get(fact, 0.0) + sum(weights[c] for c in settled)
    for fact, variables in several.items():
        # nothing of the kind: all of its variables are 0 at once
        none = restrict(diagram, lambda i, own=set(variables): 1 if i in own else cells(i))  # type: ignore[misc]
        if none.root < 0:
            chance = 1.0
            for v in variables:
                chance *= cell_weights(law.facts[fact], segment.variables[v], masks[v])[0]
            chances[fact] += chance
    for fact in chances:
        chances[fact] += 1e-6  # no single answer settles anything: any that matters is better than none
    return chances


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
