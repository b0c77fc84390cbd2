"""What templates need to show what citizens write."""

from __future__ import annotations

from typing import Any

from django import template

from panel.conversations.components import VanishedBanner
from panel.conversations.masking import masked

register = template.Library()

register.filter("masked", masked)


@register.simple_tag(takes_context=True)
def vanished_banner(context: Any) -> str:
    """Nothing while nothing vanished, and nothing for who is not signed in."""
    user = getattr(context.get("request"), "user", None)
    return VanishedBanner(user).render_html(context) if user and user.is_authenticated else ""
