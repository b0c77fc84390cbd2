"""The addresses of the demo settings: everything, and the door.

A server's settings do not install the demo, and cannot load this module.
"""

from __future__ import annotations

from django.apps import apps
from django.conf.urls.i18n import i18n_patterns
from django.core.exceptions import ImproperlyConfigured
from django.urls import include, path

from config.urls import urlpatterns as everything

if not apps.is_installed("demo"):
    raise ImproperlyConfigured("demo.root_urls is for config.settings.demo only.")

urlpatterns = [
    *i18n_patterns(path("demo/", include("demo.urls")), prefix_default_language=False),
    *everything,
]
