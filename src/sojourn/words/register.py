"""The words of the coverage register: who reviewed a rule, and what must be read again."""

from sojourn.law.due import Due
from sojourn.law.model import Pathway
from sojourn.words.language import Words

DUE = {
    "amount": "an amount was expected to move",
    "unknown-amount": "an amount is not known",
    "change": "a change of law",
    "source": "a source was read long ago",
}


def review_words(w: Words, pathway: Pathway) -> str:
    """Return whether a jurist reviewed the rule as it is."""
    if pathway.review == "none":
        return w.say("not yet reviewed by a jurist")
    who, day = pathway.reviewed["by"], w.day(pathway.reviewed["on"])
    if pathway.review == "outdated":
        return w.say("not yet reviewed again since the rule changed (by {who} on {day})", who=who, day=day)
    return w.say("reviewed by {who} on {day}", who=who, day=day)


def due_name(w: Words, item: Due) -> str:
    """Return what is to be read again, by the name a person knows it by."""
    if item.kind in ("amount", "unknown-amount"):
        return w.amount(item.id)
    if item.kind == "source":
        return w.law.sources[item.id].title
    pathway, _, line = item.id.partition(": ")
    found = w.law.pathways[pathway]
    return f"{w.line(found, 'title')}: {w.line(found, line)}"
