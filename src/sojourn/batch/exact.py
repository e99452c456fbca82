"""The exact forms of a pathway as one table: what is left of them as one fact of a row after another becomes known.

A state is a node of a diagram whose terminals are results. Where what is known of a fact leaves several ways open, what
is left is what these agree on: undetermined wherever they do not come to the same. So a row ends at a settled result
exactly if all its completions do, as with one person. Segments of time share their nodes where their law is the same.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cache, reduce
from itertools import groupby

from sojourn.batch.classes import Source
from sojourn.batch.lookup import Table
from sojourn.decide.day import Day
from sojourn.decide.diagram import Builder, Node
from sojourn.decide.program import RESULTS, Segment
from sojourn.decide.variables import Choice, Choosing, Presence, Scale, Variable
from sojourn.values.verdict import Result

MOST = 16
"""How many codes are looked up at once, by and large: there are many states to multiply them with."""
SourceOf = Callable[[Segment, int], Source]
"""From a variable of a segment to what gives a row its cells."""
DayOf = Callable[[Segment], Day]
"""From a segment to a day for which it holds."""


class Exact:
    """Some segments of a pathway. `table` begins at `start` of the segment of a row and ends at a result."""

    def __init__(
        self, segments: Sequence[Segment], source_of: SourceOf, day_of: DayOf, number: Callable[[Result], int]
    ) -> None:
        self.builder = Builder()
        self.undetermined = self.builder.terminal(Result.UNDETERMINED)
        own = [{i: _key(s, i) for i in s.result.variables} for s in segments]
        order, own = _merged(own)
        place = {key: n for n, key in enumerate(order)}
        first = {key: (s, i) for s, keys in zip(segments, own, strict=True) for i, key in keys.items()}
        roots = [
            self._root(s, {i: place[key] for i, key in keys.items()}) for s, keys in zip(segments, own, strict=True)
        ]
        steps = [
            (source, [place[key] for key in keys])
            for source, keys in groupby(order, key=lambda key: source_of(*first[key]))
        ]

        @cache
        def cells(k: int, code: int) -> dict[int, int]:
            source, variables = steps[k]
            out = {}
            for n in variables:
                segment, i = first[order[n]]
                day = day_of(segment)
                out[n] = segment.variables[i].cells(source.known(code, day), day.cuts(segment, i))
            return out

        self.table = Table(
            [source for source, _ in steps],
            lambda k, node, code: self._after(node, cells(k, code)),
            lambda node: number(self.builder.terminals[~node]),
            MOST,
        )
        self._starts = {s.first: self.table.start(root) for s, root in zip(segments, roots, strict=True)}
        self._no_rule = self.table.start(self.undetermined)

    def start(self, segment: Segment | None) -> int:
        """Return where a row of this segment begins; None: no rule is known for its day."""
        return self._starts[segment.first] if segment else self._no_rule

    def _root(self, segment: Segment, place: Mapping[int, int]) -> Node:
        nodes: list[Node] = []

        def of(node: Node) -> Node:
            return self.builder.terminal(RESULTS[~node]) if node < 0 else nodes[node]

        for variable, children in segment.result.nodes:
            nodes.append(self.builder.node(place[variable], tuple(map(of, children))))
        return of(segment.result.root)

    def _after(self, node: Node, cells: Mapping[int, int]) -> Node:
        """Return what is left of a node once these variables are known to lie in these cells (as bits)."""
        if node < 0 or self.builder.nodes[node][0] not in cells:
            return node
        variable, children = self.builder.nodes[node]
        ways = {child for cell, child in enumerate(children) if cells[variable] >> cell & 1}
        return reduce(self._both, sorted(self._after(way, cells) for way in ways))

    def _both(self, a: Node, b: Node) -> Node:
        """Return what two ways agree on."""
        if a == b or self.undetermined in (a, b):
            return a if a == b else self.undetermined
        return self.builder.combine("both", lambda x, y: x if x is y else Result.UNDETERMINED, a, b)


def _key(segment: Segment, i: int) -> Hashable:
    """Return what two variables have in common that are one and the same."""
    variable: Variable = segment.variables[i]
    match variable:
        case Choice(fact, cell):
            return fact, tuple(cell.items())
        case Presence(fact, values):
            return fact, values
        case Scale(fact):
            return fact, segment.cuts[i]
        case Choosing():
            raise AssertionError("readings are settled before a result is one")


def _merged(own: Sequence[Mapping[int, Hashable]]) -> tuple[list[Hashable], list[dict[int, Hashable]]]:
    """Return one order of all variables that keeps the order of each segment, and the keys of each segment in it.

    Where two segments ask the same in another order, the later one has its own variables, after all others.
    """
    order: list[Hashable] = []
    out: list[dict[int, Hashable]] = []
    for n, keys in enumerate(own):
        place = {key: i for i, key in enumerate(order)}
        known = [place[key] for key in keys.values() if key in place]
        if known != sorted(known):
            private: dict[int, Hashable] = {i: (n, key) for i, key in keys.items()}
            order += private.values()
            out.append(private)
            continue
        at = 0
        for key in keys.values():
            if key in order:
                at = order.index(key) + 1
            else:
                order.insert(at, key)
                at += 1
        out.append(dict(keys))
    return order, out


__all__ = ["Exact"]
