"""Tables that answer all rows at once; an entry is made when a row first needs it, by asking the engine."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from math import prod
from threading import RLock
from typing import Any

import polars as pl

from sojourn.batch.classes import Source

Code = pl.Expr | int
"""A small number for each row; an int when it is the same for all."""
UNSEEN = 255
"""The answer of a table that has not seen such a row yet."""
_LOST = 0
"""The state after a step that was not seen yet."""


class Table:
    """A function of the codes of some sources.

    step: from the number of a source, a state and the code to the next state.
    end: from the last state to the answer, below 255. most: how many codes are looked up at once, by and large.
    May be shared between threads.
    """

    def __init__(
        self,
        sources: Sequence[Source],
        step: Callable[[int, Any, int], Hashable],
        end: Callable[[Any], int],
        most: int,
    ) -> None:
        self.sources, self.step, self.end = sources, step, end
        self.lock = RLock()
        groups: list[list[int]] = [[]]
        for k, source in enumerate(sources):
            if groups[-1] and prod(sources[i].width for i in groups[-1]) * source.width > most:
                groups.append([])
            groups[-1].append(k)
        last = len(groups) - 1
        self.hops = [_Hop(group, [sources[k] for k in group], last=n == last) for n, group in enumerate(groups)]
        for hop in self.hops[1:]:
            hop.state(None)  # the lost ones

    def start(self, state: Hashable) -> int:
        """Return the number of a state in which one may begin."""
        with self.lock:
            return self.hops[0].state(state)

    def answers(self, start: Code, codes: Mapping[str, Code]) -> Code:
        """Return the answer of each row, UNSEEN where `learn` has to be called first."""
        at = start
        with self.lock:
            layouts = [hop.layout() for hop in self.hops]
        for hop, layout in zip(self.hops, layouts, strict=True):
            key = layout.key(at, [codes[s.name] for s in hop.sources])
            at = layout.flat[key] if isinstance(key, int) else pl.lit(layout.series()).gather(key)
        return at

    def learn(self, frame: pl.DataFrame, start: Code, codes: Mapping[str, Code]) -> pl.Series | int:
        """Return the answers of these rows, adding what is missing for them."""
        at = start
        with self.lock:
            for n, hop in enumerate(self.hops):
                layout = hop.layout()
                key = layout.key(at, [codes[s.name] for s in hop.sources])
                for one in [key] if isinstance(key, int) else frame.select(key.unique()).to_series().to_list():
                    if layout.flat[one] == hop.unseen:
                        self._add(n, layout, one)
                if isinstance(key, int):
                    at = layout.flat[key]
                else:
                    frame = frame.with_columns(pl.lit(layout.series()).gather(key).alias(_AT))
                    at = pl.col(_AT)
        return at if isinstance(at, int) else frame[_AT]

    def _add(self, n: int, layout: "_Layout", key: int) -> None:
        hop = self.hops[n]
        number, *codes = layout.parts(key)
        state = hop.states[number]
        for k, code in zip(hop.group, codes, strict=True):
            state = self.step(k, state, code)
        layout.put(key, self.end(state) if hop.last else self.hops[n + 1].state(state))


_AT = "\0at"


class _Layout:
    """How the entries of a hop lie: `flat[(state * width + code) * width + code ...]`."""

    def __init__(self, widths: tuple[int, ...], states: int, unseen: int, dtype: type[pl.DataType]) -> None:
        self.widths, self.room, self.dtype = widths, states, dtype
        self.flat = [unseen] * (prod(widths) * states)
        self._series: pl.Series | None = None

    def key(self, state: Code, codes: Sequence[Code]) -> Code:
        """Return the place of a state and codes."""
        key = state
        for width, code in zip(self.widths, codes, strict=True):
            if isinstance(key, int) and not isinstance(code, int):
                key = code + pl.lit(key * width, dtype=pl.UInt32) if key else code
            else:
                key = key * width + code
        return key

    def parts(self, key: int) -> tuple[int, ...]:
        """Return the state and the codes of a place."""
        out = []
        for width in reversed(self.widths):
            key, code = divmod(key, width)
            out.append(code)
        return (key, *reversed(out))

    def put(self, key: int, after: int) -> None:
        """Set an entry."""
        self.flat[key] = after
        self._series = None

    def series(self) -> pl.Series:
        """Return all entries."""
        series = self._series
        if series is None:
            series = self._series = pl.Series(self.flat, dtype=self.dtype)
        return series


class _Hop:
    """Some sources that are looked up at once."""

    def __init__(self, group: list[int], sources: list[Source], *, last: bool) -> None:
        self.group, self.sources, self.last = group, sources, last
        self.unseen = UNSEEN if last else _LOST
        self.states: list[Any] = []
        self.numbers: dict[Hashable, int] = {}
        self.made = _Layout((), 0, self.unseen, pl.UInt8)

    def state(self, state: Hashable) -> int:
        """Return the number of a state."""
        number = self.numbers.get(state)
        if number is None:
            number = self.numbers[state] = len(self.states)
            self.states.append(state)
        return number

    def layout(self) -> _Layout:
        """Return how the entries lie, with room for every state and code that there is."""
        before, widths = self.made, tuple(s.width for s in self.sources)
        if before.widths != widths or before.room < len(self.states):
            room = 1 << (len(self.states) - 1).bit_length()
            made = _Layout(widths, room, self.unseen, pl.UInt8 if self.last else pl.UInt32)
            for key, after in enumerate(before.flat):
                if after != self.unseen:
                    made.put(_place(widths, before.parts(key)), after)
            self.made = made
        return self.made


def _place(widths: Sequence[int], parts: Sequence[int]) -> int:
    place = parts[0]
    for width, code in zip(widths, parts[1:], strict=True):
        place = place * width + code
    return place
