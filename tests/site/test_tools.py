"""The deadline and the means calculator: right, explained, and with addresses that hold nothing of a person."""

import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from sojourn.decide.body import load_law
from sojourn.decide.means import references
from sojourn.site.tools import family
from sojourn.values.known import Exact

LAW = load_law()
ROOT = Path(__file__).resolve().parents[2]
APPEAL = "vlg-card-appeal-to-minister"


def told(response):
    return unescape(response.content.decode())


def test_a_deadline_in_every_reading_with_its_source(client):
    page = told(client.get("/en/tools/deadline/", {"rule": APPEAL, "on": "2026-07-03"}))
    assert "Act by Wednesday 5 August 2026" in page
    assert "Thursday 6 August 2026" in page
    assert "art. 16" in page or "arts 15 and 16" in page
    assert f"?rule={APPEAL}&on=2026-07-03" in page


def test_the_same_from_three_fields(client):
    sent = {"rule": APPEAL, "on-day": "3", "on-month": "7", "on-year": "2026"}
    assert "5. August 2026" in told(client.get("/de/tools/deadline/", sent))


@pytest.mark.parametrize(("sent", "message"), [
    ({"rule": "nothing", "on": "2026-07-03"}, "Choose a time limit"),
    ({"rule": APPEAL, "on-day": "31", "on-month": "2", "on-year": "2026"}, "Give a day that exists"),
    ({"rule": APPEAL, "on": "yesterday"}, "Give a day that exists"),
    ({"rule": APPEAL, "on": "9999-12-31"}, "Give a day that exists"),
    ({"rule": "<script>", "on": "2026-07-03"}, "Choose a time limit"),
])  # fmt: skip
def test_what_cannot_be_counted_is_said(client, sent, message):
    page = client.get("/en/tools/deadline/", sent)
    assert page.status_code == 422
    assert message in told(page)


def test_a_day_before_the_rule_says_so(client):
    begins = next(id for id, versions in LAW.time_limits.limits.items() if versions[0].period.first)
    page = client.get("/en/tools/deadline/", {"rule": begins, "on": "1970-01-01"})
    assert page.status_code == 200
    assert "No rule is known for 1 January 1970" in told(page)


@pytest.mark.parametrize("rule", sorted(LAW.time_limits.limits))
def test_every_time_limit_can_be_opened(client, rule):
    assert client.get("/nl/tools/deadline/", {"rule": rule, "on": "2026-07-03"}).status_code in (200, 422)


def test_the_amounts_of_a_day_and_where_an_income_stands(client):
    sent = {"income": "2.600,00", "further": "0", "on-day": "22", "on-month": "11", "on-year": "2026"}
    page = told(client.post("/en/tools/means/", sent))
    assert "€2,456.97" in page
    assert "at or above it" in page
    assert "2600" not in page.split("?on=")[1][:40], "the link holds the day alone"
    low = told(client.post("/en/tools/means/", sent | {"income": "1500", "further": "2"}))
    assert "below it" in low
    assert "€2,903.69" in low, "110 % and 10 % for each of two members"


def test_the_amounts_of_an_earlier_day_by_link(client):
    assert "€1,845.48" in told(client.get("/en/tools/means/", {"on": "2022-09-01"}))


@pytest.mark.parametrize(("sent", "message"), [
    ({"income": "much"}, "Write an amount"),
    ({"further": "21"}, "Write a whole number"),
    ({"further": "-1"}, "Write a whole number"),
    ({"on-day": "40"}, "Give a day that exists"),
])  # fmt: skip
def test_wrong_entries_are_said(client, sent, message):
    whole = {"income": "", "further": "", "on-day": "1", "on-month": "1", "on-year": "2026"} | sent
    page = client.post("/en/tools/means/", whole)
    assert page.status_code == 422
    assert message in told(page)


def test_references_are_ordered_and_every_one_is_used():
    found = references(LAW, date(2026, 11, 22), 0)
    values = [r.worth.low for r in found if r.worth.low is not None]
    assert values == sorted(values)
    assert all(r.uses for r in found)
    assert {"living-wage-3-120", "gammi-family-m1"} <= {r.amount for r in found}


# --- who of the family applies -------------------------------------------------------------------------------------

FAMILY = {
    "nation-0": "BR", "age-0": "34", "lives-0": "abroad", "ground-0": "none", "work-0": "none",
    "relation-1": "spouse", "nation-1": "PT", "age-1": "36", "lives-1": "abroad", "ground-1": "none",
    "work-1": "employed",
    "relation-2": "child", "nation-2": "BR", "age-2": "4", "lives-2": "abroad", "ground-2": "none",
    "shows": ["housing", "insurance"], "moved": "false", "on-day": "22", "on-month": "11", "on-year": "2026",
}  # fmt: skip


def test_which_choice_opens_most_for_a_family(client):
    response = client.post("/en/tools/family/", FAMILY)
    page = told(response)
    assert response.status_code == 200
    best = page.split("Other choices")[0]
    assert "<h3>Member 1: Husband or wife</h3>" in best
    assert "for 3 of 3: a way is open" in best
    assert "Joining a citizen of the EEA or Switzerland, Belgium (joins: Member 1: Husband or wife)" in best
    assert "the main applicant is granted that stay" in best, "the hypothesis is said"
    assert '<option value="spouse" selected>' in page, "the form keeps what was sent"


