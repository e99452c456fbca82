"""What sources print otherwise than the law has it, and what is wrong with it, in words."""

from sojourn.law.model import Conflict
from sojourn.words.language import Words

CONFLICT = {
    "digit": "a digit is misprinted",
    "cut": "cut after the cent instead of rounded",
    "overtaken": "out of date by then",
    "other-day": "the amount of another day",
    "other-tariff": "the amount of another kind of application",
    "no-basis": "no index step and no other source gives it",
}


def conflict_text(w: Words, c: Conflict) -> str:
    """Return one conflict as a sentence: who prints what, and why the law does not follow."""
    source, why = w.law.sources[c.source].title, w.say(CONFLICT[c.fault])
    if c.cents is None:
        assert c.day is not None
        return w.say("“{source}” gives {day} as the first day: {why}.", source=source, day=w.day(c.day), why=why)
    value = w.money(c.cents)
    if c.yearly:
        return w.say("“{source}” prints {value} a year: {why}.", source=source, value=value, why=why)
    return w.say("“{source}” prints {value}: {why}.", source=source, value=value, why=why)
