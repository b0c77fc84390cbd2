"""Registers the trail's page; no rules here."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from panel.audit.viewsets import TrailView


class TrailItem(MenuItem):
    """Shown to who may read."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Administrators and editors."""
        return request.user.has_perm("audit.view_event")


@hooks.register("register_admin_urls")
def trail_urls() -> list[URLPattern]:
    """The page, and the part of it that filters refresh."""
    return [
        path("reports/trail/", TrailView.as_view(), name="audit_trail"),
        path(
            "reports/trail/results/",
            TrailView.as_view(results_only=True),
            name="audit_trail_results",
        ),
    ]


@hooks.register("register_reports_menu_item")
def trail_item() -> TrailItem:
    """Under Reports."""
    return TrailItem(
        _("Trail"), reverse("audit_trail"), name="trail", icon_name="history", order=50
    )