@pytest.mark.parametrize(("language", "said"), [
    ("nl", "voor 3 van 3: er staat een weg open"),
    ("fr", "pour 3 sur 3 : une voie est ouverte"),
    ("de", "für 3 von 3: ein Weg steht offen"),
])  # fmt: skip
def test_the_choice_is_told_in_every_language(client, language, said):
    assert said in told(client.post(f"/{language}/tools/family/", FAMILY))


def test_a_family_is_kept_by_nobody_and_stands_in_no_address(client):
    response = client.post("/en/tools/family/", FAMILY)
    assert response.headers["Cache-Control"] == "no-store, private"
    assert "answers" not in client.session
    assert "tools/family/?" not in told(response)


def test_persons_are_added_without_scripts(client):
    page = told(client.post("/en/tools/family/", FAMILY | {"do": "more"}))
    assert 'name="relation-3"' in page
    assert "a way is open" not in page, "nothing is assessed yet"
    full = FAMILY | {f"relation-{i}": "child" for i in range(3, 13)} | {"do": "more"}
    assert 'value="more"' not in told(client.post("/en/tools/family/", full)), "twelve others at most"
    assert 'name="relation-13"' not in told(client.post("/en/tools/family/", full))


def test_empty_rows_are_left_out(client):
    empty = {"relation-3": "", "nation-3": "", "age-3": ""}
    assert "for 3 of 3: a way is open" in told(client.post("/en/tools/family/", FAMILY | empty))


@pytest.mark.parametrize(("sent", "message"), [
    ({"relation-1": "", "relation-2": "", "nation-1": "", "age-1": "", "lives-1": "", "ground-1": "", "work-1": "",
      "nation-2": "", "age-2": "", "lives-2": "", "ground-2": ""}, "Name at least one other person"),
    ({"relation-1": ""}, "Say how this person is related to you"),
    ({"relation-1": "wife"}, "Say how this person is related to you"),
    ({"age-0": "old"}, "Write a whole number from 0 to 125"),
    ({"age-2": "126"}, "Write a whole number from 0 to 125"),
    ({"on-day": "40"}, "Give a day that exists"),
    ({"nation-0": "XX"}, "No country has this code"),
    ({"work-1": "<script>"}, "This is not one of the possible values"),
])  # fmt: skip
def test_a_family_that_cannot_be_read_is_said(client, sent, message):
    page = client.post("/en/tools/family/", FAMILY | sent)
    assert page.status_code == 422
    assert message in told(page)
    assert "a way is open" not in told(page)


def test_a_profile_taken_up_with_its_family_is_shown_at_once(client):
    with (ROOT / "examples/mixed-family.yaml").open("rb") as file:
        client.post("/en/answers/resume/", {"profile": file})
    page = told(client.get("/en/tools/family/"))
    assert "for 3 of 3: a way is open" in page
    assert '<option value="spouse" selected>' in page
    assert "Your answers to the questions are used for you as well" in page


def answered(client, facts, household=None):
    session = client.session
    session["answers"] = {"facts": facts, "order": [], "on": "2026-11-22", "aim": "", "household": household}
    session.save()


def chosen(page, name):
    select = re.search(rf'<select[^>]*name="{name}".*?</select>', page, re.DOTALL)
    return re.findall(r'value="([^"]*)" selected', select[0])


def test_more_nationalities_than_the_form_has_room_for_are_not_cut(client):
    three = ["BR", "MA", "PT"]
    answered(client, {"person.nationalities": three}, [{"relation": "child", "person": {"nationalities": three}}])
    page = told(client.get("/en/tools/family/"))
    assert [chosen(page, f"nation-{i}") for i in (0, 1)] == [[], []], "two of three would be another person"
    assert "Member 1: Child" in page


US = {"nation-0": "PT", "age-0": "30", "work-0": "employed", "relation-1": "sibling", "nation-1": "BR",
      "on-day": "22", "on-month": "11", "on-year": "2026"}  # fmt: skip


@pytest.mark.parametrize(("sent", "open_"), [({}, True), ({"nation-0": ""}, False)], ids=["left in", "taken out"])
def test_what_is_taken_out_of_the_form_counts_no_more(client, sent, open_):
    answered(client, {"person.nationalities": ["PT"], "person.age": 30, "activity.kind": "employed"})
    assert ("a way is open" in told(client.post("/en/tools/family/", US | sent))) is open_


@pytest.mark.parametrize(("shows", "open_"), [(["housing", "insurance"], True), ([], False)])
def test_what_the_one_joined_can_show_can_be_taken_back(client, shows, open_):
    answered(client, {"family.can_show": ["housing", "insurance"], "sponsor.free_movement": False})
    belgian = {"nation-0": "BE", "nation-1": "BR", "relation-2": "", "nation-2": "", "age-2": "", "lives-2": ""}
    sent = FAMILY | belgian | {"ground-2": "", "shows": shows}
    page = told(client.post("/en/tools/family/", sent))
    assert ("for 2 of 2: a way is open" in page) is open_


def test_what_the_form_shows_only_roughly_stands_as_it_was_answered(client, monkeypatch):
    assessed = []
    monkeypatch.setattr(family, "choices", lambda law, people, on: assessed.append(people[0].stated) or [])
    answered(client, {"residence.country": "CA", "person.nationalities": ["BR", "CA", "US"]})
    assert chosen(told(client.get("/en/tools/family/")), "lives-0") == ["abroad"]
    client.post("/en/tools/family/", US | {"nation-0": "", "lives-0": "abroad"})
    assert assessed[0]["residence.country"] == Exact("CA")
    assert assessed[0]["person.nationalities"] == Exact(frozenset({"BR", "CA", "US"}))
