"""Read-only questions about accounts."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Q, QuerySet

from panel.accounts.models import User
from panel.accounts.roles import Role


def colleagues() -> QuerySet[User]:
    """Everybody who works or worked here, each with ``has_key``: two queries for any number."""
    has_key = Exists(Authenticator.objects.filter(user=OuterRef("pk")))
    return User.objects.filter(is_staff=True).annotate(has_key=has_key).prefetch_related("groups")


def holders(*roles: Role) -> QuerySet[User]:
    """Active accounts that may do what one of ``roles`` may, each once; superusers may it all."""
    names = [role.value for role in roles]
    able = Q(groups__name__in=names) | Q(is_superuser=True)
    return User.objects.filter(able, is_active=True).distinct()
