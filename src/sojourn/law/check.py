"""Checks on a body of law that was read: everything has its texts, its sources, its place in time."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sojourn.law.amounts import change_days, grade_on
from sojourn.law.faults import Fault, nearest
from sojourn.law.layout import strays
from sojourn.law.model import Entry, Law, OfAmount, Pathway, Reaches, walk
from sojourn.law.procedure import Fee, Line
from sojourn.law.texts import evidence
from sojourn.values.countries import COUNTRIES
from sojourn.values.period import Period


def static_faults(law: Law) -> Iterator[Fault]:
    """Yield every fault that shows without deciding anything."""
    for folder in law.folders:
        yield from strays(Path(folder), law.languages)
    yield from _facts(law)
    yield from law.stray_texts
    yield from _law_texts(law)
    for amount in law.amounts.values():
        for row in amount.rows:
            if row.cite:
                yield from _honest(law, row.cite.source, row.cite.grade, f"amounts/{amount.id}.yaml", 0)
    yield from _time_limits(law)
    yield from _joining(law)
    for pathway in law.pathways.values():
        yield from _texts(law, pathway)
        yield from _doors(law, pathway)
        for entry in pathway.entries:
            for cite in entry.cites:
                yield from _honest(law, cite.source, cite.grade, pathway.file, entry.line)
            yield from _cited_each_day(pathway, entry)
            yield from _in_time(pathway, entry)
            yield from _amounts_that_decide(law, pathway, entry)
        yield from _procedure(law, pathway)


def _joining(law: Law) -> Iterator[Fault]:
    """Yield the pathways that the rules on joining a relative name and that do not exist."""
    if law.household is None or law.household.joining is None:
        return
    for id in (*law.household.joining.gives, *law.household.joining.ways):
        if id not in law.pathways:
            what = f'no pathway is called "{id}" (under `join:`)'
            yield Fault("household.yaml", 0, "unknown-pathway", what, nearest(id, law.pathways))


def _procedure(law: Law, pathway: Pathway) -> Iterator[Fault]:
    """Yield what is wrong with the procedure of a pathway: texts, sources, time."""
    procedure = pathway.procedure
    if procedure is None:
        return
    in_force = Period(pathway.in_force.first, pathway.in_force.until)
    for line in procedure.lines():
        cites = [line.cite, *line.also]
        if isinstance(line, Fee) and line.account:
            cites += [line.account.cite, *line.account.also]
        for cite in cites:
            yield from _honest(law, cite.source, cite.grade, procedure.file, line.line)
        if not line.period.overlaps(in_force):
            yield _never(procedure.file, line, pathway.id)
    for language in law.languages:
        if language == "en":
            continue
        file = f"{pathway.folder}/texts/{language}.yaml"
        for id in procedure.missing_texts.get(language, ()):
            yield Fault(
                file, 0, "missing-text", f'"{id}" has no text in {language}', f"Add `{id}:` under `procedure:`."
            )


def _never(file: str, line: Entry | Line, pathway: str) -> Fault:
    what = f'"{line.id}" is in force on no day of {pathway}'
    return Fault(file, line.line, "never-in-force", what, "Correct `from`, `until` or `in_force`.")


def _honest(law: Law, source: str, grade: str, file: str, line: int) -> Iterator[Fault]:
    if grade == "official" and law.sources[source].kind == "secondary":
        yield Fault(
            file,
            line,
            "secondary-as-official",
            f'"{source}" is a secondary source, cited as official',
            "Cite the act or the authority's page itself, or grade it secondary.",
        )


def _in_time(pathway: Pathway, entry: Entry) -> Iterator[Fault]:
    if not entry.period.overlaps(Period(pathway.in_force.first, pathway.in_force.until)):
        yield _never(pathway.file, entry, pathway.id)


def _cited_each_day(pathway: Pathway, entry: Entry) -> Iterator[Fault]:
    """Yield what is wrong with dated citations: one grade decides for all days, so a line has one grade and no gap."""
    if len({c.grade for c in entry.cites}) > 1:
        grades = ", ".join(f"{c.source} {c.grade}" for c in entry.cites)
        yield Fault(
            pathway.file,
            entry.line,
            "grades-differ",
            f'"{entry.id}" is cited by period with different grades ({grades})',
            "The grade says whether the line may decide; make two lines, each with its own period.",
        )
    begins = {entry.period.first or pathway.in_force.first, *(c.period.until for c in entry.cites)}
    for day in sorted(d for d in begins if d and d in entry.period and d in pathway.in_force):
        if not any(day in c.period for c in entry.cites):
            yield Fault(
                pathway.file,
                entry.line,
                "uncited-day",
                f'"{entry.id}" is in force on {day}, and none of its citations is',
                "Date a citation under `also:` that stands in on those days, or correct `from` and `until`.",
            )


def _amounts_that_decide(law: Law, pathway: Pathway, entry: Entry) -> Iterator[Fault]:
    """Yield the amounts by which a line would decide though they are computed, or nobody read them."""
    if entry.effect != "decides" or entry.part in ("caution", "anchor"):
        return
    amounts = {
        t.threshold.amount for t in walk(entry.test) if isinstance(t, Reaches) and isinstance(t.threshold, OfAmount)
    }
    for id in sorted(amounts):
        days = {d for d in (entry.period.first, pathway.in_force.first) if d} | change_days(law.amounts, id)
        for day in sorted(d for d in days if d in entry.period and d in pathway.in_force):
            grade = grade_on(law.amounts, id, day)
            if grade in ("derived", "unconfirmed"):
                yield Fault(
                    pathway.file,
                    entry.line,
                    f"{grade}-decides",
                    f'"{entry.id}" decides by the amount {id}, which is {grade} on {day}',
                    "Cite where the amount is published, or use `effect: reference`.",
                )
                break


def _doors(law: Law, pathway: Pathway) -> Iterator[Fault]:
    known = law.pathways
    for entry in pathway.entries:
        for id in entry.instead:
            if id not in known:
                yield Fault(
                    pathway.file,
                    entry.line,
                    "unknown-pathway",
                    f'no pathway is called "{id}"',
                    nearest(id, known),
                )
    for item in pathway.page.get("what_it_is_not", []):
        if item["instead"] and item["instead"] not in known:
            yield Fault(
                f"{pathway.folder}/page.yaml",
                0,
                "unknown-pathway",
                f'no pathway is called "{item["instead"]}"',
                nearest(item["instead"], known),
            )


def _texts(law: Law, pathway: Pathway) -> Iterator[Fault]:
    if not pathway.page:
        yield Fault(pathway.file, 0, "no-page", f"{pathway.id} has no page.yaml", "Write what the catalogue shows.")
    for language in law.languages:
        if language == "en":
            continue
        file = f"{pathway.folder}/texts/{language}.yaml"
        if language not in pathway.texts:
            yield Fault(
                file,
                0,
                "missing-text",
                f"there are no texts in {language}",
                "Translate every text of the rule.",
            )
            continue
        for id in pathway.missing_texts[language]:
            yield Fault(file, 0, "missing-text", f'"{id}" has no text in {language}', f"Add `{id}:` under `texts:`.")
        if pathway.page:
            for path in _missing(pathway.page, pathway.pages[language]):
                yield Fault(file, 0, "missing-text", f"page.{path} has no text in {language}", "Add it under `page:`.")


def _time_limits(law: Law) -> Iterator[Fault]:
    for versions in law.time_limits.limits.values():
        for limit in versions:
            for cite in (limit.cite, *(r.cite for r in limit.readings if r.cite)):
                yield from _honest(law, cite.source, cite.grade, limit.file, limit.line)
    english = law.time_limits.english_texts()
    for language in law.languages:
        texts = law.texts.get(language, {}).get("time_limits", {})
        file = f"texts/{language}.yaml"
        if language != "en":
            for id in english.keys() - texts.keys():
                what = f"time_limits.{id} has no text in {language}"
                yield Fault(file, 0, "missing-text", what, f"Add `{id}:` under `time_limits:`.")
        for id in texts.keys() - english.keys():
            what = f'no time limit, reading or event is called "{id}"'
            yield Fault(file, 0, "unknown-text", what, nearest(id, english))


_UNTRANSLATED = {"theme", "money_amounts", "instead", "discretion", "documents", "time", "reviewed_on"}


def _missing(english: Any, other: Any, path: str = "") -> Iterator[str]:
    """Yield the paths at which `other` lacks a text that `english` has."""
    if isinstance(english, dict):
        for key, value in english.items():
            if key not in _UNTRANSLATED:
                inner = other.get(key) if isinstance(other, dict) else None
                yield from _missing(value, inner, f"{path}.{key}" if path else key)
    elif isinstance(english, list):
        if not isinstance(other, list) or len(other) != len(english):
            yield path
        else:
            for i, (a, b) in enumerate(zip(english, other, strict=True)):
                yield from _missing(a, b, f"{path}.{i}")
    elif isinstance(english, str) and not (isinstance(other, str) and other.strip()):
        yield path


def _facts(law: Law) -> Iterator[Fault]:
    for id, group in law.groups.items():
        known = set(COUNTRIES).union(*(f.values for f in law.facts.values()))
        for member in sorted(group - known):
            yield Fault(
                "facts.yaml",
                0,
                "unknown-value",
                f'"{member}" in the group {id} is no value',
                nearest(member, known),
            )
    for fact in law.facts.values():
        words = {*fact.values, *law.groups, "true", "false", "other", *COUNTRIES}
        for key in fact.likely:
            if key not in words and not key.isdigit():
                yield Fault(
                    "facts.yaml",
                    0,
                    "unknown-value",
                    f'{fact.id}: "{key}" under likely is no value',
                    nearest(key, words),
                )


def _law_texts(law: Law) -> Iterator[Fault]:
    """Yield what facts, questions and the rest lack in a language.

    In English most of it stands where it is declared, and only units and evidence in `texts/en.yaml`.
    """
    only_there = {
        "units": sorted({f.unit for f in law.facts.values() if f.type == "integer"}),
        "evidence": sorted({id for p in law.pathways.values() for id in evidence(p)}),
    }
    translated: dict[str, list[str]] = {
        "facts": list(law.facts),
        "helpers": list(law.helpers),
        "contradictions": [c.id for c in law.contradictions],
        "definitions": list(law.definitions),
        "amounts": list(law.amounts),
    }
    for language in law.languages:
        file, texts = f"texts/{language}.yaml", law.texts.get(language)
        if texts is None:
            yield Fault(file, 0, "missing-text", f"facts and questions have no texts in {language}", "Translate them.")
            continue

        def lacks(what: str, file: str = file, language: str = language) -> Fault:
            return Fault(file, 0, "missing-text", f"{what} has no text in {language}", "Add it.")

        for section, ids in (only_there if language == "en" else translated | only_there).items():
            yield from (lacks(f"{section}.{id}") for id in ids if id not in texts[section])
        if language == "en":
            continue
        for fact in law.facts.values():
            have = texts["values"].get(fact.id, {})
            yield from (lacks(f"values.{fact.id}.{x}") for x in fact.values if x not in have)
        for q in law.questions:
            have = texts["questions"].get(q.id, {})
            for key in ("ask", "why", "help", "none"):
                if getattr(q, key) and key not in have:
                    yield lacks(f"questions.{q.id}.{key}")
        english = law.legalisation.english_texts() if law.legalisation else {}
        yield from (lacks(f"legalisation.{id}") for id in english if id not in texts["legalisation"])
