"""What the staff screens of what goes out share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.publishing.models import Publication
from cms.review.actions import Refused
from cms.review.moves import MoveRefused
from panel.accounts.models import User

OUTGOING = gettext_lazy("What goes out")
REFUSALS = (Refused, MoveRefused)


class OutgoingPage(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """A page with breadcrumbs that lead back to the list."""

    model = Publication
    permission_required = "view"
    header_icon = "calendar-alt"

    def user_has_permission(self, permission: str) -> bool:
        """Whether this person may ``permission`` what goes out."""
        return bool(self.request.user.has_perm(f"publishing.{permission}_publication"))

    @property
    def user(self) -> User:
        """Who is looking."""
        return cast(User, self.request.user)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """From the list to here."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("outgoing:index"), "label": OUTGOING},
            {"url": "", "label": self.get_page_title()},
        ]


@contextmanager
def said(request: HttpRequest) -> Iterator[None]:
    """Whatever a verb refuses inside is told in its words; what was done is told by the caller."""
    try:
        yield
    except REFUSALS as refusal:
        messages.error(request, str(refusal))


def may_change(user: User | AnonymousUser) -> bool:
    """Whether ``user`` may plan, hold back, cancel and post."""
    return user.has_perm("publishing.change_publication")
