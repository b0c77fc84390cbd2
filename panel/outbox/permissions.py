"""Who may see and settle what goes to the networks. The roles have these in ``accounts.roles``."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from panel.accounts.models import User


def may_see(user: User | AnonymousUser) -> bool:
    """Whoever plans and approves what goes out."""
    return user.has_perm("outbox.view_outgoing")


def may_settle(user: User | AnonymousUser) -> bool:
    """Whoever may say what became of it, stop it, send it again, and pause a channel."""
    return user.has_perm("outbox.change_outgoing")
