"""Findings as plain data: the JSON that every shell prints, in the shape of design.md section 7.

Words here are ids; texts stand in the law, by id and language.
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sojourn.decide.evaluate import Atom, compared
from sojourn.decide.finding import Caution, Finding, Standing
from sojourn.decide.household import Applicant
from sojourn.decide.joint import WAYS, Choice, Way
from sojourn.decide.profile import written
from sojourn.decide.regions import in_region
from sojourn.law.amounts import worth
from sojourn.law.model import Cite, Entry, Law, OfAmount, Reaches, Test, Weighed, walk
from sojourn.values.known import Exact, Known
from sojourn.values.money import Money
from sojourn.values.verdict import Result


def match_json(law: Law, findings: Iterable[Finding], facts: Mapping[str, Known], on: date) -> dict[str, Any]:
    """Return what `match --format json` prints."""
    return {
        "on": on.isoformat(),
        "law": {"digest": law.digest, "read_until": law.read_until.isoformat()},
        "findings": findings_json(law, findings, facts),
    }


def findings_json(law: Law, findings: Iterable[Finding], facts: Mapping[str, Known]) -> list[dict[str, Any]]:
    """Return findings as data; what they share is brought into form once."""
    told = facts_json(law, facts)
    return [finding_json(law, f, facts, told) for f in findings]


def facts_json(law: Law, facts: Mapping[str, Known]) -> dict[str, Any]:
    """Return what is known of a person, as JSON can hold it."""
    return {id: plain(law, id, known) for id, known in facts.items()}


def finding_json(
    law: Law, finding: Finding, facts: Mapping[str, Known], told: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return one finding as data. told: the facts as JSON holds them, if they are at hand."""
    pathway = finding.pathway
    if told is None:
        told = facts_json(law, facts)
    lines = _lines(law, finding.on)
    return {
        "pathway": pathway.id,
        "result": finding.result.value,
        "instead": finding.instead[0] if finding.instead else None,
        "doors": list(finding.instead),
        "gate_fails": finding.gate_fails,
        "channels": {e.id: r.value for e, r in finding.channels},
        "weighs": [e.id for e in finding.weighs],
        "cautions": list(dict.fromkeys(c.kind for c in finding.cautions)),
        "caution_details": [caution_json(law, c, finding.on) for c in finding.cautions],
        "anchors": [anchor_json(law, a, finding.on) for a in finding.anchors],
        "decisive": [r.entry.id for r in finding.decisive],
        "reasons": [
            {
                **(line := lines.of(r.entry)).fixed,
                "verdict": r.verdict.value,
                "because": r.because.value if r.because else None,
                "facts": {id: told[id] for id in line.facts if id in told},
                "missing": list(r.missing),
                "amounts": line.amounts if line.amounts is not None else amounts_json(law, r.entry, facts, finding.on),
                "weighed": [lines.weighed(point) for point in finding.weighed.get(r.entry.id, ())],
            }
            for r in finding.reasons
            if r.entry.part not in ("caution", "anchor")
        ],
        "missing": list(finding.missing),
        "readings": [
            {
                "condition": x.key,
                "reading": x.reading,
                "says": x.says,
                "source": cite_json(law, Cite(x.by, x.at, x.grade)),  # type: ignore[arg-type]
                "result": x.result.value,
            }
            for x in finding.readings
        ],
        "whatever": list(finding.split.facts) if finding.split else [],
        "days_known": days_known(finding) if finding.no_rule else None,
        "who_helps": list(pathway.who_helps),
        "not_modelled": list(pathway.not_modelled),
    }


def regions_json(law: Law, rows: Iterable[Sequence[Finding]], facts: Mapping[str, Known], on: date) -> dict[str, Any]:
    """Return what `regions --format json` prints: for each route a finding a region, its facts moved there."""
    return {
        "on": on.isoformat(),
        "law": {"digest": law.digest, "read_until": law.read_until.isoformat()},
        "routes": [
            [
                {"region": f.pathway.region}
                | finding_json(law, f, moved := in_region(law, f.pathway, facts), facts_json(law, moved))
                for f in row
            ]
            for row in rows
        ],
    }


