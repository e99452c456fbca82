"""The papers: a PDF of two pages in a process that has made one before, with words it has never seen."""

import io
from collections.abc import Iterator
from datetime import date
from itertools import count

import pikepdf

from bench.clock import best_in_turn
from bench.row import Row
from sojourn.papers.page import Document, Part, Table
from sojourn.papers.typeset import pdf

ROWS = 60


def two_pages(turn: int) -> Document:
    """Return an inventory of sixty rows, which fills two pages; no two turns share a row, so nothing kept helps."""
    rows = tuple((str(n), f"Paper {n} of turn {turn}", "2026-11-22") for n in range(ROWS))
    table = Table(("No.", "Document", "Date of issue"), rows, narrow=True)
    return Document("Inventory", date(2026, 11, 22), (Part("en", (table,)),))


def rows() -> Iterator[Row]:
    turns = count()
    with pikepdf.open(io.BytesIO(pdf(two_pages(next(turns))))) as made:
        assert len(made.pages) == 2, len(made.pages)
    (time,) = best_in_turn([lambda: pdf(two_pages(next(turns)))])
    yield Row("a tagged PDF of two pages, warm", f"{time * 1e3:.0f} ms", mark="under 300 ms", met=time < 0.3)
