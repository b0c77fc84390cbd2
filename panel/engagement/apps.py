"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EngagementConfig(AppConfig):
    """Who takes part often and broadly: the measure, its explanation, and shortlists."""

    name = "panel.engagement"
    label = "engagement"
    verbose_name = _("Engagement")
