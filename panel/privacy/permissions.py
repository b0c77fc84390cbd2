"""Who among staff answers citizens who ask about their data."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from panel.accounts.models import User


def may_answer(user: User | AnonymousUser) -> bool:
    """Communications officers, editors and administrators: those who may note an objection."""
    return user.has_perm("basis.add_objection")
