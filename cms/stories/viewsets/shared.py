"""What the screens of ideas share."""

from __future__ import annotations

from typing import Any, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.stories.ideas.moves import MoveRefused
from cms.stories.ideas.permissions import may_add, may_decide, seen_by
from cms.stories.models import StoryIdea
from panel.accounts.models import User

IDEAS = gettext_lazy("Ideas")
REFUSALS = (MoveRefused, ValidationError)


def in_words(refusal: Exception) -> str:
    """What an action said no with, as one sentence."""
    return " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)


class IdeasPage(WagtailAdminTemplateMixin):
    """A screen for colleagues, with the way back to the list."""

    header_icon = "pick"
    kwargs: dict[str, Any]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Others are turned away."""
        if not may_add(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def user(self) -> User:
        """Who is looking."""
        return cast(User, self.request.user)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """From the list to here."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("ideas:index"), "label": IDEAS},
            *self.above(),
            {"url": "", "label": self.get_page_title()},
        ]

    def above(self) -> list[dict[str, Any]]:
        """What lies between the list and here."""
        return []


class OneIdea(IdeasPage):
    """About one idea that this colleague may see; others' do not exist for them."""

    @cached_property
    def idea(self) -> StoryIdea:
        """With all that is shown of it."""
        found = seen_by(self.user).select_related(
            *("owner", "department", "area", "suggested_by", "story", "duplicate_of"),
            "answered_by",
        )
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def above(self) -> list[dict[str, Any]]:
        """The idea itself."""
        return [{"url": reverse("ideas:idea", args=[self.idea.pk]), "label": str(self.idea)}]


class Deciding(OneIdea):
    """Something is decided about it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Only by those who may."""
        if may_add(request.user) and not may_decide(request.user, self.idea):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def back(self) -> str:
        """The idea's page."""
        return reverse("ideas:idea", args=[self.idea.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The idea, so that one sees what one decides about."""
        return super().get_context_data(idea=self.idea, back=self.back, **kwargs)
