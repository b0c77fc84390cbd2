"""The banner of the outbox, for the template all staff pages rest on."""

from __future__ import annotations

from typing import Any

from django import template

from panel.outbox.components import OutboxBanner

register = template.Library()


@register.simple_tag(takes_context=True)
def outbox_banner(context: Any) -> str:
    """Nothing while nothing is wrong, and nothing for who is not signed in."""
    user = getattr(context.get("request"), "user", None)
    return OutboxBanner(user).render_html(context) if user and user.is_authenticated else ""
