"""Checks on the whole body of law that need deciding: lines that can never matter, cases that contradict their rule."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from sojourn.decide.body import load_law
from sojourn.decide.cases import differences
from sojourn.decide.forms import dead
from sojourn.law.check import static_faults
from sojourn.law.faults import Fault, LawError
from sojourn.law.model import Law


def check(*extra: Path, shipped: Path | None = None) -> tuple[Law | None, list[Fault]]:
    """Return the law of these folders (None when it cannot be read) and all its faults."""
    try:
        law = load_law(*extra, shipped=shipped)
    except LawError as error:
        return None, error.faults
    return law, faults(law)


def faults(law: Law) -> list[Fault]:
    """Return every fault of a body of law that could be read."""
    found: list[Fault] = []
    for checker in _CHECKS:
        found += checker(law)
    return sorted(set(found))


def _never_matter(law: Law) -> Iterator[Fault]:
    for pathway in law.pathways.values():
        never = dead(law, pathway)
        for entry in (e for e in pathway.entries if e.id in never):
            yield Fault(
                pathway.file,
                entry.line,
                "never-matters",
                f'"{entry.id}" can never change a result',
                "It is always true, or another line always decides before it: correct or remove it.",
            )


def _cases(law: Law) -> Iterator[Fault]:
    for pathway in law.pathways.values():
        if not pathway.cases:
            yield Fault(pathway.file, 0, "no-cases", f"{pathway.id} has no worked case", "Write cases.yaml.")
        for case in pathway.cases:
            yield from differences(law, pathway, case)


def _asked(law: Law) -> Iterator[Fault]:
    asked = {fact for q in law.questions for fact in q.sets}
    for pathway in law.pathways.values():
        facts: dict[str, None] = {}
        for segment in law.compiled["forms"].segments(pathway.id):
            facts |= dict.fromkeys(segment.facts)
        for fact in facts:
            if fact not in asked:
                yield Fault(
                    pathway.file,
                    0,
                    "never-asked",
                    f"no question sets {fact}, which decides",
                    "Add it to questions.yaml.",
                )


_CHECKS: Sequence[Callable[[Law], Iterator[Fault]]] = (static_faults, _asked, _never_matter, _cases)
