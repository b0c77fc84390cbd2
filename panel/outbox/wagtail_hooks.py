"""Registers the staff screens of the outbox; no rules here."""

from __future__ import annotations

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

from panel.outbox.viewsets import OutboxViewSet


@hooks.register("register_admin_viewset")
def register_outbox() -> OutboxViewSet:
    """What was sent to the networks, in the menu."""
    return OutboxViewSet()


@hooks.register("insert_global_admin_css")
def style() -> str:
    """For the banner on every page, and the pages."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/outbox.css"))
