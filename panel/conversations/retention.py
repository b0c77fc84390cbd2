"""What came in is other people's words: files go some days after their last use, and deliveries
that could not be read after two weeks.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from django.conf import settings
from django.db import transaction

from panel.audit.actions import SYSTEM, record
from panel.channels.models import Channel
from panel.conversations.models import Delivery, FileImport, ImportFault, ImportState
from panel.core.clock import now

# A network tries for a day and a half: after that nothing is delivered again.
READ_DAYS = 3
GIVEN_UP_DAYS = 14


def drop_old_files() -> int:
    """Delete files not used for ``IMPORT_FILE_DAYS``, with the lines refused from them; how many.

    An import that never started, or never ended, is cancelled with it.
    """
    limit = now() - timedelta(days=settings.IMPORT_FILE_DAYS)
    old = list(FileImport.objects.with_files_past(limit))
    for file_import in old:
        _drop(file_import)
    return len(old)


def drop_files_of(channels: Collection[int]) -> int:
    """Delete every uploaded file under these channels (primary keys), whatever its age; how many.

    Somebody is erased: what they wrote must not wait in a file to come back. Files that lie
    elsewhere on the machine are not ours to delete.
    """
    theirs = FileImport.objects.filter(channel__in=channels, is_uploaded=True).exclude(path="")
    kept = list(theirs)
    theirs.update(token=None)
    for file_import in kept:
        _drop(file_import)
    return len(kept)


def drop_old_deliveries() -> int:
    """Delete what was read some days ago, by its mark nothing comes again, and what could not be
    read two weeks ago; how many.
    """
    today = now()
    read = Delivery.objects.filter(read_at__lt=today - timedelta(days=READ_DAYS))
    given_up = Delivery.objects.given_up().filter(
        received_at__lt=today - timedelta(days=GIVEN_UP_DAYS)
    )
    return read.delete()[0] + given_up.delete()[0]


def drop_given_up_of(channels: Collection[int]) -> int:
    """Delete every delivery by these channels' networks that could not be read; how many.

    Somebody is erased: what they wrote may stand in one.
    """
    kinds = Channel.objects.filter(pk__in=channels).values_list("kind", flat=True)
    return Delivery.objects.given_up().filter(kind__in=list(kinds)).delete()[0]


def _drop(file_import: FileImport) -> None:
    file_import.file.unlink(missing_ok=True)
    with transaction.atomic():
        file_import.path = ""
        file_import.guess = {**file_import.guess, "samples": []}
        if file_import.state != ImportState.DONE:
            file_import.state = ImportState.CANCELLED
        file_import.save(update_fields=["path", "guess", "state"])
        ImportFault.objects.filter(file_import=file_import).delete()
        record("import.file_deleted", on=file_import, by=SYSTEM)
