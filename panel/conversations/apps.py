"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConversationsConfig(AppConfig):
    """What citizens write: posts, threads, comments, and the counters kept from them."""

    name = "panel.conversations"
    label = "conversations"
    verbose_name = _("Conversations")
