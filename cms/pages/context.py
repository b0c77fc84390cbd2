"""What templates find without asking."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from cms.pages import stamp
from cms.pages.frame import frame


def site(request: HttpRequest) -> dict[str, Any]:
    """``site_frame``: header and footer. Costs nothing where a template does not use it."""
    return {
        "site_frame": SimpleLazyObject(
            lambda: frame(get_language() or "da", stamp.seen_by(request))
        )
    }
