"""The OpenAPI description: what the framework writes, with our media type for problems, examples and 304."""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from sojourn.site.api.problems import MEDIA, TITLES, TYPES
from sojourn.site.api.shapes import DESIGNER

ASKED: dict[str, Any] = {"on": "2026-11-22", "facts": DESIGNER}
_BODIES: dict[str, dict[str, Any]] = {
    "match": {"a designer in Ghent": {"value": ASKED | {"pathways": ["be-vlg-professional-card"]}}},
    "next": {"hardly anything is known": {"value": {"on": "2026-11-22", "facts": {"activity": {"region": "VLG"}}}}},
    "explain": {"why the card": {"value": ASKED | {"pathway": "be-vlg-professional-card"}}},
    "plan": {"file on 1 December": {"value": ASKED | {"pathway": "be-vlg-professional-card", "file_on": "2026-12-01"}}},
    "regions": {"one plan, four regions": {"value": ASKED | {"pathways": ["be-vlg-professional-card"]}}},
    "household": {
        "a Portuguese husband": {
            "value": {
                "on": "2026-11-22",
                "facts": {"person": {"nationalities": ["BR"], "age": 34}, "activity": DESIGNER["activity"]},
                "household": [{"relation": "spouse", "person": {"nationalities": ["PT"], "age": 36}}],
            }
        }
    },
}
_DETAILS = {
    400: "Cannot parse request body",
    404: 'no pathway is called "be-own-mean"',
    413: "Send at most 200 kB.",
    422: 'no fact is called "person.agee"',
    429: "Wait as many seconds as the header Retry-After says.",
}
_ERRORS = {
    404: [
        {"kind": "unknown-name", "what": 'no pathway is called "be-own-mean"', "mend": 'Did you mean "be-own-means"?'}
    ],
    422: [{"kind": "unknown-key", "what": 'no fact is called "person.agee"', "mend": 'Did you mean "person.age"?'}],
}


class Described(NinjaAPI):
    """The API with its description brought into form."""

    def get_openapi_schema(self, *args: Any, **kwargs: Any) -> OpenAPISchema:
        """Return the OpenAPI 3.1 description."""
        schema = super().get_openapi_schema(*args, **kwargs)
        for path, operations in schema["paths"].items():
            for method, operation in operations.items():
                _describe(path, method, operation)
        schema["info"]["license"] = {"name": "Apache-2.0", "identifier": "Apache-2.0"}
        return schema


def _describe(path: str, method: str, operation: dict[str, Any]) -> None:
    name = path.removeprefix("/api/v1/").replace("/", "-").replace("{", "").replace("}", "")
    operation["operationId"] = name
    for status, response in operation["responses"].items():
        if int(status) >= 400:
            response["description"] = TITLES[int(status)]
            response["content"] = {
                MEDIA: {
                    **response["content"]["application/json"],
                    "examples": {"one": {"value": _problem(int(status))}},
                }
            }
    if method == "get":
        operation["responses"]["304"] = {"description": "The law has not changed since (ETag)"}
    if name in _BODIES:
        operation["requestBody"]["content"]["application/json"]["examples"] = _BODIES[name]


def _problem(status: int) -> dict[str, Any]:
    return {
        "type": f"/api/v1/problems#{TYPES[status]}",
        "title": TITLES[status],
        "status": status,
        "detail": _DETAILS[status],
        "errors": _ERRORS.get(status, []),
    }
