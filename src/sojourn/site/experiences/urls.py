"""The addresses of experiences and corrections."""

from django.urls import URLPattern, URLResolver, path

from sojourn.site.experiences import views

pages: list[URLPattern | URLResolver] = [
    path("pathways/<slug:pathway>/experience/", views.leave, name="leave"),
    path("pathways/<slug:pathway>/wrong/<slug:line>/", views.wrong, name="wrong"),
    path("experience/moderation/", views.guide, name="moderation"),
    path("experience/report/<uuid:id>/", views.flag, name="flag-ask"),
    path("experience/<slug:token>/", views.own, name="experience"),
]
