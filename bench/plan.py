"""The plan of one person: computed, and said in words."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bench.clock import best_in_turn
from bench.one_person import CARD, DESIGNER
from bench.row import Row
from sojourn.decide.profile import read_profile
from sojourn.dossier.plan import plan
from sojourn.law.model import Law
from sojourn.words.language import Words
from sojourn.words.plan import journey

FILED, TODAY = date(2026, 12, 1), date(2026, 11, 22)
VISITOR, ARRIVED = Path("examples", "toronto-visitor.yaml"), date(2026, 4, 15)


def rows(law: Law, root: Path) -> Iterator[Row]:
    designer, visitor = (read_profile(law, root / path).facts for path in (DESIGNER, VISITOR))
    w = Words(law, "nl")
    one, two, said = best_in_turn(
        [
            lambda: plan(law, CARD, designer, FILED, TODAY),
            lambda: plan(law, CARD, visitor, ARRIVED, ARRIVED),
            lambda: journey(w, plan(law, CARD, designer, FILED, TODAY)),
        ]
    )
    yield _row("the plan of one person (the designer), Flemish card, law loaded", one)
    yield _row("the plan of one who needs another way (the visitor), that way planned too", two)
    yield _row("the plan of the designer in words (Dutch)", said)


def _row(what: str, time: float) -> Row:
    return Row(what, f"{time * 1e3:.1f} ms", mark="under 20 ms", met=time < 0.02)
