"""Who may look at the queue, and who may decide about it. The roles have these in ``accounts``."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from panel.accounts.models import User


def may_see(user: User | AnonymousUser) -> bool:
    """Communications officers and administrators."""
    return user.has_perm("jobs.view_deadletter")


def may_decide(user: User | AnonymousUser) -> bool:
    """Administrators: run a given-up job again, or discard it."""
    return user.has_perm("jobs.change_deadletter")
