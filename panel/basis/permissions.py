"""Who may see the controller's record, and who may write it; the roles have these in
``accounts``.
"""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from panel.accounts.models import User


def may_see(user: User | AnonymousUser) -> bool:
    """Communications officers, editors and administrators."""
    return user.has_perm("basis.view_controllerrecord")


def may_record(user: User | AnonymousUser) -> bool:
    """Editors and administrators: open the gate, or close it."""
    return user.has_perm("basis.add_controllerrecord")
