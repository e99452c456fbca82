"""What goes wrong in the API, in one shape: RFC 9457 problem details."""

import json
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Schema
from pydantic import Field

from sojourn.law.faults import Fault

PREFIX = "/api/"
MEDIA = "application/problem+json"
TITLES = {
    400: "The request cannot be read",
    404: "There is no such thing",
    405: "This address does not take that method",
    413: "The request is too large",
    422: "The request contradicts itself or the law's vocabulary",
    429: "Too many requests",
    500: "A fault of ours",
}
TYPES = {
    400: "unreadable", 404: "not-found", 405: "method", 413: "too-large", 422: "invalid",
    429: "too-many", 500: "fault",
}  # fmt: skip


class Wrong(Schema):
    """One thing that is wrong, and how to mend it."""

    kind: str = Field(examples=["unknown-key"])
    what: str = Field(examples=['no fact is called "person.agee"'])
    mend: str = Field(examples=['Did you mean "person.age"?'])


class Problem(Schema):
    """RFC 9457 problem details; `errors` lists everything that is wrong, not only the first."""

    type: str = Field(examples=["/api/v1/problems#invalid"])
    title: str
    status: int
    detail: str
    errors: list[Wrong] = Field(default=[])


def problem(
    status: int, detail: str, errors: Iterable[dict[str, str]] = (), headers: dict[str, str] | None = None
) -> HttpResponse:
    """Return a problem as a response."""
    body: dict[str, Any] = {
        "type": f"/api/v1/problems#{TYPES.get(status, 'fault')}",
        "title": TITLES.get(status, "The request failed"),
        "status": status,
        "detail": detail,
        "errors": list(errors),
    }
    text = json.dumps(body, ensure_ascii=False)
    response = HttpResponse(text, status=status, content_type=MEDIA, headers=headers)
    response.headers.setdefault("Access-Control-Allow-Origin", "*")
    return response


def from_faults(faults: Iterable[Fault]) -> HttpResponse:
    """Return the faults of a profile as one problem (422)."""
    listed = [{"kind": f.kind, "what": f.what, "mend": f.mend} for f in faults]
    return problem(422, f"{len(listed)} things are wrong." if len(listed) > 1 else listed[0]["what"], listed)


def is_api(request: HttpRequest) -> bool:
    """Whether a request speaks to the API, and so is answered in its form."""
    return request.path_info.startswith(PREFIX)
