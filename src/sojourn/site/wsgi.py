"""The application that a server runs; the law is loaded before the first request."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sojourn.site.settings")
application = get_wsgi_application()

from sojourn.site.body import the_law  # noqa: E402  the settings come first

the_law()
# What stands now lives as long as the worker. Looking through it for garbage would hold a request up for 70 ms.
gc.collect()
gc.freeze()
