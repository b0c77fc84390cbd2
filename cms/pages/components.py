"""Pieces of Wagtail's screens."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from wagtail.admin.ui.components import Component

from cms.pages.checklist import lacks
from panel.accounts.models import User


class Checklist(Component):
    """On the admin's home page: what the site still lacks. Nothing where it lacks nothing."""

    name = "site-checklist"
    template_name = "pages/admin/checklist.html"
    order = 60

    def __init__(self, user: User | AnonymousUser) -> None:
        self.user = user

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The list of today, for the one who reads it."""
        return {"lacks": lacks(timezone.localdate(), user=self.user)}
