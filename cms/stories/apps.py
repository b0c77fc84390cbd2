"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StoriesConfig(AppConfig):
    """Stories: what the municipality has to tell, and what somebody thought it could."""

    name = "cms.stories"
    label = "stories"
    verbose_name = _("Stories")
