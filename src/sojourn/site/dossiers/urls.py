"""The addresses of the dossier in the browser."""

from django.urls import URLPattern, URLResolver, path

from sojourn.site.dossiers import views

pages: list[URLPattern | URLResolver] = [
    path("dossier/", views.desk, name="dossier"),
    path("dossier/begin/<slug:pathway>/", views.begin, name="dossier-begin"),
    path("dossier/record/<slug:kind>/", views.record, name="dossier-record"),
    path("dossier/strike/<int:number>/", views.strike, name="dossier-strike"),
    path("dossier/save/", views.save, name="dossier-save"),
    path("dossier/close/", views.close, name="dossier-close"),
]
