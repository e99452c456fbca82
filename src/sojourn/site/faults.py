"""Pages for what went wrong: said in the person's language, with what to do; answers given so far are kept."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sojourn.site.body import words
from sojourn.site.templating import language_of

_DRAINED = 32_000_000


def length_of(request: HttpRequest) -> int:
    """Return how many bytes the request says it has; 0 where it says nothing that is a number."""
    told = str(request.META.get("CONTENT_LENGTH") or "")
    return int(told) if told.isascii() and told.isdecimal() else 0


def page(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    """Return a page with a title and one paragraph, both already in the person's language."""
    return render(request, "site/fault.html", {"title": title, "text": text}, status=status)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such page."""
    w = words(language_of(request))
    text = w.say("There is nothing at this address. It may have been mistyped, or the page has moved.")
    return page(request, 404, w.say("Page not found"), text)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: a request that cannot be read."""
    w = words(language_of(request))
    text = w.say("Your browser sent something that we cannot read. Go back and try again.")
    return page(request, 400, w.say("We could not read that"), text)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our own fault."""
    w = words(language_of(request))
    text = w.say("Something is wrong on our side. Your answers are kept. Try again in a moment.")
    return page(request, 500, w.say("This did not work"), text)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form does not carry the mark that we gave with it (the browser keeps no cookies, or it is stale)."""
    w = words(language_of(request))
    text = w.say(
        "This form is no longer valid, or your browser refuses cookies. Go back, load the page again and send it once "
        "more. We need one cookie to keep your answers apart from those of others."
    )
    return page(request, 403, w.say("Please send the form again"), text)


def too_large(request: HttpRequest) -> HttpResponse:
    """413: more than we read. What was sent is read and thrown away, so that the browser shows our answer."""
    left = min(length_of(request), _DRAINED)
    stream = request.META["wsgi.input"]
    while left > 0 and (piece := stream.read(min(left, 65_536))):
        left -= len(piece)
    w = words(language_of(request))
    text = w.say(
        "We read at most {size} MB at a time. Go back and choose a smaller file; your answers are kept.",
        size=settings.MOST_BODY // 1_000_000,
    )
    response = page(request, 413, w.say("That is too large"), text)
    response.headers["Connection"] = "close"
    return response


def too_often(request: HttpRequest, wait: int) -> HttpResponse:
    """429: too many requests from one address."""
    w = words(language_of(request))
    text = w.say("Too many requests came from your network. Wait {count} seconds and try again.", count=wait)
    response = page(request, 429, w.say("One moment, please"), text)
    response.headers["Retry-After"] = str(wait)
    return response
