"""Registers the staff screens of publishing; no rules here."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

from cms.publishing.components import Outgoing, Removed, ToPost
from cms.publishing.viewsets import OutgoingViewSet
from cms.publishing.viewsets.takingdown import not_in_bulk


@hooks.register("insert_global_admin_css")
def style_what_goes_out() -> str:
    """For a story as it goes out, and the pages where it is asked for and decided."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/approving.css"))


@hooks.register("insert_global_admin_css")
def style_outgoing() -> str:
    """For the list of what goes out, the record on paper, and the banner of the pause."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/outgoing.css"))


@hooks.register("register_admin_viewset")
def register_outgoing() -> OutgoingViewSet:
    """What goes out, in the menu."""
    return OutgoingViewSet()


@hooks.register("construct_homepage_panels")
def show_what_waits(request: HttpRequest, panels: list[Any]) -> None:
    """Each shows itself only to those it is for."""
    panels += [Removed(request.user), ToPost(request.user), Outgoing(request.user)]


@hooks.register("before_bulk_action")
def take_down_one_by_one(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """Each story needs a reason of its own."""
    return not_in_bulk(request, action_type, objects)
