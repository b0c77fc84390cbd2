"""A colleague's browser, as the staff screens see it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client

from panel.accounts import second_factor
from panel.accounts.models import User
from panel.accounts.roles import Role
from tests.factories.accounts import staff_with

BACKEND = "panel.accounts.backends.AccountBackend"


def clerk() -> Client:
    """A communications officer who has signed in and shown their second key."""
    user: User = staff_with(Role.COMMS, name="Bench")
    client = Client(SERVER_NAME="localhost")
    session = client.session
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[second_factor.SESSION_KEY] = str(user.public_id)
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client
