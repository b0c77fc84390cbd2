"""A server: HTTPS only, every secret from the environment, nothing assumed."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from config.env import env, field_keys, mail_server, required
from config.json_logs import JSON
from config.logs import logging_as

from .base import *  # noqa: F403

DEBUG = False
SECRET_KEY = required("SECRET_KEY", "<50 random characters>")
SITE_URL = WAGTAILADMIN_BASE_URL = required("SITE_URL", "https://panel.example.dk").rstrip("/")
ALLOWED_HOSTS = [host.strip() for host in required("ALLOWED_HOSTS", "panel.example.dk").split(",")]
MUNICIPALITY_NAME = required("MUNICIPALITY_NAME", "Eksempelby Kommune")
FIELD_KEYS = field_keys()
if not FIELD_KEYS:
    raise ImproperlyConfigured("FIELD_KEYS is not set. docs/operations.md says how to make a key.")
if not SITE_URL.startswith("https://"):
    raise ImproperlyConfigured("SITE_URL must start with https:// on a server.")

vars().update(mail_server())

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
# A monitor beside the process asks it directly.
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
# How many proxies stand before us: what they say of the visitor is believed, and of nobody else.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 1)
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken"
LANGUAGE_COOKIE_SECURE = True

LOGGING = logging_as(JSON, level=env.str("LOG_LEVEL", "INFO"))
