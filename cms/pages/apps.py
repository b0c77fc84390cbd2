"""The app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    """The site: pages, blocks, the municipality's own face."""

    name = "cms.pages"
    label = "pages"
    verbose_name = _("Pages")

    def ready(self) -> None:
        """What ``panel`` asks: who may do what with pages, who the municipality is, its rules."""
        import_module("cms.pages.permissions")
        import_module("cms.pages.identity")
        import_module("cms.pages.debate")
