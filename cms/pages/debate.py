"""Tells ``panel`` the debate rules, as citizens read them."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language

from cms.pages.models import DebateRulesPage
from panel.conversations.rules import published_by


def rules() -> tuple[str, ...]:
    """The rules of the published page in the reader's language, else of that in the site's own."""
    pages = {
        page.locale.language_code: page
        for page in DebateRulesPage.objects.live().select_related("locale")
    }
    page = pages.get(get_language() or "") or pages.get(settings.LANGUAGE_CODE)
    blocks = page.rules if page is not None else ()
    return tuple(rule["title"] for block in blocks for rule in block.value)


published_by(rules)
