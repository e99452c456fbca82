"""Pages that show a person's own answers: kept by no cache, found by no search engine."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpResponseBase

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def private(view: View) -> View:
    """Return the view with headers that keep its page out of every cache and index."""

    @wraps(view)
    def handle(*args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(*args, **kwargs)
        response.headers["Cache-Control"] = "no-store, private"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return handle  # type: ignore[return-value]
