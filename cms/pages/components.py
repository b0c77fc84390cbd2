"""Pieces of Wagtail's screens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
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


@dataclass(frozen=True, slots=True)
class Start:
    """Something to do, for those with ``permission``: the name of its page, and words for it."""

    permission: str
    page: str
    words: Promise


# In the order of the day: listen, find, invite, and then what comes by itself.
STARTS = (
    Start("conversations.view_comment", "threads:index", _("Read what citizens write")),
    Start("engagement.view_shortlist", "candidates:index", _("See who takes part most, and why")),
    Start("invitations.view_campaign", "campaigns:index", _("Invite people to the panel")),
    Start("members.view_member", "panel:index", _("See the panel in numbers")),
    Start("basis.add_objection", "asking:index", _("Answer a citizen who asks about their data")),
    Start("accounts.view_user", "wagtailusers_users:index", _("Let colleagues in, or out")),
    Start("jobs.change_deadletter", "jobs:index", _("Look after the work in the background")),
)


class Starts(Component):
    """On the admin's home page: where to begin, for whom it may be. Wagtail's own page is about
    pages, and empty for those who have none.
    """

    name = "starts"
    template_name = "pages/admin/starts.html"
    order = 50

    def __init__(self, user: User | AnonymousUser) -> None:
        self.user = user

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """What this person may do."""
        return {"starts": [start for start in STARTS if self.user.has_perm(start.permission)]}
