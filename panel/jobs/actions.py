"""What staff decide about jobs that were given up, and clearing away what nobody needs any more."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django_tasks import TaskResultStatus
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from panel.accounts.models import User
from panel.audit.actions import record
from panel.core.clock import now
from panel.jobs.current import current_job
from panel.jobs.models import DeadLetter, Job, LetterState, Slot, Worker
from panel.jobs.queue import enqueue

KEEP_DONE = timedelta(days=1)
KEEP_FAILED = timedelta(days=30)
KEEP_SETTLED = timedelta(days=90)
KEEP_SLOTS = timedelta(days=60)
KEEP_WORKERS = timedelta(days=1)
BATCH = 1000


class Refused(Exception):
    """It cannot be done; the message says why, in words for staff."""


@transaction.atomic
def run_again(letter: DeadLetter, *, by: User) -> UUID:
    """Queue a given-up job once more, as it was and with all its tries; returns its new id.

    Raises Refused when somebody has dealt with it already, or its code is no longer there.
    """
    open_letter = _locked(letter)
    task = _task_of(open_letter).using(
        priority=open_letter.priority, queue_name=open_letter.queue_name
    )
    arguments = open_letter.arguments
    task_id = enqueue(
        task,
        *arguments.get("args", ()),
        key=open_letter.key or None,
        **arguments.get("kwargs", {}),
    )
    _settle(open_letter, state=LetterState.RUN_AGAIN, replayed_as=task_id)
    detail = {"job": open_letter.task_path, "again_as": str(task_id)}
    record("job.run_again", on=open_letter, by=by, detail=detail)
    return task_id


@transaction.atomic
def discard(letter: DeadLetter, *, reason: str, by: User) -> None:
    """Let a given-up job rest, and say why. Raises Refused without a reason, and as above."""
    if not reason.strip():
        raise Refused(_("Write why this job is not needed any more."))
    open_letter = _locked(letter)
    _settle(open_letter, state=LetterState.DISCARDED, reason=reason.strip())
    record("job.discarded", on=open_letter, by=by, detail={"job": open_letter.task_path})


def clear_away(*, at: datetime) -> dict[str, int]:
    """Delete what is over: results, settled letters, old slots and workers; returns how many.

    In batches, each its own transaction. Of every periodic job the newest slot stays, so that it
    is not taken twice.
    """
    newer = Slot.objects.filter(name=OuterRef("name"), at__gt=OuterRef("at"))
    lone = Job.objects.filter(leased_until=None).exclude(
        Exists(DBTaskResult.objects.filter(pk=OuterRef("task_id")))
    )
    done = Q(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=at - KEEP_DONE)
    failed = Q(status=TaskResultStatus.FAILED, finished_at__lt=at - KEEP_FAILED)
    over: dict[str, models.QuerySet[Any]] = {
        "results": DBTaskResult.objects.filter(done | failed).order_by(),
        "letters": DeadLetter.objects.filter(settled_at__lt=at - KEEP_SETTLED).order_by(),
        "slots": Slot.objects.filter(Exists(newer), at__lt=at - KEEP_SLOTS),
        "workers": Worker.objects.filter(beat_at__lt=at - KEEP_WORKERS).order_by(),
        "lone_keys": lone,
    }
    return {name: _delete_in_batches(rows) for name, rows in over.items()}


def _delete_in_batches(rows: models.QuerySet[Any]) -> int:
    total = 0
    while ids := list(rows.values_list("pk", flat=True)[:BATCH]):
        total += rows.model.objects.filter(pk__in=ids).delete()[0]
        current_job().checkpoint()
    return total


def _locked(letter: DeadLetter) -> DeadLetter:
    """The letter, ours until the transaction ends. Raises Refused when it is no longer open."""
    found = DeadLetter.objects.select_for_update().filter(pk=letter.pk).first()
    if found is None or not found.is_open:
        raise Refused(_("Somebody has already dealt with this job. Nothing was changed."))
    return found


def _settle(letter: DeadLetter, **changes: Any) -> None:
    DeadLetter.objects.filter(pk=letter.pk).update(settled_at=now(), **changes)


def _task_of(letter: DeadLetter) -> Task[..., Any]:
    """The job's function as it is today. Raises Refused when there is none."""
    try:
        task = import_string(letter.task_path)
    except ImportError:
        task = None
    if not isinstance(task, Task):
        raise Refused(_("This version no longer has the code of this job. Discard it instead."))
    return task
