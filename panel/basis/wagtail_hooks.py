"""Registers the staff screens of basis; no rules here."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from panel.basis.components import BasisNotice
from panel.basis.viewsets import BasisViewSet


@hooks.register("register_admin_viewset")
def register_basis() -> BasisViewSet:
    """The controller's record, under Settings."""
    return BasisViewSet("basis")


@hooks.register("construct_homepage_panels")
def tell_on_the_first_page(request: HttpRequest, panels: list[Any]) -> None:
    """A missing or ending basis is told where everybody begins the day."""
    panels.append(BasisNotice())
