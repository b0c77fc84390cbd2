"""Registers the staff screens of the panel; no rules here."""

from __future__ import annotations

from wagtail import hooks

from panel.members.viewsets import PanelGroup


@hooks.register("register_admin_viewset")
def register_panel() -> PanelGroup:
    """Numbers, areas, interests and consent texts, under Panel."""
    return PanelGroup()
