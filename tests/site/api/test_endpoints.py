"""The API gives what the command line gives, and says what is wrong in one shape."""

import json
from datetime import date
from pathlib import Path

import jsonschema_rs
import pytest
from click.testing import CliRunner

from sojourn.cli.app import cli
from sojourn.decide.assess import assess
from sojourn.decide.body import load_law
from sojourn.decide.profile import read_profile
from sojourn.decide.report import match_json
from sojourn.law.yaml12 import load
from sojourn.words.schemas import schemas

ROOT = Path(__file__).resolve().parents[3]
LAW = load_law()
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))


def post(client, path, **body):
    return client.post(f"/api/v1/{path}", json.dumps(body, default=str), content_type="application/json")


def nested(path):
    return json.loads(json.dumps(load(path), default=str))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_match_gives_what_the_command_line_gives(client, path):
    given = nested(path)
    response = post(client, "match", **given)
    assert response.status_code == 200, response.content
    profile = read_profile(LAW, path)
    day = date.fromisoformat(given["on"])
    assert response.json() == match_json(LAW, assess(LAW, profile.facts, day), profile.facts, day)
    assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(("path", "schema", "body"), [
    ("match", "match", {"facts": {}}),
    ("explain", "match", {"facts": {}, "pathway": "be-own-means"}),
    ("next", "next", {"facts": {}, "lang": "nl"}),
    ("plan", "plan", {"facts": {}, "lang": "fr", "pathway": "be-vlg-professional-card", "file_on": "2026-12-01"}),
])  # fmt: skip
def test_answers_have_the_published_schemas(client, path, schema, body):
    response = post(client, path, on="2026-11-22", **body)
    jsonschema_rs.validator_for(schemas(LAW)[schema]).validate(response.json())


def test_the_next_question_is_asked_in_the_language(client):
    asked = post(client, "next", facts={}, lang="nl").json()
    assert asked["ask"].startswith(("Welk", "Wat", "In ", "Heb", "Hoe", "Op "))
    assert asked["in_play"] > 0


def test_a_family_is_assessed_adult_by_adult(client):
    told = post(client, "household", **nested(ROOT / "examples/mixed-family.yaml")).json()
    assert [a["member"] for a in told["applicants"]] == [None, 0]
    assert "be-eu-registration" in told["applicants"][1]["doors"]
    best = told["choices"][0]
    assert (best["rank"], best["member"], best["pathway"]) == (1, 0, "be-eu-registration")
    assert best["assumed"]["holds"] == "be-eu-registration"
    assert best["count"] == {"open": 3, "contested": 0, "undetermined": 0, "closed": 0}
    ways = {w["pathway"]: w for w in best["members"][0]["ways"]}
    assert (ways["be-family-eu"]["by"], ways["be-family-eu"]["result"]) == ("joining", "open")
    assert [r["condition"] for r in ways["be-family-belgian"]["decisive"]] == ["belgian-relative"]


def test_the_shell_and_the_api_tell_a_family_the_same(client):
    path = ROOT / "examples/family-of-four.yaml"
    shell = CliRunner().invoke(cli, ["household", str(path), "--format", "json"])
    assert json.loads(shell.output) == post(client, "household", **nested(path)).json()


def test_the_regions_stand_side_by_side(client):
    told = post(
        client, "regions", **nested(ROOT / "examples/ghent-designer.yaml"), pathways=["be-dg-professional-card"]
    )
    (route,) = told.json()["routes"]
    assert [f["region"] for f in route] == ["VLG", "BRU", "WAL", "DG"]
    assert route[0]["result"] == "open"


