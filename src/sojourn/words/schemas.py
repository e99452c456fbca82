"""The JSON Schemas in `docs/schema/`: for editors of law files and profiles, and for readers of our output.

`python -m sojourn.words.schemas` writes them anew.
"""

import json
from pathlib import Path
from typing import Any, get_args

from sojourn.decide.body import load_law
from sojourn.law.limits import Kind, Weight
from sojourn.law.model import ABOUT_MEMBERS, Fact, Law
from sojourn.values.counting import StepKind
from sojourn.values.countries import COUNTRIES
from sojourn.values.verdict import Because, Result, Verdict

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SILENT = {"enum": ["unknown", "declined"]}


def schemas(law: Law) -> dict[str, dict[str, Any]]:
    """Return every schema by its name."""
    from sojourn.law import procedure_schema
    from sojourn.law.read_household import HouseholdShape
    from sojourn.law.schema import FILES

    files = FILES | procedure_schema.FILES | {"household": HouseholdShape}
    out = {name: {"$schema": DIALECT, **shape.model_json_schema(by_alias=True)} for name, shape in files.items()}
    return out | {
        "profile": profile_schema(law),
        "match": match_schema(),
        "next": next_schema(),
        "dossier": dossier_schema(),
        "deadline": deadline_schema(),
        "status": status_schema(),
        "deadlines": deadlines_schema(),
        "check": check_schema(),
        "plan": plan_schema(),
    }


def profile_schema(law: Law) -> dict[str, Any]:
    """Return the schema of a profile: every fact with its values."""
    subjects: dict[str, dict[str, Any]] = {}
    for fact in law.facts.values():
        subject, _, name = fact.id.partition(".")
        subjects.setdefault(subject, {})[name] = {"description": fact.says, "anyOf": [*_values(law, fact), _SILENT]}
    member = subjects.pop(ABOUT_MEMBERS.removesuffix("."), {})
    facts = {
        subject: {"type": ["object", "null"], "additionalProperties": False, "properties": names}
        for subject, names in subjects.items()
    }
    members = {
        "type": "array",
        "items": {
            "type": "object", "additionalProperties": False, "required": ["relation"], "properties": member | facts,
        },
    }  # fmt: skip
    household = {
        "description": "the others of your family; a list is complete, or say `members:` and `complete: false`",
        "anyOf": [
            members,
            {
                "type": "object",
                "additionalProperties": False,
                "properties": {"members": members, "complete": {"type": "boolean"}},
            },
        ],
    }
    return {
        "$schema": DIALECT,
        "title": "Profile",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "on": {"description": "the day to assess; today if left out", "type": ["string", "null"], "format": "date"},
            "facts": {"type": ["object", "null"], "additionalProperties": False, "properties": facts},
            **({"household": household} if member else {}),
        },
    }


def _values(law: Law, fact: Fact) -> list[dict[str, Any]]:
    words = sorted(COUNTRIES) if fact.type in ("country", "countries") else list(fact.values)
    listed = {"type": "array", "items": {"enum": [*words, *sorted(law.groups)]}}
    one = {"anyOf": [listed, {"enum": sorted(law.groups)}]}
    if fact.type == "bool":
        return [{"type": "boolean"}]
    if fact.type == "money":
        return [{"type": "string", "pattern": r"^(\d+(\.\d{1,2})?)?(\.\.(\d+(\.\d{1,2})?)?)? EUR$"}]
    if fact.type == "date":
        return [{"type": "string", "pattern": r"^(\d{4}-\d{2}-\d{2})?(\.\.(\d{4}-\d{2}-\d{2})?)?$"}]
    if fact.type == "integer":
        number = {"type": "integer", "minimum": fact.least, "maximum": fact.most}
        return [number, {"type": "string", "pattern": r"^\d*\.\.\d*$"}]
    keys = ("not_in", "includes") if fact.is_set else ("in", "not_in")
    partly = {
        "type": "object",
        "additionalProperties": False,
        "properties": dict.fromkeys(keys, one),
        "minProperties": 1,
    }
    exact = {"type": "array", "items": {"enum": words}, "uniqueItems": True} if fact.is_set else {"enum": words}
    return [exact, partly]


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "additionalProperties": False, "properties": properties}


_TEXT = {"type": "string"}
_MAYBE = {"type": ["string", "null"]}
_IDS = {"type": "array", "items": _TEXT}
_RESULT = {"enum": [r.value for r in Result]}
_SOURCE = _object(
    {"source": _TEXT, "at": _TEXT, "grade": {"enum": ["official", "secondary", "derived", "unconfirmed"]},
     "title": _TEXT, "url": _MAYBE, "read": {"type": "string", "format": "date"}}
)  # fmt: skip


