"""The addresses. What a person reads stands under a language; the rest has one address for all."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, register_converter

from sojourn.site import front, questionnaire, results
from sojourn.site.api.endpoints import api
from sojourn.site.api.page import about
from sojourn.site.catalogue import urls as catalogue
from sojourn.site.catalogue.views import home
from sojourn.site.dossiers import urls as dossiers
from sojourn.site.experiences import urls as experiences
from sojourn.site.plans import urls as plans
from sojourn.site.tools import urls as tools
from sojourn.words.language import LANGUAGES


class Language:
    """One of our languages, as the first part of an address."""

    regex = "|".join(LANGUAGES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Language, "language")

pages: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("api/", about, name="api"),
    path("start/", questionnaire.start, name="start"),
    path("start/<slug:pathway>/", questionnaire.start, name="start-pathway"),
    path("question/", questionnaire.questions, name="questions"),
    path("question/<slug:id>/", questionnaire.question, name="question"),
    path("answers/", questionnaire.given, name="answers"),
    path("answers/keep/", questionnaire.keep, name="keep"),
    path("answers/resume/", questionnaire.resume, name="resume"),
    path("answers/forget/", questionnaire.forget_me, name="forget"),
    path("answers/forgotten/", questionnaire.forgotten, name="forgotten"),
    path("results/", results.results, name="results"),
    path("results/day/", results.another_day, name="another-day"),
    path("results/<slug:pathway>/", results.result, name="result"),
    *catalogue.pages,
    *dossiers.pages,
    *experiences.pages,
    *plans.pages,
    *tools.pages,
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("", front.choose_language),
    path("healthz", front.healthz),
    *catalogue.for_machines,
    path("api/v1/", api.urls),
    path("moderate/", admin.site.urls),
    path("<language:language>/", include(pages)),
]
handler400 = "sojourn.site.faults.bad_request"
handler404 = "sojourn.site.faults.not_found"
handler500 = "sojourn.site.faults.server_error"
