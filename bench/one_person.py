"""One person, one pathway: the result alone, and with its full explanation."""

import random
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from bench.clock import best_in_turn
from bench.people import ON
from bench.references import plain
from bench.row import Row
from sojourn.decide.assess import engine
from sojourn.decide.household import persons
from sojourn.decide.joint import choices
from sojourn.decide.profile import read_profile
from sojourn.law.model import Law
from sojourn.values.known import Exact, Known
from sojourn.values.verdict import Result

CARD = "be-vlg-professional-card"
DESIGNER = Path("examples", "ghent-designer.yaml")
FAMILY = Path("examples", "family-of-four.yaml")
TIMES = 40
"""So few in one go that a busy machine leaves some goes in peace; the shortest of many counts."""
ROUNDS = 200


def plain_profile(facts: Mapping[str, Known]) -> plain.Profile:
    """Return the facts as the hand-written rule takes them."""
    return {id: known.value for id, known in facts.items() if isinstance(known, Exact)}


def rows(law: Law, people: list[dict[str, Known]], root: Path) -> Iterator[Row]:
    e, card = engine(law), law.pathways[CARD]
    designer = read_profile(law, root / DESIGNER).facts
    by_hand = plain_profile(designer)
    assert plain.result(by_hand) == e.result(card, designer, ON)

    ours, reference, explained = (
        t / TIMES
        for t in best_in_turn(
            [
                _often(lambda: e.result(card, designer, ON)),
                _often(lambda: plain.result(by_hand)),
                _often(lambda: e.find(card, designer, ON)),
            ],
            rounds=ROUNDS,
        )
    )
    yield _result_row("one person (the designer), Flemish card, result only", ours, reference)

    whole = [plain_profile(facts) for facts in people]
    parts = range(0, len(people), TIMES)
    ours, reference = (
        sum(times) / len(people)
        for times in zip(
            *(
                best_in_turn(
                    [
                        lambda part=people[i : i + TIMES]: [e.result(card, facts, ON) for facts in part],
                        lambda part=whole[i : i + TIMES]: [plain.result(facts) for facts in part],
                    ]
                )
                for i in parts
            ),
            strict=True,
        )
    )
    yield _result_row(f"the same, mean over {len(people):,} people", ours, reference)

    lines = len(e.find(card, designer, ON).reasons)
    yield Row(
        f"one person, Flemish card, full explanation of {lines} lines",
        f"{explained * 1e6:.0f} µs, {explained * 1e6 / lines:.2f} µs a line",
        mark="under 150 µs",
        met=explained < 150e-6,
    )
    yield _each_pathway(law, designer)
    yield _family(law, root)
    yield _missed(law, people)


def _family(law: Law, root: Path) -> Row:
    who = read_profile(law, root / FAMILY)
    assert who.household is not None
    people = persons(law, who.stated, who.household, ON)
    (time,) = best_in_turn([lambda: choices(law, people, ON)])
    return Row(
        "what each stay of one opens for a family of four", f"{time * 1e3:.0f} ms", mark="under 1 s", met=time < 1
    )


def _each_pathway(law: Law, facts: Mapping[str, Known]) -> Row:
    """Time the full explanation of every pathway for one person, each pathway by itself."""
    e = engine(law)
    work = [_often(lambda p=p: e.find(p, facts, ON)) for p in law.pathways.values()]
    times = [t / TIMES for t in best_in_turn(work, rounds=ROUNDS)]
    slowest = max(zip(times, law.pathways, strict=True))
    return Row(
        f"one person (the designer), full explanation of each of {len(times)} pathways",
        f"mean {sum(times) / len(times) * 1e6:.0f} µs, longest {slowest[0] * 1e6:.0f} µs ({slowest[1]})",
        mark="each under 150 µs",
        met=slowest[0] < 150e-6,
    )


def _often(work: Callable[[], object]) -> Callable[[], None]:
    def repeat() -> None:
        for _ in range(TIMES):
            work()

    return repeat


def _result_row(what: str, ours: float, reference: float) -> Row:
    return Row(
        what,
        f"{ours * 1e6:.1f} µs",
        f"{reference * 1e6:.1f} µs, plain three-valued Python",
        f"{ours / reference:.1f} times its time",
        "at most 15 times",
        ours <= 15 * reference,
    )


def _missed(law: Law, people: list[dict[str, Known]]) -> Row:
    """Count the settled results of partly known people, and those that plain Kleene logic misses."""
    e, card, rng = engine(law), law.pathways[CARD], random.Random(1)
    settled = missed = 0
    for facts in people:
        share = rng.random()
        known = {id: x for id, x in facts.items() if rng.random() < share}
        if e.result(card, known, ON) is not Result.UNDETERMINED:
            settled += 1
            missed += plain.result(plain_profile(known)) == Result.UNDETERMINED
    return Row(
        f"settled results of {len(people):,} partly known people, Flemish card",
        f"{settled:,}",
        f"{settled - missed:,}, plain three-valued Python",
        f"it misses {missed:,}",
    )
