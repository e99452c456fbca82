"""Timing: several ways of doing the same, in turn, so that a busy machine is unfair to all of them alike."""

import time
from collections.abc import Callable, Sequence


def seconds(work: Callable[[], object]) -> float:
    """Return how long `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def best_in_turn(works: Sequence[Callable[[], object]], rounds: int = 9) -> list[float]:
    """Return the shortest time of each, over `rounds` in which each has its turn."""
    times = [[seconds(work) for work in works] for _ in range(rounds)]
    return [min(column) for column in zip(*times, strict=True)]
