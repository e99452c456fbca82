"""How many questions it takes until no answer can change any result, and how long choosing one takes."""

from collections.abc import Callable, Iterator
from statistics import mean

from bench.clock import seconds
from bench.one_person import plain_profile
from bench.people import ON
from bench.references import form, plain
from bench.references.certificate import certificate
from bench.row import Row
from sojourn.decide.assess import engine
from sojourn.decide.next_question import Asked, next_question
from sojourn.law.model import Law
from sojourn.values.known import Known

Person = dict[str, Known]

FORMS: dict[str, form.Relevant] = {
    "the form in its fixed order, a section hidden when its gate is closed": form.gates,
    "the same form, a section also ended by an exemption": form.exemptions,
    "the fixed order, every question skipped that can change no result (needs our diagrams)": form.exact,
}


def rows(law: Law, people: list[Person]) -> Iterator[Row]:
    e = engine(law)
    times: list[float] = []
    ours = [_asked(law, person, times) for person in people]
    times.sort()
    p50, p95 = (times[int(len(times) * share)] for share in (0.5, 0.95))
    yield Row(
        f"the next question, all {len(law.pathways)} pathways, {len(times):,} choices",
        f"p50 {p50 * 1e3:.2f} ms, p95 {p95 * 1e3:.2f} ms, longest {times[-1] * 1e3:.1f} ms",
        mark="p95 under 2 ms",
        met=p95 < 2e-3,
    )

    at_card = [i for i, person in enumerate(people) if _reaches_the_conditions(person)]
    for number, (name, relevant) in enumerate(FORMS.items()):
        fixed = [len(form.fill_in(e, person, ON, relevant)) for person in people]
        fewer = 1 - mean(ours) / mean(fixed)
        yield Row(
            f"questions until settled, {len(people):,} people",
            f"{mean(ours):.2f}",
            f"{mean(fixed):.2f}, {name}",
            f"{fewer:.0%} fewer",
            "at least 40 % fewer" if number == 0 else "",
            fewer >= 0.4 if number == 0 else None,
        )
        if number == 0:
            yield _part(
                f"of them, the {len(at_card):,} who reach the conditions of the Flemish card", ours, fixed, at_card
            )

    bound = [len(certificate(e, person, ON)) for person in people]
    yield Row(
        f"questions until settled, {len(people):,} people",
        f"{mean(ours):.2f}",
        f"{mean(bound):.2f}, fewest answers that would have proved the results (upper bound of that)",
        f"{mean(ours) / mean(bound):.2f} times",
        "try for 1.6",
        mean(ours) <= 1.6 * mean(bound),
    )


def _part(what: str, ours: list[int], fixed: list[int], which: list[int]) -> Row:
    few, many = mean(ours[i] for i in which), mean(fixed[i] for i in which)
    return Row(what, f"{few:.2f}", f"{many:.2f}, the same form", f"{1 - few / many:.0%} fewer")


def _reaches_the_conditions(person: Person) -> bool:
    facts = plain_profile(person)
    return plain.gate(facts) is True and plain.exempt(facts) is False


def _asked(law: Law, person: Person, times: list[float]) -> int:
    """Return how many questions we ask the person; adds to `times` how long choosing each took."""
    known: Person = {}
    count = 0
    chosen: list[Asked | None] = []
    choose: Callable[[], None] = lambda: chosen.append(next_question(law, known, ON))  # noqa: E731
    while True:
        times.append(seconds(choose))
        asked = chosen.pop()
        if asked is None:
            return count
        count += 1
        known |= {id: person[id] for id in asked.question.sets}
