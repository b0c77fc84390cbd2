"""Other people's apps, with our choices where they ask for them in an AppConfig."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType, SimpleNamespace

from django.conf import settings
from wagtail.contrib.redirects.apps import WagtailRedirectsAppConfig
from wagtail.documents.apps import WagtailDocsAppConfig
from wagtail.images.apps import WagtailImagesAppConfig
from wagtail.locales.apps import WagtailLocalesAppConfig
from wagtail.snippets.apps import WagtailSnippetsAppConfig
from wagtail.users.apps import WagtailUsersAppConfig

from config import checks
from config.absent import absent

__all__ = ["UsersConfig", "checks"]

# The REST framework, which Wagtail's page tree asks, looks for what it could work with: a tenth of
# every start.
_unasked = ["requests"]
if "django.contrib.postgres" not in settings.INSTALLED_APPS:
    _unasked.append("django.contrib.postgres.fields")
with absent(*_unasked):
    import_module("rest_framework.compat")


class WithoutApi:
    """For apps that add their part to Wagtail's own API, to which no address here leads.

    Loading it takes a fifth of every start and 15 MB of every process.
    """

    name: str

    def ready(self) -> None:
        """Do what the app does, apart from that."""
        own = f"{self.name}.api.v3"
        names = ("wagtail.api.v3.api", own, f"{own}.router", f"{own}.registry")
        with absent(*names, instead=_deaf()):
            super().ready()  # type: ignore[misc]


def _deaf() -> ModuleType:
    """A module with all that is asked of those, and nothing of it does anything."""
    module = ModuleType("deaf")
    vars(module).update(
        api=SimpleNamespace(add_router=lambda prefix, router: None),
        router=None,
        register_content_types=lambda: None,
    )
    return module


class RedirectsConfig(WithoutApi, WagtailRedirectsAppConfig):
    """Where pages went that were moved."""


class LocalesConfig(WithoutApi, WagtailLocalesAppConfig):
    """The languages of pages."""


class ImagesConfig(WithoutApi, WagtailImagesAppConfig):
    """Pictures."""


class DocumentsConfig(WithoutApi, WagtailDocsAppConfig):
    """Files to take home."""


class SnippetsConfig(WithoutApi, WagtailSnippetsAppConfig):
    """Rows that staff keep on screens."""


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's users, administered by our screens."""

    user_viewset = "panel.accounts.viewsets.colleagues.ColleagueViewSet"