def household_json(
    law: Law, rows: Iterable[tuple[Applicant, Sequence[Finding]]], joint: Iterable[Choice], on: date
) -> dict[str, Any]:
    """Return what `household --format json` prints: doors and findings of each adult, and the choices, best first."""
    return {
        "on": on.isoformat(),
        "law": {"digest": law.digest, "read_until": law.read_until.isoformat()},
        "applicants": [
            {
                "member": applicant.member,
                "doors": doors(findings),
                "findings": findings_json(law, findings, applicant.facts),
            }
            for applicant, findings in rows
        ],
        "choices": [choice_json(law, c) for c in joint],
    }


def choice_json(law: Law, choice: Choice) -> dict[str, Any]:
    """Return one choice of a main applicant as data. `assumed`: the hypothesis under which the others are assessed."""
    return {
        "rank": choice.rank,
        "member": choice.member,
        "pathway": choice.pathway,
        "result": choice.result.value,
        "assumed": None
        if choice.pathway is None
        else {"member": choice.member, "holds": choice.pathway, "facts": facts_json(law, choice.gives)},
        "count": {r.value: choice.count(r) for r in WAYS},
        "members": [
            {
                "member": share.member,
                "result": share.result.value,
                "if_granted": share.if_granted.value,
                "ways": [_way_json(way) for way in share.ways],
            }
            for share in choice.shares
        ],
        "missing": [{"member": member, "fact": fact} for member, fact in choice.missing],
    }


def _way_json(way: Way) -> dict[str, Any]:
    """Return one way as data; reasons and cautions of those that hang on the main applicant, told nowhere else."""
    out: dict[str, Any] = {
        "pathway": way.pathway,
        "by": "joining" if way.joins else "own" if way.pathway else "present",
        "result": way.result.value,
    }
    if not way.joins or way.finding is None:
        return out
    f = way.finding
    return out | {
        "if_granted": way.if_granted.value,
        "gate_fails": f.gate_fails,
        "decisive": [
            {
                "condition": r.entry.id,
                "says": r.entry.says,
                "verdict": r.verdict.value,
                "because": r.because.value if r.because else None,
            }
            for r in f.decisive
        ]
        if way.if_granted is not Result.OPEN
        else [],
        "weighs": [e.id for e in f.weighs],
        "cautions": [{"caution": c.kind, "condition": c.entry.id if c.entry else None} for c in f.cautions],
        "missing": [{"member": member, "fact": fact} for member, fact in way.missing],
    }


def doors(findings: Iterable[Finding]) -> list[str]:
    """Return the pathways that are open, or not needed."""
    return [f.pathway.id for f in findings if f.result in (Result.OPEN, Result.NOT_NEEDED)]


def days_known(finding: Finding) -> dict[str, str | None]:
    """Return the days for which the law of the pathway is known, half-open."""
    period = finding.pathway.in_force
    return {
        "from": period.first.isoformat() if period.first else None,
        "until": period.until.isoformat() if period.until else None,
    }


@dataclass(frozen=True, slots=True)
class _Line:
    """What is the same for everybody about a line of law on a day. amounts: None where they depend on a fact."""

    entry: Entry
    fixed: dict[str, Any]
    facts: tuple[str, ...]
    amounts: list[dict[str, Any]] | None


class _Lines:
    """The lines of law of one day, each brought into form when it is first told."""

    def __init__(self, law: Law, on: date) -> None:
        self.law, self.on = law, on
        self._made: dict[int, _Line] = {}
        self._weighed: dict[int, tuple[Weighed, dict[str, Any]]] = {}

    def of(self, entry: Entry) -> _Line:
        """Return what is the same for everybody about a line."""
        made = self._made.get(id(entry))
        if made is None:  # the line keeps its entry, so no other can get its id
            made = self._made[id(entry)] = self._make(entry)
        return made

    def weighed(self, point: Weighed) -> dict[str, Any]:
        """Return `weighed_json` of a point."""
        made = self._weighed.get(id(point))
        if made is None:
            made = self._weighed[id(point)] = (point, weighed_json(self.law, point))
        return made[1]

    def _make(self, entry: Entry) -> _Line:
        fixed = {
            "condition": entry.id,
            "part": entry.part,
            "effect": entry.effect,
            "says": entry.says,
            "source": cite_json(self.law, entry.cite_on(self.on)),
        }
        depends = any(self.law.amounts[id].facts for id in amounts_of(entry.test))
        amounts = None if depends else amounts_json(self.law, entry, {}, self.on)
        return _Line(entry, fixed, tuple(facts_of(self.law, entry)), amounts)


