"""The way in: the redirect to a language, and the answer to "are you well?"."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from sojourn.site.body import the_law
from sojourn.site.templating import address, language_of


@require_safe
def choose_language(request: HttpRequest) -> HttpResponse:
    """Send the person on to the home page in their language."""
    response = HttpResponseRedirect(address(language_of(request), "home"))
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    response.headers["Cache-Control"] = "private"
    return response


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Say whether this process can answer: it has the law, and reaches its database."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "no database"}, status=503)
    return JsonResponse({"status": "ok", "law": the_law().digest[:12]})
