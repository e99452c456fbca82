"""A pathway as schema.org/GovernmentService, for machines that read pages."""

import json
from collections.abc import Iterable
from typing import Any

from sojourn.law.model import Pathway, Source
from sojourn.site.catalogue.places import country_of, place_name, region_name
from sojourn.site.catalogue.texts import page_list, page_text
from sojourn.words.language import Words


def government_service(w: Words, pathway: Pathway, url: str, acts: Iterable[Source]) -> dict[str, Any]:
    """Return the JSON-LD of a pathway. url: of its page. acts: the acts it rests on."""
    country = country_of(pathway)
    area: dict[str, Any] = {"@type": "Country", "name": w.country(country), "identifier": country}
    if pathway.region:
        area = {
            "@type": "AdministrativeArea", "name": region_name(w, pathway.region), "containedInPlace": area,
        }  # fmt: skip
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "@id": f"{url}#service",
        "url": url,
        "name": w.line(pathway, "title"),
        "inLanguage": w.language,
        "areaServed": area,
        "jurisdiction": area,
        "serviceType": page_text(w, pathway, "kind") or place_name(w, pathway),
        "termsOfService": page_text(w, pathway, "disclaimer"),
    }
    if pathway.terms:
        data["alternateName"] = [{"@language": x, "@value": term} for x, term in pathway.terms.items()]
    if summary := page_text(w, pathway, "summary"):
        data["description"] = summary
    if audience := page_text(w, pathway, "who_it_is_for"):
        data["audience"] = {"@type": "Audience", "audienceType": audience}
    if allows := page_list(w, pathway, "what_it_allows"):
        data["serviceOutput"] = [{"@type": "Thing", "name": text} for text in allows]
    if pathway.procedure:
        first = pathway.procedure.stages[0]
        data["serviceOperator"] = {"@type": "GovernmentOrganization", "name": w.helper(first.at)}
    data["isBasedOn"] = [
        {"@type": "Legislation", "name": s.title, "url": s.url, "inLanguage": s.language} for s in acts if s.url
    ]
    return {key: value for key, value in data.items() if value}


def as_data_block(data: dict[str, Any]) -> str:
    """Return JSON that can stand inside a script element: no character in it can end the element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
