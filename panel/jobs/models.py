"""Who works, who holds which job until when, which slots were taken, and what was given up."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from panel.core.constraints import at_least, filled, one_of, ordered
from panel.core.personal import nothing_personal
from panel.jobs.failures import explained
from panel.jobs.registry import options_of
from panel.jobs.timing import ALARM_AFTER


class WorkerQuerySet(models.QuerySet["Worker"]):
    """Questions about those who work."""

    def alive(self, moment: datetime) -> Self:
        """Still at it, with a sign of life within the last minute."""
        return self.filter(ended_at=None, beat_at__gte=moment - ALARM_AFTER)


class Worker(models.Model):
    """One process that works off the queue; it signs in, gives signs of life and signs out."""

    name = models.CharField(_("name"), max_length=64, unique=True)
    host = models.CharField(_("machine"), max_length=255)
    pid = models.PositiveIntegerField(_("process"))
    started_at = models.DateTimeField(_("started"))
    beat_at = models.DateTimeField(_("last sign of life"), db_index=True)
    stopping = models.BooleanField(_("stopping"), default=False)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects: ClassVar[models.Manager[Worker]] = WorkerQuerySet.as_manager()

    personal_data = nothing_personal(
        "id", "name", "host", "pid", "started_at", "beat_at", "stopping", "ended_at"
    )

    class Meta:
        verbose_name = _("worker")
        verbose_name_plural = _("workers")
        ordering = ["started_at", "id"]
        constraints = [
            filled("name", name="worker_has_name", message=_("A worker needs a name.")),
            ordered(
                "started_at",
                "beat_at",
                name="worker_beats_after_start",
                message=_("A worker cannot give a sign of life before it has started."),
            ),
            ordered(
                "started_at",
                "ended_at",
                name="worker_ends_after_start",
                message=_("A worker cannot end before it has started."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_alive(self, moment: datetime) -> bool:
        """As ``WorkerQuerySet.alive``, of one row."""
        return self.ended_at is None and self.beat_at >= moment - ALARM_AFTER


class Job(models.Model):
    """What is added to an unfinished task: its key, and the lease of the one who runs it.

    ``task_id`` names the row in django-tasks' table. It is no foreign key: that table is not ours,
    and its rows may go their own way. ``token`` is the fence: new with every claim, so that whoever
    lost a job cannot write its result.
    """

    task_id = models.UUIDField(_("task"), primary_key=True)
    key = models.CharField(_("key"), max_length=200, null=True, blank=True)  # noqa: DJ001 - null is not unique
    worker = models.ForeignKey(
        Worker, on_delete=models.SET_NULL, null=True, blank=True, related_name="jobs"
    )
    token = models.UUIDField(_("fence"), null=True, blank=True)
    attempt = models.PositiveSmallIntegerField(_("try"), default=0)
    leased_until = models.DateTimeField(_("leased until"), null=True, blank=True, db_index=True)

    personal_data = nothing_personal("task_id", "key", "worker", "token", "attempt", "leased_until")

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                name="job_key_unique_while_unfinished",
                violation_error_message=_("The same job is already waiting or running."),
            ),
            models.CheckConstraint(
                condition=Q(token__isnull=False, leased_until__isnull=False)
                | Q(token__isnull=True, leased_until__isnull=True, worker__isnull=True),
                name="job_lease_is_whole",
                violation_error_message=_("A lease has a fence and an end, or there is none."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.task_id)


class Slot(models.Model):
    """One turn of a periodic job. Whoever writes the row first enqueues the job."""

    name = models.CharField(_("job"), max_length=200)
    at = models.DateTimeField(_("due"), db_index=True)
    task_id = models.UUIDField(_("task"), null=True, blank=True)

    personal_data = nothing_personal("id", "name", "at", "task_id")

    class Meta:
        verbose_name = _("turn of a periodic job")
        verbose_name_plural = _("turns of periodic jobs")
        constraints = [
            models.UniqueConstraint(
                fields=["name", "at"],
                name="slot_once",
                violation_error_message=_("This turn has already been taken."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M:%S}"


class LetterState(models.TextChoices):
    """What became of a job that was given up."""

    OPEN = "open", _("given up")
    RUN_AGAIN = "again", _("run again")
    DISCARDED = "discarded", _("discarded")


class DeadLetter(models.Model):
    """A job that was given up after its last try, until a person runs it again or discards it."""

    task_id = models.UUIDField(_("task"), default=uuid.uuid4, unique=True, editable=False)
    task_path = models.CharField(_("function"), max_length=255)
    arguments = models.JSONField(_("arguments"), default=dict)
    queue_name = models.CharField(_("queue"), max_length=32, default="default")
    priority = models.SmallIntegerField(_("priority"), default=0)
    key = models.CharField(_("key"), max_length=200, blank=True)
    tries = models.PositiveSmallIntegerField(_("tries"))
    failed_at = models.DateTimeField(_("given up"))
    error = models.TextField(_("what went wrong"))
    trace = models.TextField(_("trace"), blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=LetterState.choices, default=LetterState.OPEN
    )
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    replayed_as = models.UUIDField(_("run again as"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    personal_data = nothing_personal(
        "id",
        "task_id",
        "task_path",
        "arguments",
        "queue_name",
        "priority",
        "key",
        "tries",
        "failed_at",
        "error",
        "trace",
        "state",
        "settled_at",
        "replayed_as",
        "reason",
    )

    class Meta:
        verbose_name = _("job given up")
        verbose_name_plural = _("jobs given up")
        ordering = ["-failed_at", "-id"]
        constraints = [
            one_of(
                "state",
                LetterState,
                name="dead_letter_state_known",
                message=_("A job given up is open, run again or discarded."),
            ),
            at_least(
                "tries", 1, name="dead_letter_was_tried", message=_("It was tried at least once.")
            ),
            models.CheckConstraint(
                condition=Q(state=LetterState.OPEN, settled_at=None, replayed_as=None, reason="")
                | Q(
                    state=LetterState.RUN_AGAIN,
                    settled_at__isnull=False,
                    replayed_as__isnull=False,
                    reason="",
                )
                | (
                    Q(state=LetterState.DISCARDED, settled_at__isnull=False, replayed_as=None)
                    & ~Q(reason="")
                ),
                name="dead_letter_settled_whole",
                violation_error_message=_(
                    "It is run again as a new job, or discarded with a reason; until then neither."
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def name(self) -> str:
        """What the job does, in words."""
        return str(options_of(self.task_path).name)

    @property
    def in_words(self) -> str:
        """What went wrong, for somebody who does not program."""
        return explained(self.error)

    @property
    def is_open(self) -> bool:
        """Still waiting for a person's decision."""
        return self.state == LetterState.OPEN
