"""The app."""

from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    """Export, erase, object, retain: reads every model's PersonalData."""

    name = "panel.privacy"
    label = "privacy"
    verbose_name = _("Privacy")

    def ready(self) -> None:
        """A restored backup is migrated before the site opens: the moment to catch up."""
        # An app without tables of its own is not told; the one with the objections is.
        post_migrate.connect(apply_forgotten_objections, sender=apps.get_app_config("basis"))


def apply_forgotten_objections(*, using: str, plan: Any = (), **_rest: Any) -> None:
    """See ``replaying.catch_up``; not on the way back to an older schema."""
    if using == "default" and not any(backwards for _migration, backwards in plan):
        import_string("panel.privacy.replaying.catch_up")()
