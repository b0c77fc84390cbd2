"""Why a page cannot be edited while a second person looks at it, and what to do about that."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.locks import BaseLock

from cms.review.models import Approval, State
from panel.accounts.models import User


class UnderReview(BaseLock):
    """What was sent for approval stays as it was sent, for everybody, until it is taken back."""

    def __init__(self, page: Any, approval: Approval) -> None:
        super().__init__(page)
        self.approval = approval

    def for_user(self, user: User | AnonymousUser) -> bool:
        """Nobody is above it."""
        return True

    def get_message(self, user: User | AnonymousUser) -> str:
        """What it waits for, and that taking it back opens it."""
        if self.approval.state == State.APPROVED:
            why = _("It is approved as it stands.")
        else:
            why = _("A second person is looking at it as it stands.")
        then = _("Take it back to change it; it must be approved again then.")
        way = _way_back(self.object)
        if not way:
            return str(format_html("<b>{}</b> {}", why, then))
        back = _("Take it back")
        # As Wagtail offers to unlock.
        button = '<span class="buttons"><a class="button button-small button-secondary" href="{}">'
        return str(format_html("<b>{}</b> {} " + button + "{}</a></span>", why, then, way, back))

    def get_icon(self, user: User | AnonymousUser) -> str:
        """A seal."""
        return "lock"

    def get_locked_by(self, user: User | AnonymousUser) -> str:
        """Who sent it."""
        return _("Sent for approval by %(name)s") % {"name": self.approval.asked_by}

    def get_description(self, user: User | AnonymousUser) -> str:
        """For the side panel."""
        return _("It can be edited again when it is taken back, or when it is decided.")


def _way_back(page: Any) -> str:
    """Where it is taken back; empty as long as nobody offers that."""
    try:
        return reverse("sending:take_back", args=[page.pk])
    except NoReverseMatch:
        return ""
