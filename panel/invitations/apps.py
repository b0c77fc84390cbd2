"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InvitationsConfig(AppConfig):
    """Campaigns and invitations: asking people in, once, and hearing no."""

    name = "panel.invitations"
    label = "invitations"
    verbose_name = _("Invitations")
