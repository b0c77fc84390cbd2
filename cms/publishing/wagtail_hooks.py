"""Registers the staff screens of publishing; no rules here."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.models import Page

from cms.publishing.components import Outgoing, Removed, ToPost
from cms.publishing.editing import (
    SeeMenuItem,
    SendMenuItem,
    TakeBackMenuItem,
    WaitingForYou,
    lead_on,
)
from cms.publishing.viewsets import OutgoingViewSet
from cms.publishing.viewsets.ask import StoryViewSet
from cms.publishing.viewsets.decide import ApprovalViewSet
from cms.publishing.viewsets.takingdown import not_in_bulk

hooks.register("register_page_action_menu_item", SendMenuItem)
hooks.register("register_page_action_menu_item", SeeMenuItem)
hooks.register("register_page_action_menu_item", TakeBackMenuItem)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def lead_on_to_sending(request: HttpRequest, page: Page) -> HttpResponse | None:
    """“Send for approval” saves the draft first; this is where it goes on."""
    return lead_on(request, page)


@hooks.register("register_admin_viewset")
def register_approvals() -> ApprovalViewSet:
    """What waits for a second person, in the menu of those who approve."""
    return ApprovalViewSet()


@hooks.register("register_admin_viewset")
def register_sending() -> StoryViewSet:
    """Sending a story, and taking it back."""
    return StoryViewSet()


@hooks.register("insert_global_admin_css")
def style_what_goes_out() -> str:
    """For a story as it goes out, and the pages where it is asked for and decided."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/approving.css"))


@hooks.register("insert_global_admin_css")
def style_outgoing() -> str:
    """For the list of what goes out, the record on paper, and the banner of the pause."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/outgoing.css"))


@hooks.register("insert_global_admin_css")
def style_calendar() -> str:
    """For the month and the week of what goes out."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/calendar.css"))


@hooks.register("register_admin_viewset")
def register_outgoing() -> OutgoingViewSet:
    """What goes out, in the menu."""
    return OutgoingViewSet()


@hooks.register("construct_homepage_panels")
def show_what_waits(request: HttpRequest, panels: list[Any]) -> None:
    """Each shows itself only to those it is for."""
    panels += [
        WaitingForYou(request.user),
        Removed(request.user),
        ToPost(request.user),
        Outgoing(request.user),
    ]


@hooks.register("before_bulk_action")
def take_down_one_by_one(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """Each story needs a reason of its own."""
    return not_in_bulk(request, action_type, objects)
