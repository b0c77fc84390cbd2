"""Registers the staff screens of privacy; no rules here."""

from __future__ import annotations

from wagtail import hooks

from panel.privacy.viewsets import AskingViewSet


@hooks.register("register_admin_viewset")
def register_asking() -> AskingViewSet:
    """A citizen asks."""
    return AskingViewSet("asking")
