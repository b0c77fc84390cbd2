"""Read-only questions about accounts."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, QuerySet

from panel.accounts.models import User


def colleagues() -> QuerySet[User]:
    """Everybody who works or worked here, each with ``has_key``: two queries for any number."""
    has_key = Exists(Authenticator.objects.filter(user=OuterRef("pk")))
    return User.objects.filter(is_staff=True).annotate(has_key=has_key).prefetch_related("groups")
