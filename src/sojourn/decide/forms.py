"""Exact forms that outlive an edit: a pathway is made anew only when something that it rests on has changed."""

import json

from sojourn.decide.program import Segment, dead_lines, segments
from sojourn.law.basis import basis
from sojourn.law.model import Law, Pathway
from sojourn.law.signature import plain
from sojourn.law.store import once


def forms(law: Law, pathway: Pathway) -> list[Segment]:
    """Return the exact forms of the pathway, one for each segment of time."""
    return once("form", _rests_on(law, pathway), lambda: segments(law, pathway))


def dead(law: Law, pathway: Pathway) -> set[str]:
    """Return the ids of the lines that can never matter."""
    return once("dead", _rests_on(law, pathway), lambda: dead_lines(law, pathway, forms(law, pathway)))


def _rests_on(law: Law, pathway: Pathway) -> str:
    """Return as text all that the exact forms of the pathway depend on, besides our own code."""
    used = basis(law, pathway)
    lines = [
        [e.id, e.part, e.effect, e.cite.grade, plain(e.period), plain(e.seen), plain(e.test)] for e in pathway.entries
    ]
    facts = {id: plain(law.facts[id]) for id in used.facts}
    amounts = {id: plain(law.amounts[id]) for id in used.amounts}
    return json.dumps([plain(pathway.in_force), lines, facts, amounts], sort_keys=True)
