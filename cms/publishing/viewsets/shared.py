"""What the staff screens of publishing share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, cast
from urllib.parse import parse_qs, urlencode

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.publishing.models import Publication
from cms.review.actions import Refused
from cms.review.moves import MoveRefused
from panel.accounts.models import User
from panel.outbox.moves import Refused as Stopped

APPROVAL = gettext_lazy("Approval")
OUTGOING = gettext_lazy("What goes out")
REFUSALS = (Refused, MoveRefused, Stopped)


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


class ApprovalPage(WagtailAdminTemplateMixin, TemplateView):
    """A page of asking and deciding, for those with ``permission``."""

    permission: str
    header_icon = "check"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Nobody else."""
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """From the first page to here."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]


def refuse(form: forms.Form, refusal: Exception, *, beside: str | None = None) -> None:
    """Put what a verb said no with into ``form``, a sentence each; ``beside`` a field, or above."""
    for sentence in str(refusal).splitlines():
        form.add_error(beside, sentence)


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


def way_back(request: HttpRequest, *, day: date | None = None) -> str:
    """The calendar somebody came from, as ``next`` in the address says, showing ``day`` if given.

    Whatever else ``next`` says, it is the list.
    """
    path, _mark, query = request.GET.get("next", "").partition("?")
    if path not in (reverse("outgoing:month"), reverse("outgoing:week")):
        return reverse("outgoing:index")
    asked = parse_qs(query)
    if day is not None:
        asked["day"] = [day.isoformat()]
    kept = urlencode(asked, doseq=True)
    return f"{path}?{kept}" if kept else path
