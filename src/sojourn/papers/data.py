"""A matter as JSON, for other programs."""

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from sojourn.papers.matter import Matter

FORMAT = 1


def to_json(matter: Matter, language: str) -> str:
    """Return the matter as JSON: days as ISO text, empty things left in."""
    whole = {"sojourn": "papers", "version": FORMAT, "language": language, **asdict(matter)}
    return json.dumps(whole, ensure_ascii=False, indent=2, default=_plain) + "\n"


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)
