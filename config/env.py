"""The environment, read once and typed.

A missing or wrong value names itself and says what to write.
"""

from __future__ import annotations

import base64
import binascii
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured
from environs import Env

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()
env.read_env(str(BASE_DIR / ".env"), recurse=False)


def required(name: str, example: str) -> str:
    """The value of ``name``; raises ImproperlyConfigured with what to write when it is missing."""
    value = env.str(name, "")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. Write for example {name}={example}")
    return str(value)


def time_zone(name: str, default: str) -> str:
    """The name of a time zone this machine knows.

    Raises ImproperlyConfigured with what to write.
    """
    zone = str(env.str(name, default))
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):  # unknown, no name at all, a folder of names
        raise ImproperlyConfigured(
            f"{name}={zone} is no time zone this machine knows. Write for example {name}={default}"
        ) from None
    return zone


def mail_server() -> dict[str, Any]:
    """Django's EMAIL_... settings from ``EMAIL_URL``.

    Raises ImproperlyConfigured with what to write.
    """
    required("EMAIL_URL", "smtp+tls://user:password@mail.example.dk:587")
    return dict(env.dj_email_url("EMAIL_URL"))


def field_keys(default: str = "") -> list[str]:
    """Fernet keys, newest first, from ``FIELD_KEYS`` (comma-separated).

    Raises ImproperlyConfigured where one is not 32 url-safe base64-encoded bytes.
    """
    keys = [key.strip() for key in env.str("FIELD_KEYS", default).split(",") if key.strip()]
    for key in keys:
        try:
            fits = len(base64.urlsafe_b64decode(key)) == 32
        except (binascii.Error, ValueError):
            fits = False
        if not fits:
            raise ImproperlyConfigured(
                "FIELD_KEYS holds a key that is not 32 bytes in url-safe base64. Make one: "
                "openssl rand -base64 32 | tr '+/' '-_'"
            )
    return keys
