"""What every template can use: `w` (words), `language`, `url(name, ...)`, `static(path)`, `alternates`, and filters."""

import hashlib
from functools import cache, partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.urls import reverse
from jinja2 import Environment, StrictUndefined

from sojourn import __version__
from sojourn.site.body import the_law, words
from sojourn.words.language import LANGUAGES

NAMES = dict(settings.LANGUAGES)
"""What each language calls itself."""


def environment(**options: Any) -> Environment:
    """Return the Jinja2 environment: escapes everything, and a name that does not exist is an error."""
    made = Environment(**(options | {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}))  # noqa: S701  Django sets autoescape
    made.globals |= {"static": static, "version": __version__, "NAMES": NAMES, "HOURS": settings.SESSION_HOURS}
    return made


@cache
def static(path: str) -> str:
    """Return the address of a static file, with the digest of its content; raises FileNotFoundError."""
    found = finders.find(path)
    if not found:
        raise FileNotFoundError(f"no static file is called {path}")
    digest = hashlib.sha256(Path(str(found)).read_bytes()).hexdigest()
    return f"{settings.STATIC_URL}{path}?v={digest[:12]}"


@cache
def address(language: str, name: str, **parts: str) -> str:
    """Return the address of a page by its name in `urls.py`, in a language."""
    return reverse(name, kwargs={"language": language, **parts})


def language_of(request: HttpRequest) -> str:
    """Return the language of a request, from its address; see `middleware.language`."""
    return str(getattr(request, "language", "en"))


def alternates(request: HttpRequest) -> dict[str, str]:
    """Return the same page in each language; the home page where this one has no language in its address."""
    prefix, _, rest = request.path.lstrip("/").partition("/")
    return {x: f"/{x}/{rest if prefix in LANGUAGES else ''}" for x in LANGUAGES}


def origin(request: HttpRequest) -> str:
    """Return scheme and host of our own addresses; nothing where the request names a host that is not ours."""
    try:
        return f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:
        return ""


def context(request: HttpRequest) -> dict[str, Any]:
    """Return what every template can use."""
    language = language_of(request)
    return {
        "language": language,
        "w": words(language),
        "url": partial(address, language),
        "alternates": alternates(request),
        "origin": origin(request),
        "law": the_law(),
    }
