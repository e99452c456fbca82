"""The one Django app of the site."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The app `site`."""

    name = "sojourn.site"
    label = "site"
    default_auto_field = "django.db.models.BigAutoField"
