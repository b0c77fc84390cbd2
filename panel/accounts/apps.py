"""The app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Who may come in, and what each may do."""

    name = "panel.accounts"
    label = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        """Listen to allauth; models load only now, hence the string."""
        import_module("panel.accounts.receivers")
