"""Where the site meets Wagtail's screens."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from cms.pages.components import Checklist, Starts
from panel.accounts.roles import Role, has_role


@hooks.register("construct_homepage_panels")
def show_where_to_begin(request: HttpRequest, panels: list[Any]) -> None:
    """Everybody has something to begin with, the ones without pages too."""
    panels.append(Starts(request.user))


@hooks.register("construct_homepage_panels")
def show_checklist(request: HttpRequest, panels: list[Any]) -> None:
    """Those who can mend the site, or ask who can, see what it lacks."""
    if has_role(request.user, Role.COMMS, Role.EDITOR, Role.ADMINISTRATOR):
        panels.append(Checklist(request.user))
