"""Registers the staff screens of invitations; no rules here."""

from __future__ import annotations

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

from panel.invitations.viewsets import InviteGroup


@hooks.register("register_admin_viewset")
def register_invite() -> InviteGroup:
    """Campaigns and templates, under Invite."""
    return InviteGroup()


@hooks.register("insert_global_admin_css")
def style() -> str:
    """For the funnel and the letter on a campaign's page."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/invitations.css"))
