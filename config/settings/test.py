"""Tests: strict where the others forgive."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from config.env import field_keys

from .base import *  # noqa: F403
from .base import DATABASES, INSTALLED_APPS, LOGGING

DEBUG = False
SECRET_KEY = "tests-only-tests-only-tests-only-tests-only-0123456789"  # noqa: S105  # nobody's secret
FIELD_KEYS = field_keys(default="dGVzdHMtb25seS10ZXN0cy1vbmx5LXRlc3RzLW9ubHk=")
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
COMPONENT_GALLERY = True
INSTALLED_APPS = [*INSTALLED_APPS, "demo", "tests.benchmarks"]
SITE_URL = "http://testserver"
MUNICIPALITY_NAME = "Prøvekøbing Kommune"

# A folder of this run, and in it one of this process: two runs at once never meet.
_run = os.environ.setdefault(
    "MEDSPIL_TEST_DIR", str(Path(tempfile.gettempdir()) / f"medspil-tests-{os.getpid()}")
)
TEST_DIR = Path(_run) / os.environ.get("PYTEST_XDIST_WORKER", "main")
MEDIA_ROOT = TEST_DIR / "media"
UPLOAD_ROOT = TEST_DIR / "uploads"
OBJECTION_LOG = TEST_DIR / "objections.log"

EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

# Threads and the browser need a database on file: an in-memory one has a single connection.
DATABASES["default"]["CONN_MAX_AGE"] = 0
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(TEST_DIR / "test.sqlite3")}

# The alarm asks every time, so that the number of queries of a staff page is always the same.
JOBS_ALARM_SECONDS = 0.0

# Beside what a server would show, each line in a file: none may tell on anybody.
LOGGING["handlers"]["kept"] = LOGGING["handlers"]["stderr"] | {
    "class": "tests.loglines.Kept",
    "folder": str(TEST_DIR / "logs"),
}
LOGGING["root"]["handlers"] = ["stderr", "kept"]
