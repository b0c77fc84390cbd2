"""Registers the staff screens of conversations; no rules here."""

from __future__ import annotations

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

from panel.conversations.viewsets import ListenGroup


@hooks.register("register_admin_viewset")
def register_listen() -> ListenGroup:
    """Threads, comments, imports and channels, under Listen."""
    return ListenGroup()


@hooks.register("insert_global_admin_css")
def style() -> str:
    """For threads and the steps of an import."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/conversations.css"))
