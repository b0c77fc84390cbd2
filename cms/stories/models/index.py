"""The page all stories of one language are found on."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import PagePermissionTester

from cms.pages.models.base import SitePage, explained
from cms.stories.cards import cards
from cms.stories.filters import Filters
from cms.stories.models.story import StoryPage
from panel.accounts.models import User
from panel.core.personal import nothing_personal

# Rows of two and of three are both filled.
A_PAGE = 12


class IndexPermissions(PagePermissionTester):
    """Stories below it are written as drafts only."""

    def can_publish_subpage(self) -> bool:
        """Nobody: approval publishes."""
        return False


class StoryIndexPage(SitePage):
    """All stories, newest first."""

    parent_page_types = ["pages.HomePage"]
    subpage_types = ["stories.StoryPage"]
    max_count_per_parent = 1
    template = "stories/index.html"
    content_panels = [
        explained(
            _(
                "Stories appear here by themselves when they go live, newest first. Write new ones "
                "as pages below this one; a colleague who is an editor approves each."
            )
        ),
        *SitePage.content_panels,
    ]
    personal_data = nothing_personal("page_ptr", "lead")

    class Meta:
        verbose_name = _("stories")
        verbose_name_plural = _("pages of stories")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """``filters`` to choose by, ``stories``: a page of what was chosen, ``cards`` of it."""
        context = super().get_context(request, *args, **kwargs)
        told = StoryPage.objects.told().filter(locale_id=self.locale_id)
        filters = Filters.of(told, request.GET)
        stories = Paginator(filters.chosen(told).with_pictures(), A_PAGE)
        page = stories.get_page(request.GET.get("page"))
        context.update(filters=filters, stories=page, cards=cards(page, request))
        return context

    def permissions_for_user(self, user: User | AnonymousUser) -> Any:
        """Without publishing a story in the moment it is written."""
        return IndexPermissions(user, self)
