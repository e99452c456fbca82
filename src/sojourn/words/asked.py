"""The next question, as every shell gives it to a program."""

from datetime import date
from typing import Any

from sojourn.decide.next_question import Asked
from sojourn.words.language import Words


def next_json(w: Words, asked: Asked | None, on: date) -> dict[str, Any]:
    """Return the question in the words of a language; nulls and empty lists when no answer can change any result."""
    q = asked.question if asked else None
    return {
        "on": on.isoformat(),
        "question": q.id if q else None,
        "ask": w.question(q.id, "ask", q.ask) if q else None,
        "why": w.question(q.id, "why", q.why) if q else None,
        "sets": list(q.sets) if q else [],
        "facts": list(asked.facts) if asked else [],
        "touches": list(asked.touches) if asked else [],
        "in_play": asked.in_play if asked else 0,
    }
