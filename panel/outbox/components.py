"""A piece of every staff screen: which channels stand still, and how much needs a person."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from wagtail.admin.ui.components import Component

from panel.accounts.models import User
from panel.outbox import reports
from panel.outbox.permissions import may_see, may_settle


class OutboxBanner(Component):
    """Tells whoever may see the outbox what is wrong there; nothing while nothing is wrong."""

    template_name = "outbox/banner.html"

    def __init__(self, user: User | AnonymousUser) -> None:
        self.user = user

    def render_html(self, parent_context: Any = None) -> str:
        """Two queries for those who may see it, none for anybody else."""
        return super().render_html(parent_context) if may_see(self.user) else ""

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The stopped channels; what needs a person is said to those who can settle it."""
        troubles = reports.troubles()
        settles = may_settle(self.user)
        return {
            "stopped": troubles.stopped,
            "needing": troubles.needing if settles else 0,
            "may_settle": settles,
            "may_connect": self.user.has_perm("channels.change_channel"),
        }
