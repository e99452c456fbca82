"""The deadline and the means calculator: right, explained, and with addresses that hold nothing of a person."""

from datetime import date
from html import unescape

import pytest

from sojourn.decide.body import load_law
from sojourn.decide.means import references

LAW = load_law()
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