def match_schema() -> dict[str, Any]:
    """Return the schema of what `match` and `explain` print as JSON."""
    names = {"type": "object", "additionalProperties": _TEXT}
    weighed = _object({"point": _TEXT, "by": _MAYBE, "by_name": _MAYBE, "shown_by": names})
    reason = _object(
        {
            "condition": _TEXT,
            "part": {"enum": ["gate", "exemption", "condition", "channel"]},
            "effect": {"enum": ["decides", "appraised", "reference", "practice", "caution"]},
            "says": _TEXT,
            "verdict": {"enum": [x.value for x in Verdict]},
            "because": {"enum": [None, *(b.value for b in Because)]},
            "facts": {"type": "object"},
            "missing": _IDS,
            "amounts": {"type": "array", "items": {"type": "object", "required": ["amount", "value"]}},
            "source": _SOURCE,
            "weighed": {"type": "array", "items": weighed},
        }
    )
    finding = _object(
        {
            "pathway": _TEXT,
            "result": _RESULT,
            "instead": _MAYBE,
            "doors": _IDS,
            "gate_fails": {"type": "boolean"},
            "channels": {"type": "object", "additionalProperties": _RESULT},
            "weighs": _IDS,
            "cautions": _IDS,
            "caution_details": {
                "type": "array",
                "items": _object(
                    {
                        "caution": _TEXT,
                        "condition": _MAYBE,
                        "says": _MAYBE,
                        "source": {"anyOf": [_SOURCE, {"type": "null"}]},
                    }
                ),
            },
            "anchors": {
                "type": "array",
                "items": _object(
                    {
                        "anchor": _TEXT,
                        "says": _TEXT,
                        "amount": _TEXT,
                        "value": _MAYBE,
                        "from": _MAYBE,
                        "fact": _TEXT,
                        "stands": {"enum": ["above", "below", "unknown", "no_rule_known"]},
                        "source": _SOURCE,
                    }
                ),
            },
            "decisive": _IDS,
            "reasons": {"type": "array", "items": reason},
            "missing": _IDS,
            "readings": {
                "type": "array",
                "items": _object(
                    {"condition": _TEXT, "reading": _TEXT, "says": _TEXT, "source": _SOURCE, "result": _RESULT}
                ),
            },
            "whatever": _IDS,
            "days_known": {"anyOf": [_object({"from": _MAYBE, "until": _MAYBE}), {"type": "null"}]},
            "who_helps": _IDS,
            "not_modelled": _IDS,
        }
    )
    day = {"type": "string", "format": "date"}
    law = _object({"digest": _TEXT, "read_until": day})
    whole = _object({"on": day, "law": law, "findings": {"type": "array", "items": finding}})
    return {"$schema": DIALECT, "title": "Findings", **whole}


def next_schema() -> dict[str, Any]:
    """Return the schema of what `next` prints as JSON."""
    whole = _object(
        {"on": {"type": "string", "format": "date"}, "question": _MAYBE, "ask": _MAYBE, "why": _MAYBE, "sets": _IDS,
         "facts": _IDS, "touches": _IDS, "in_play": {"type": "integer", "minimum": 0}}
    )  # fmt: skip
    return {"$schema": DIALECT, "title": "The next question", **whole}


def dossier_schema() -> dict[str, Any]:
    """Return the schema of what `dossier show` prints as JSON: what each kind of event needs and may carry."""
    from sojourn.dossier.events import ALWAYS, DATA, SHAPES, Datum

    day, moment, number = (
        {**_TEXT, "format": "date"},
        {**_TEXT, "format": "date-time"},
        {"type": "integer", "minimum": 1},
    )

    def value(datum: Datum) -> dict[str, Any]:
        if datum.type == "choice":
            return {"enum": list(datum.values)}
        shapes: dict[str, dict[str, Any]] = {"ids": _IDS, "day": day, "event": number, "any": {}}
        return shapes.get(datum.type, _TEXT)

    kinds = []
    for kind, shape in SHAPES.items():
        names = (*shape.needs, *shape.may, *ALWAYS)
        data = _object({name: {"description": DATA[name].says, **value(DATA[name])} for name in names})
        event = {
            "number": number, "kind": {"const": str(kind)}, "on": day, "data": {**data, "required": list(shape.needs)},
            "source": _MAYBE, "corrects": {"anyOf": [number, {"type": "null"}]}, "recorded": moment,
        }  # fmt: skip
        kinds.append({"description": shape.says, **_object(event)})
    whole = _object(
        {"file": _TEXT, "pathway": _MAYBE, "language": _MAYBE, "events": {"type": "array", "items": {"oneOf": kinds}},
         "standing": {"type": "array", "items": number}, "last": _TEXT, **_file_state()}
    )  # fmt: skip
    return {"$schema": DIALECT, "title": "A dossier", **whole}