_DAYS = 16
_told: OrderedDict[tuple[int, date], _Lines] = OrderedDict()


def _lines(law: Law, on: date) -> _Lines:
    """Return the lines of a day, kept for the days told last."""
    key = (id(law), on)
    found = _told.get(key)
    if found is None or found.law is not law:
        found = _told[key] = _Lines(law, on)
        while len(_told) > _DAYS:
            _told.popitem(last=False)
    return found


def weighed_json(law: Law, point: Weighed) -> dict[str, Any]:
    """Return who weighs a point and which documents show it, with their English names."""
    names = law.texts.get("en", {}).get("evidence", {})
    return {
        "point": point.id,
        "by": point.by or None,
        "by_name": law.helpers.get(point.by),
        "shown_by": {id: names.get(id, id) for id in point.shown_by},
    }


def plain(law: Law, id: str, known: Known) -> Any:
    """Return what is known of a fact as JSON can hold it."""
    value = written(law.facts[id], known)
    return value.isoformat() if isinstance(value, date) else value


def facts_of(law: Law, entry: Entry) -> list[str]:
    """Return the facts that a line of law looks at, in order."""
    return compared(law, (t for t in walk(entry.test) if isinstance(t, Atom)))


def amounts_of(test: Test | None) -> list[str]:
    """Return the amounts that a test compares with."""
    return list(
        dict.fromkeys(
            t.threshold.amount for t in walk(test) if isinstance(t, Reaches) and isinstance(t.threshold, OfAmount)
        )
    )


def amounts_json(law: Law, entry: Entry, facts: Mapping[str, Known], on: date) -> list[dict[str, Any]]:
    """Return the amounts of the day that a line of law compares with."""
    return [amount_json(law, id, facts, on) for id in amounts_of(entry.test)]


def amount_json(law: Law, id: str, facts: Mapping[str, Known], on: date) -> dict[str, Any]:
    """Return an amount on a day: value, since when, source; bounds where only they are known; null where unknown."""
    amount = law.amounts[id]
    count = 0
    if amount.facts:
        known = facts.get(amount.facts[0])
        if not isinstance(known, Exact) or not isinstance(known.value, int):
            return {"amount": id, "value": None, "depends_on": amount.facts[0], "formula": amount.formula}
        count = known.value
    w = worth(law.amounts, id, on, count)
    out: dict[str, Any] = {"amount": id, "value": None}
    if w.low is not None and w.high is not None:
        if w.low == w.high:
            out["value"] = str(Money(w.low))
        else:
            out |= {"at_least": str(Money(w.low)), "at_most": str(Money(w.high))}
    out["from"] = w.first.isoformat() if w.first else None
    if w.cite:
        out["source"] = cite_json(law, w.cite)
    if amount.formula:
        out["formula"] = amount.formula
        out["rows"] = [
            {
                "amount": name,
                "value": str(Money(row.low)) if row.low is not None else None,
                "from": row.first.isoformat(),
            }
            for name, row in w.rows
        ]
    return out


def cite_json(law: Law, cite: Cite) -> dict[str, Any]:
    """Return a citation with the source it points into."""
    source = law.sources[cite.source]
    return {
        "source": cite.source,
        "at": cite.at,
        "grade": cite.grade,
        "title": source.title,
        "url": source.url or None,
        "read": source.read.isoformat(),
    }


def caution_json(law: Law, caution: Caution, on: date) -> dict[str, Any]:
    """Return a caution with what it says."""
    if caution.entry is None:
        return {"caution": caution.kind, "condition": None, "says": None, "source": None}
    return {
        "caution": caution.kind,
        "condition": caution.entry.id,
        "says": caution.entry.says,
        "source": cite_json(law, caution.entry.cite_on(on)),
    }


def anchor_json(law: Law, standing: Standing, on: date) -> dict[str, Any]:
    """Return a planning anchor of the day and where the person stands."""
    e = standing.entry
    return {
        "anchor": e.id,
        "says": e.says,
        "amount": e.amount,
        "value": str(Money(standing.low)) if standing.low is not None and standing.low == standing.high else None,
        "from": standing.first.isoformat() if standing.first else None,
        "fact": e.fact,
        "stands": standing.stands,
        "source": cite_json(law, e.cite_on(on)),
    }
