"""The regions side by side: the same person, were the plan in each region of a country."""

from collections.abc import Iterable
from datetime import date

from sojourn.decide.assess import assess
from sojourn.decide.finding import Finding
from sojourn.decide.variables import Facts
from sojourn.law.model import Law, Pathway, walk
from sojourn.values.known import Exact, Known


def side_by_side(law: Law, facts: Facts, on: date, pathways: Iterable[str] | None = None) -> list[tuple[Finding, ...]]:
    """Return one row of findings for each route that has a pathway in several regions, one finding a region.

    pathways: routes are named by any of their pathways; all of them where none is named. Raises KeyError for an
    unknown one. The regions stand in the order of the fact that names them.
    """
    wanted = None if pathways is None else {_route(law.pathways[id]) for id in pathways}
    routes: dict[tuple[str, str], list[Pathway]] = {}
    for pathway in law.pathways.values():
        if pathway.region and (wanted is None or _route(pathway) in wanted):
            routes.setdefault(_route(pathway), []).append(pathway)
    return [
        tuple(_there(law, p, facts, on) for p in sorted(row, key=lambda p: _place(law, p)))
        for _, row in sorted(routes.items())
        if len(row) > 1
    ]


def in_region(law: Law, pathway: Pathway, facts: Facts) -> Facts:
    """Return the facts as they would be if the plan were in the region of a pathway.

    Moved is what the pathway asks of the plan: the regions of business, seat and work. What cannot be moved stays: a
    card that one region has granted is not one of another.
    """
    asked = {getattr(t, "fact", "") for e in pathway.entries for t in walk(e.test)}
    movable = (law.facts[f] for f in asked if f)
    moved: dict[str, Known] = {
        f.id: Exact(pathway.region) for f in movable if f.change == "changeable" and pathway.region in f.values
    }
    return {**facts, **moved}


def _there(law: Law, pathway: Pathway, facts: Facts, on: date) -> Finding:
    (finding,) = assess(law, in_region(law, pathway, facts), on, [pathway.id])
    return finding


def _route(pathway: Pathway) -> tuple[str, str]:
    """Return what the pathways of the regions have in common: the country and the rest of the id."""
    country, rest = pathway.id.split("-", 1)
    return country, rest.split("-", 1)[1] if pathway.region else rest


def _place(law: Law, pathway: Pathway) -> int:
    """Return where a region stands among the values of the first fact that names it."""
    order = next((list(f.values) for f in law.facts.values() if pathway.region in f.values), [pathway.region])
    return order.index(pathway.region)
