"""Staff screens of the panel: who takes part in numbers, what may be told and said yes to."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from panel.accounts.viewsets.deleting import DeleteUnlessUsed
from panel.members.models import Area, Interest
from panel.members.viewsets import texts
from panel.members.viewsets.overview import Overview


class PanelMenuItem(MenuItem):
    """Only for those who may look."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Comms, editors, analysts and administrators."""
        return request.user.has_perm("members.view_member")


class OverviewViewSet(ViewSet):
    """The panel in numbers. Nobody's name or address is shown to staff (P12)."""

    name = "panel"
    icon = "group"
    menu_label = gettext_lazy("The panel in numbers")
    menu_item_class = PanelMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        """One page."""
        return [path("", Overview.as_view(), name="index")]


class AreaViewSet(ModelViewSet):
    """Districts to choose from."""

    model = Area
    icon = "site"
    form_fields = ("name", "order")
    list_display = ("name", "order")
    name = "areas"
    copy_view_enabled = False
    inspect_view_enabled = False
    delete_view_class = DeleteUnlessUsed


class InterestViewSet(ModelViewSet):
    """Interests to choose from."""

    model = Interest
    icon = "tag"
    form_fields = ("name", "order")
    list_display = ("name", "order")
    name = "interests"
    copy_view_enabled = False
    inspect_view_enabled = False


class ConsentTextViewSet(ViewSet):
    """The words members say yes to, version by version."""

    name = "consent_texts"
    icon = "doc-full"
    menu_label = gettext_lazy("Consent texts")
    menu_item_class = PanelMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        """The list, a new version, one version and its button."""
        return [
            path("", texts.TextList.as_view(), name="index"),
            path("results/", texts.TextList.as_view(results_only=True), name="index_results"),
            path("new/", texts.TextWrite.as_view(), name="new"),
            path("<int:pk>/", texts.TextPage.as_view(), name="text"),
            path("<int:pk>/publish/", texts.TextPublish.as_view(), name="publish"),
        ]


class PanelGroup(ViewSetGroup):
    """The panel itself."""

    menu_label = gettext_lazy("Panel")
    menu_icon = "group"
    menu_order = 240
    items = (OverviewViewSet, AreaViewSet, InterestViewSet, ConsentTextViewSet)
