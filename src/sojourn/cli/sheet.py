"""What a jurist reviews: a pathway on a few pages, what we cover, and what can be asked."""

import textwrap
from collections.abc import Iterator
from datetime import date
from typing import Any

from sojourn.cli.render import Page
from sojourn.cli.words import Words
from sojourn.law.model import (
    All,
    AnyOf,
    AtLeast,
    Cite,
    Cited,
    Constant,
    Disputed,
    Entry,
    Fact,
    Holds,
    Law,
    Member,
    Not,
    NotModelled,
    Number,
    OfAmount,
    OfDay,
    Pathway,
    Reaches,
    Test,
    Weighed,
)  # fmt: skip

WIDTH = 100


def sheet(w: Words, pathway: Pathway) -> str:
    """Return the review sheet of a pathway: each line of law with its rule and source, the cases, one explanation."""
    reviewed = pathway.reviewed.get("of") == pathway.digest
    lines = [
        f"{w.line(pathway, 'title')} ({pathway.id})",
        f"in force from {pathway.in_force.first}; law read until {w.law.read_until}",
        f"digest to sign: {pathway.digest[:16]}; {'reviewed' if reviewed else 'not yet reviewed by a jurist'}",
    ]
    part = ""
    for e in pathway.entries:
        if e.part != part:
            part = e.part
            lines += ["", f"{part.upper()}S"]
        lines += _entry(w, pathway, e)
    lines += ["", f"CASES ({len(pathway.cases)}, all hold; on {w.law.read_until} where no day is given)"]
    by_result: dict[str, list[str]] = {}
    for c in pathway.cases:
        by_result.setdefault(c.expect.get("result", "other"), []).append(
            c.name if c.on == w.law.read_until else f"{c.name} ({c.on})"
        )
    for result, names in by_result.items():
        lines += _wrap(f"{result} ({len(names)}): {'; '.join(names)}", 0, most=999)
    lines += ["", "EXPLANATION OF THE FIRST CASE", *_explanation(w, pathway)]
    lines += ["", "Reviewed by: ______________________   on: ____________   of digest: ________________"]
    return "\n".join(lines) + "\n"


def _entry(w: Words, pathway: Pathway, e: Entry) -> Iterator[str]:
    since = f" from {e.period.first}" if e.period.first else f" seen {e.seen}" if e.seen else ""
    until = f" until {e.period.until}" if e.period.until else ""
    effect = "" if e.effect == "decides" else f" [{e.effect}]"
    yield from _wrap(f"{e.id}{effect}{since}{until}: {w.line(pathway, e.id)}", 0)
    cite = f"{e.cite.source}, {e.cite.at} ({e.cite.grade})"
    cite += "".join(f"; {_days(c)}{c.source}, {c.at}" for c in e.cites[1:])
    quote = "".join(f' {lang}: "{textwrap.shorten(text, _room(cite), placeholder=" …")}"' for lang, text in e.quote)
    most = 1 if e.part in ("caution", "anchor") else 2
    if e.test is not None:
        yield from _wrap(f"= {test_words(w, e.test)}", 2, most=most)
    yield from _wrap(cite + quote, 2, most=most)


def _room(before: str) -> int:
    """Return how long a quote may be to end on the line where `before` ends, or on the next if that is nearly full."""
    line = WIDTH - 12
    left = line - len(before) % line
    return left if left >= 24 else left + line


def _days(cite: Cite) -> str:
    since = f"from {cite.period.first} " if cite.period.first else ""
    return since + (f"until {cite.period.until} " if cite.period.until else "")


def _wrap(text: str, indent: int, most: int = 9) -> list[str]:
    lead = " " * indent
    return textwrap.wrap(
        text, WIDTH, initial_indent=lead, subsequent_indent=lead + "  ", max_lines=most, placeholder=" …"
    )


def _explanation(w: Words, pathway: Pathway) -> list[str]:
    from sojourn.cli.render import match_text
    from sojourn.decide.cases import finding_of

    if not pathway.cases:
        return []
    case = pathway.cases[0]
    return match_text(w, [finding_of(w.law, pathway, case)], case.on, Page(90, colour=False)).splitlines()[:24]


