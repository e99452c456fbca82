"""How the API answers: JSON of plain data, and, for what depends on the law alone, with an ETag by its digest."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from pydantic_core import to_json

from sojourn import __version__
from sojourn.site.body import the_law

View = TypeVar("View", bound=Callable[..., HttpResponse])


def answer(data: Any) -> HttpResponse:
    """Return data (days included) as a JSON response."""
    return HttpResponse(to_json(data), content_type="application/json")


def by_law(view: View) -> View:
    """Give the answers of a view an ETag of the law's digest, our version and the address; 304 where they match."""

    @wraps(view)
    def tagged(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        whole = f"{the_law().digest} {__version__} {request.get_full_path()}"
        tag = f'"{hashlib.sha256(whole.encode()).hexdigest()[:32]}"'
        wanted = [x.strip().removeprefix("W/") for x in request.headers.get("If-None-Match", "").split(",")]
        response = HttpResponse(status=304) if tag in wanted or "*" in wanted else view(request, *args, **kwargs)
        if response.status_code in (200, 304):
            response.headers["ETag"] = tag
            response.headers["Cache-Control"] = "public, max-age=300"
        return response

    return tagged  # type: ignore[return-value]
