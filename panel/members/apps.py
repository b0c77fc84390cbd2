"""The app, which finds the doors that others add."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    """The panel: members, their profile and what they said yes to."""

    name = "panel.members"
    label = "members"
    verbose_name = _("Members")

    def ready(self) -> None:
        """An app's ``keepers`` module registers its doors with ``members.joining``."""
        autodiscover_modules("keepers")
