"""Wagtail's ways of unpublishing a story lead to ours, which asks why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.pages.unpublish import UnpublishView

from cms.review.models import Approval, State
from cms.stories.models import StoryPage


class Unpublish(UnpublishView):
    """Wagtail's page, but for a story that is live."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """To the page that asks why, which also asks who may."""
        shown = Approval.objects.of(self.object).filter(state=State.PUBLISHED).first()
        if shown is not None and isinstance(self.object, StoryPage):
            return redirect("outgoing:take_down", shown.pk)
        return super().dispatch(request, *args, **kwargs)


def not_in_bulk(
    request: HttpRequest, action_type: str, objects: Iterable[Any]
) -> HttpResponse | None:
    """No story is unpublished together with others."""
    if action_type != "unpublish":
        return None
    if not StoryPage.objects.filter(pk__in=[each.pk for each in objects]).exists():
        return None
    words = _("Take stories down one by one: your colleagues want to know why of each.")
    messages.error(request, words)
    return redirect("outgoing:index")