def _file_state() -> dict[str, Any]:
    """Return the properties that say what could not be read of a dossier file."""
    fault = _object({"line": {"type": "integer", "minimum": 0}, "kind": _TEXT, "what": _TEXT, "mend": _TEXT})
    faults = {"type": "array", "items": fault}
    number = {"type": "integer", "minimum": 1}
    unread = {"type": "array", "items": _object({"line": number, "text": _TEXT})}
    return {"faults": faults, "notices": faults, "unread": unread}


def deadline_schema() -> dict[str, Any]:
    """Return the schema of what `deadline RULE DAY` prints as JSON."""
    return {"$schema": DIALECT, "title": "A time limit on a day", **_computation()}


def _computation() -> dict[str, Any]:
    day = {"type": "string", "format": "date"}
    maybe_day = {"type": ["string", "null"], "format": "date"}
    step = _object(
        {"step": {"enum": list(get_args(StepKind))}, "day": day, "params": {"type": "object"}, "says": _TEXT}
    )
    reading = _object(
        {
            "reading": _MAYBE,
            "says": _TEXT,
            "event": _TEXT,
            "opens": maybe_day,
            "last_day": day,
            "weight": {"enum": list(get_args(Weight))},
            "open_point": _MAYBE,
            "source": {"anyOf": [_SOURCE, {"type": "null"}]},
            "steps": {"type": "array", "items": step},
        }
    )
    known = _object({"from": maybe_day, "until": maybe_day})
    return _object(
        {
            "limit": _TEXT,
            "on": day,
            "says": _TEXT,
            "kind": {"enum": list(get_args(Kind))},
            "rule_known": {"type": "boolean"},
            "none_known": {"type": "boolean"},
            "days_known": {"type": "array", "items": known},
            "opens": maybe_day,
            "safe_day": maybe_day,
            "steps": {"type": "array", "items": step},
            "then": {"anyOf": [_object({"from": maybe_day, "says": _TEXT}), {"type": "null"}]},
            "advice": {"type": "array", "items": reading},
            "mind": _MAYBE,
            "readings": {"type": "array", "items": reading},
            "source": _SOURCE,
            "law": _object({"digest": _TEXT, "read_until": day}),
        }
    )


def status_schema() -> dict[str, Any]:
    """Return the schema of what `dossier status` prints as JSON."""
    from sojourn.dossier.running import Phase
    from sojourn.dossier.state import Do, Status
    from sojourn.words.state import FORMS, MOMENTS, SILENCES

    day = {**_TEXT, "format": "date"}
    running = {"$ref": "#/$defs/running"}
    stage = _object(
        {"stage": _TEXT, "says": _TEXT, "concerns": {"enum": ["yes", "no", "unknown"]},
         "status": {"enum": [x.value for x in Status]}, "status_says": _TEXT, "since": _maybe(day),
         "event": _maybe({"type": "integer"}), "filed": _maybe(day), "silence": _maybe(running),
         "overtaken": _maybe(running)}
    )  # fmt: skip
    fee = _object(
        {"fee": _TEXT, "amount": _MAYBE, "unknown": _MAYBE, "account": _MAYBE, "beneficiary": _MAYBE, "message": _MAYBE}
    )
    task = _object(
        {"do": {"enum": [x.value for x in Do]}, "stage": _TEXT, "says": _TEXT, "line": _MAYBE, "opens": _maybe(day),
         "by": _maybe(day), "documents": _IDS, "fee": _maybe(fee),
         "events": {"type": "array", "items": {"type": "integer"}}, "source": _maybe(_SOURCE)}
    )  # fmt: skip
    silence = _object(
        {"line": _TEXT, "effect": {"enum": list(SILENCES)}, "says": _TEXT, "from": _maybe(day), "source": _SOURCE}
    )
    moment = _object({"day": day, "what": {"enum": list(MOMENTS)}, "says": _TEXT, "line": _TEXT})
    appeal = _object(
        {"to": _TEXT, "send_to": _MAYBE, "form": {"type": "array", "items": {"enum": list(FORMS)}},
         "on_pain_of": _MAYBE, "suspends": {"type": "boolean"}}
    )  # fmt: skip
    runs = _object(
        {"line": _TEXT, "stage": _TEXT, "says": _TEXT, "kind": {"enum": list(get_args(Kind))},
         "event": {"type": "integer"}, "phase": {"enum": list(get_args(Phase))}, "opens": _maybe(day),
         "day": _maybe(day), "last": _maybe(day), "named": _maybe(day), "start_assumed": {"type": "boolean"},
         "stands_still_since": _maybe(day), "computation": _maybe(_computation()), "appeal": _maybe(appeal),
         "source": _SOURCE}
    )  # fmt: skip

    def listed(item: dict[str, Any]) -> dict[str, Any]:
        return {"type": "array", "items": item}

    whole = _object(
        {"file": _TEXT, "pathway": _TEXT, "on": day, "status": {"enum": [x.value for x in Status]},
         "stages": listed(stage), "tasks": listed(task), "clocks": listed(running), "appeals": listed(running),
         "over": listed(running), "silence": listed(silence), "next": _maybe(moment), "oddities": _oddities(),
         "law": _object({"digest": _TEXT, "read_until": day}), **_file_state()}
    )  # fmt: skip
    return {"$schema": DIALECT, "title": "The state of a dossier", **whole, "$defs": {"running": runs}}


