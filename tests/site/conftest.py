"""Django with a database and a secret key of its own, made for one run of the tests."""

import os
import tempfile

import pytest

_data = tempfile.TemporaryDirectory(prefix="sojourn-tests-")
os.environ |= {
    "SOJOURN_DATA": _data.name,
    "DJANGO_SETTINGS_MODULE": "sojourn.site.settings",
    "DATABASE_URL": "",
    "SOJOURN_HOSTS": "testserver,localhost",
    "DJANGO_ALLOW_ASYNC_UNSAFE": "1",  # in a whole run Playwright's loop still stands in this thread
}

from sojourn.site.serve import prepare  # noqa: E402  the settings come first

prepare()

from django.test import Client  # noqa: E402

from sojourn.site import rates  # noqa: E402


@pytest.fixture
def client() -> Client:
    """A browser of somebody who has just come; nobody has asked anything yet."""
    rates._buckets.clear()
    return Client()


@pytest.fixture
def settings_without_rates(monkeypatch: pytest.MonkeyPatch) -> None:
    """No limit on how often one may send something."""
    from django.conf import settings

    monkeypatch.setattr(settings, "RATE_LIMITS", False)
