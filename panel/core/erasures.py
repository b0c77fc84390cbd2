"""Who was erased, outside the database: a keyed hash and a moment a line, only ever added to.

A backup from last week still has who left this week. The log lies beside ``OBJECTION_LOG``, where
the backup does not put it back; ``manage.py replay_erasures`` applies it after a restore.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.conf import settings

from panel.core.clock import now
from panel.core.crypto import keyed_hash

NAME = "erasures.log"
_LINE = re.compile(r"^([0-9a-f]{64}) (\S+)$")


def mark_of_address(address: str) -> str:
    """By what an erased account is recognised."""
    return keyed_hash("erasure", f"email:{address.strip().lower()}")


def mark_of_commenter(scope: str, external_id: str) -> str:
    """By what an erased commenter is recognised; ``scope`` is their channel's."""
    return keyed_hash("erasure", f"{scope}:{external_id}")


def note(marks: Iterable[str]) -> None:
    """Add ``marks``, as of now, and wait until the disk has them. Raises OSError when it cannot.

    Called before the transaction ends: a line too many only repeats what somebody asked for.
    """
    at = now().isoformat()
    lines = "".join(f"{mark} {at}\n" for mark in marks)
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    # One write to a file opened for appending: two processes never mix their lines.
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, lines.encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def read() -> dict[str, datetime]:
    """When each mark was last erased; a line that was cut off by a crash is passed over."""
    path = _path()
    if not path.exists():
        return {}
    found: dict[str, datetime] = {}
    with path.open(encoding="ascii", errors="replace") as lines:
        for line in lines:
            if match := _LINE.match(line.strip()):
                found[match[1]] = datetime.fromisoformat(match[2])
    return found


def _path() -> Path:
    return Path(settings.OBJECTION_LOG).with_name(NAME)
