"""A dossier in the browser: it shows what the command line shows, takes what happened, and is saved back whole."""

import json
import random
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sojourn.cli import cli
from sojourn.dossier.ledger import parse
from sojourn.site import rates
from sojourn.site.dossiers.views import RECORDED

ROOT = Path(__file__).resolve().parents[2]
ARCHITECT = ROOT / "examples/antwerp-architect.sojourn"
CARD = "be-vlg-professional-card"


def open_(client, raw=None, name="mine.sojourn", language="en"):
    file = SimpleUploadedFile(name, ARCHITECT.read_bytes() if raw is None else raw)
    return client.post(f"/{language}/dossier/", {"dossier": file})


def told(response):
    return " ".join(unescape(response.content.decode()).split())


@pytest.mark.parametrize("on", ["2025-12-30", "2026-05-05", "2026-05-06"])
@pytest.mark.parametrize("language", ["en", "nl", "fr", "de"])
def test_it_shows_what_the_command_line_shows(client, on, language):
    assert open_(client, language=language).status_code == 302
    page = told(client.get(f"/{language}/dossier/", {"on": on}))
    args = ["dossier", "status", str(ARCHITECT), "--on", on, "--lang", language, "--format", "json"]
    status = json.loads(CliRunner().invoke(cli, args).stdout)
    for stage in status["stages"]:
        assert stage["status_says"] in page
    for x in (*status["tasks"], *status["clocks"], *status["appeals"], *status["silence"]):
        assert " ".join(x["says"].split()) in page
    if status["next"]:
        assert status["next"]["says"] in page


def test_granted_by_silence_from_the_day_after(client):
    open_(client)
    assert "because nobody decided" not in told(client.get("/en/dossier/", {"on": "2026-05-05"}))
    assert "because nobody decided" in told(client.get("/en/dossier/", {"on": "2026-05-06"}))


def test_what_happened_is_recorded_and_saved_back(client):
    open_(client)
    before = parse(ARCHITECT.read_bytes(), "x")
    sent = {"on-day": "4", "on-month": "5", "on-year": "2026", "reason": "no added value", "dispatched-day": "5",
            "dispatched-month": "5", "dispatched-year": "2026", "way": "registered-post"}  # fmt: skip
    assert client.post("/en/dossier/record/refused/", sent).status_code == 302
    page = told(client.get("/en/dossier/", {"on": "2026-05-10"}))
    assert "Appeal" in page
    saved = client.get("/en/dossier/save/")
    assert "mine.sojourn" in saved.headers["Content-Disposition"]
    after = parse(saved.content, "x")
    assert after.faults == ()
    assert saved.content.startswith(ARCHITECT.read_bytes())
    assert len(after.events) == len(before.events) + 1
    assert after.events[-1].data["dispatched"] == "2026-05-05"


def test_striking_out_adds_and_rewrites_nothing(client):
    open_(client)
    number = parse(ARCHITECT.read_bytes(), "x").events[-1].number
    client.post(f"/en/dossier/strike/{number}/")
    saved = client.get("/en/dossier/save/").content
    assert saved.startswith(ARCHITECT.read_bytes())
    assert parse(saved, "x").events[-1].corrects == number
    assert client.post("/en/dossier/strike/999/").status_code == 404


@pytest.mark.parametrize(("sent", "message"), [
    ({}, "Give a day that exists"),
    ({"on-day": "1", "on-month": "5", "on-year": "2026", "dispatched-day": "99"}, "Give a day that exists"),
    ({"on-day": "1", "on-month": "5", "on-year": "2026", "way": "pigeon"}, "Choose one of the answers"),
])  # fmt: skip
def test_what_cannot_be_recorded_is_said(client, sent, message):
    open_(client)
    page = client.post("/en/dossier/record/refused/", sent)
    assert page.status_code == 422
    assert message in told(page)
    assert client.get("/en/dossier/save/").content == ARCHITECT.read_bytes()


@pytest.mark.parametrize("on", ["0001-01-01", "9999-12-31", "tomorrow", "1899-01-01", "2200-12-31"])
def test_a_day_outside_any_dossier_is_today_or_told(client, on):
    open_(client)
    assert client.get("/en/dossier/", {"on": on}).status_code in (200, 422)


def test_a_new_one_begins_with_the_answers(client):
    with (ROOT / "examples/ghent-designer.yaml").open("rb") as file:
        client.post("/en/answers/resume/", {"profile": file})
    assert client.post(f"/en/dossier/begin/{CARD}/").status_code == 302
    ledger = parse(client.get("/en/dossier/save/").content, "x")
    assert ledger.header.pathway == CARD
    assert {"fact-stated", "opened"} == {str(e.kind) for e in ledger.events}
    assert client.get("/en/dossier/").status_code == 200


def test_closing_forgets_it_and_nobody_else_sees_it(client):
    open_(client)
    assert "mine.sojourn" not in told(Client().get("/en/dossier/"))
    client.post("/en/dossier/close/")
    assert client.get("/en/dossier/save/").status_code == 404
    assert "dossier" not in client.session


@pytest.mark.parametrize(("raw", "message"), [
    (b"", "no dossier of Sojourn"),
    (b"%PDF-1.7\n", "no dossier of Sojourn"),
    (b'{"sojourn": "dossier"}\n', "no dossier of Sojourn"),
    (b"age-encryption.org/v1\n", "encrypted"),
    (b"\0" * 100, "no dossier of Sojourn"),
    (b"x" * 1_100_000, "too large"),
])  # fmt: skip
def test_what_is_no_dossier_is_refused(client, raw, message):
    page = open_(client, raw)
    assert page.status_code == 422
    assert message in told(page)


def test_damage_is_shown_and_nothing_is_added_after_it(client):
    raw = ARCHITECT.read_bytes().replace(b"2025-12-29", b"2025-12-28", 1)
    assert open_(client, raw).status_code == 302
    page = told(client.get("/en/dossier/"))
    assert "The file is damaged" in page
    assert client.get("/en/dossier/record/filed/").status_code == 404
    assert client.get("/en/dossier/save/").content == raw, "nothing is lost"


def test_two_hundred_mangled_files_do_no_harm(client):
    rng = random.Random(7)
    whole = ARCHITECT.read_bytes()
    for _ in range(200):
        raw = bytearray(whole)
        for _ in range(rng.randint(1, 8)):
            at = rng.randrange(len(raw))
            raw[at : at + rng.choice([0, 1, 3])] = bytes(rng.randrange(256) for _ in range(rng.choice([0, 1, 2])))
        del raw[rng.randrange(len(raw)) if rng.random() < 0.3 else len(raw) :]
        rates._buckets.clear()
        client.post("/en/dossier/close/")
        assert open_(client, bytes(raw)).status_code in (302, 422)
        assert client.get("/en/dossier/").status_code in (200, 422)


@pytest.mark.parametrize("language", ["en", "nl", "fr", "de"])
def test_every_form_stands_in_every_language(client, language):
    open_(client, language=language)
    for kind in RECORDED:
        assert client.get(f"/{language}/dossier/record/{kind}/").status_code == 200