@pytest.mark.parametrize(("path", "body", "status", "kind"), [
    ("match", {"facts": {"person": {"agee": 3}}}, 422, "unknown-key"),
    ("match", {"facts": {"means": {"monthly_net": "-3 EUR"}}}, 422, "negative"),
    ("match", {"facts": {}, "pathways": ["be-own-mean"]}, 422, "unknown-pathway"),
    ("match", {"facts": {}, "extra": 1}, 422, "extra_forbidden"),
    ("match", {"facts": [], "on": "2026-02-30"}, 422, "dict_type"),
    ("explain", {"facts": {}, "pathway": "xx"}, 422, "unknown-pathway"),
    ("plan", {"facts": {}, "pathway": "be-own-means", "file_on": "2150-12-31"}, 422, "out-of-bounds"),
    ("household", {"facts": {}}, 422, "missing"),
    ("regions", {"facts": {}, "pathways": ["be-own-means"]}, 422, "same-everywhere"),
    ("household", {"facts": {}, "household": [{"relation": "wife"}]}, 422, "unknown-value"),
])  # fmt: skip
def test_what_is_wrong_is_said_in_one_shape(client, path, body, status, kind):
    response = post(client, path, **body)
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"
    told = response.json()
    assert told["status"] == status
    assert kind in {e["kind"] for e in told["errors"]}
    assert all(e["what"] for e in told["errors"])


@pytest.mark.parametrize(("method", "path", "body", "status"), [
    ("get", "nothing", None, 404),
    ("get", "pathways/xx", None, 404),
    ("get", "sources/xx", None, 404),
    ("get", "schemas/xx", None, 404),
    ("get", "deadlines/xx?on=2026-07-03", None, 404),
    ("get", "deadlines/vlg-card-appeal-to-minister", None, 422),
    ("get", "deadlines/vlg-card-appeal-to-minister?on=2026-13-03", None, 422),
    ("get", "law?lang=it", None, 422),
    ("get", "law?on=0", None, 422),
    ("get", "law?on=9999-12-31", None, 422),
    ("get", "deadlines/vlg-card-appeal-to-minister?on=0001-01-01", None, 422),
    ("post", "match", b'{"facts": {}, "on": 0}', 422),
    ("get", "match", None, 405),
    ("post", "match", b"{", 400),
    ("post", "match", b"\xff\xfe", 400),
    ("post", "match", b'{"facts": ' + b"[" * 50_000, 400),
    ("post", "match", b'{"facts": {"a": "' + b"x" * 300_000 + b'"}}', 413),
])  # fmt: skip
def test_every_refusal_is_a_problem(client, method, path, body, status):
    kwargs = {"data": body, "content_type": "application/json"} if body is not None else {}
    response = getattr(client, method)(f"/api/v1/{path}", **kwargs)
    assert response.status_code == status, response.content[:300]
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == status
    assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", [
    "law?on=2026-11-22", "pathways?lang=fr", "pathways/be-vlg-professional-card?on=2021-06-01&lang=de", "facts",
    "sources", "sources/vl-decree-2021-10-15", "schemas/profile", "deadlines?lang=nl", "openapi.json",
])  # fmt: skip
def test_the_law_can_be_read(client, path):
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == 200, response.content[:300]
    assert response.json()


def test_the_law_as_of_a_day(client):
    then = client.get("/api/v1/pathways/be-vlg-professional-card?on=2021-06-01").json()
    now = client.get("/api/v1/pathways/be-vlg-professional-card?on=2026-11-22").json()
    assert {x["id"] for x in now["lines"]} - {x["id"] for x in then["lines"]}
    amounts = {a["amount"]: a for a in client.get("/api/v1/law?on=2022-09-01").json()["amounts"]}
    assert amounts["living-wage-3-120"]["value"] == "1845.48 EUR"


def test_a_deadline_in_every_reading(client):
    told = client.get("/api/v1/deadlines/vlg-card-appeal-to-minister?on=2026-07-03").json()
    assert told["safe_day"] == "2026-08-05"
    assert {r["last_day"] for r in told["readings"]} == {"2026-08-05", "2026-08-06"}


def test_what_depends_on_the_law_alone_is_not_sent_twice(client):
    first = client.get("/api/v1/pathways")
    tag = first.headers["ETag"]
    again = client.get("/api/v1/pathways", headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert not again.content
    assert client.get("/api/v1/pathways?lang=nl", headers={"If-None-Match": tag}).status_code == 200


def test_other_origins_may_read(client):
    asked = client.options("/api/v1/match", headers={"Origin": "https://example.org"})
    assert asked.status_code == 204
    assert "POST" in asked.headers["Access-Control-Allow-Methods"]
    assert "Set-Cookie" not in post(client, "match", facts={}).headers
