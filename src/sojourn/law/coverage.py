"""The coverage register: what each pathway covers, on which sources, how sure, who reviewed it, what comes next."""

from typing import Any

from sojourn.law.basis import basis
from sojourn.law.due import next_change
from sojourn.law.model import Law, Pathway


def coverage(law: Law) -> list[dict[str, Any]]:
    """Return a row for each pathway, in the order of their ids.

    grades: lines of law by grade of their citation. sources: with the day each was read. reviewed: by whom the rule as
    it stands was signed, None for nobody. next_change: the next day after the law was read on which the pathway, or an
    amount behind it, is known or expected to change.
    """
    return [covered(law, p) for p in law.pathways.values()]


def covered(law: Law, p: Pathway) -> dict[str, Any]:
    """Return the row of one pathway."""
    grades: dict[str, int] = {}
    for e in p.entries:
        grades[e.cite.grade] = grades.get(e.cite.grade, 0) + 1
    sources = [law.sources[id] for id in sorted(basis(law, p).sources)]
    signed = {"by": p.reviewed["by"], "on": p.reviewed["on"]}
    procedure = p.procedure
    return {
        "pathway": p.id,
        "title": p.title,
        "region": p.region or None,
        "in_force": {"from": p.in_force.first, "until": p.in_force.until},
        "lines": len(p.entries),
        "procedure_lines": sum(1 for _ in procedure.lines()) if procedure else 0,
        "cases": len(p.cases),
        "grades": grades,
        "languages": sorted(p.texts),
        "checked_languages": sorted(x for x, c in p.checked.items() if c.get("by")),
        "reviewed": signed if p.review == "valid" else None,
        "reviewed_earlier": signed if p.review == "outdated" else None,
        "sources": [{"source": s.id, "title": s.title, "read": s.read, "part": s.part} for s in sources],
        "sources_read": {"first": min(s.read for s in sources), "last": max(s.read for s in sources)},
        "next_change": next_change(law, p, law.read_until),
        "not_modelled": list(p.not_modelled),
        "digest": p.digest,
    }
