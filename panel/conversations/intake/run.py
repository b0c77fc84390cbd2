"""Reading a file into the database, batch by batch, able to stop anywhere and go on."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import file_digest
from typing import Any

from django.db.models import F

from panel.conversations.models import FileImport, ImportFault, ImportState
from panel.core.clock import now
from panel.jobs.current import current_job
from panel.jobs.faultpoints import faultpoint

from .batch import Intake, Outcome
from .files import Entry, Fault, Guess, Record, UnreadableFile, read

BATCH = 10_000
"""Lines in one transaction: some tenths of a second, so that others get their turn."""

LETTERS = 4_000_000
"""A batch of long texts ends here, so that memory stays flat."""

FAULTS_KEPT = 1_000

WRITTEN = faultpoint("import.written", "a batch's rows and its place are written, not committed")
COMMITTED = faultpoint("import.committed", "a batch is committed, the next is not begun")
FINISHING = faultpoint("import.finishing", "every line is in, the import is not marked as done")


class Stopped(Exception):
    """Somebody cancelled the import, or another process goes on with it: write nothing more."""


@dataclass(slots=True)
class Chunk:
    """Some entries of a file: what was read, what was refused, and the last line of both."""

    records: list[Record] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    position: int = 0


def chunks(entries: Iterator[Entry], *, most: int = BATCH) -> Iterator[Chunk]:
    """The entries in portions. What was read before a file turns out to be damaged is not lost:
    ``UnreadableFile`` comes after it.
    """
    chunk, letters, damage = Chunk(), 0, None
    while True:
        try:
            entry = next(entries, None)
        except UnreadableFile as error:
            entry, damage = None, error
        if entry is None:
            break
        chunk.position = entry.line
        if isinstance(entry, Fault):
            chunk.faults.append(entry)
        else:
            chunk.records.append(entry)
            letters += sum(len(item.text or "") for item in entry.items)
        if len(chunk.records) + len(chunk.faults) >= most or letters >= LETTERS:
            yield chunk
            chunk, letters = Chunk(), 0
    if chunk.position:
        yield chunk
    if damage is not None:
        raise damage


def guess_of(file_import: FileImport) -> Guess:
    """What the file was taken for, with the columns as confirmed."""
    guess = Guess(**file_import.guess)
    return guess if not file_import.mapping else guess.corrected(file_import.mapping)


@contextmanager
def _collector_spared() -> Iterator[None]:
    """Let the garbage collector leave out what was there before.

    A batch makes tens of thousands of small objects, and none that hold each other. The collector
    would look through the whole application again and again for it: a third of an import's time.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


@_collector_spared()
def import_rest(file_import: FileImport, *, most: int = BATCH) -> None:
    """Import what is left of a running import's file. The caller holds its ``token``.

    Raises ``UnreadableFile`` where the file, or the rest of it, cannot be read, and ``Stopped``.
    """
    _check_same(file_import)
    intake = Intake(file_import.channel, at=file_import.started_at)
    entries = read(file_import.file, guess_of(file_import), start_line=file_import.position + 1)
    for chunk in chunks(entries, most=most):

        def settle(outcome: Outcome, chunk: Chunk = chunk) -> None:
            _advance(file_import, chunk, outcome, ImportState.RUNNING)
            _note_departments(file_import, intake)
            WRITTEN()
            current_job().still_mine()

        intake.take([record.items for record in chunk.records], then=settle)
        COMMITTED()
        current_job().checkpoint()
    FINISHING()


@_collector_spared()
def rehearse(file_import: FileImport, *, most: int = BATCH) -> None:
    """Read the whole file and count what importing it would do. Raises as ``import_rest``."""
    _check_same(file_import)
    intake = Intake(file_import.channel)
    for chunk in chunks(read(file_import.file, guess_of(file_import)), most=most):
        outcome = intake.compare([record.items for record in chunk.records])
        _advance(file_import, chunk, outcome, ImportState.CHECKING)
        current_job().beat()
    _note_departments(file_import, intake)


def _advance(file_import: FileImport, chunk: Chunk, outcome: Outcome, state: ImportState) -> None:
    """Remember how far it came, if the import is still ours and still in ``state``."""
    lines = [record.line for record in chunk.records]
    faults = chunk.faults + [Fault(lines[place], "id_unreadable") for place, _ in outcome.unfit]
    read_now = len(lines) - len(outcome.unfit)
    kept = faults[: max(0, FAULTS_KEPT - file_import.refused)]
    held = FileImport.objects.filter(pk=file_import.pk, token=file_import.token, state=state)
    moved = held.update(
        position=chunk.position,
        touched_at=now(),
        read=F("read") + read_now,
        added=F("added") + outcome.added,
        updated=F("updated") + outcome.updated,
        unchanged=F("unchanged") + outcome.unchanged,
        refused=F("refused") + len(faults),
    )
    if not moved:
        raise Stopped
    file_import.refused += len(faults)
    ImportFault.objects.bulk_create([_kept(file_import, fault) for fault in kept])


def _kept(file_import: FileImport, fault: Fault) -> ImportFault:
    values: dict[str, Any] = dict(fault.values)
    return ImportFault(
        file_import=file_import,
        line=fault.line,
        last=fault.last,
        code=fault.code,
        column=fault.column[:255],
        values=values,
    )


def _note_departments(file_import: FileImport, intake: Intake) -> None:
    if len(intake.made_departments) > len(file_import.new_departments):
        file_import.new_departments = list(intake.made_departments)
        file_import.save(update_fields=["new_departments"])


def _check_same(file_import: FileImport) -> None:
    """What is read must be what was chosen, or its place means nothing."""
    try:
        with file_import.file.open("rb") as file:
            found = file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableFile("gone") from error
    if found != file_import.sha256:
        raise UnreadableFile("changed")
