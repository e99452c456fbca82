"""The registers in the terminal: what we cover and how sure we are, what must be read again, what can be asked."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from sojourn.cli.render import Page
from sojourn.law.due import Due
from sojourn.words.language import Words
from sojourn.words.register import DUE, due_name, review_words

_KINDS = list(DUE)


def coverage_text(w: Words, rows: list[dict[str, Any]], page: Page) -> str:
    """Return the register as a person reads it, a paragraph for each pathway."""
    for row in rows:
        pathway = w.law.pathways[row["pathway"]]
        page.add(f"{row['pathway']}: {w.line(pathway, 'title')}", style="1")
        page.add(
            w.say("law from {day}; {cases} worked cases", day=w.day(row["in_force"]["from"]), cases=row["cases"]), 2
        )
        grades = ", ".join(f"{n} {w.say(g)}" for g, n in row["grades"].items())
        page.add(f"{row['lines']}: {grades}", 2)
        read = row["sources_read"]
        page.add(
            w.say(
                "{count} sources, read from {first} to {last}",
                count=len(row["sources"]),
                first=w.day(read["first"]),
                last=w.day(read["last"]),
            ),
            2,
        )
        page.add(review_words(w, pathway), 2)
        if row["next_change"]:
            page.add(w.say("next change known or expected: {day}", day=w.day(row["next_change"])), 2)
        if row["not_modelled"]:
            page.add(
                w.say("not decided: {count} points, named by `sojourn law sheet`", count=len(row["not_modelled"])), 2
            )
    return str(page)


def due_text(w: Words, items: Sequence[Due], on: date, page: Page) -> str:
    """Return what must be read again, by kind, the longest due first."""
    page.add(w.say("To be read again on {day}: {count}", day=w.day(on), count=len(items)), style="1")
    for kind, group in groupby(sorted(items, key=lambda d: _KINDS.index(d.kind)), key=lambda d: d.kind):
        page.add()
        page.add(w.say(DUE[kind]), style="1")
        for item in group:
            page.add(f"{due_name(w, item)} ({item.id})", 2, "· ")
            page.add(w.say("since {day}", day=w.day(item.since)), 4)
            if item.kind in ("amount", "unknown-amount") and item.because:
                page.add(item.because, 4, style="2")
            if item.pathways:
                page.add(", ".join(item.pathways), 4, style="2")
    return str(page)


def due_json(items: Sequence[Due]) -> list[dict[str, Any]]:
    """Return what must be read again as data."""
    return [
        {
            "kind": d.kind, "id": d.id, "since": d.since, "pathways": list(d.pathways), "because": d.because or None,
        }
        for d in items
    ]  # fmt: skip


def facts_text(w: Words, page: Page) -> str:
    """Return every fact as a person reads it."""
    for f in w.law.facts.values():
        page.add(f"{f.id} ({f.type})", style="1")
        page.add(w.fact(f.id), 2)
        for value in f.values:
            page.add(f"{value}: {w.value(f, value)}", 4, "· ")
    return str(page)
