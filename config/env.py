"""The environment, read once and typed.

A missing or wrong value names itself and says what to write.
"""

from __future__ import annotations

import base64
import binascii
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlparse
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured
from environs import Env

BASE_DIR = Path(__file__).resolve().parent.parent

# Those of dj-email-url that reach a server, without the one it is about to drop.
MAIL_SCHEMES = ("submission", "smtp")
MAIL_TIMEOUT = 20  # seconds
LOOPBACK = ("localhost", "127.0.0.1", "::1")

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


def graph_version(name: str, default: str) -> str:
    """A version of Facebook's interface, such as v26.0.

    Raises ImproperlyConfigured with what to write.
    """
    version = str(env.str(name, default))
    if not re.fullmatch(r"v[1-9]\d*\.\d+", version, re.ASCII):
        raise ImproperlyConfigured(
            f"{name}={version} is no version. Write for example {name}={default}"
        )
    return version


def network_address(name: str, default: str) -> str:
    """Where a network answers: scheme and host, encrypted unless it stands on this machine.

    Raises ImproperlyConfigured with what to write.
    """
    address = str(env.str(name, default)).rstrip("/")
    url = urlparse(address)
    safe = url.scheme == "https" or (url.scheme == "http" and url.hostname in LOOPBACK)
    if not safe or not url.hostname or url.query or url.fragment or url.username:
        raise ImproperlyConfigured(
            f"{name}={address} is no address keys may be sent to. "
            f"Write for example {name}={default}"
        )
    return address


def mail_server() -> dict[str, Any]:
    """Django's EMAIL_... settings from ``EMAIL_URL``.

    ``submission://`` encrypts by STARTTLS, ``smtp://...?ssl=True`` from the first byte; a bare
    ``smtp://`` does not encrypt, and is for a relay that asks for no password or stands on this
    machine. Raises ImproperlyConfigured with what to write.
    """
    example = "submission://user:password@mail.example.dk:587"
    url = urlparse(required("EMAIL_URL", example))
    if url.scheme not in MAIL_SCHEMES or not url.hostname:
        # The parser would take any other word for "not encrypted".
        raise ImproperlyConfigured(
            f"EMAIL_URL must begin with {' or '.join(MAIL_SCHEMES)} and name a server. "
            f"Write for example EMAIL_URL={example}"
        )
    mail = dict(env.dj_email_url("EMAIL_URL"))
    encrypts = mail["EMAIL_USE_TLS"] or mail["EMAIL_USE_SSL"]
    if mail["EMAIL_HOST_PASSWORD"] and not encrypts and mail["EMAIL_HOST"] not in LOOPBACK:
        raise ImproperlyConfigured(
            "EMAIL_URL would send its password unencrypted. Begin it with submission:// (port "
            "587), or end it with ?ssl=True (port 465)."
        )
    # A server that hangs must not hold the worker for as long as it likes.
    mail["EMAIL_TIMEOUT"] = mail["EMAIL_TIMEOUT"] or MAIL_TIMEOUT
    return mail


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
