"""The addresses of the tools."""

from django.urls import URLPattern, URLResolver, path

from sojourn.site.tools.deadline import deadline
from sojourn.site.tools.family import family
from sojourn.site.tools.means import means

pages: list[URLPattern | URLResolver] = [
    path("tools/deadline/", deadline, name="tool-deadline"),
    path("tools/family/", family, name="tool-family"),
    path("tools/means/", means, name="tool-means"),
]
