"""What the staff screens of invitations share."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy
from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from panel.basis.gate import NoBasis
from panel.invitations.moves import MoveRefused

CAMPAIGNS = gettext_lazy("Campaigns")
TEMPLATES = gettext_lazy("Invitation templates")
REFUSALS = (MoveRefused, NoBasis, ValidationError)


def in_words(refusal: Exception) -> str:
    """What an action said no with, as one sentence."""
    return " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)


class StaffPage(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """A page with breadcrumbs that lead back to its list."""

    header_icon = "mail"
    home: tuple[str, Any] = ("campaigns:index", CAMPAIGNS)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """From the list to here."""
        name, label = self.home
        return [
            *self.breadcrumbs_items,
            {"url": reverse(name), "label": label},
            {"url": "", "label": self.get_page_title()},
        ]
