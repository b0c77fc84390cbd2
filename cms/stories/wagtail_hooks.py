"""Registers the staff screens of ideas; no rules here."""

from __future__ import annotations

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

from cms.stories.viewsets import IdeaViewSet


@hooks.register("register_admin_viewset")
def register_ideas() -> IdeaViewSet:
    """The backlog."""
    return IdeaViewSet()


@hooks.register("insert_global_admin_css")
def style() -> str:
    """For an idea's page."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/ideas.css"))
