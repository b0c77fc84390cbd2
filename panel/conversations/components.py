"""A piece of every staff screen: what vanished on the networks, until somebody says why."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from wagtail.admin.ui.components import Component

from panel.accounts.models import User
from panel.conversations.permissions import may_decide
from panel.conversations.reports.vanishings import open_alarms

SHOWN = 3


class VanishedBanner(Component):
    """Tells those who answer for what stands there; nothing while nothing vanished."""

    template_name = "conversations/vanished_banner.html"

    def __init__(self, user: User | AnonymousUser) -> None:
        self.user = user

    def render_html(self, parent_context: Any = None) -> str:
        """One query for those who may see it, none for anybody else."""
        return super().render_html(parent_context) if may_decide(self.user) else ""

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The newest alarms, and whether there are more."""
        found = list(open_alarms()[: SHOWN + 1])
        return {"alarms": found[:SHOWN], "has_more": len(found) > SHOWN}
