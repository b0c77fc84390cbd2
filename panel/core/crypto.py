"""Secrets at rest, keyed hashes and tokens.

Three different needs, three different tools:

* what we must read again (TOTP secrets, page tokens) is encrypted with ``FIELD_KEYS``, newest
  first, and can be re-encrypted when a key is added (``manage.py rotate_keys``);
* what we only need to recognise (an objector's id) is a keyed hash that must survive key rotation
  and restored backups, so its key is derived from ``SECRET_KEY`` or given as ``OBJECTION_KEY`` and
  never changes;
* what we hand out (invitation links) is 192 random bits, of which only a hash is stored.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models

TOKEN_BYTES = 24


@lru_cache(maxsize=8)
def _fernet(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def encrypt(text: str) -> str:
    """``text`` as a Fernet token under the newest of ``FIELD_KEYS``."""
    return _fernet(tuple(settings.FIELD_KEYS)).encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """What ``encrypt`` was given, under any of ``FIELD_KEYS``.

    Raises ValueError when no key fits: a key was removed too early, or the value was changed.
    """
    try:
        return _fernet(tuple(settings.FIELD_KEYS)).decrypt(token.encode()).decode()
    except InvalidToken as error:
        raise ValueError("No key in FIELD_KEYS opens this value.") from error


def rotate(token: str) -> str:
    """The same secret under the newest key.

    Raises ValueError as ``decrypt`` does.
    """
    try:
        return _fernet(tuple(settings.FIELD_KEYS)).rotate(token.encode()).decode()
    except InvalidToken as error:
        raise ValueError("No key in FIELD_KEYS opens this value.") from error


def keyed_hash(purpose: str, value: str) -> str:
    """64 hex digits that recognise ``value`` for ``purpose`` and tell nothing else about it."""
    key = (getattr(settings, "OBJECTION_KEY", "") or settings.SECRET_KEY).encode()
    derived = hmac.digest(key, b"medspil:" + purpose.encode(), "sha256")
    return hmac.new(derived, value.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def new_token() -> str:
    """192 random bits, url-safe: goes into a link and is never stored."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_hash(token: str) -> str:
    """What is stored of a token.

    Tokens are random, so a plain hash is enough to hide them.
    """
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


class EncryptedTextField(models.TextField[str, str]):
    """Text that only the application can read: encrypted in the database, plain in Python."""

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt on the way in; the empty string stays empty."""
        return encrypt(str(value)) if value else value

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Decrypt on the way out.

        Raises ValueError when no key fits.
        """
        return decrypt(value) if value else value
