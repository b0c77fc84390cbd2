"""Pieces of staff screens: the banner while everything is paused, and what waits for a hand."""

from __future__ import annotations

from typing import Any, Final

from django.contrib.auth.models import AnonymousUser
from wagtail.admin.ui.components import Component

from cms.publishing import reports
from panel.accounts.models import User
from panel.accounts.roles import Role, has_role
from panel.outbox.models import Pause

# On the first page; the list has them all.
SHOWN: Final = 5


class ForSomebody(Component):
    """A piece for one reader."""

    def __init__(self, user: User | AnonymousUser) -> None:
        self.user = user


class PauseBanner(ForSomebody):
    """Tells staff on every page that nothing goes out, since when, who stopped it and why."""

    template_name = "publishing/admin/pause_banner.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The pause there is now, if there is one: one query."""
        sees = self.user.has_perm("publishing.view_publication")
        pause = Pause.objects.of_everything().select_related("started_by").first() if sees else None
        may_pause = self.user.has_perm("publishing.pause_publication")
        return {"pause": pause, "may_pause": may_pause}


class ToPost(ForSomebody):
    """On the first page: what is to be posted by hand now, one's own first."""

    name = "to-post"
    template_name = "publishing/admin/to_post.html"
    order = 30

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The longest due first, for those who post."""
        if not self.user.has_perm("publishing.change_publication"):
            return {"total": 0}
        ready = list(reports.to_post())
        ready.sort(key=lambda row: row.approval.asked_by_id != self.user.pk)
        return {"total": len(ready), "rows": ready[:SHOWN], "shown": SHOWN}


class Outgoing(ForSomebody):
    """On the first page: whether something needs a decision, and the button that stops all."""

    name = "outgoing"
    template_name = "publishing/admin/outgoing_panel.html"
    order = 40

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """How many need a decision, for those who decide."""
        decides = self.user.has_perm("publishing.change_publication")
        return {
            "problems": reports.problems() if decides else 0,
            "may_pause": self.user.has_perm("publishing.pause_publication"),
            "is_paused": Pause.objects.of_everything().exists(),
        }


class Removed(ForSomebody):
    """On an administrator's first page: what the watchman took down lately."""

    name = "removed-stories"
    template_name = "publishing/admin/removed.html"
    order = 10

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Nothing, as it should be."""
        told = has_role(self.user, Role.ADMINISTRATOR)
        return {"removed": reports.removed() if told else []}
