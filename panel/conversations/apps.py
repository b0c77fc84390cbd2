"""The app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConversationsConfig(AppConfig):
    """What citizens write: posts, threads, comments, and the counters kept from them."""

    name = "panel.conversations"
    label = "conversations"
    verbose_name = _("Conversations")

    def ready(self) -> None:
        """What the outbox asks: what came back of what it sent."""
        import_module("panel.conversations.echoes")
