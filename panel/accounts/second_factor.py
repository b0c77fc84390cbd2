"""Whether the person behind this session has shown the second key (trust S1).

A passkey with a fingerprint or PIN is both keys at once; else it is an authenticator app, a passkey
or a recovery code after the code by e-mail.
"""

from __future__ import annotations

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest

from panel.accounts.models import User

SESSION_KEY = "accounts.second_factor"


def is_set_up(user: User) -> bool:
    """Whether ``user`` has a second key at all. One query."""
    return bool(is_mfa_enabled(user))


def was_given(request: HttpRequest, user: User) -> bool:
    """Whether ``user`` showed a second key in this session. No query."""
    if request.session.get(SESSION_KEY) == str(user.public_id):
        return True
    return any(each.get("method") == "mfa" for each in get_authentication_records(request, user))


def note_given(request: HttpRequest, user: User) -> None:
    """``user`` came in by a door that vouches for them, as the demo's does."""
    request.session[SESSION_KEY] = str(user.public_id)


def note_set_up(request: HttpRequest, user: User, *, kind: str) -> None:
    """``user`` set up a key of allauth's ``kind`` and showed it doing so:

    It is not asked for twice.
    """
    record_authentication(request, user, "mfa", type=kind, reauthenticated=True)
