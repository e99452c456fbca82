"""The choice of a currency beside the euro."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from sojourn.site.body import the_law, words
from sojourn.site.catalogue.pieces import CURRENCY
from sojourn.site.catalogue.rates import currency_name, rates
from sojourn.site.templating import address

_YEAR = 31_536_000


@require_http_methods(["GET", "HEAD", "POST"])
def currency(request: HttpRequest, language: str) -> HttpResponse:
    """Choose the currency beside the euro; it is remembered in a cookie, for it says nothing else of a person."""
    w, known = words(language), rates()
    given = request.POST if request.method == "POST" else request.GET
    back_to = given.get("from", "")
    error = ""
    if request.method == "POST":
        code = request.POST.get("currency", "")
        if code in known or code == "EUR":
            there = the_law().pathways.get(back_to)
            name, parts = ("pathway", {"pathway": there.id}) if there else ("pathways", {})
            response = HttpResponseRedirect(address(language, name, **parts) + ("#money" if there else ""))
            if code == "EUR":
                response.delete_cookie(CURRENCY, samesite="Lax")
            else:
                response.set_cookie(CURRENCY, code, max_age=_YEAR, samesite="Lax", httponly=True, secure=settings.HTTPS)
            return response
        error = w.say("Choose a currency from the list.")
    named = sorted((currency_name(language, c), c) for c in known)
    chosen = request.COOKIES.get(CURRENCY, "EUR")
    options = [{"value": "EUR", "text": f"{currency_name(language, 'EUR')} (EUR)", "checked": chosen == "EUR"}]
    options += [{"value": c, "text": f"{name} ({c})", "checked": c == chosen} for name, c in named]
    day = next(iter(known.values())).day
    told = {"options": options, "day": day, "back_to": back_to if back_to in the_law().pathways else "", "error": error}
    return render(request, "site/catalogue/currency.html", told, status=422 if error else 200)
