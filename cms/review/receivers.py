"""What Wagtail tells us: moving a page goes past the page itself."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page

from cms.review.actions import moved


def page_moved(instance: Page, **told: Any) -> None:
    """After ``post_page_move``."""
    moved(instance)
