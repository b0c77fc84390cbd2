"""A file on its way in: what it is, how far it came, what was refused."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from panel.channels.models import Channel
from panel.core.clock import now
from panel.core.constraints import filled, one_of, ordered
from panel.core.personal import OnErasure, PersonalData, nothing_personal

STALLED_AFTER = timedelta(seconds=90)
"""A running import that has written nothing for so long is taken for stopped."""


class ImportState(models.TextChoices):
    """Where a file is on its way in; which may follow which is in ``moves``."""

    EXAMINED = "examined", _("waiting for you to confirm the columns")
    CHECKING = "checking", _("being checked")
    CHECKED = "checked", _("checked, not imported yet")
    RUNNING = "running", _("being imported")
    DONE = "done", _("imported")
    FAILED = "failed", _("stopped by an error")
    CANCELLED = "cancelled", _("cancelled")


class FileImportQuerySet(models.QuerySet["FileImport"]):
    """Questions about imports."""

    def at_work(self) -> FileImportQuerySet:
        """Those that a process is reading."""
        return self.filter(state__in=(ImportState.CHECKING, ImportState.RUNNING))

    def with_files_past(self, moment: datetime) -> FileImportQuerySet:
        """Those whose uploaded file nobody has needed since ``moment``."""
        return self.filter(is_uploaded=True, touched_at__lt=moment).exclude(path="")


class FileImport(models.Model):
    """One file, from the moment it was chosen.

    ``guess`` is what the file seems to be (``intake.files.Guess`` as JSON), ``mapping`` which
    column holds what as a person confirmed it. Everything up to line ``position`` is written; the
    counts belong to it and are committed with it. ``started_at`` dates what the file says and stays
    the same when the import goes on after a stop. ``token`` is the fence: whoever lost it writes
    nothing more.
    """

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    channel = models.ForeignKey(
        Channel, on_delete=models.PROTECT, related_name="imports", verbose_name=_("channel")
    )
    name = models.CharField(_("file"), max_length=255)
    path = models.CharField(_("place"), max_length=500, blank=True, editable=False)
    is_uploaded = models.BooleanField(_("uploaded"), default=True, editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), editable=False)
    sha256 = models.CharField(_("fingerprint"), max_length=64, editable=False)
    guess = models.JSONField(_("what the file seems to be"), default=dict, editable=False)
    mapping = models.JSONField(_("columns"), default=dict, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=ImportState.choices, default=ImportState.EXAMINED
    )
    token = models.UUIDField(_("fence"), null=True, editable=False)
    position = models.PositiveBigIntegerField(_("read up to line"), default=0, editable=False)
    read = models.PositiveIntegerField(_("lines read"), default=0, editable=False)
    added = models.PositiveIntegerField(_("added"), default=0, editable=False)
    updated = models.PositiveIntegerField(_("updated"), default=0, editable=False)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0, editable=False)
    refused = models.PositiveIntegerField(_("refused"), default=0, editable=False)
    new_departments = models.JSONField(_("new departments"), default=list, editable=False)
    failure = models.JSONField(_("what went wrong"), default=dict, editable=False)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("started by"),
    )
    created_at = models.DateTimeField(_("chosen at"), default=now, editable=False)
    started_at = models.DateTimeField(_("started at"), null=True, editable=False)
    touched_at = models.DateTimeField(_("last sign of life"), default=now, editable=False)
    finished_at = models.DateTimeField(_("finished at"), null=True, editable=False)

    objects: ClassVar[models.Manager[FileImport]] = FileImportQuerySet.as_manager()

    personal_data = PersonalData(
        personal={
            "name": _("The name of a file that may hold your comments"),
            "path": _("Where that file lies"),
            "guess": _("The file's first lines, until the import starts"),
            "started_by": _("Who imported it"),
        },
        other=(
            "id",
            "public_id",
            "channel",
            "is_uploaded",
            "size",
            "sha256",
            "mapping",
            "state",
            "token",
            "position",
            "read",
            "added",
            "updated",
            "unchanged",
            "refused",
            "new_departments",
            "failure",
            "created_at",
            "started_at",
            "touched_at",
            "finished_at",
        ),
        purpose=_("Knowing what was imported, and going on where it stopped"),
        retention=_("The file: IMPORT_FILE_DAYS after its last use. The counts are kept"),
        on_erasure=OnErasure.KEEP,
        why_kept=_("Counts and file names; what the file said is erased with the comments"),
    )

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ("-created_at", "-pk")
        constraints = [
            one_of(
                "state",
                ImportState,
                name="fileimport_state_known",
                message=_("An import has one of the known states."),
            ),
            filled("name", name="fileimport_has_name", message=_("The file needs a name.")),
            ordered(
                "started_at",
                "finished_at",
                name="fileimport_period_ordered",
                message=_("An import cannot finish before it started."),
            ),
            models.CheckConstraint(
                condition=models.Q(state=ImportState.RUNNING, started_at__isnull=False)
                | ~models.Q(state=ImportState.RUNNING),
                name="fileimport_running_since",
                violation_error_message=_("A running import says since when."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def file(self) -> Path:
        """Where the file lies. Raises FileNotFoundError where it is no longer kept."""
        if not self.path:
            raise FileNotFoundError(self.name)
        return Path(settings.UPLOAD_ROOT) / self.path if self.is_uploaded else Path(self.path)

    @property
    def lines(self) -> int:
        """About how many lines the file has; 0 if not known."""
        return int(self.guess.get("lines", 0))

    @property
    def is_at_work(self) -> bool:
        """Whether a process is, or should be, reading the file."""
        return self.state in (ImportState.CHECKING, ImportState.RUNNING)

    def is_stalled(self, at: datetime) -> bool:
        """Whether it should be moving and has not for a while."""
        return self.is_at_work and self.touched_at < at - STALLED_AFTER

    @property
    def counts(self) -> dict[str, int]:
        """The counts so far, as reported everywhere."""
        names = ("read", "added", "updated", "unchanged", "refused")
        return {name: getattr(self, name) for name in names}


class ImportFault(models.Model):
    """A refused line: a code and its values, so that it is told in the reader's language. The first
    thousand are kept.
    """

    file_import = models.ForeignKey(FileImport, on_delete=models.CASCADE, related_name="faults")
    line = models.PositiveBigIntegerField(_("line"))
    last = models.PositiveBigIntegerField(_("to line"), default=0)
    code = models.CharField(_("fault"), max_length=30)
    column = models.CharField(_("column"), max_length=255, blank=True)
    values = models.JSONField(_("values"), default=dict)

    personal_data = PersonalData(
        personal={"values": _("The id or time that could not be read")},
        other=("id", "file_import", "line", "last", "code", "column"),
        purpose=_("Mending the file"),
        retention=_("With the import's file: IMPORT_FILE_DAYS after its last use"),
        on_erasure=OnErasure.KEEP,
        why_kept=_("Ids and times nobody could read point to nobody"),
    )

    class Meta:
        verbose_name = _("refused line")
        verbose_name_plural = _("refused lines")
        ordering = ("line", "pk")

    def __str__(self) -> str:
        return f"{self.line}: {self.code}"


class ColumnMapping(models.Model):
    """Which column held what, the last time a file had these headings."""

    headings = models.CharField(_("headings' fingerprint"), max_length=64, unique=True)
    mapping: Any = models.JSONField(_("columns"), default=dict)
    used_at = models.DateTimeField(_("last used"), default=now)

    personal_data = nothing_personal("id", "headings", "mapping", "used_at")

    class Meta:
        verbose_name = _("remembered columns")
        verbose_name_plural = _("remembered columns")

    def __str__(self) -> str:
        return self.headings[:8]
