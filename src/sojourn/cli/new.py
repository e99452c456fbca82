"""A commented profile to fill in."""

from datetime import date

from sojourn.decide.report import facts_of
from sojourn.law.basis import procedure_basis
from sojourn.law.model import Fact
from sojourn.words.language import Words

_SHAPES = {"money": '"2600 EUR"', "date": "2026-09-20", "country": "MA", "countries": "[MA]", "bool": "true / false"}


def new_profile(w: Words, pathways: list[str], on: date) -> str:
    """Return a profile, valid as it is, with every fact that decides on these pathways on that day as a comment.

    Facts that only a plan uses stand among them, and are marked.
    """
    law = w.law
    facts: dict[str, None] = {}
    for id in pathways:
        segment = law.compiled["forms"].on(id, on)
        for entry in segment.entries(law.pathways[id]) if segment else ():
            facts |= dict.fromkeys(facts_of(law, entry))
            if entry.fact:
                facts[entry.fact] = None
    asked = [f for q in law.questions for f in q.sets if f in facts]
    procedures = [p for id in pathways if (p := law.pathways[id].procedure)]
    planned = dict.fromkeys(f for p in procedures for f in procedure_basis(law, p).facts if f not in facts)
    asked += planned
    subjects = list(dict.fromkeys(f.split(".")[0] for f in asked))
    lines = [
        f"# {w.say('What you know of your situation. Take away the # where you know the answer.')}",
        f"# {w.say('Leave out what was not asked; write unknown or declined for the rest.')}",
        f"on: {on.isoformat()}",
        "facts: {}",
        f"# {w.say('Take away the braces above before you fill in the first fact.')}",
    ]
    for subject in subjects:
        lines.append(f"#  {subject}:")
        for id in asked:
            if id.startswith(f"{subject}."):
                only = f" ({w.say('for a plan only')})" if id in planned else ""
                lines += [f"#    # {w.fact(id)}{only}", f"#    {id.split('.', 1)[1]}: {_shape(law.facts[id])}"]
                lines += [f"#    #   {v}: {w.value(law.facts[id], v)}" for v in law.facts[id].values]
    return "\n".join(lines) + "\n"


def _shape(fact: Fact) -> str:
    if fact.type == "set":
        return "[]"
    if fact.type == "choice":
        return next(iter(fact.values))
    return _SHAPES.get(fact.type, "0")
