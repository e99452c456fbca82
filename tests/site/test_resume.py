"""Profile files that visitors bring: good ones are taken up whole, bad ones do no harm and are told why."""

import random
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sojourn.site.body import the_law
from sojourn.site.resume import FAULTS
from sojourn.words.language import LANGUAGES, Words
from tests.site.person import post, text_of

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
GOOD = (EXAMPLES / "ghent-designer.yaml").read_bytes()


def bring(client: Client, raw: bytes, language: str = "nl", name: str = "profile.yaml"):
    return client.post(f"/{language}/answers/resume/", {"profile": SimpleUploadedFile(name, raw)})


WRONG = [
    (b"", "empty"),
    (b"\xff\xfe\x00", "not-utf8"),
    (b"facts: [1, 2", "syntax"),
    (b"a: &x 1\nb: *x\n", "alias"),
    (b"[" * 60 + b"]" * 60, "too-deep"),
    (b"facts: {}\n---\nfacts: {}\n", "several-documents"),
    (b"facts: {}\nfacts: {}\n", "duplicate-key"),
    (b"- 1\n- 2\n", "wrong-type"),
    (b"fact: {}\n", "unknown-key"),
    (b"facts: {residence: {country: XX}}\n", "unknown-country"),
    (b"facts: {activity: {region: Mars}}\n", "unknown-value"),
    (b"facts: {person: {nationalities: []}}\n", "empty-set"),
    (b"facts: {means: {monthly_net: 9..1 EUR}}\n", "wrong-band"),
    (b"facts: {means: {monthly_net: 9 USD}}\n", "wrong-currency"),
    (b"facts: {means: {monthly_net: -9 EUR}}\n", "negative"),
    (b"facts: {person: {age: 900}}\n", "out-of-bounds"),
    (b"facts: {record: {extract_issued: 2026-02-31}}\n", "impossible-date"),
    (b"facts: {activity: {kind: none}, employment: {contract: true}}\n", "contradiction"),
    (b"facts: {}\n" + b"#" * 1_000_001, "too-large"),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("raw", "kind"), WRONG, ids=[kind for _, kind in WRONG])
def test_what_is_wrong_is_told_in_the_language(client: Client, language: str, raw: bytes, kind: str) -> None:
    post(client, f"/{language}/question/residence-country/", {"answer": "MA"})
    page = bring(client, raw, language)
    assert page.status_code == 422
    assert Words(the_law(), language).say(FAULTS[kind]) in text_of(page)
    assert b"country: MA" in client.get(f"/{language}/answers/keep/").content, "the answers are kept"


def test_no_file_at_all(client: Client) -> None:
    page = client.post("/de/answers/resume/", {})
    assert page.status_code == 422
    assert "Wählen Sie zuerst eine Datei." in text_of(page)


def test_markup_in_a_file_is_text(client: Client) -> None:
    page = bring(client, b"facts: {<script>alert(1)</script>: 1}\n")
    assert page.status_code == 422
    assert "<script>alert" not in page.text


def test_a_file_of_twenty_megabytes_is_refused_unread(client: Client) -> None:
    page = bring(client, b"x" * 20_000_000)
    assert page.status_code == 413
    assert "Dat is te groot" in text_of(page)


def test_two_hundred_malformed_files_do_no_harm(client: Client, settings_without_rates: None) -> None:
    rng = random.Random(20261128)
    post(client, "/nl/question/residence-country/", {"answer": "MA"})
    refused = 0
    for _ in range(200):
        raw = bytearray(GOOD)
        for _ in range(rng.choice([1, 3, 30])):
            at = rng.randrange(len(raw))
            raw[at : at + rng.choice([0, 1, 20])] = rng.choice(
                [b"", b"{", b"\x00", b": ", b"- ", b"\n\t", b"&a", b"\xff"]
            )
        answer = bring(client, bytes(raw[: rng.choice([len(raw), rng.randrange(1, len(raw))])]))
        assert answer.status_code in (302, 422)
        refused += answer.status_code == 422
    assert refused > 150
    assert client.get("/nl/results/").status_code == 200
