"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutboxConfig(AppConfig):
    """Outbox: what is to be said to the outside, each try at it, and what stops it."""

    name = "panel.outbox"
    label = "outbox"
    verbose_name = _("Outbox")
