"""The door of the demo: whoever opens it chooses who to be, and is let in without a code.

It exists in the demo settings only, and opens where ``demo.checks`` has nothing against it.
"""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from django.http import HttpRequest

from panel.accounts import second_factor
from panel.accounts.models import User


def let_in(request: HttpRequest, user: User) -> None:
    """Open a session for ``user`` as if they had shown everything they are asked for."""
    get_adapter(request).login(request, user)
    record_authentication(request, user, "code", email=user.email)
    if user.is_staff:
        second_factor.note_given(request, user)
