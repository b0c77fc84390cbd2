"""Putting work in the queue."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from panel.jobs.models import Job

KEY_LENGTH = 200


def enqueue(
    job: Task[..., Any],
    *args: Any,
    key: str | None = None,
    run_after: datetime | None = None,
    **kwargs: Any,
) -> UUID:
    """Queue ``job`` in the caller's transaction: it runs once that commits, or never.

    With ``key`` there is at most one waiting or running: a second call answers with the first one's
    id. A job that is already running may have looked past what changed just now; where that
    matters, a periodic job finds the rest. ``run_after`` is an aware moment. Arguments are plain
    JSON data. Returns the task's id. Raises ValueError for a key of no or over 200 characters.
    """
    due = job if run_after is None else job.using(run_after=run_after)
    if key is None:
        return UUID(due.enqueue(*args, **kwargs).id)
    if not 0 < len(key) <= KEY_LENGTH:
        raise ValueError(f"A key has 1 to {KEY_LENGTH} characters.")
    return _holder(key) or _enqueue_keyed(due, key, args, kwargs)


@transaction.atomic
def _enqueue_keyed(
    job: Task[..., Any], key: str, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> UUID:
    """Queue it, then see who has the key: of two at once, one takes its task back."""
    task_id = UUID(job.enqueue(*args, **kwargs).id)
    while True:
        Job.objects.bulk_create([Job(task_id=task_id, key=key)], ignore_conflicts=True)
        holder = _holder(key)
        if holder == task_id:
            return task_id
        if holder is not None:
            DBTaskResult.objects.filter(pk=task_id).delete()
            return holder


def _holder(key: str) -> UUID | None:
    """The unfinished task that has ``key``."""
    return Job.objects.filter(key=key).values_list("task_id", flat=True).first()
