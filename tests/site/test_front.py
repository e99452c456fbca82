"""The way in: languages, health, what is not there, limits and headers."""

import pytest
from django.test import Client

from sojourn.site import rates
from sojourn.site.quiet import Quiet
from sojourn.words.language import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_its_address(client: Client, language: str) -> None:
    page = client.get(f"/{language}/")
    assert page.status_code == 200
    assert f'<html lang="{language}"' in page.text
    assert page.headers["Content-Language"] == language


@pytest.mark.parametrize(
    ("cookie", "header", "language"),
    [
        ("", "", "en"),
        ("", "nl-BE, fr;q=0.8", "nl"),
        ("", "es, fr;q=0.5, de;q=0.9", "de"),
        ("", "fr;q=nonsense, de;q=0.1", "de"),
        ("fr", "nl", "fr"),
        ("xx", "nl", "nl"),
    ],
)
def test_the_language_is_remembered_else_guessed(client: Client, cookie: str, header: str, language: str) -> None:
    client.cookies["language"] = cookie
    assert client.get("/", headers={"accept-language": header}).headers["Location"] == f"/{language}/"


def test_a_choice_of_language_is_remembered(client: Client) -> None:
    client.get("/de/")
    assert client.get("/", headers={"accept-language": "fr"}).headers["Location"] == "/de/"


def test_health(client: Client) -> None:
    assert client.get("/healthz").json()["status"] == "ok"
    assert client.get("/healthz", HTTP_HOST="10.0.0.7:8000").status_code == 200, "a monitor knows no name of ours"
    assert client.get("/nl/", HTTP_HOST="elsewhere.example").status_code == 400


@pytest.mark.parametrize(("language", "title"), [("nl", "Pagina niet gevonden"), ("fr", "Page introuvable")])
def test_what_is_not_there_says_so_in_the_language(client: Client, language: str, title: str) -> None:
    page = client.get(f"/{language}/no/such/page")
    assert page.status_code == 404
    assert title in page.text


def test_too_much_is_refused_before_it_is_read(client: Client) -> None:
    page = client.post("/nl/", data=b"x" * 3_000_000, content_type="application/octet-stream")
    assert page.status_code == 413
    assert "Dat is te groot" in page.text


@pytest.mark.parametrize("length", ["", "abc", "-5", "1e9", "٣"])
def test_a_length_that_is_no_number_does_no_harm(client: Client, length: str) -> None:
    assert client.post("/nl/", b"", content_type="text/plain", CONTENT_LENGTH=length).status_code in (400, 405)


def test_too_often_is_refused_for_a_while(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sojourn.site.rates.time.monotonic", lambda: 1000.0)  # no bucket fills while this runs
    form = {"content_type": "application/x-www-form-urlencoded"}
    pages = [client.post("/nl/", **form).status_code for _ in range(rates.WRITING.burst + 1)]
    assert set(pages[:-1]) == {405}
    assert pages[-1] == 429
    assert client.get("/nl/").status_code == 200, "reading has a bucket of its own"
    assert client.post("/nl/", REMOTE_ADDR="192.0.2.7", **form).status_code == 405, "somebody else is not kept waiting"
    page = client.post("/nl/", **form)
    assert int(page.headers["Retry-After"]) >= 1


@pytest.mark.parametrize(("address", "content_type"), [
    ("/nl/tools/family/", "application/x-www-form-urlencoded"), ("/api/v1/household", "application/json"),
])  # fmt: skip
def test_families_have_a_smaller_bucket(client: Client, monkeypatch: pytest.MonkeyPatch, address, content_type) -> None:
    monkeypatch.setattr("sojourn.site.rates.time.monotonic", lambda: 1000.0)
    pages = [client.post(address, content_type=content_type).status_code for _ in range(rates.FAMILIES.burst + 1)]
    assert 429 not in pages[:-1]
    assert pages[-1] == 429
    assert client.get("/nl/").status_code == 200


def test_a_bucket_fills_again() -> None:
    rate, key = rates.Rate(burst=2, per_minute=60), ("test", b"")
    rates._buckets.pop(key, None)
    assert [rates.take(key, rate, 0.0), rates.take(key, rate, 0.0), rates.take(key, rate, 0.0)] == [0, 0, 1]
    assert rates.take(key, rate, 1.5) == 0


def test_headers_keep_others_out(client: Client) -> None:
    headers = client.get("/nl/").headers
    policy = dict(x.strip().split(" ", 1) for x in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"


def test_a_host_that_is_not_ours_is_refused_without_a_fault(client):
    response = client.get("/en/", headers={"Host": "elsewhere.example"})
    assert response.status_code == 400
    assert b"elsewhere.example" not in response.content


def test_a_fault_of_ours_is_said_in_the_language_and_logged_without_answers(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("the answer 31337.17 is in this message")

    monkeypatch.setattr("sojourn.site.questionnaire.upcoming", broken)
    client.raise_request_exception = False
    page = client.get("/fr/question/")
    assert page.status_code == 500
    assert "Cela n\u2019a pas fonctionné" in page.text or "Cela n&#39;a pas fonctionné" in page.text
    (record,) = [r for r in caplog.records if r.exc_info]
    written = Quiet("{levelname} {name}: {message}", style="{").format(record)
    assert "ValueError" in written
    assert "test_front.py" in written
    assert "31337.17" not in written
