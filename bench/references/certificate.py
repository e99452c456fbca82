"""The certificate bound: the fewest answers that would have proved a person's results, known only afterwards.

The least certificate is hard to find; ours is an upper bound of it. From all answers we take one question away after
the other, as long as every result stays what it is whatever is unknown, in several orders, and keep the shortest list
left. Where some result is not settled by all answers, the list must leave the same result fixed.
"""

import random
from collections.abc import Callable, Mapping
from datetime import date

from sojourn.decide.assess import Cells, Engine
from sojourn.decide.diagram import reach
from sojourn.law.model import Question
from sojourn.values.known import Known

ORDERS = 6  # forty find nothing shorter


def certificate(e: Engine, person: Mapping[str, Known], on: date, *, orders: int = ORDERS) -> list[str]:
    """Return the ids of questions whose answers fix every result; the shortest such list that we found.

    orders: how many orders of taking away are tried: the form's own, backwards, and shuffled ones.
    """
    ready = [r for p in e.law.pathways.values() if (r := e.ready(p, on)) is not None]
    day = e.day(on)
    facts = {getattr(x, "fact", "") for r in ready for x in r.segment.variables}
    asked = [q for q in e.law.questions if not facts.isdisjoint(q.sets)]

    def fixed(known: Mapping[str, Known]) -> bool:
        return all((bits := reach(r.segment.result, Cells(r.segment, known, day))) & (bits - 1) == 0 for r in ready)

    rng = random.Random(1)
    best = asked
    for i in range(orders):
        order = list(asked) if i == 0 else list(reversed(asked)) if i == 1 else rng.sample(asked, len(asked))
        left = _reduced(order, person, fixed)
        if len(left) < len(best):
            best = left
    return [q.id for q in best]


def _reduced(
    order: list[Question], person: Mapping[str, Known], fixed: Callable[[Mapping[str, Known]], bool]
) -> list[Question]:
    left = list(order)
    known = {id: person[id] for q in left for id in q.sets}
    for q in order:
        fewer = {id: x for id, x in known.items() if id not in q.sets}
        if fixed(fewer):
            known = fewer
            left.remove(q)
    return left
