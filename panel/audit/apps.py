"""The app."""

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from panel.core import trail


class AuditConfig(AppConfig):
    """What was done, by whom and when: append-only and hash-chained."""

    name = "panel.audit"
    label = "audit"
    verbose_name = _("Audit")

    def ready(self) -> None:
        """Take over the writing for what lies below; models load only now, hence the string."""
        trail.write_with(import_string("panel.audit.actions.record"))
