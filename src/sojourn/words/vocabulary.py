"""What can be asked and told: every fact with its values, in the words of a language."""

from typing import Any

from sojourn.words.language import Words


def facts_json(w: Words) -> list[dict[str, Any]]:
    """Return every fact with its type, values and the question that asks it."""
    asked = {f: q.id for q in w.law.questions for f in q.sets}
    return [
        {
            "fact": f.id, "says": w.fact(f.id), "type": f.type, "values": {v: w.value(f, v) for v in f.values},
            "unit": f.unit or None, "least": f.least, "most": f.most, "change": f.change, "question": asked.get(f.id),
        }
        for f in w.law.facts.values()
    ]  # fmt: skip
