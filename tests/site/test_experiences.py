"""Experiences and corrections: from a visitor to the moderators to the page, and nothing unseen on the way."""

import re
import uuid
from html import unescape

import pytest
import yaml
from django.contrib.auth.models import User
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from sojourn.site.experiences import shown as showing
from sojourn.site.experiences.models import Correction, Experience, State
from sojourn.site.experiences.writing import count, likeness, tidy
from sojourn.site.moderators import make_moderator

CARD = "be-vlg-professional-card"
LEAVE = f"/en/pathways/{CARD}/experience/"
FAMILY = "\N{MAN}\N{ZERO WIDTH JOINER}\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL}"


@pytest.fixture(autouse=True)
def empty():
    Experience.objects.all().delete()
    Correction.objects.all().delete()
    yield
    User.objects.all().delete()


@pytest.fixture
def moderator():
    make_moderator("queue", "a long enough password")
    browser = Client()
    assert (
        browser.post(
            "/moderate/login/?next=/moderate/", {"username": "queue", "password": "a long enough password"}
        ).status_code
        == 302
    )
    return browser


def form_of(client):
    return re.search(r'name="form" value="([^"]+)"', client.get(LEAVE).content.decode()).group(1)


def leave(client, **fields):
    return client.post(LEAVE, {"form": form_of(client), **fields})


def publish(moderator, *ids):
    return moderator.post("/moderate/site/experience/", {"action": "publish", "_selected_action": list(ids)})


# --- from visitor to page ------------------------------------------------------------------------------------------


def test_a_comment_goes_from_visitor_to_moderator_to_page(client, moderator):
    sent = leave(client, text="Four months; they asked for my contracts.", region="VLG", outcome="granted")
    assert sent.status_code == 302
    link = sent.headers["Location"]
    assert "Waiting for a moderator" in client.get(link).content.decode()
    entry = Experience.objects.get()
    for path in (f"/en/pathways/{CARD}/", f"/api/v1/pathways/{CARD}", "/en/changes/"):
        assert "asked for my contracts" not in Client().get(path).content.decode(), "unseen, it is nowhere"
    assert "asked for my contracts" in moderator.get("/moderate/site/experience/").content.decode()
    assert publish(moderator, entry.id).status_code == 302
    page = Client().get(f"/en/pathways/{CARD}/").content.decode()
    assert "asked for my contracts" in page
    assert "Granted" in page
    assert "Published" in client.get(link).content.decode()


def test_a_change_is_looked_at_again_and_a_withdrawal_erases(client, moderator):
    link = leave(client, text="It took long.").headers["Location"]
    entry = Experience.objects.get()
    publish(moderator, entry.id)
    client.post(link, {"form": "x", "text": "It took half a winter."})
    entry.refresh_from_db()
    assert entry.state == State.WAITING
    assert "half a winter" not in Client().get(f"/en/pathways/{CARD}/").content.decode()
    client.post(link, {"withdraw": "1"})
    entry.refresh_from_db()
    assert (entry.state, entry.text) == (State.WITHDRAWN, "")
    publish(moderator, entry.id)
    entry.refresh_from_db()
    assert entry.state == State.WITHDRAWN, "what was withdrawn stays so"


def test_a_private_link_is_nobody_elses(client):
    leave(client, text="Mine.")
    assert Client().get("/en/experience/" + "0" * 40 + "/").status_code == 404
    entry = Experience.objects.get()
    assert Client().get(f"/en/experience/{entry.id}/").status_code == 404
    assert str(entry.key) not in client.get(f"/en/pathways/{CARD}/").content.decode()


def test_a_form_sent_twice_makes_one_entry(client):
    form = form_of(client)
    first, second = (client.post(LEAVE, {"form": form, "text": "Once."}) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert Experience.objects.count() == 1


def test_the_public_number_of_an_entry_does_not_lead_to_its_link(client):
    leave(client, text="Secret link.")
    entry = Experience.objects.get()
    stolen = Client().post(LEAVE, {"form": str(entry.id), "text": "Give me the link."})
    assert stolen.headers["Location"] != client.get(LEAVE).request["PATH_INFO"]
    assert "Secret link" not in Client().get(stolen.headers["Location"]).content.decode()


# --- what is refused -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("fields", "message"), [
    ({"text": "x" * 401}, "401 characters; write at most 400. Take out 1."),
    ({"text": ""}, "Write something"),
    ({"text": "\u200b\u202e\u2066 "}, "Write something"),
    ({"text": "ok", "region": "XX"}, "Choose one of the answers"),
    ({"text": "ok", "filed-month": "13", "filed-year": "2025"}, "month as a number"),
    ({"text": "ok", "filed-month": "\u0665", "filed-year": "2025"}, "month as a number"),
    ({"text": "ok", "filed-month": "1", "filed-year": "2999"}, "in the future"),
    ({"filed-month": "5", "filed-year": "2025", "decided-month": "4", "decided-year": "2025"}, "before the filing"),
    ({"outcome": "waiting", "decided-month": "4", "decided-year": "2025"}, "no decision yet"),
])  # fmt: skip
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, fields, message):
    sent = leave(client, **fields)
    assert sent.status_code == 422
    told = unescape(sent.content.decode())
    assert message in told
    assert "There is a problem" in told
    assert Experience.objects.count() == 0
    if fields.get("text") == "ok":
        assert ">ok</textarea>" in told


