"""The objections once more, outside the database: one keyed hash a line, only ever added to.

A backup from last week does not know this week's objections. The log does, if it is kept where the
backup does not put it back (``OBJECTION_LOG``); ``manage.py replay_objections`` applies it.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings

_HASH = re.compile(r"^[0-9a-f]{64}$")


def append(hashes: Iterable[str]) -> None:
    """Add ``hashes`` and wait until the disk has them. Raises OSError when it cannot."""
    # The line break in front ends a line that a crash cut off, so that it swallows no other.
    lines = "".join(f"\n{each}\n" for each in hashes).encode()
    if not lines:
        return
    path = Path(settings.OBJECTION_LOG)
    path.parent.mkdir(parents=True, exist_ok=True)
    # One write to a file opened for appending: two processes never mix their lines.
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        if os.write(handle, lines) != len(lines):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        os.fsync(handle)
    finally:
        os.close(handle)
    _keep_name_of(path)


def _keep_name_of(path: Path) -> None:
    """Wait until the disk has the name too: a new file is not there before its folder says."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def read() -> Iterator[str]:
    """Every hash in the log; a line that was cut off by a crash is passed over."""
    path = Path(settings.OBJECTION_LOG)
    if not path.exists():
        return
    with path.open(encoding="ascii", errors="replace") as lines:
        for line in lines:
            if _HASH.match(line.strip()):
                yield line.strip()
