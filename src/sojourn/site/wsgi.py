"""The application that a server runs; the law is loaded before the first request."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sojourn.site.settings")
application = get_wsgi_application()

from sojourn.site.body import the_law  # noqa: E402  the settings come first

the_law()