def test_four_hundred_characters_as_people_count_them(client):
    assert leave(client, text=FAMILY * 400).status_code == 302
    assert leave(client, text="e\N{COMBINING ACUTE ACCENT}" * 400).status_code == 302
    assert leave(client, text=FAMILY * 401).status_code == 422


def test_the_same_words_again_are_refused(client):
    assert leave(client, text="Ask for the receipt!").status_code == 302
    again = leave(client, text="  ASK for thé receipt  ")
    assert again.status_code == 422
    assert "here already" in again.content.decode()


def test_whoever_fills_in_the_trap_leaves_nothing(client):
    assert leave(client, text="Buy now", website="http://spam.example").status_code == 302
    assert Experience.objects.count() == 0


def test_too_many_entries_from_one_visitor_wait(client):
    answers = [leave(client, text=f"Entry number {n}").status_code for n in range(8)]
    assert 429 in answers


def test_html_and_links_stay_text(client, moderator):
    leave(client, text="<script>alert(1)</script> http://example.org \u202eevil")
    publish(moderator, Experience.objects.get().id)
    page = Client().get(f"/en/pathways/{CARD}/").content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert 'href="http://example.org' not in page
    assert "\u202e" not in page


def test_enough_visitors_hide_an_entry_until_a_moderator_has_looked(client, moderator):
    leave(client, text="Something rude.")
    entry = Experience.objects.get()
    publish(moderator, entry.id)
    one = Client()
    for _ in range(4):
        one.post(f"/en/experience/report/{entry.id}/")
    entry.refresh_from_db()
    assert (entry.flags, entry.state) == (1, State.PUBLISHED), "one visitor counts once"
    for _ in range(2):
        Client().post(f"/en/experience/report/{entry.id}/")
    entry.refresh_from_db()
    assert entry.state == State.WAITING
    assert "Something rude" not in Client().get(f"/en/pathways/{CARD}/").content.decode()


# --- numbers -------------------------------------------------------------------------------------------------------


def test_numbers_are_shown_only_from_enough_reports(client):
    def report(n, **more):
        for i in range(n):
            Experience.objects.create(
                pathway=CARD, language="en", state=State.PUBLISHED, likeness=f"{i}", key=uuid.uuid4().hex, **more
            )

    report(4, outcome="granted", filed="2025-01-01", decided="2025-05-01")
    assert showing.shown(CARD).numbers is None
    report(1, outcome="refused", filed="2025-01-01", decided="2025-07-01")
    numbers = showing.shown(CARD).numbers
    assert (numbers.reports, dict(numbers.outcomes), numbers.months) == (5, {"granted": 4, "refused": 1}, 4)
    assert "Of 5 reports" in client.get(f"/en/pathways/{CARD}/").content.decode()


# --- corrections ---------------------------------------------------------------------------------------------------


def test_a_correction_reaches_the_queue_with_a_ready_case(client, moderator):
    page = f"/en/pathways/{CARD}/wrong/start-up-capital/"
    assert "Wirtschaftlicher" in client.get(page.replace("/en/", "/de/")).content.decode()
    refused = client.post(page, {"form": str(uuid.uuid4()), "text": "Too low"})
    assert refused.status_code == 422
    sent = client.post(page, {"form": str(uuid.uuid4()), "text": "It is indexed.", "source": "Decree, art. 34"})
    assert sent.status_code == 200
    kept = Correction.objects.get()
    (case,) = yaml.safe_load(kept.case)
    assert case["facts"] == {}
    assert "It is indexed." in moderator.get("/moderate/site/correction/").content.decode()


def test_a_line_that_does_not_exist_cannot_be_corrected(client):
    assert client.get(f"/en/pathways/{CARD}/wrong/nothing/").status_code == 404


# --- moderators ----------------------------------------------------------------------------------------------------


def test_a_moderator_can_do_nothing_else(moderator):
    assert moderator.get("/moderate/auth/user/").status_code in (403, 404)
    assert moderator.get("/moderate/site/experience/add/").status_code == 403


def test_guessing_a_password_is_stopped(client):
    make_moderator("guessed", "a long enough password")
    for _ in range(6):
        last = client.post("/moderate/login/", {"username": "guessed", "password": "wrong"})
    assert last.status_code == 429


@pytest.mark.parametrize("language", ["nl", "fr", "de"])
def test_every_page_stands_in_every_language(client, language):
    for path in (LEAVE, f"/en/pathways/{CARD}/wrong/start-up-capital/", "/en/experience/moderation/"):
        told = client.get(path.replace("/en/", f"/{language}/")).content.decode()
        assert f'lang="{language}"' in told
        for english in ("What happened", "What is wrong", "Nothing appears"):
            assert english not in told


# --- writing -------------------------------------------------------------------------------------------------------


@given(st.text(max_size=300))
def test_a_tidy_text_stays_as_it_is(text):
    once = tidy(text)
    assert tidy(once) == once
    assert count(once) <= len(once)
    assert not set(once) & set("\u200b\u202a\u202e\u2066\ufeff\x00")


def test_likeness_looks_at_the_words():
    assert likeness("Ask, twice!") == likeness("ask TWICE")
    assert likeness("ask once") != likeness("ask twice")
