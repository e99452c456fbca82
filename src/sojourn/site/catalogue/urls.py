"""The addresses of the catalogue: those under a language, and those for machines."""

from django.urls import URLPattern, URLResolver, path

from sojourn.site.catalogue import machines, registers, views
from sojourn.site.catalogue.currency import currency

pages: list[URLPattern | URLResolver] = [
    path("pathways/", views.pathways, name="pathways"),
    path("pathways/<slug:pathway>/", views.pathway, name="pathway"),
    path("pathways/<slug:pathway>/card.png", machines.card, name="card"),
    path("countries/<slug:country>/", views.country, name="country"),
    path("countries/<slug:country>/side-by-side/", views.regions, name="regions"),
    path("countries/<slug:country>/<slug:region>/", views.region, name="region"),
    path("sources/", registers.sources, name="sources"),
    path("sources/<slug:source>/", registers.source, name="source"),
    path("compare/", registers.compare, name="compare"),
    path("coverage/", registers.coverage, name="coverage"),
    path("changes/", registers.changes, name="changes"),
    path("changes.atom", machines.changes_feed, name="changes-feed"),
    path("card.png", machines.home_card, name="home-card"),
    path("currency/", currency, name="currency"),
]
for_machines: list[URLPattern | URLResolver] = [
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("robots.txt", machines.robots, name="robots"),
]
