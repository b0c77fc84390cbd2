"""Who may see and make channels. The roles have these in ``accounts.roles``."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from panel.accounts.models import User


def may_see(user: User | AnonymousUser) -> bool:
    """Communications officers and administrators."""
    return user.has_perm("channels.view_channel")
