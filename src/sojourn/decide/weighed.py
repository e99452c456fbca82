"""Who weighs what, and with which evidence it is shown: the points of a line of law that an authority weighs."""

from collections.abc import Iterator

from sojourn.decide.day import Day
from sojourn.decide.evaluate import possible
from sojourn.decide.variables import Facts
from sojourn.law.model import Disputed, Entry, Weighed, walk
from sojourn.values import verdict as v


def points(entry: Entry) -> Iterator[Weighed]:
    """Yield what an authority weighs in a line of law: the line itself if it is appraised, points in its test."""
    if entry.effect == "appraised":
        yield Weighed(entry.id, entry.by, entry.shown_by, None)
    yield from (test for test in walk(entry.test) if isinstance(test, Weighed))


def may_arise(point: Weighed, facts: Facts, day: Day) -> bool:
    """Whether an authority weighs the point, or may come to weigh it, for a person of whom these facts are known."""
    if point.when is None or any(isinstance(test, Disputed) for test in walk(point.when)):
        return True
    return possible(point.when, facts, day) != v.NOT_MET
