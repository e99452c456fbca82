"""The page about the API, for people who write programs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sojourn.site.api.examples import examples
from sojourn.site.templating import origin


@require_safe
def about(request: HttpRequest, language: str) -> HttpResponse:
    """Show what the API answers, with examples that work as they stand."""
    return render(request, "site/api.html", {"examples": examples(origin(request))})
