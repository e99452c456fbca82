"""A small matter for the tests of papers: English words, and phrases that are left as they are."""

from dataclasses import replace
from datetime import date

from sojourn.papers.matter import Due, Held, Mark, Matter, Payment, Person, Piece, Reading, Remedy, Sheet, Step


class Plain:
    """A voice that says each phrase as it stands."""

    def __init__(self, language: str = "en") -> None:
        self.language = language

    def say(self, phrase: str, **values: object) -> str:
        return phrase.format(**values) if values else phrase

    def day(self, day: date) -> str:
        return day.isoformat()

    def weekday(self, day: date) -> str:
        return day.strftime("%A ") + day.isoformat()


APPEAL_DUE = Due(
    "appeal.7",
    "Appeal to the minister",
    date(2026, 8, 5),
    readings=(
        Reading("Saturday rests", date(2026, 8, 6), steps=("counted so",)),
        Reading("Saturday works", date(2026, 8, 5)),
        Reading("It moves", date(2026, 8, 7), counts=False),
    ),
    notes=("Post it early; a note, with a comma",),
    source="The decree, art. 16",
)
MATTER = Matter(
    key="0123abcd",
    pathway="be-vlg-professional-card",
    title="Professional card",
    on=date(2026, 7, 10),
    person=Person("Ana Šević", date(1990, 1, 2), "Serbia"),
    filed=date(2025, 12, 18),
    reference="EM/1",
    steps=(
        Step(
            "The card",
            "The service",
            ("Online",),
            (
                Piece((Sheet("passport", "Passport", "A copy."),), held=(Held("Passport", date(2024, 5, 1), "p.pdf"),)),
                Piece((Sheet("a", "Diploma"), Sheet("b", "Certificate", "", ("Issued late.",)))),
                Piece((Sheet("c", "Portfolio"),), "advised", sure=False, tells=("your activity",)),
            ),
            (Payment("Fee.", "€140.00", account="BE35", message="BK-Ana"), Payment("Other.", "", "Not known.")),
            ("Mind the gap.",),
        ),
    ),
    dues=(APPEAL_DUE, Due("wait.7", "No new application", date(2027, 7, 7), "wait")),
    history=(Mark(date(2025, 12, 18), "Filed"), Mark(date(2026, 7, 3), "Refused", "by <the> service & co")),
    remedy=Remedy("Flemish Government", "the decree", ("reasoned", "signed", "registered-letter"), APPEAL_DUE,
                  on_pain=True),
    decided=date(2026, 7, 3),
    dispatched=date(2026, 7, 3),
    law="Law of today.",
)  # fmt: skip
NAMELESS = replace(MATTER, person=Person(), reference="")
