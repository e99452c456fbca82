"""The addresses of plans. What a plan is made of lies in the session, never here."""

from django.urls import URLPattern, URLResolver, path

from sojourn.site.plans import views

pages: list[URLPattern | URLResolver] = [
    path("plan/<slug:pathway>/", views.page, name="plan"),
    path("plan/<slug:pathway>/days/", views.two_days, name="plan-days"),
    path("plan/<slug:pathway>/timeline.svg", views.picture, name="plan-picture"),
    path("plan/<slug:pathway>/plan.<slug:kind>", views.file, name="plan-file"),
]
