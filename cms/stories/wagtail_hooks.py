"""Registers the staff screens of ideas; no rules here."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

from cms.stories.components import Mix
from cms.stories.ideas.permissions import may_see_all
from cms.stories.viewsets import IdeaViewSet


@hooks.register("register_admin_viewset")
def register_ideas() -> IdeaViewSet:
    """The backlog."""
    return IdeaViewSet()


@hooks.register("construct_homepage_panels")
def show_what_is_lacking(request: HttpRequest, panels: list[Any]) -> None:
    """Those who write stories see what nobody has told about."""
    if may_see_all(request.user):
        panels.append(Mix())


@hooks.register("insert_global_admin_css")
def style() -> str:
    """For an idea's page."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/ideas.css"))
