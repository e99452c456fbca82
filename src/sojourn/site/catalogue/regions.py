"""The regions of a country side by side: the same answers, were the plan in each of them."""

from dataclasses import dataclass
from datetime import date

from sojourn.decide.assess import assess
from sojourn.decide.variables import Facts
from sojourn.law.model import Law, Member, Pathway, walk
from sojourn.site.catalogue.places import country_of, region_name, regions, theme_name, theme_of
from sojourn.values.known import Exact, Known
from sojourn.words.language import Words
from sojourn.words.told import Told, tell


@dataclass(frozen=True, slots=True)
class Beside:
    """What the answers come to in one region, under one pathway."""

    region: str
    told: Told


def side_by_side(w: Words, country: str, facts: Facts, on: date) -> list[tuple[str, tuple[Beside, ...]]]:
    """Return, for each subject, what these facts come to under the pathway of each region."""
    groups: dict[str, list[Beside]] = {}
    order = regions(w.law, country)
    listed = [p for p in w.law.pathways.values() if p.region and country_of(p) == country]
    for pathway in sorted(listed, key=lambda p: (_kind(p), order.index(p.region))):
        (finding,) = assess(w.law, in_region(w.law, pathway, facts), on, [pathway.id])
        theme = theme_of(pathway)
        heading = theme_name(w, theme) if theme else w.say("Other pathways")
        groups.setdefault(heading, []).append(Beside(region_name(w, pathway.region), tell(w, finding)))
    return [(heading, tuple(found)) for heading, found in groups.items()]


def _kind(pathway: Pathway) -> str:
    """Return what the pathways of the regions have in common: their id without country and region."""
    return pathway.id.split("-", 2)[2]


def in_region(law: Law, pathway: Pathway, facts: Facts) -> Facts:
    """Return the facts as they would be if the plan were in the region of a pathway.

    Moved is what the pathway's gate asks about regions: the place of business, of work.
    """
    asked = {
        t.fact
        for e in pathway.of("gate")
        for t in walk(e.test)
        if isinstance(t, Member) and pathway.region in law.facts[t.fact].values
    }
    moved: dict[str, Known] = {fact: Exact(pathway.region) for fact in asked}
    return {**facts, **moved}
