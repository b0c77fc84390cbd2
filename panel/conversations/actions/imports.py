"""What a person does with a file: choose it, confirm its columns, start, cancel, go on."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Mapping
from dataclasses import asdict
from hashlib import file_digest, sha256
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import transaction

from panel.accounts.models import User
from panel.audit.actions import SYSTEM, record
from panel.channels.models import Channel
from panel.conversations.intake.files import Guess, UnreadableFile, examine
from panel.conversations.models import ColumnMapping, FileImport, ImportFault, ImportState
from panel.conversations.moves import may_follow
from panel.conversations.tasks import check_file, import_file
from panel.core.clock import now
from panel.jobs.queue import enqueue

FOLDER = "imports"


class NotNow(Exception):
    """The import is in a state from which this cannot be done."""


def choose(channel: Channel, *, file: IO[bytes], name: str, by: User) -> FileImport:
    """Keep an uploaded file and say what it seems to be, with the columns remembered for its
    headings.

    Raises ``UnreadableFile``, and keeps nothing, where it cannot be imported.
    """
    place = f"{FOLDER}/{uuid.uuid4().hex}"
    path = Path(settings.UPLOAD_ROOT) / place
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("wb") as kept:
            shutil.copyfileobj(file, kept)
        return _made(channel, path, place, name=name, is_uploaded=True, by=by)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def choose_path(channel: Channel, path: Path, *, kind: str = "auto") -> FileImport:
    """As ``choose``, for a file that lies on this machine and stays where it is."""
    whole = path.resolve()
    return _made(channel, whole, str(whole), name=path.name, is_uploaded=False, by=None, kind=kind)


def _made(
    channel: Channel,
    path: Path,
    place: str,
    *,
    name: str,
    is_uploaded: bool,
    by: User | None,
    kind: str = "auto",
) -> FileImport:
    guess = examine(path, name=name, kind=kind)
    with path.open("rb") as file:
        fingerprint = file_digest(file, "sha256").hexdigest()
    with transaction.atomic():
        made = FileImport.objects.create(
            channel=channel,
            name=name[-255:],
            path=place,
            is_uploaded=is_uploaded,
            size=path.stat().st_size,
            sha256=fingerprint,
            guess=asdict(guess),
            mapping=_remembered(guess),
            started_by=by,
        )
        record("import.chosen", on=made, by=by or SYSTEM, detail={"sha256": fingerprint})
    return made


def map_columns(file_import: FileImport, *, mapping: Mapping[str, str]) -> None:
    """Say which column holds what, for this file only. Raises ``NotNow``."""
    with transaction.atomic():
        locked = _locked(file_import, ImportState.CHECKING)
        locked.mapping = {**locked.mapping, **mapping}
        locked.save(update_fields=["mapping"])
    file_import.refresh_from_db()


def begin_check(file_import: FileImport) -> uuid.UUID:
    """Make ready to count what importing would do; gives the fence for it. Raises ``NotNow``."""
    with transaction.atomic():
        locked = _locked(file_import, ImportState.CHECKING)
        locked.token = uuid.uuid4()
        _move(locked, ImportState.CHECKING, "token")
    file_import.refresh_from_db()
    return locked.token


def confirm_columns(file_import: FileImport, *, mapping: Mapping[str, str], by: User) -> None:
    """Say which column holds what; remember it for the next file like this one, and check the file.

    Raises ``NotNow``.
    """
    with transaction.atomic():
        locked = _locked(file_import, ImportState.CHECKING)
        locked.mapping = dict(mapping)
        locked.save(update_fields=["mapping"])
        _remember(locked)
        token = begin_check(locked)
        record("import.columns_confirmed", on=locked, by=by, detail={"columns": len(mapping)})
        enqueue(check_file, locked.pk, str(token))
    file_import.refresh_from_db()


def start(file_import: FileImport, *, by: User | None, in_background: bool = True) -> None:
    """Import the file from its first line. Raises ``NotNow``."""
    with transaction.atomic():
        locked = _locked(file_import, ImportState.RUNNING)
        for name in (*locked.counts, "position"):
            setattr(locked, name, 0)
        locked.new_departments = []
        locked.guess = {**locked.guess, "samples": []}
        locked.started_at, locked.started_by = now(), by
        ImportFault.objects.filter(file_import=locked).delete()
        _run(locked, in_background)
        detail = {"channel": locked.channel.slug, "sha256": locked.sha256}
        record("import.started", on=locked, by=by or SYSTEM, detail=detail)
    file_import.refresh_from_db()


def go_on(file_import: FileImport, *, by: User | None, in_background: bool = True) -> None:
    """Import the rest of a file whose import stopped; its time stays that of the first start.

    Raises ``NotNow``, also where it never started.
    """
    with transaction.atomic():
        locked = _locked(file_import, ImportState.RUNNING)
        if locked.started_at is None:
            raise NotNow
        _run(locked, in_background)
        record("import.resumed", on=locked, by=by or SYSTEM, detail={"line": locked.position})
    file_import.refresh_from_db()


def cancel(file_import: FileImport, *, by: User) -> None:
    """Stop an import or a check; what is in stays in. Raises ``NotNow`` for one that has ended."""
    with transaction.atomic():
        locked = _locked(file_import, ImportState.CANCELLED)
        locked.token = None
        if locked.started_at:
            locked.finished_at = now()
        _move(locked, ImportState.CANCELLED, "token", "finished_at")
        record("import.cancelled", on=locked, by=by, detail=locked.counts)
    file_import.refresh_from_db()


def _run(locked: FileImport, in_background: bool) -> None:
    """Hand the import to a new runner; whoever had it before finds that it is no longer theirs."""
    locked.token, locked.finished_at = uuid.uuid4(), None
    locked.failure = {}
    _move(
        locked,
        ImportState.RUNNING,
        *("token", "finished_at", "failure", "started_at", "started_by", "guess"),
        *("position", "new_departments", *locked.counts),
    )
    if in_background:
        enqueue(import_file, locked.pk, str(locked.token))


def _locked(file_import: FileImport, following: ImportState) -> FileImport:
    locked = FileImport.objects.select_for_update(of=("self",)).get(pk=file_import.pk)
    if not may_follow(locked.state, following) or not locked.path:
        raise NotNow
    return locked


def _move(locked: FileImport, state: ImportState, *fields: str) -> None:
    locked.state, locked.touched_at = state, now()
    locked.save(update_fields=["state", "touched_at", *fields])


def headings_mark(columns: Any) -> str:
    """The fingerprint of a table's headings, by which its columns are remembered."""
    return sha256("\n".join(columns).casefold().encode()).hexdigest()


def _remembered(guess: Guess) -> dict[str, str]:
    known = ColumnMapping.objects.filter(headings=headings_mark(guess.columns)).first()
    return dict(known.mapping) if known and guess.columns else {}


def _remember(file_import: FileImport) -> None:
    columns = file_import.guess.get("columns")
    if columns:
        ColumnMapping.objects.update_or_create(
            headings=headings_mark(columns),
            defaults={"mapping": file_import.mapping, "used_at": now()},
        )


__all__ = [
    "NotNow",
    "UnreadableFile",
    "begin_check",
    "cancel",
    "choose",
    "choose_path",
    "confirm_columns",
    "go_on",
    "map_columns",
    "start",
]