def deadlines_schema() -> dict[str, Any]:
    """Return the schema of what `dossier deadlines` prints as JSON."""
    from sojourn.dossier.running import Phase
    from sojourn.words.state import MOMENTS

    day = {**_TEXT, "format": "date"}
    row = _object(
        {"file": _TEXT, "pathway": _TEXT, "day": day, "what": {"enum": list(MOMENTS)}, "says": _TEXT, "line": _TEXT,
         "in_days": {"type": "integer"}, "kind": {"enum": list(get_args(Kind))},
         "phase": {"enum": list(get_args(Phase))}, "safe_day": _maybe(day), "start_assumed": {"type": "boolean"},
         "limit": _MAYBE, "event": {"type": "integer", "minimum": 1}, "source": _SOURCE}
    )  # fmt: skip
    whole = _object(
        {"on": day, "within": {"type": ["integer", "null"]}, "deadlines": {"type": "array", "items": row},
         "law": _object({"digest": _TEXT, "read_until": day}), "faults": _file_state()["faults"]}
    )  # fmt: skip
    return {"$schema": DIALECT, "title": "Deadlines of dossiers, nearest first", **whole}


def _oddities() -> dict[str, Any]:
    from sojourn.dossier.oddities import Odd

    odd = _object({"event": {"type": "integer", "minimum": 1}, "odd": {"enum": [x.value for x in Odd]}, "says": _TEXT})
    return {"type": "array", "items": odd}


def check_schema() -> dict[str, Any]:
    """Return the schema of what `dossier check` prints as JSON."""
    from sojourn.dossier.examine import Flaw, Level

    day, number = {**_TEXT, "format": "date"}, {"type": "integer", "minimum": 1}
    point = _object(
        {"flaw": {"enum": [x.value for x in Flaw]}, "level": {"enum": [x.value for x in Level]}, "document": _TEXT,
         "name": _TEXT, "one_of": _IDS, "event": _maybe(number), "says": _TEXT, "source": _maybe(_SOURCE)}
    )  # fmt: skip
    papers = _object(
        {"stage": _TEXT, "on": day, "filed": {"type": "boolean"}, "good": {"type": "array", "items": number},
         "points": {"type": "array", "items": point}}
    )  # fmt: skip
    whole = _object(
        {"file": _TEXT, "on": day, "events": {"type": "integer", "minimum": 0}, "last": _TEXT,
         "papers": {"type": "array", "items": papers}, "oddities": _oddities(), **_file_state()}
    )  # fmt: skip
    return {"$schema": DIALECT, "title": "A dossier held against the rules", **whole}


def _maybe(shape: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [shape, {"type": "null"}]}


def plan_schema() -> dict[str, Any]:
    """Return the schema of what `plan` prints as JSON."""
    from pydantic import TypeAdapter

    from sojourn.papers.journey import Journey

    whole = TypeAdapter(Journey).json_schema(mode="serialization")
    for shape in (whole, *whole["$defs"].values()):
        shape |= {"required": list(shape["properties"]), "additionalProperties": False}
    return {"$schema": DIALECT, **whole, "title": "A plan"}


def written(law: Law) -> dict[str, str]:
    """Return every schema file's text by its name."""
    return {
        f"{name}.schema.json": json.dumps(schema, indent=1, ensure_ascii=False) + "\n"
        for name, schema in schemas(law).items()
    }


if __name__ == "__main__":
    folder = Path(__file__).resolve().parents[3] / "docs" / "schema"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in written(load_law()).items():
        (folder / name).write_text(text, encoding="utf-8")
