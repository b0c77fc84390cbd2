"""The banner of the pause, for the template all staff pages rest on."""

from __future__ import annotations

from typing import Any

from django import template

from cms.publishing.components import PauseBanner

register = template.Library()


@register.simple_tag(takes_context=True)
def pause_banner(context: Any) -> str:
    """Nothing while nothing is paused, and nothing for who is not signed in."""
    user = getattr(context.get("request"), "user", None)
    return PauseBanner(user).render_html(context) if user and user.is_authenticated else ""
