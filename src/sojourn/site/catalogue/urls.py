"""The addresses of the catalogue: those under a language, and those for machines."""

from django.urls import URLPattern, URLResolver, path

from sojourn.site.catalogue import views

pages: list[URLPattern | URLResolver] = [
    path("pathways/", views.pathways, name="pathways"),
    path("pathways/<slug:pathway>/", views.pathway, name="pathway"),
    path("pathways/<slug:pathway>/card.png", views.card, name="card"),
    path("countries/<slug:country>/", views.country, name="country"),
    path("countries/<slug:country>/<slug:region>/", views.region, name="region"),
    path("sources/", views.sources, name="sources"),
    path("sources/<slug:source>/", views.source, name="source"),
    path("compare/", views.compare, name="compare"),
    path("coverage/", views.coverage, name="coverage"),
    path("changes/", views.changes, name="changes"),
    path("changes.atom", views.changes_feed, name="changes-feed"),
    path("currency/", views.currency, name="currency"),
]
machines: list[URLPattern | URLResolver] = [
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
]
