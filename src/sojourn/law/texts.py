"""The texts that the whole body of law shares: one `texts/<language>.yaml` a folder, each text by what it names."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from sojourn.law.faults import nearest
from sojourn.law.model import Pathway, Weighed, walk
from sojourn.law.yaml12 import Path_

SECTIONS = (
    "facts", "values", "units", "groups", "questions", "helpers", "contradictions", "definitions", "evidence",
    "amounts", "authorities",
)  # fmt: skip
Named = Mapping[str, AbstractSet[str]]
"""What the law declares, by section; the parts of one thing, such as the values of a fact, under `section.id`."""


def strays(texts: Mapping[str, Any], named: Named) -> Iterator[tuple[Path_, str, str]]:
    """Yield each text that belongs to nothing: where it stands, what is wrong, the nearest name."""
    for section in SECTIONS:
        known = named.get(section, frozenset())
        for id, text in texts[section].items():
            if id not in known:
                yield (section, id), f'nothing in the law is called "{id}" under {section}', nearest(id, known)
            elif isinstance(text, dict):
                parts = named.get(f"{section}.{id}", frozenset())
                for part in text.keys() - parts:
                    yield (section, id, part), f'{section}.{id} has no "{part}"', nearest(part, parts)


def joined(earlier: Mapping[str, Any], later: dict[str, Any]) -> dict[str, Any]:
    """Return the texts of two folders; where both name the same thing, the later one counts."""
    both = {k: earlier[k] | v for k, v in later.items() if isinstance(v, dict) and k in earlier}
    return later | both


def evidence(pathway: Pathway) -> set[str]:
    """Return the ids of the documents that a pathway speaks of: what shows something, what one files."""
    weighed = [t for e in pathway.entries for t in walk(e.test) if isinstance(t, Weighed)]
    papers = {d.id for d in pathway.procedure.evidence} if pathway.procedure else set()
    return papers | {
        id for shown_by in (*(e.shown_by for e in pathway.entries), *(t.shown_by for t in weighed)) for id in shown_by
    }
