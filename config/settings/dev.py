"""A laptop: SQLite, mails to a folder, keys that are nobody's secret."""

from __future__ import annotations

from config.env import env, field_keys, mail_server

from .base import *  # noqa: F403
from .base import BASE_DIR, INSTALLED_APPS, VAR_DIR

DEBUG = env.bool("DEBUG", True)
SECRET_KEY = env.str("SECRET_KEY", "only-for-a-laptop-never-for-a-server-0123456789abcdef")
FIELD_KEYS = field_keys(default="b25seS1mb3ItYS1sYXB0b3AtbmV2ZXItYS1zZXJ2ZXI=")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
COMPONENT_GALLERY = True
INSTALLED_APPS = [*INSTALLED_APPS, "demo", "tests.benchmarks"]

# A fresh clone has no place for the database yet.
VAR_DIR.mkdir(exist_ok=True)

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
if env.str("EMAIL_URL", ""):
    vars().update(mail_server())

WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
LOCAL_ENV_FILE = BASE_DIR / ".env"
