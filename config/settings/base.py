"""Settings every environment shares.

Values from outside come through ``config.env``.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from config.env import BASE_DIR, env, time_zone
from config.logs import PLAIN, logging_as

from .doors import *  # noqa: F403
from .networks import *  # noqa: F403

VAR_DIR = BASE_DIR / "var"

# --- The municipality -----------------------------------------------------------------------------

MUNICIPALITY_NAME = env.str("MUNICIPALITY_NAME", "Kommunen")
SITE_URL = env.str("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_SITE_NAME = "Medspil"
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", [])

# --- Apps -----------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "cms.media",
    "cms.review",
    "cms.pages",
    "cms.stories",
    "cms.publishing",
    "panel.core",
    "panel.accounts",
    "panel.audit",
    "panel.jobs",
    "panel.basis",
    "panel.channels",
    "panel.outbox",
    "panel.conversations",
    "panel.engagement",
    "panel.members",
    "panel.invitations",
    "panel.privacy",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "wagtail.contrib.forms",
    "config.apps.RedirectsConfig",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.sitemaps",
    "wagtail.contrib.typed_table_block",
    "config.apps.LocalesConfig",
    "wagtail.embeds",
    "wagtail.sites",
    "config.apps.UsersConfig",
    "config.apps.SnippetsConfig",
    "config.apps.DocumentsConfig",
    "config.apps.ImagesConfig",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "panel.core.machines.MachineDoor",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "panel.accounts.middleware.NoStore",
    "panel.accounts.middleware.StaffDoor",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

# {{ form }} on citizen pages is the design system's markup.
FORM_RENDERER = "cms.pages.forms.DesignSystemRenderer"
# Every component on one page: for developers and tests.
COMPONENT_GALLERY = False

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "wagtail.contrib.settings.context_processors.settings",
                "csp.context_processors.nonce",
                "cms.pages.context.site",
            ],
        },
    }
]

# --- Database and queue ---------------------------------------------------------------------------

DATABASES = {"default": env.dj_db_url("DATABASE_URL", f"sqlite:///{VAR_DIR / 'medspil.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Writers queue up instead of failing: take the lock at BEGIN and wait for it. WAL is a property
    # of the file and is set once, at migrate (panel.jobs.apps), not by every connection at once.
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        transaction_mode="IMMEDIATE",
        timeout=30,
        init_command=(
            "PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-65536;"
        ),
    )
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # Searching in PostgreSQL asks for it; elsewhere it only loads PostgreSQL's library.
    INSTALLED_APPS.append("django.contrib.postgres")
# Opening a connection, PRAGMAs and all, costs more than most requests ask of it.
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", 60)

TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default", "wagtail"],
    }
}

# A worker shows itself every beat; what it runs is taken from it when a lease passes without one.
JOBS_LEASE_SECONDS = env.float("JOBS_LEASE_SECONDS", 12.0)
JOBS_BEAT_SECONDS = env.float("JOBS_BEAT_SECONDS", 3.0)
# How long an idle worker waits before it looks again, and a failed job before its second try.
JOBS_POLL_SECONDS = env.float("JOBS_POLL_SECONDS", 0.4)
JOBS_PAUSE_SECONDS = env.float("JOBS_PAUSE_SECONDS", 3.0)
# For how long staff screens remember that somebody works.
JOBS_ALARM_SECONDS = 5.0

CACHES = {
    "default": env.dj_cache_url("CACHE_URL", "db://medspil_cache"),
    # What Wagtail has drawn of a picture: known by the picture's own hash, so never another.
    "renditions": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "TIMEOUT": 600},
}

# --- People (how they come in: doors.py) ---------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"

# --- Language and time ----------------------------------------------------------------------------

LANGUAGE_CODE = "da"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("da", _("Danish")), ("en", _("English"))]
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
# Our own words first; then what the packages' own Danish lacks or says badly.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "wagtail"]
TIME_ZONE = time_zone("TIME_ZONE", "Europe/Copenhagen")
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
FORMAT_MODULE_PATH = ["config.formats"]
USE_TZ = True
WAGTAIL_I18N_ENABLED = True

# --- Files ----------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = env.path("MEDIA_ROOT", VAR_DIR / "media")
# What staff upload to be read by us, never served: import files.
UPLOAD_ROOT = env.path("UPLOAD_ROOT", VAR_DIR / "uploads")
IMPORT_MAX_BYTES = env.int("IMPORT_MAX_MB", 200) * 1024 * 1024
IMPORT_FILE_DAYS = env.int("IMPORT_FILE_DAYS", 7)
# Objections, once more outside the database: a restored backup gets them back (see panel/basis).
OBJECTION_LOG = env.path("OBJECTION_LOG", VAR_DIR / "objections.log")
# Hashes objections; without one, SECRET_KEY does. Whichever it was first, it stays for good.
OBJECTION_KEY = env.str("OBJECTION_KEY", "")
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# --- Mail -----------------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Medspil <medspil@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Wagtail --------------------------------------------------------------------------------------

# The admin's browser calls nobody but us (S21).
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_WORKFLOW_ENABLED = False
WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
WAGTAIL_PRIVATE_PAGE_OPTIONS = WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILIMAGES_IMAGE_MODEL = "media.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.media.forms.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 25_000_000
WAGTAILDOCS_EXTENSIONS = ["pdf", "csv", "xlsx", "docx", "odt", "txt"]
WAGTAILSEARCH_BACKENDS = {
    "default": {
        "BACKEND": "wagtail.search.backends.database",
        "SEARCH_CONFIG": "danish",
        "AUTO_UPDATE": True,
    }
}

LOGGING = logging_as(PLAIN, level=env.str("LOG_LEVEL", "INFO"))
