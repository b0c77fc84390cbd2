"""The app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BasisConfig(AppConfig):
    """The controller's record, and the objections: what everything above must ask."""

    name = "panel.basis"
    label = "basis"
    verbose_name = _("Basis")

    def ready(self) -> None:
        """Look whether objections are recognised and survive a restore."""
        import_module("panel.basis.checks")
