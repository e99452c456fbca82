"""Plan pages: the whole plan, from the answers of the session, on a day that can be moved; files to take away."""

import io
import json
import re
from html import unescape
from pathlib import Path

import icalendar
import pikepdf
import pytest
from django.test import Client

from sojourn.decide.body import load_law
from sojourn.site.answers import KEY

ROOT = Path(__file__).resolve().parents[2]
LAW = load_law()
CARD = "be-vlg-professional-card"


@pytest.fixture
def designer(client):
    """A browser in which the designer has taken up her file."""
    with (ROOT / "examples/ghent-designer.yaml").open("rb") as file:
        assert client.post("/nl/answers/resume/", {"profile": file}).status_code == 302
    return client


def on(day, month, year, name="on"):
    return {f"{name}-day": day, f"{name}-month": month, f"{name}-year": year}


def test_the_plan_says_where_what_how_much_and_by_when(designer):
    designer.post(f"/en/plan/{CARD}/", on("1", "12", "2026"))
    told = unescape(designer.get(f"/en/plan/{CARD}/").content.decode())
    assert "Tuesday 1 December 2026" in told
    for expected in ("€140.00", "€90.00", "Criminal record extract", "31 March 2027", "added value", "<code>BE"):
        assert expected in told
    assert told.count("<svg") >= 2, "the emblem and at least one payment code"


@pytest.mark.parametrize("language", ["en", "nl", "fr", "de"])
@pytest.mark.parametrize("pathway", [id for id, p in LAW.pathways.items() if p.procedure][:6])
def test_every_procedure_has_a_plan_in_every_language(client, language, pathway):
    for path in (f"/{language}/plan/{pathway}/", f"/{language}/plan/{pathway}/days/"):
        page = client.get(path)
        assert page.status_code == 200
        assert page.headers["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize(
    ("language", "you", "authority"),
    [
        ("en", "You", "The authority"),
        ("nl", "U", "De overheid"),
        ("fr", "Vous", "L'autorité"),
        ("de", "Sie", "Die Behörde"),
    ],
)
def test_who_must_act_is_said_in_the_language_of_the_page(designer, language, you, authority):
    page = unescape(designer.get(f"/{language}/plan/{CARD}/").content.decode())
    assert f"<strong>{you}</strong>" in page
    assert f"<strong>{authority}</strong>" in page
    assert "<strong>applicant</strong>" not in page


def test_a_pathway_without_procedure_plans_nothing(client):
    without = next((id for id, p in LAW.pathways.items() if p.procedure is None), None)
    if without:
        assert "rather than guess" in client.get(f"/en/plan/{without}/").content.decode()
        assert client.get(f"/en/plan/{without}/plan.pdf").status_code == 404


@pytest.mark.parametrize(("sent", "message"), [
    (on("31", "2", "2026"), "Give a day that exists"),
    (on("", "", ""), "Give a day that exists"),
    (on("1", "1", "2100"), "within three years"),
])  # fmt: skip
def test_a_day_that_cannot_be_is_said_and_kept_typed(client, sent, message):
    page = client.post(f"/en/plan/{CARD}/", sent)
    assert page.status_code == 422
    assert message in unescape(page.content.decode())
    if sent["on-year"] == "2026":
        assert 'value="31"' in page.content.decode()


def test_ticks_stay(designer):
    told = designer.get(f"/en/plan/{CARD}/").content.decode()
    papers = re.findall(r'name="paper" value="([^"]+)"', told)
    designer.post(f"/en/plan/{CARD}/", {"ticks": "1", "paper": papers[:2]})
    told = designer.get(f"/en/plan/{CARD}/").content.decode()
    assert len(re.findall(r'name="paper" value="[^"]+" checked', told)) == 2


def test_two_days_side_by_side(designer):
    sent = on("1", "12", "2026", "filed") | on("1", "6", "2028", "other")
    assert designer.post(f"/en/plan/{CARD}/days/", sent).status_code == 302
    told = unescape(designer.get(f"/en/plan/{CARD}/days/").content.decode())
    assert "Tuesday 1 December 2026" in told
    assert "Thursday 1 June 2028" in told


def test_the_files_to_take_along(designer):
    designer.post(f"/nl/plan/{CARD}/", on("1", "12", "2026"))
    names = {"family_name": "Muster", "given_names": "Maria"} | on("2", "3", "1990", "born")
    pdf = designer.post(f"/nl/plan/{CARD}/plan.pdf", names)
    assert pdf.headers["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(pdf.content)) as opened:
        assert opened.Root.MarkInfo.Marked
        assert str(opened.Root.Lang).startswith("nl")
    text = designer.post(f"/nl/plan/{CARD}/plan.txt", names).content.decode()
    assert "Muster" in text
    assert "Muster" not in json.dumps(dict(designer.session)), "names are kept nowhere"
    assert "Muster" not in designer.get(f"/nl/plan/{CARD}/").content.decode()
    days = icalendar.Calendar.from_ical(designer.get(f"/nl/plan/{CARD}/plan.ics").content)
    assert len(list(days.walk("VEVENT"))) >= 3
    assert json.loads(designer.get(f"/nl/plan/{CARD}/plan.json").content)["filing_day"] == "2026-12-01"
    assert b"<svg" in designer.get(f"/nl/plan/{CARD}/timeline.svg").content


def test_the_session_holds_the_choice_and_no_address_does(designer):
    moved = designer.post(f"/nl/plan/{CARD}/", on("1", "12", "2026"))
    assert moved.headers["Location"] == f"/nl/plan/{CARD}/"
    assert KEY in designer.session


def test_two_visitors_never_see_each_other(designer):
    designer.post(f"/en/plan/{CARD}/", on("1", "12", "2026"))
    assert "Tuesday 1 December 2026" not in Client().get(f"/en/plan/{CARD}/").content.decode()
