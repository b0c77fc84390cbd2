"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    """The library of pictures."""

    name = "cms.media"
    label = "media"
    verbose_name = _("Pictures")
