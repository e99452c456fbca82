"""What a jurist signs: the meaning of a rule and of the law it rests on, in sixteen characters.

The form in which the files say it does not matter: comments, blank lines, folded text, the name of a test that is used.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sojourn.law.basis import basis, procedure_basis
from sojourn.law.faults import Fault
from sojourn.law.model import Law, Pathway

LENGTH = 16
_RULE = ("id", "title", "terms", "region", "in_force", "entries", "who_helps", "not_modelled")
_FACT = ("id", "says", "type", "values", "unit", "least", "most")
_SOURCE = ("id", "title", "kind", "authority", "url", "language")
_BESIDE = {"line", "file", "note"}
"""Fields that say where something stands, or speak to the next jurist: no part of the rule."""


def digest_to_sign(law: Law, pathway: Pathway) -> str:
    """Return the digest of what the rule and its procedure mean and rest on, 16 hexadecimal digits."""
    used, limits = [basis(law, pathway)], {}
    procedure = pathway.procedure
    if procedure:
        used.append(procedure_basis(law, procedure))
        limits = {id: plain(law.time_limits.limits.get(id, ())) for id in sorted(procedure.limits())}
    evidence = law.texts.get("en", {}).get("evidence", {})
    signed = {
        "rule": _some(pathway, _RULE),
        "procedure": _some(procedure, (*(name for name, _ in procedure.sections()), "not_modelled"))
        if procedure
        else {},
        "limits": limits,
        "amounts": {id: plain(law.amounts[id]) for x in used for id in x.amounts},
        "facts": {id: _some(law.facts[id], _FACT) for x in used for id in x.facts},
        "sources": {id: _some(law.sources[id], _SOURCE) for x in used for id in x.sources},
        "helpers": {id: law.helpers[id] for x in used for id in x.helpers},
        "evidence": {id: evidence.get(id) for x in used for id in x.evidence},
    }
    text = json.dumps(signed, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:LENGTH]


def _some(value: object, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: plain(getattr(value, name)) for name in names}


def plain(value: Any) -> Any:
    """Return a value of the law as JSON can hold it, the same for equal values.

    A field that holds its default is left out: a field that is added later does not void what was signed before.
    """
    if is_dataclass(value):
        given = {f.name: getattr(value, f.name) for f in fields(value) if f.compare and f.name not in _BESIDE}
        default = {f.name: f.default if f.default_factory is MISSING else f.default_factory() for f in fields(value)}
        told = {name: plain(x) for name, x in given.items() if x != default[name]}
        return {"kind": type(value).__name__, **told}
    if isinstance(value, Mapping):
        return {str(key): plain(x) for key, x in value.items()}
    if isinstance(value, frozenset):
        return sorted(map(plain, value), key=repr)
    if isinstance(value, tuple | list):
        return [plain(x) for x in value]
    if isinstance(value, Decimal):
        return str(value.normalize())
    return value.isoformat() if isinstance(value, date) else value


def outdated_reviews(law: Law) -> Iterator[Fault]:
    """Yield the rules that changed since a jurist signed them: to be known, and no fault."""
    for pathway in law.pathways.values():
        signed = pathway.reviewed
        if pathway.review == "outdated":
            yield Fault(
                pathway.file,
                signed["line"],
                "review-outdated",
                f"reviewed text has changed since: {signed['by']} signed {signed['of']} on {signed['on']}; "
                f"{pathway.id} is now {pathway.digest}",
                f"It counts as not reviewed until someone signs it again: `sojourn law sheet {pathway.id}`.",
            )
