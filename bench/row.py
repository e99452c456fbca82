"""The table that `make bench` prints: one row for each thing measured."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One thing measured beside its reference.

    ratio: ours to the reference, in words ("5.1 times"). mark: what it should reach; empty where it is only reported.
    met: whether it does; None without a mark.
    """

    what: str
    ours: str
    reference: str = "–"
    ratio: str = "–"
    mark: str = ""
    met: bool | None = None

    def __str__(self) -> str:
        judged = {True: "met", False: "**missed**", None: "reported"}[self.met]
        return f"| {self.what} | {self.ours} | {self.reference} | {self.ratio} | {self.mark or '–'} | {judged} |"


HEAD = "| what | ours | reference | ratio | mark | |\n|---|---|---|---|---|---|"


def table(rows: Iterable[Row]) -> str:
    """Return the rows as a Markdown table."""
    return "\n".join([HEAD, *map(str, rows)])
