"""The door for gunicorn: our addresses and the bare one, as on a server."""

from __future__ import annotations

from django.core.wsgi import get_wsgi_application
from django.test import override_settings

from tests.benchmarks.room import as_on_a_server

application = get_wsgi_application()
override_settings(ROOT_URLCONF="tests.benchmarks.served.urls", **as_on_a_server()).enable()
