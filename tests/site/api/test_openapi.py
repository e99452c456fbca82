"""The description of the API is valid, has examples, and no answer is outside it (schemathesis)."""

import json

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from sojourn.site.wsgi import application

SCHEMA = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@SCHEMA.parametrize()
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_answer_outside_the_description(case):
    # what the law's vocabulary does not know, or what contradicts itself, no schema can tell: those are declared 422s
    case.call_and_validate(headers={"Accept-Encoding": "identity"}, excluded_checks=[positive_data_acceptance])


def test_the_description_is_openapi_31_with_every_refusal(client):
    described = client.get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    for path, operations in described["paths"].items():
        for operation in operations.values():
            assert operation["summary"], path
            assert {"400", "422", "429"} <= operation["responses"].keys() - {"200"}, path
            assert "application/problem+json" in operation["responses"]["429"]["content"], path
    for name in ("match", "next", "explain", "plan", "regions", "household"):
        body = described["paths"][f"/api/v1/{name}"]["post"]["requestBody"]
        for example in body["content"]["application/json"]["examples"].values():
            response = client.post(f"/api/v1/{name}", json.dumps(example["value"]), content_type="application/json")
            assert response.status_code == 200, response.content
