"""One's own account in the staff screens: name and language; the rest is at ``/konto/``."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy
from wagtail.admin.views.account import (
    AccountView,
    AvatarSettingsPanel,
    BaseSettingsPanel,
    ChangePasswordPanel,
    NameEmailSettingsPanel,
)

from panel.accounts.colleague_forms import OwnNameForm

# Wagtail's ask for a first and a last name, a picture nobody needs, and a password there is not.
REPLACED = (NameEmailSettingsPanel, AvatarSettingsPanel, ChangePasswordPanel)


class NamePanel(BaseSettingsPanel):
    """The name colleagues see."""

    name = "name"
    title = gettext_lazy("Name")
    order = 100
    form_class = OwnNameForm


class OwnAccount(AccountView):
    """Wagtail's account page without what our accounts do not have."""

    def get_panels(self) -> list[BaseSettingsPanel]:
        """Ours first, then Wagtail's that are left."""
        panels: list[Any] = super().get_panels()
        kept = [panel for panel in panels if not isinstance(panel, REPLACED)]
        first = kept[0]
        return [NamePanel(self.request, self.request.user, first.profile), *kept]
