"""The registers in a browser: sources, what we cover, changes of law; pathways side by side."""

from collections.abc import Iterable
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from sojourn.law.coverage import coverage as coverage_rows
from sojourn.law.model import WEAKER, Cite, Pathway, Source
from sojourn.site.body import the_law, today, words
from sojourn.site.catalogue import places
from sojourn.site.catalogue.conditions import cited_by
from sojourn.site.catalogue.feed import change_text, moment_title
from sojourn.site.catalogue.history import moments
from sojourn.site.catalogue.kept import keep
from sojourn.site.catalogue.page import LATER, PRACTICAL
from sojourn.site.catalogue.pieces import (
    by_theme,
    grades,
    item,
    options,
    origin_of,
)
from sojourn.site.catalogue.texts import page_list, page_text
from sojourn.words.findings import GRADES
from sojourn.words.language import Words
from sojourn.words.register import review_words

MEANINGS = {
    "official": "We read the act, the judgment or the page of the competent authority. It decides.",
    "secondary": "An integration agency, a law firm or the press says so. Alone it closes no door and exempts nobody.",
    "derived": "Computed by a formula from published amounts.",
    "unconfirmed": "Inference or general knowledge. It only cautions.",
}


SOURCE_KINDS = {
    "act": "Acts, decrees and orders",
    "treaty": "Treaties",
    "judgment": "Judgments",
    "guidance": "Pages of the competent authorities",
    "secondary": "What others write",
}


READ_PARTS = {"whole": "read whole", "part": "read in part", "not-read": "not read; known through other sources"}


COMPARED = {
    "kind": "What it is",
    "work_setup": "Work",
    "core_requirements": "What it asks",
    "what_it_allows": "What it allows",
    "who_it_is_for": "For whom",
    "best_for": "Best for",
    "money_test": "The money test",
}


COLUMNS = 3
"""How many pathways stand side by side."""


@require_safe
def sources(request: HttpRequest, language: str) -> HttpResponse:
    """All sources, by kind."""
    w, law = words(language), the_law()

    def make() -> str:
        by_kind: dict[str, list[Source]] = {kind: [] for kind in SOURCE_KINDS}
        for source in law.sources.values():
            by_kind[source.kind].append(source)
        groups = [
            (w.say(SOURCE_KINDS[k]), sorted(v, key=lambda s: s.title.casefold())) for k, v in by_kind.items() if v
        ]
        return render_to_string("site/catalogue/sources.html", {"groups": groups}, request)

    return keep(request, ("sources", law.digest, language, origin_of(request)), make)


@require_safe
def source(request: HttpRequest, language: str, source: str) -> HttpResponse:
    """One source: what it is, when it was read, what rests on it."""
    w, law = words(language), the_law()
    if source not in law.sources:
        raise Http404
    found = law.sources[source]

    def make() -> str:
        rows = [
            {"key": w.say("By"), "value": w.authority(found.authority)},
            {"key": w.say("Read"), "value": f"{w.day(found.read)}, {w.say(READ_PARTS[found.part])}"},
            {"key": w.say("Language"), "value": _language_name(language, found.language)},
        ]
        given = {
            "source": found,
            "kind": w.say(SOURCE_KINDS[found.kind]),
            "rows": rows,
            "address": urlsplit(found.url).netloc.removeprefix("www."),
            "used": [(p, _pinpoints(w, cites)) for p, cites in cited().get(source, ())],
            **grades(w),
        }
        return render_to_string("site/catalogue/source.html", given, request)

    return keep(request, ("source", law.digest, language, source, origin_of(request)), make)


@require_safe
def compare(request: HttpRequest, language: str) -> HttpResponse:
    """Pathways side by side."""
    w, law = words(language), the_law()
    asked = [request.GET.get(f"p{n}", "") for n in range(1, COLUMNS + 1)]
    chosen = [law.pathways[id] for id in dict.fromkeys(asked) if id in law.pathways]
    by_title = sorted(law.pathways.values(), key=lambda p: (places.country_of(p) != "BE", w.line(p, "title")))
    names = [(p.id, w.line(p, "title")) for p in by_title]
    given = {
        "choices": [options(w, names, id, w.say("Choose a pathway")) for id in asked],
        "columns": [item(w, p) for p in chosen],
        "rows": _compared(w, chosen),
    }
    return render(request, "site/catalogue/compare.html", given)


