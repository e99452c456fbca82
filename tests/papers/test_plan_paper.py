"""The plan as an applicant reads it: text, PDF and calendar in every language; payment codes where all is sourced."""

import io
import random
from datetime import date
from pathlib import Path
from typing import get_args

import pikepdf
import pytest
import vobject
from pydantic import BaseModel

from sojourn.decide.body import load_law
from sojourn.decide.profile import read_profile
from sojourn.dossier.plan import Plan, plan
from sojourn.law.procedure_schema import ClockShape, FeeShape, WarningShape
from sojourn.papers.journey import Journey, Payer
from sojourn.words.language import LANGUAGES, Words
from sojourn.words.plan import DUE, PAYER, PER, SILENCE, WARNINGS, journey
from sojourn.words.plan_papers import plan_calendar, plan_json, plan_pdf, plan_text
from tests.people import person

LAW = load_law()
EXAMPLES = Path(__file__).parents[2] / "examples"
CARD, MEANS = "be-vlg-professional-card", "be-own-means"
FATIMA = Payer("El Amrani", "Fatima", date(1990, 3, 12))


def planned(example: str, pathway: str, filed: date) -> Plan:
    who = read_profile(LAW, EXAMPLES / f"{example}.yaml")
    return plan(LAW, pathway, who.facts, filed, who.on or filed)


DESIGNER = planned("ghent-designer", CARD, date(2026, 12, 1))
PENSIONER = planned("boston-pensioner", MEANS, date(2026, 12, 1))
VISITOR = planned("toronto-visitor", CARD, date(2026, 4, 15))


def told(made: Plan, payer: Payer | None = None, language: str = "en") -> Journey:
    return journey(Words(LAW, language), made, payer)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("made", [DESIGNER, PENSIONER, VISITOR], ids=["designer", "pensioner", "visitor"])
def test_every_language_says_the_same_days_and_leaves_no_gap(made: Plan, language: str) -> None:
    text = plan_text(Words(LAW, language), made)
    assert "{" not in text
    assert "}" not in text
    ours, english = told(made, language=language), told(made)
    assert [(m.id, m.day, m.opens) for m in ours.timeline] == [(m.id, m.day, m.opens) for m in english.timeline]
    assert [(f.id, f.low, f.high, f.account) for f in ours.fees] == [
        (f.id, f.low, f.high, f.account) for f in english.fees
    ]
    assert len(ours.errands) == len(english.errands)
    if language != "en":
        assert ours.errands[0].papers[0].says != english.errands[0].papers[0].says


def test_what_the_designer_reads() -> None:
    text = " ".join(plan_text(Words(LAW, "en"), DESIGNER, FATIMA).split())
    for words in (
        "Filing day: Tuesday 1 December 2026",
        "€140.00 for each application",
        "€90.00 for each year of validity",
        "To account BE35 3751 1109 9637 (no source names the holder)",
        "Message, exactly: BK-FatimaEl Amrani-12/03/1990",
        "Together, for a card of 3 years: €410.00",
        "The last day would be Wednesday 31 March 2027.",
        "Silence counts as a grant.",
        "The activity is economically viable.",
        "█▀▀▀▀▀█",
        "from Friday 1 September 2028 at the earliest",
    ):
        assert words in text


def test_without_a_name_the_message_has_blanks() -> None:
    (fee,) = [f for f in told(DESIGNER).fees if f.id == "card-application"]
    assert fee.message == "BK-⟦given names⟧⟦family name⟧-⟦date of birth, dd/mm/yyyy⟧"


@pytest.mark.parametrize(
    ("filed", "payer", "kind", "why"),
    [
        (date(2025, 3, 1), FATIMA, "payment", "holder, account, amount of 2025 and message are all known"),
        (date(2025, 3, 1), None, "copy", "nobody to put in the message"),
        (date(2025, 3, 1), Payer("El Amrani", "Fatima"), "copy", "no date of birth"),
        (date(2026, 12, 1), FATIMA, "copy", "the amount of 2026 is computed, not published"),
        (date(2027, 2, 1), FATIMA, "copy", "no source gives the amount of 2027"),
        (
            date(2025, 3, 1),
            Payer("M" * 120, "Fatima Zahra", date(1990, 3, 12)),
            "copy",
            "too long a message for a code",
        ),
    ],
)
def test_a_payment_code_only_where_all_is_sourced(filed: date, payer: Payer | None, kind: str, why: str) -> None:
    fee = next(f for f in told(planned("boston-pensioner", MEANS, filed), payer).fees if f.id == "visa-contribution")
    assert fee.code is not None
    assert fee.code.kind == kind, why
    assert "BE57" in fee.code.text
    if kind == "payment":
        assert fee.code.text.splitlines()[0] == "BCD"
        assert "EUR236" in fee.code.text
    else:
        assert fee.message.replace("⟦", "[").replace("⟧", "]") in fee.code.text


def test_the_holder_of_the_flemish_account_is_never_invented() -> None:
    for filed in (date(2024, 5, 2), date(2026, 12, 1)):
        made = told(planned("ghent-designer", CARD, filed), FATIMA)
        fee = next(f for f in made.fees if f.id == "card-application")
        assert (fee.beneficiary, fee.code and fee.code.kind) == ("", "copy")


