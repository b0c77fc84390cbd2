"""Who the visitor is to the panel, and the words that hold."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import get_language

from panel.members.models import ConsentText, Member


def member_of(request: HttpRequest) -> Member | None:
    """The visitor's membership, if they are signed in and have one."""
    if not request.user.is_authenticated:
        return None
    return Member.objects.filter(user=request.user).select_related("user", "profile__area").first()


def current_text() -> ConsentText:
    """The newest published text in the visitor's language, else in Danish.

    The first comes with the product.
    """
    language = (get_language() or "da")[:2]
    text = ConsentText.objects.current(language) or ConsentText.objects.current("da")
    if text is None:
        raise ConsentText.DoesNotExist("No consent text is published.")
    return text
