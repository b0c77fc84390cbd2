"""The app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChannelsConfig(AppConfig):
    """Channels: places where citizens write and we publish, and what arrives from them."""

    name = "panel.channels"
    label = "channels"
    verbose_name = _("Channels")

    def ready(self) -> None:
        """Look whether the networks still answer the versions we speak."""
        import_module("panel.channels.graph.versions")