def test_a_fee_of_another_day_has_no_code_and_says_what_it_may_become() -> None:
    fee = next(f for f in told(DESIGNER, FATIMA).fees if f.id == "stay-contribution")
    assert fee.code is None
    assert "31 March 2027" in fee.later
    assert "No source gives the amount" in fee.later
    assert "computed, not published" in " ".join(fee.notes)


def test_what_the_visitor_reads() -> None:
    text = " ".join(plan_text(Words(LAW, "en"), VISITOR).split())
    assert "This plan can fail" in text
    assert "the decision may come as late as Thursday 13 August 2026" in text
    assert "It lasts until Monday 29 June 2026, that day included." in text
    assert "Disputed: The decree covers a lawful short stay" in text
    assert "The way that works" in text
    (route,) = told(VISITOR).routes
    assert route.works
    assert any("visa D" in stage for stage in route.stages)
    assert any("€140.00" in fee for fee in route.fees)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pdf_is_tagged_and_always_the_same(language: str) -> None:
    w = Words(LAW, language)
    raw = plan_pdf(w, DESIGNER, FATIMA)
    assert raw == plan_pdf(w, DESIGNER, FATIMA)
    with pikepdf.open(io.BytesIO(raw)) as made:
        assert made.Root.MarkInfo.Marked
        assert str(made.Root.Lang) == language
        assert made.open_metadata()["pdfuaid:part"] == "1"
        figures = [str(x.Alt) for x in structure(made.Root.StructTreeRoot) if x.get("/S") == "/Figure"]
    assert len(figures) == 1, "one code, and what it is for"


def structure(node: pikepdf.Object) -> list[pikepdf.Object]:
    """Return every structure element below a node."""
    if isinstance(node, pikepdf.Array):
        return [x for child in node for x in structure(child)]
    if not isinstance(node, pikepdf.Dictionary):
        return []
    below = structure(node["/K"]) if "/K" in node else []
    return [node, *below] if "/S" in node else below


def test_another_library_reads_the_calendar_and_a_new_plan_moves_its_events() -> None:
    w = Words(LAW, "en")
    first = list(vobject.readOne(plan_calendar(w, DESIGNER).decode()).vevent_list)
    days = {e.uid.value: e.dtstart.value for e in first}
    assert len(days) == len(first)
    assert date(2026, 12, 1) in days.values()
    assert date(2027, 3, 31) in days.values()
    assert date(2028, 9, 1) in days.values()
    later = planned("ghent-designer", CARD, date(2026, 12, 15))
    moved = list(vobject.readOne(plan_calendar(w, later).decode()).vevent_list)
    assert {e.uid.value for e in moved} == set(days)
    assert any(e.dtstart.value != days[e.uid.value] for e in moved)


@pytest.mark.parametrize(
    ("shape", "name", "table"),
    [
        (ClockShape, "on_silence", SILENCE),
        (WarningShape, "kind", WARNINGS),
        (FeeShape, "per", PER),
        (FeeShape, "due", DUE),
        (FeeShape, "paid_by", PAYER),
    ],
)
def test_there_are_words_for_all_that_a_procedure_may_say(
    shape: type[BaseModel], name: str, table: dict[str, str]
) -> None:
    field = shape.model_fields[name].annotation
    words = {x for part in (field, *get_args(field)) for x in get_args(part) if isinstance(x, str)}
    assert words == set(table)


@pytest.mark.parametrize(
    ("example", "pathway", "heading", "door"),
    [
        ("lisbon-translator", CARD, "You need no such permit", "Registration as an EU citizen, Belgium"),
        ("boston-pensioner", CARD, "This is not your door", "Living on your own means, Belgium"),
    ],
)
def test_whom_a_pathway_does_not_concern_is_shown_the_door_and_no_papers(
    example: str, pathway: str, heading: str, door: str
) -> None:
    made = planned(example, pathway, date(2026, 12, 1))
    text = plan_text(Words(LAW, "en"), made)
    assert heading in text
    assert door in text
    assert "[ ]" not in text
    assert "€" not in text
    assert not told(made).concerns


@pytest.mark.parametrize("pathway", [p.id for p in LAW.pathways.values() if p.procedure])
def test_every_pathway_can_be_told_to_anybody(pathway: str) -> None:
    rng = random.Random(pathway)
    for language in LANGUAGES:
        facts = {id: known for id, known in person(LAW, rng).items() if rng.random() < 0.8}
        made = plan(LAW, pathway, facts, date(2026, 12, 1), date(2026, 11, 22))
        text = plan_text(Words(LAW, language), made)
        assert "{" not in text
        assert plan_json(told(made, FATIMA, language))["pathway"] == pathway


@pytest.mark.parametrize(
    ("filed", "notes"),
    [
        (date(2026, 12, 1), ()),
        (date(2026, 11, 28), ("The filing day is a Saturday: most desks are closed then.",)),
        (date(2026, 12, 25), ("The filing day is a legal holiday: most desks are closed then.",)),
        (date(2026, 11, 20), ("This filing day has passed.",)),
    ],
)
def test_what_to_mind_about_the_filing_day(filed: date, notes: tuple[str, ...]) -> None:
    assert told(planned("boston-pensioner", MEANS, filed)).notes == notes
