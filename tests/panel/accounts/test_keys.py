"""Secrets at rest: unreadable in the database, and movable to a new key."""

from __future__ import annotations

import base64
import io
import os

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from panel.accounts.models import User
from panel.accounts.sessions import EncryptedSerializer
from tests.factories.accounts import TOTP_SECRET

pytestmark = pytest.mark.django_db


def new_key() -> str:
    return base64.urlsafe_b64encode(os.urandom(32)).decode()


def everything_in(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")  # noqa: S608
        return str(cursor.fetchall())


def test_secrets_of_second_keys_are_not_in_the_database(clerk: User):
    codes = RecoveryCodes.activate(clerk)
    held = everything_in("mfa_authenticator")

    assert TOTP_SECRET not in held
    assert "gAAAA" in held
    assert not any(code in held for code in codes.generate_codes())


def test_what_a_session_holds_is_not_in_the_database(stranger: Client):
    session = stranger.session
    session["note"] = "kanariefugl æøå"
    session.save()

    held = everything_in("django_session")
    assert "kanariefugl" not in held
    assert base64.b64encode(b"kanarie")[:8].decode() not in held
    assert stranger.session["note"] == "kanariefugl æøå"


def test_session_no_key_opens_is_empty(settings):
    written = EncryptedSerializer().dumps({"a": 1})
    assert EncryptedSerializer().loads(written) == {"a": 1}
    settings.FIELD_KEYS = [new_key()]

    assert EncryptedSerializer().loads(written) == {}
    assert EncryptedSerializer().loads("æ".encode()) == {}


def test_rotate_keys_lets_the_old_key_go(clerk: User, settings):
    codes = RecoveryCodes.activate(clerk).generate_codes()
    newest = new_key()
    settings.FIELD_KEYS = [newest, *settings.FIELD_KEYS]
    said = io.StringIO()
    call_command("rotate_keys", stdout=said)
    assert "mfa.Authenticator.data: 2" in said.getvalue()

    settings.FIELD_KEYS = [newest]

    recovery = Authenticator.objects.get(user=clerk, type="recovery_codes").wrap()
    assert recovery.generate_codes() == codes
    assert Authenticator.objects.get(user=clerk, type="totp").wrap().validate_code("000000") in (
        True,
        False,
    )


def test_rotate_keys_names_what_no_key_opens(clerk: User, settings):
    settings.FIELD_KEYS = [new_key()]
    with pytest.raises(CommandError, match=r"Authenticator \d+: No key"):
        call_command("rotate_keys")
