"""The countries and regions in which pathways lie, and the subjects they are about."""

from sojourn.law.model import Law, Pathway
from sojourn.words.language import Words

_ISO = {"uk": "GB"}
THEMES = {
    "self-employed": "Working for yourself",
    "work": "Working for an employer",
    "means": "Living on your own means",
    "family": "Joining your family",
    "study": "Studying and research",
    "protection": "Protection and humanitarian stay",
    "free-movement": "Citizens of the European Union and their families",
    "long-term": "Permanent stay and nationality",
    "short": "Short and special stays",
}


def country_of(pathway: Pathway) -> str:
    """Return the country of a pathway (ISO 3166), from its id."""
    code = pathway.id.split("-")[0]
    return _ISO.get(code, code.upper())


def countries(law: Law) -> tuple[str, ...]:
    """Return the countries that have pathways, in the order of their codes, Belgium first."""
    found = {country_of(p) for p in law.pathways.values()}
    return tuple(sorted(found, key=lambda c: (c != "BE", c)))


def regions(law: Law, country: str) -> tuple[str, ...]:
    """Return the regions of a country that have pathways of their own, in the order of the fact that names them."""
    found = {p.region for p in law.pathways.values() if p.region and country_of(p) == country}
    order = list(law.facts["activity.region"].values) if "activity.region" in law.facts else []
    return tuple(sorted(found, key=lambda r: (order.index(r) if r in order else len(order), r)))


def region_name(w: Words, region: str) -> str:
    """Return what a region is called."""
    fact = w.law.facts.get("activity.region")
    return w.value(fact, region) if fact else region


def place_name(w: Words, pathway: Pathway) -> str:
    """Return where a pathway applies: its region and country, or its country."""
    country = w.country(country_of(pathway))
    return f"{region_name(w, pathway.region)}, {country}" if pathway.region else country


def of_country(law: Law, country: str, region: str = "") -> tuple[Pathway, ...]:
    """Return the pathways of a country; with a region those of that region."""
    return tuple(p for p in law.pathways.values() if country_of(p) == country and (not region or p.region == region))


def theme_of(pathway: Pathway) -> str:
    """Return what a pathway is about, a key of THEMES; empty where its page does not say."""
    return str(pathway.page.get("theme") or "")


def theme_name(w: Words, theme: str) -> str:
    """Return what a subject is called."""
    return w.say(THEMES[theme])
