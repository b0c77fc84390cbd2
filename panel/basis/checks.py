"""System checks: the objections must be recognisable, and their log must be writable."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError

from panel.basis.keys import WrongKey, same_key


@register(Tags.database)
def objections_are_recognised(
    *, databases: Sequence[str] | None = None, **_rest: Any
) -> list[CheckMessage]:
    """The key is the one they were hashed with. Asked where databases are, as by ``migrate``."""
    if not databases or "default" not in databases:
        return []
    try:
        same_key()
    except WrongKey as error:
        return [Error(str(error), id="basis.E001")]
    except DatabaseError:
        # Before the first migrate there is nothing to compare.
        return []
    return []


@register
def objections_survive_a_restore(**_rest: Any) -> list[CheckMessage]:
    """The log can be written where ``OBJECTION_LOG`` says."""
    path = Path(settings.OBJECTION_LOG)
    place = path if path.exists() else _nearest(path.parent)
    is_file_or_folder = path.is_file() if place == path else place.is_dir()
    if is_file_or_folder and os.access(place, os.W_OK):
        return []
    return [
        Error(
            f"The log of objections cannot be written: {path}.",
            hint="Set OBJECTION_LOG to a file the application may write and the backup does not"
            " put back, for example /var/lib/medspil/objections.log.",
            id="basis.E002",
        )
    ]


def _nearest(folder: Path) -> Path:
    """``folder``, or the nearest one above it that is there."""
    return next((each for each in (folder, *folder.parents) if each.exists()), folder)
