"""System checks: what is wrong with this installation, and what to write instead.

What has no value at all is refused when settings are read (``env.py``). These look at values that
are there and do not fit: each with other, the machine, or the database.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError, connections
from django.http.request import validate_host

# Each process would count attempts for itself, so that more processes mean more attempts.
PER_PROCESS = ("locmem.LocMemCache", "dummy.DummyCache", "filebased.FileBasedCache")
# Written in the repository for everybody to read.
LAPTOP_KEYS = ("b25seS1mb3ItYS1sYXB0b3AtbmV2ZXItYS1zZXJ2ZXI=",)


@register(Tags.security)
def field_keys(**_rest: Any) -> list[CheckMessage]:
    """Secrets at rest need a key, and on a server one that is not in the repository."""
    if not settings.FIELD_KEYS:
        return [
            Error(
                "FIELD_KEYS is empty, so nothing can be encrypted.",
                hint=_MAKE_KEY,
                id="medspil.E001",
            )
        ]
    if is_server() and any(key in LAPTOP_KEYS for key in settings.FIELD_KEYS):
        return [
            Error(
                "FIELD_KEYS is the laptop's, which everybody can read.",
                hint=_MAKE_KEY,
                id="medspil.E002",
            )
        ]
    return []


@register(Tags.security)
def site_url(**_rest: Any) -> list[CheckMessage]:
    """Links in letters must lead to a host that answers."""
    parts = urlsplit(settings.SITE_URL)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path:
        return [
            Error(
                f"SITE_URL={settings.SITE_URL} is no address of a site.",
                hint="Write scheme and host only, for example SITE_URL=https://panel.example.dk",
                id="medspil.E003",
            )
        ]
    allowed = settings.ALLOWED_HOSTS
    if (allowed or is_server()) and not validate_host(parts.hostname, allowed):
        return [
            Error(
                f"SITE_URL names {parts.hostname}, which ALLOWED_HOSTS does not.",
                hint=f"Write ALLOWED_HOSTS={','.join([*allowed, parts.hostname])}",
                id="medspil.E004",
            )
        ]
    if "*" in allowed and is_server():
        return [
            Error(
                "ALLOWED_HOSTS=* lets anybody choose the host that links are made of.",
                hint=f"Write ALLOWED_HOSTS={parts.hostname}",
                id="medspil.E005",
            )
        ]
    return []


@register(Tags.caches)
def shared_cache(**_rest: Any) -> list[CheckMessage]:
    """Limits on attempts are counted in the cache, by all processes together."""
    backend = settings.CACHES["default"]["BACKEND"]
    if not backend.endswith(PER_PROCESS):
        return []
    kind = Error if is_server() else Warning
    return [
        kind(
            "CACHE_URL names a cache every process has for itself: limits on attempts do not hold.",
            hint="Leave CACHE_URL out (the database's table), or write CACHE_URL=redis://host:6379/0",
            id="medspil.E006",
        )
    ]


@register()
def sender(**_rest: Any) -> list[CheckMessage]:
    """Letters from nowhere end as spam."""
    if not is_server() or "@localhost" not in settings.DEFAULT_FROM_EMAIL:
        return []
    return [
        Error(
            f"DEFAULT_FROM_EMAIL={settings.DEFAULT_FROM_EMAIL} is no address of the municipality.",
            hint="Write DEFAULT_FROM_EMAIL=Borgerpanelet <panel@example.dk>",
            id="medspil.E009",
        )
    ]


@register(Tags.files)
def folders(**_rest: Any) -> list[CheckMessage]:
    """Uploads need somewhere to lie, where this process may write."""
    return [
        Error(
            f"{name}={getattr(settings, name)} cannot be written to.",
            hint=f"Give the user who runs Medspil the folder, or write another {name}.",
            id="medspil.E007",
        )
        for name in ("MEDIA_ROOT", "UPLOAD_ROOT")
        if not may_write(Path(getattr(settings, name)))
    ]


@register(Tags.database)
def write_ahead(databases: Sequence[str] | None = None, **_rest: Any) -> list[CheckMessage]:
    """SQLite serves several processes only with a write-ahead log; ``migrate`` sets it."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        mode = _journal_mode(alias)
        if mode not in ("", "wal", "memory"):
            found.append(
                Warning(
                    f"SQLite's journal_mode={mode}: readers and writers lock each other out.",
                    hint="Run `manage.py migrate`, on a disk of this machine.",
                    id="medspil.W008",
                )
            )
    return found


@register(Tags.database)
def keeps_what_is_committed(
    databases: Sequence[str] | None = None, **_rest: Any
) -> list[CheckMessage]:
    """A try noted before a network is called must be there after the database fell over: lost, it
    would be made again, and a post would stand there twice.
    """
    return [
        Error(
            "PostgreSQL's synchronous_commit=off: what was committed may be gone after a crash.",
            hint="ALTER ROLE <ours> SET synchronous_commit = 'on', and start Medspil again.",
            id="medspil.E010",
        )
        for alias in databases or ()
        if _synchronous_commit(alias) == "off"
    ]


def is_server() -> bool:
    """Whether these are the settings of a server and not of a laptop or a test."""
    return os.environ.get("DJANGO_SETTINGS_MODULE", "").endswith(".production")


def may_write(folder: Path) -> bool:
    """Whether ``folder`` can be written to, or made where it is missing."""
    there = next(each for each in (folder, *folder.parents) if each.exists())
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)


def _journal_mode(alias: str) -> str:
    """How the SQLite file is written; "" for another database or a file that is not there yet."""
    connection = connections[alias]
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or not Path(name).exists():
        return ""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        return str(cursor.fetchone()[0])


def _synchronous_commit(alias: str) -> str:
    """PostgreSQL's setting for our connections; "" for another database or none that answers."""
    connection = connections[alias]
    if connection.vendor != "postgresql":
        return ""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SHOW synchronous_commit")
            return str(cursor.fetchone()[0])
    except DatabaseError:
        return ""


_MAKE_KEY = "Make one: openssl rand -base64 32 | tr '+/' '-_' and write FIELD_KEYS=<the key>"
