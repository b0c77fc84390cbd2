"""Registers the staff screens of Find; no rules here."""

from __future__ import annotations

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

from panel.engagement.viewsets import FindGroup


@hooks.register("register_admin_viewset")
def register_find() -> FindGroup:
    """Candidates and shortlists, under Find."""
    return FindGroup()


@hooks.register("insert_global_admin_css")
def style() -> str:
    """For the bars and the pictures of weeks."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/engagement.css"))