def _compared(w: Words, chosen: list[Pathway]) -> list[tuple[str, list[str | tuple[str, ...]]]]:
    rows: list[tuple[str, list[str | tuple[str, ...]]]] = [(w.say("Where"), [places.place_name(w, p) for p in chosen])]
    for key, name in (COMPARED | PRACTICAL | LATER).items():
        if key in ("core_requirements", "what_it_allows"):
            rows.append((w.say(name), [page_list(w, p, key) for p in chosen]))
        else:
            rows.append((w.say(name), [page_text(w, p, key) for p in chosen]))
    rows.append((w.say("How sure we are"), [review_words(w, p) for p in chosen]))
    return [(name, cells) for name, cells in rows if any(cells)]


@require_safe
def coverage(request: HttpRequest, language: str) -> HttpResponse:
    """What we cover, and how sure we are: the register that `sojourn law list` prints."""
    w, law = words(language), the_law()

    def make() -> str:
        rows = {row["pathway"]: _covered(w, row) for row in coverage_rows(law)}
        subjects = by_theme(w, law.pathways.values())
        given = {
            "meanings": [(w.say(GRADES[g]), w.say(text)) for g, text in MEANINGS.items()],
            "subjects": [(f"subject-{n}", name, [rows[p.id] for p in ps]) for n, (name, ps) in enumerate(subjects, 1)],
        }
        return render_to_string("site/catalogue/coverage.html", given, request)

    return keep(request, ("coverage", law.digest, language, origin_of(request)), make)


def _covered(w: Words, row: dict[str, Any]) -> dict[str, Any]:
    found = w.law.pathways[row["pathway"]]
    read, change = row["sources_read"], row["next_change"]
    tags = [places.place_name(w, found)]
    tags += [f"{w.say(GRADES[g])}: {n}" for g, n in row["grades"].items()]
    tags.append(w.say("law from {day}; {cases} worked cases", day=w.day(row["in_force"]["from"]), cases=row["cases"]))
    return {
        "id": found.id,
        "title": w.line(found, "title"),
        "tags": tags,
        "review": review_words(w, found),
        "read": w.say(
            "{count} sources, read from {first} to {last}",
            count=len(row["sources"]), first=w.day(read["first"]), last=w.day(read["last"]),
        ),
        "next": w.say("Next change known or expected: {day}.", day=w.day(change)) if change else "",
        "not_modelled": w.not_modelled(found),
    }  # fmt: skip


@require_safe
def changes(request: HttpRequest, language: str) -> HttpResponse:
    """The changes of law of all pathways."""
    w, day = words(language), today()

    def make() -> str:
        given = {"listed": moments(w, day)[:120], "change_text": change_text, "moment_title": moment_title}
        return render_to_string("site/catalogue/changes.html", given, request)

    return keep(request, ("changes", w.law.digest, language, day, origin_of(request)), make)


@cache
def cited() -> dict[str, list[tuple[Pathway, tuple[Cite, ...]]]]:
    """Return what rests on each source, found once."""
    return cited_by(the_law())


def _pinpoints(w: Words, cites: Iterable[Cite]) -> list[tuple[str, str]]:
    """Return the places in a source that are cited, by the grade with which they are."""
    by_grade: dict[str, dict[str, None]] = {}
    for cite in cites:
        by_grade.setdefault(cite.grade, {})[cite.at] = None
    return [(w.say(GRADES[g]), "; ".join(by_grade[g])) for g in WEAKER if g in by_grade]


@cache
def _language_name(language: str, code: str) -> str:
    from babel import Locale  # noqa: PLC0415  loaded only where languages are named

    return str(Locale(language).languages.get(code, code))
