"""The regions of a country side by side: the same answers, were the plan in each of them."""

from dataclasses import dataclass
from datetime import date

from sojourn.decide.regions import side_by_side
from sojourn.decide.variables import Facts
from sojourn.site.catalogue.places import country_of, region_name, theme_name, theme_of
from sojourn.words.language import Words
from sojourn.words.told import Told, tell


@dataclass(frozen=True, slots=True)
class Beside:
    """What the answers come to in one region, under one pathway."""

    region: str
    told: Told


def by_subject(w: Words, country: str, facts: Facts, on: date) -> list[tuple[str, tuple[Beside, ...]]]:
    """Return, for each subject, what these facts come to under the pathway of each region."""
    groups: dict[str, list[Beside]] = {}
    routes = [p.id for p in w.law.pathways.values() if p.region and country_of(p) == country]
    for row in side_by_side(w.law, facts, on, routes):
        theme = theme_of(row[0].pathway)
        heading = theme_name(w, theme) if theme else w.say("Other pathways")
        beside = [Beside(region_name(w, f.pathway.region), tell(w, f)) for f in row]
        groups.setdefault(heading, []).extend(beside)
    return [(heading, tuple(found)) for heading, found in groups.items()]
