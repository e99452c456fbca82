"""Decision diagrams: a function of finitely many variables with finitely many values, exact and compact.

A node asks one variable and has one child for each of its cells; variables are asked in one fixed order; equal nodes
are one node. So two equal functions are the same node, and a function depends on a variable exactly when the variable
occurs in it. What is only partly known is a set of cells for each variable; what may still come out is the set of
terminals that can be reached. That set is exact: this is what makes Sojourn sharp.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

Node = int
"""Zero and up: a node. Below zero: the terminal with number `~node`."""


class Builder:
    """Makes nodes, each once."""

    def __init__(self) -> None:
        self.nodes: list[tuple[int, tuple[Node, ...]]] = []
        self.terminals: list[Any] = []
        self._known: dict[tuple[int, tuple[Node, ...]], Node] = {}
        self._terminal: dict[Hashable, Node] = {}
        self._done: dict[tuple[str, Node, Node], Node] = {}

    def terminal(self, value: Hashable) -> Node:
        """Return the terminal with this value."""
        if value not in self._terminal:
            self._terminal[value] = ~len(self.terminals)
            self.terminals.append(value)
        return self._terminal[value]

    def node(self, variable: int, children: tuple[Node, ...]) -> Node:
        """Return the node that asks `variable`; when all children are one, that child."""
        first = children[0]
        if all(c == first for c in children):
            return first
        key = (variable, children)
        if key not in self._known:
            self._known[key] = len(self.nodes)
            self.nodes.append(key)
        return self._known[key]

    def combine(self, name: str, of: Callable[[Any, Any], Hashable], a: Node, b: Node) -> Node:
        """Return the diagram of `of(a, b)`, taken pointwise; `name` identifies `of`."""
        done = self._done
        key = (name, a, b)
        out: Node
        if key in done:
            return done[key]
        if a < 0 and b < 0:
            out = self.terminal(of(self.terminals[~a], self.terminals[~b]))
        else:
            va = self.nodes[a][0] if a >= 0 else 1 << 30
            vb = self.nodes[b][0] if b >= 0 else 1 << 30
            top = min(va, vb)
            width = len(self.nodes[a][1] if va == top else self.nodes[b][1])
            as_ = self.nodes[a][1] if va == top else (a,) * width
            bs = self.nodes[b][1] if vb == top else (b,) * width
            out = self.node(top, tuple(self.combine(name, of, x, y) for x, y in zip(as_, bs, strict=True)))
        done[key] = out
        return out

    def map(self, name: str, of: Callable[[Any], Hashable], a: Node) -> Node:
        """Return the diagram of `of(a)`."""
        nothing = self.terminal(("nothing", name))
        return self.combine(f"map {name}", lambda x, _: of(x), a, nothing)

    def settle(self, a: Node, last: int, of: Callable[[frozenset[Any]], Hashable]) -> Node:
        """Return `a` without the variables from `last` on: `of` the set of values that they lead to."""
        memo: dict[Node, Node] = {}
        values: dict[Node, frozenset[Any]] = {}

        def below(n: Node) -> frozenset[Any]:
            if n not in values:
                values[n] = (
                    frozenset({self.terminals[~n]})
                    if n < 0
                    else frozenset().union(*(below(c) for c in self.nodes[n][1]))
                )
            return values[n]

        def walk(n: Node) -> Node:
            if n not in memo:
                if n < 0 or self.nodes[n][0] >= last:
                    memo[n] = self.terminal(of(below(n)))
                else:
                    variable, children = self.nodes[n]
                    memo[n] = self.node(variable, tuple(walk(c) for c in children))
            return memo[n]

        return walk(a)


@dataclass(frozen=True)
class Diagram:
    """A finished function: its own nodes only, children before parents; terminals are bits `1 << ~node`."""

    nodes: tuple[tuple[int, tuple[Node, ...]], ...]
    root: Node

    @cached_property
    def terminals(self) -> int:
        """The terminals that occur, as bits."""
        out = 0
        for child in (self.root, *(c for _, children in self.nodes for c in children)):
            if child < 0:
                out |= 1 << ~child
        return out

    @property
    def variables(self) -> list[int]:
        """The variables the function depends on, in order."""
        return sorted({v for v, _ in self.nodes})


def finish(builder: Builder, root: Node, order: Sequence[Any]) -> Diagram:
    """Return `root` as a Diagram whose terminal number i is `order[i]`."""
    numbers: dict[Node, Node] = {}
    nodes: list[tuple[int, tuple[Node, ...]]] = []

    def walk(n: Node) -> Node:
        if n < 0:
            return ~order.index(builder.terminals[~n])
        if n not in numbers:
            variable, children = builder.nodes[n]
            new = tuple(walk(c) for c in children)
            numbers[n] = len(nodes)
            nodes.append((variable, new))
        return numbers[n]

    new_root = walk(root)
    return Diagram(tuple(nodes), new_root)


def reach(diagram: Diagram, cells: Mapping[int, int]) -> int:
    """Return the terminals that can be reached, as bits.

    cells: for a variable, the set of cells it may be in, as bits.
    """
    nodes, everything = diagram.nodes, diagram.terminals
    n = diagram.root
    while n >= 0:  # as long as one cell is possible there is one way to go
        variable, children = nodes[n]
        mask = cells[variable]
        if mask & (mask - 1):
            break
        n = children[mask.bit_length() - 1]
    if n < 0:
        return 1 << ~n
    out, seen, ahead = 0, {n}, [n]
    while ahead and out != everything:
        variable, children = nodes[ahead.pop()]
        mask = cells[variable]
        for child in children:
            if mask & 1:
                if child < 0:
                    out |= 1 << ~child
                elif child not in seen:
                    seen.add(child)
                    ahead.append(child)
            mask >>= 1
    return out


def restrict(diagram: Diagram, cells: Mapping[int, int]) -> Diagram:
    """Return the function that is left once each variable is held to its cells.

    A variable occurs in it exactly when the answer still depends on it. Children that cannot happen are merged with
    one that can; a node keeps its cells.
    """
    nodes: list[tuple[int, tuple[Node, ...]]] = []
    known: dict[tuple[int, tuple[Node, ...]], Node] = {}
    memo: dict[Node, Node] = {}

    def walk(n: Node) -> Node:
        if n < 0:
            return n
        if n in memo:
            return memo[n]
        variable, children = diagram.nodes[n]
        mask = cells[variable]
        if mask & (mask - 1) == 0:
            out = walk(children[mask.bit_length() - 1])
        else:
            new = [walk(c) if mask >> i & 1 else None for i, c in enumerate(children)]
            some = next(c for c in new if c is not None)
            key = (variable, tuple(some if c is None else c for c in new))
            if all(c == some for c in key[1]):
                out = some
            else:
                found = known.get(key)
                if found is None:
                    found = known[key] = len(nodes)
                    nodes.append(key)
                out = found
        memo[n] = out
        return out

    root = walk(diagram.root)
    return Diagram(tuple(nodes), root)
