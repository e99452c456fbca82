"""What happens to every request: its language is found, and too large or too frequent ones are turned away."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from sojourn.site import faults
from sojourn.site.front import healthz
from sojourn.site.rates import allowed
from sojourn.words.language import LANGUAGES

Handler = Callable[[HttpRequest], HttpResponse]


def preferred(request: HttpRequest) -> str:
    """Return the language of a person who has not chosen one by the address: the remembered one, else the browser's."""
    remembered = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if remembered in LANGUAGES:
        return remembered
    wishes = []
    for i, wish in enumerate(request.headers.get("Accept-Language", "")[:400].split(",")):
        tag, _, weight = wish.strip().partition(";q=")
        try:
            wishes.append((-float(weight or 1), i, tag[:2].lower()))
        except ValueError:
            continue
    return next((tag for _, _, tag in sorted(wishes) if tag in LANGUAGES), "en")


def language(get_response: Handler) -> Handler:
    """Set `request.language` from the first part of the address, and remember it in a cookie."""

    def handle(request: HttpRequest) -> HttpResponse:
        prefix = request.path_info[1:3]
        named = prefix in LANGUAGES and request.path_info[3:4] in ("/", "")
        chosen = prefix if named else preferred(request)
        request.language = chosen  # type: ignore[attr-defined]
        with translation.override(chosen):
            response = get_response(request)
        response.headers.setdefault("Content-Language", chosen)
        if named and request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "") != chosen and response.status_code == 200:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME, chosen, max_age=31_536_000, samesite="Lax", httponly=True,
                secure=settings.HTTPS,
            )  # fmt: skip
        return response

    return handle


def limits(get_response: Handler) -> Handler:
    """Turn away what is too large (413) or comes too often (429), before anything reads it.

    Whoever asks whether we are well is answered here, by whatever host name they reach us.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        if request.path_info == "/healthz":
            return healthz(request)
        if faults.length_of(request) > settings.MOST_BODY:
            return faults.too_large(request)
        wait = allowed(request) if settings.RATE_LIMITS else 0
        return faults.too_often(request, wait) if wait else get_response(request)

    return handle
