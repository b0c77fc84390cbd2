"""Staff screens: candidates and shortlists. Rules are in the actions."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup

from panel.engagement.permissions import may_see
from panel.engagement.viewsets import candidates, shortlists
from panel.engagement.viewsets.shared import CANDIDATES, SHORTLISTS


class FindMenuItem(MenuItem):
    """Only for those who may look."""

    def is_shown(self, request: HttpRequest) -> bool:
        """See ``permissions``."""
        return may_see(request.user)


class CandidatesViewSet(ViewSet):
    """The list, and why somebody is not on it."""

    icon = "group"
    menu_label = CANDIDATES
    menu_item_class = FindMenuItem
    name = "candidates"

    def get_urlpatterns(self) -> list[URLPattern]:
        """All under ``candidates/``."""
        return [
            path("", candidates.CandidatesView.as_view(), name="index"),
            path("why-not/", candidates.WhyNotView.as_view(), name="why_not"),
        ]


class ShortlistViewSet(ViewSet):
    """Shortlists and everything that is done on their page."""

    icon = "list-ul"
    menu_label = SHORTLISTS
    menu_item_class = FindMenuItem
    name = "shortlists"

    def get_urlpatterns(self) -> list[URLPattern]:
        """All under ``shortlists/``."""
        buttons = {
            "add": shortlists.AddView,
            "draw": shortlists.DrawView,
            "extend": shortlists.ExtendView,
            "remove": shortlists.RemoveView,
            "put-back": shortlists.PutBackView,
            "withdraw": shortlists.WithdrawView,
        }
        listing = shortlists.ShortlistList
        return [
            path("", listing.as_view(), name="index"),
            path("results/", listing.as_view(results_only=True), name="index_results"),
            path("new/", shortlists.NewShortlist.as_view(), name="new"),
            path("<int:pk>/", shortlists.ShortlistPage.as_view(), name="shortlist"),
            path("<int:pk>/print/", shortlists.PrintView.as_view(), name="print"),
            *(
                path(f"<int:pk>/{word}/", view.as_view(), name=word.replace("-", "_"))
                for word, view in buttons.items()
            ),
        ]


class FindGroup(ViewSetGroup):
    """The step "find" of the loop."""

    menu_label = gettext_lazy("Find")
    menu_icon = "group"
    menu_order = 220
    items = (CandidatesViewSet, ShortlistViewSet)
