"""Pieces of Wagtail's screens: what waits, on the home page; buttons, where a story is written."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from cms.publishing.reports.asked import waiting_for
from cms.review.locks import UnderReview
from cms.stories.models import StoryIndexPage, StoryPage
from panel.accounts.models import User

SEND = "action-send-for-approval"


class WaitingForYou(Component):
    """On the home page of those who approve: what waits for them. Nothing where nothing waits."""

    name = "waiting-for-approval"
    template_name = "publishing/admin/waiting_panel.html"
    order = 20

    def __init__(self, user: User | AnonymousUser) -> None:
        self.user = user

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """What is needed first at the top."""
        return {"waiting": waiting_for(self.user) if isinstance(self.user, User) else []}


class SendMenuItem(ActionMenuItem):
    """Saves the draft, and leads on to where it is sent."""

    label = _("Send for approval")
    name = SEND
    icon_name = "check"
    order = -10

    def is_shown(self, context: Any) -> bool:
        """Stories only; what waits already is not sent again."""
        if context["view"] == "create":
            return isinstance(context["parent_page"].specific, StoryIndexPage)
        return isinstance(context["page"], StoryPage) and not context["locked_for_user"]


class WhileUnderReview(ActionMenuItem):
    """A button in place of saving, while a second person looks at the story."""

    def is_shown(self, context: Any) -> bool:
        """Only then."""
        return isinstance(context.get("lock"), UnderReview)


class SeeMenuItem(WhileUnderReview):
    """To the page the editors see."""

    label = _("See how it stands")
    name = "action-see-approval"
    icon_name = "view"
    order = -20

    def get_url(self, parent_context: Any) -> str:
        """The approval that waits."""
        return reverse("approvals:approval", args=[parent_context["lock"].approval.pk])


class TakeBackMenuItem(WhileUnderReview):
    """To the page where it is taken back."""

    label = _("Take it back")
    name = "action-take-back"
    icon_name = "undo"
    order = -15

    def get_url(self, parent_context: Any) -> str:
        """Of this story."""
        return reverse("sending:take_back", args=[parent_context["page"].pk])


def lead_on(request: HttpRequest, page: Page) -> HttpResponse | None:
    """From a draft that was saved to be sent, to where it is sent."""
    if SEND not in request.POST or not isinstance(page, StoryPage):
        return None
    return redirect("sending:ask", page.pk)
