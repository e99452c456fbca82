"""Amounts through time as the geometry of a chart: steps, for an amount holds until the next one. Without words."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sojourn.site.catalogue.series import Step

WIDTH, HEIGHT = 640, 320
LEFT, RIGHT, TOP, BOTTOM = 88, 20, 14, 36


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis: where it stands, and what it stands for (cents, or a year)."""

    at: float
    value: int


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of `width` by `height`. paths: the SVG path of each series. ranges: where only bounds are known.

    today: where the day of the page stands, or None outside the chart.
    """

    width: int
    height: int
    left: float
    right: float
    top: float
    bottom: float
    paths: tuple[str, ...]
    ranges: tuple[str, ...]
    years: tuple[Tick, ...]
    values: tuple[Tick, ...]
    today: float | None


def chart(all_steps: Sequence[tuple[Step, ...]], on: date) -> Chart | None:
    """Return the chart of several series; None where there is no change to show."""
    known = [s for steps in all_steps for s in steps if s.low is not None and s.high is not None]
    days = {s.first for s in known}
    if len(days) < 2:
        return None
    first, last = min(days), max(*days, on)
    end = date.fromordinal(last.toordinal() + max(60, (last - first).days // 20))
    numbers = [x for s in known for x in (s.low, s.high) if x is not None]
    values = _round_values(min(numbers), max(numbers))
    right, bottom = float(WIDTH - RIGHT), float(HEIGHT - BOTTOM)

    def x(day: date) -> float:
        share = (day - first).days / (end - first).days
        return round(LEFT + share * (right - LEFT), 1)

    def y(cents: int) -> float:
        share = (cents - values[0]) / (values[-1] - values[0])
        return round(bottom - share * (bottom - TOP), 1)

    ranges = []
    for s in known:
        if s.low != s.high and s.low is not None and s.high is not None:
            a, b = x(s.first), x(min(s.until or end, end))
            ranges.append(f"M{a} {y(s.high)}H{b}V{y(s.low)}H{a}Z")
    return Chart(
        width=WIDTH,
        height=HEIGHT,
        left=float(LEFT),
        right=right,
        top=float(TOP),
        bottom=bottom,
        paths=tuple(_path(steps, x, y, end) for steps in all_steps),
        ranges=tuple(ranges),
        years=tuple(Tick(x(date(year, 1, 1)), year) for year in _years(first, end)),
        values=tuple(Tick(y(v), v) for v in values),
        today=x(on) if first <= on <= end else None,
    )


def _path(steps: tuple[Step, ...], x: Callable[[date], float], y: Callable[[int], float], end: date) -> str:
    """Return the path of one series; a gap where nothing exact is known."""
    pieces: list[str] = []
    before: date | None = None
    for s in steps:
        if s.exact is None:
            before = None
            continue
        joined = before == s.first
        pieces.append(f"V{y(s.exact)}" if joined else f"M{x(s.first)} {y(s.exact)}")
        pieces.append(f"H{x(min(s.until or end, end))}")
        before = s.until
    return "".join(pieces)


def _years(first: date, end: date) -> list[int]:
    """Return the years to mark: at most eight, each as far from the next."""
    years = list(range(first.year + 1, end.year + 1))
    every = max(1, math.ceil(len(years) / 8))
    return years[::-1][::every][::-1]


def _round_values(low: int, high: int) -> list[int]:
    """Return three to six round values around [low, high], from zero where that costs little."""
    if low < high / 2:
        low = 0
    spread = max(high - low, high // 20, 1)
    step = 10 ** math.floor(math.log10(spread))
    step = next(step * m for m in (0.2, 0.25, 0.5, 1, 2, 2.5, 5) if spread / (step * m) <= 5)
    size = max(1, round(step))
    start, stop = low // size * size, -(-high // size) * size
    if stop == high:
        stop += size
    return list(range(start, stop + 1, size))