def test_words(w: Words, test: Test) -> str:
    """Return a test as a sentence of conditions."""
    match test:
        case Member(fact, values):
            return f"{fact} is {_listed(w, w.law.facts[fact], values)}"
        case Holds(fact, values):
            return f"{fact} has {_listed(w, w.law.facts[fact], values)}"
        case Reaches(fact, threshold):
            return f"{fact} ≥ {_threshold(w, w.law.facts[fact], threshold)}"
        case Not(Reaches(fact, threshold)):
            return f"{fact} < {_threshold(w, w.law.facts[fact], threshold)}"
        case Not(t):
            return f"not ({test_words(w, t)})"
        case All(tests):
            return " and ".join(_inner(w, t) for t in tests)
        case AnyOf(tests):
            return " or ".join(_inner(w, t) for t in tests)
        case AtLeast(count, tests):
            return f"at least {count} of: " + "; ".join(_inner(w, t) for t in tests)
        case Cited(cite, t):
            return f"{test_words(w, t)} <{cite.source}, {cite.at}, {cite.grade}>"
        case Weighed(id, by, when=when):
            return f"{by or 'the authority'} weighs {id}" + (f" if {test_words(w, when)}" if when else "")
        case Disputed(readings=readings):
            each = "; ".join(f"{r.id} ({r.cite.source}, {r.cite.grade}): {test_words(w, r.test)}" for r in readings)
            return f"DISPUTED {{{each}}}"
        case NotModelled(why=why):
            return f"not modelled: {why}"
        case Constant(value):
            return "holds" if value else "does not hold"
    raise AssertionError(test)


def _inner(w: Words, test: Test) -> str:
    text = test_words(w, test)
    return f"({text})" if isinstance(test, All | AnyOf) else text


def _listed(w: Words, fact: Fact, values: "frozenset[Any]") -> str:
    for id, members in w.law.groups.items():
        if values == members:
            return id
    shown = sorted(map(str, values))
    return shown[0].lower() if fact.type == "bool" else " / ".join(shown)


def _threshold(w: Words, fact: Fact, threshold: Number | OfAmount | OfDay) -> str:
    if isinstance(threshold, Number):
        return w.number(fact, threshold.value)
    if isinstance(threshold, OfAmount):
        return threshold.amount + (" + 1 cent" if threshold.plus else "")
    if threshold.how == "filing-day":
        return "filing day" + (" + 1" if threshold.plus else "")
    span = [f"{n} {unit}" for unit in ("working_days", "years", "months", "days") if (n := getattr(threshold, unit))]
    return f"filing day − {', '.join(span)}{' (then passed)' if threshold.how == 'passed' else ''}"


# --- coverage ------------------------------------------------------------------------------------------------------


def coverage(law: Law) -> list[dict[str, Any]]:
    """Return for each pathway what is covered, from which sources of which grade, and who reviewed it."""
    rows = []
    for p in law.pathways.values():
        grades: dict[str, int] = {}
        for e in p.entries:
            grades[e.cite.grade] = grades.get(e.cite.grade, 0) + 1
        sources = sorted({c.source for e in p.entries for c in (e.cite, *e.also)})
        reviewed = p.reviewed.get("of") == p.digest
        rows.append(
            {
                "pathway": p.id,
                "title": p.title,
                "region": p.region or None,
                "in_force": {"from": p.in_force.first, "until": p.in_force.until},
                "lines": len(p.entries),
                "cases": len(p.cases),
                "grades": grades,
                "languages": sorted(p.texts),
                "checked_languages": sorted(x for x, c in p.checked.items() if c.get("by")),
                "reviewed": {"by": p.reviewed["by"], "on": p.reviewed["on"]} if reviewed else None,
                "sources": [{"source": s, "read": law.sources[s].read, "part": law.sources[s].part} for s in sources],
                "not_modelled": list(p.not_modelled),
                "digest": p.digest,
            }
        )
    return rows


def coverage_text(w: Words, rows: list[dict[str, Any]], page: Page) -> str:
    """Return the coverage as a person reads it."""
    for row in rows:
        page.add(f"{row['pathway']}: {w.line(w.law.pathways[row['pathway']], 'title')}", style="1")
        first: date = row["in_force"]["from"]
        grades = ", ".join(f"{n} {w.say(g)}" for g, n in row["grades"].items())
        page.add(w.say("law from {day}; {cases} worked cases", day=w.day(first), cases=row["cases"]), 2)
        page.add(f"{row['lines']}: {grades}", 2)
        page.add(w.say("not yet reviewed by a jurist") if row["reviewed"] is None else str(row["reviewed"]["by"]), 2)
    return str(page)


def facts_json(law: Law) -> list[dict[str, Any]]:
    """Return every fact with its type, values and the question that asks it."""
    asked = {f: q.id for q in law.questions for f in q.sets}
    return [
        {
            "fact": f.id, "says": f.says, "type": f.type, "values": f.values, "unit": f.unit or None, "least": f.least,
            "most": f.most, "change": f.change, "question": asked.get(f.id),
        }
        for f in law.facts.values()
    ]  # fmt: skip


def facts_text(w: Words, page: Page) -> str:
    """Return every fact as a person reads it."""
    for f in w.law.facts.values():
        page.add(f"{f.id} ({f.type})", style="1")
        page.add(w.fact(f.id), 2)
        for value in f.values:
            page.add(f"{value}: {w.value(f, value)}", 4, "· ")
    return str(page)


__all__ = ["coverage", "coverage_text", "facts_json", "facts_text", "sheet", "test_words"]
