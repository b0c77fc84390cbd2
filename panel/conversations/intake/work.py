"""Working off an import: what a job or the command line does with it, and how it ends."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from panel.audit.actions import SYSTEM, record
from panel.conversations.models import FileImport, ImportState
from panel.core.clock import now

from .files import UnreadableFile
from .run import BATCH, Stopped, import_rest, rehearse


def import_file(key: int, token: UUID, *, most: int = BATCH) -> None:
    """Import the rest of a file, if it is still this ``token``'s turn, and say how it ended.

    ``key`` is the import's primary key, ``most`` the lines in one transaction.
    """
    file_import = _held(key, token, ImportState.RUNNING)
    if file_import is None:
        return
    try:
        import_rest(file_import, most=most)
    except Stopped:
        return
    except UnreadableFile as damage:
        _end(file_import, ImportState.FAILED, damage)
    else:
        _end(file_import, ImportState.DONE)


def check_file(key: int, token: UUID, *, most: int = BATCH) -> None:
    """Count what importing the file would do, if it is still this ``token``'s turn."""
    file_import = _held(key, token, ImportState.CHECKING)
    if file_import is None:
        return
    with transaction.atomic():
        _from_the_start(file_import)
    try:
        rehearse(file_import, most=most)
    except Stopped:
        return
    except UnreadableFile as damage:
        _end(file_import, ImportState.FAILED, damage)
    else:
        _end(file_import, ImportState.CHECKED)


def _held(key: int, token: UUID, state: ImportState) -> FileImport | None:
    held = FileImport.objects.filter(pk=key, token=token, state=state)
    return held.select_related("channel").first()


def _from_the_start(file_import: FileImport) -> None:
    """A check that was cut off counts anew."""
    counts = dict.fromkeys((*file_import.counts, "position"), 0)
    FileImport.objects.filter(pk=file_import.pk).update(**counts)
    file_import.faults.all().delete()
    file_import.refresh_from_db()


def _end(file_import: FileImport, state: ImportState, damage: UnreadableFile | None = None) -> None:
    """Write how it ended, unless it is no longer ours. Only imports leave a trail."""
    failure: dict[str, Any] = {}
    if damage is not None:
        failure = {"code": damage.code, "values": damage.values}
    moment = now()
    held = FileImport.objects.filter(
        pk=file_import.pk, token=file_import.token, state=file_import.state
    )
    was_import = file_import.state == ImportState.RUNNING
    with transaction.atomic():
        ended = held.update(
            state=state,
            failure=failure,
            touched_at=moment,
            finished_at=moment if was_import else None,
        )
        if ended and was_import:
            file_import.refresh_from_db()
            what = "import.finished" if state == ImportState.DONE else "import.failed"
            by = file_import.started_by or SYSTEM
            record(what, on=file_import, by=by, detail=file_import.counts | failure)
