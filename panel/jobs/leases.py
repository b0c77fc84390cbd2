"""Taking a job, and letting it go: finished, to be tried again, given back or given up.

Every letting go asks the fence first: the row changes only where the token of the claim still
stands there.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q, QuerySet
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from panel.jobs import timing
from panel.jobs.failures import Failure
from panel.jobs.faultpoints import faultpoint
from panel.jobs.models import DeadLetter, Job, Worker
from panel.jobs.registry import options_of

logger = logging.getLogger(__name__)

CLAIMING = faultpoint("jobs.claiming", "the task is marked as running, the claim is not committed")
FINISHING = faultpoint("jobs.finishing", "the result is written, not committed")
FAILING = faultpoint("jobs.failing", "the next try is set, not committed")
BURYING = faultpoint("jobs.burying", "the dead letter is written, not committed")
GIVING_BACK = faultpoint("jobs.giving_back", "an interrupted job is given back, not committed")
REAPING = faultpoint("jobs.reaping", "a lapsed lease is found and locked, nothing is written")

REAPED_AT_ONCE = 100


class LostLease(Exception):
    """The job was taken over by another worker: nothing may be written for it here any more."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A task that is ours, as long as ``token`` stands in its ``Job`` row."""

    task: DBTaskResult[..., Any]
    token: UUID
    attempt: int

    @property
    def path(self) -> str:
        """The path of its function."""
        return str(self.task.task_path)


def ready(at: datetime) -> QuerySet[DBTaskResult[..., Any]]:
    """What may be run now, in the order it is to be run."""
    due = Q(run_after=get_date_max()) | Q(run_after__lte=at)
    return DBTaskResult.objects.filter(due, status=TaskResultStatus.READY)


@transaction.atomic(savepoint=False)
def claim_next(worker: Worker, *, at: datetime) -> Claim | None:
    """The next task for ``worker``, or None.

    Nobody else gets it: PostgreSQL's workers skip each other's rows, SQLite's wait for the pen, and
    the UPDATE counts only where the task was still free.
    """
    task = ready(at).select_for_update(skip_locked=True).first()
    if task is None:
        return None
    task.worker_ids = [*task.worker_ids, worker.name]
    won = DBTaskResult.objects.filter(pk=task.pk, status=TaskResultStatus.READY).update(
        status=TaskResultStatus.RUNNING, started_at=at, worker_ids=task.worker_ids
    )
    if not won:
        return None
    claim = Claim(task, uuid4(), len(task.worker_ids))
    Job.objects.bulk_create(
        [
            Job(
                task_id=task.pk,
                worker=worker,
                token=claim.token,
                attempt=claim.attempt,
                leased_until=at + timing.lease(),
            )
        ],
        update_conflicts=True,
        unique_fields=["task_id"],
        update_fields=["worker", "token", "attempt", "leased_until"],
    )
    CLAIMING()
    return claim


def renew(task_id: UUID, token: UUID, *, at: datetime) -> bool:
    """Prolong a lease; False where it is no longer ours."""
    held = Job.objects.filter(task_id=task_id, token=token)
    return bool(held.update(leased_until=at + timing.lease()))


@transaction.atomic(savepoint=False)
def finish(claim: Claim, value: Any, *, at: datetime) -> None:
    """Write the result of a job that ended well. Raises LostLease."""
    if not _held(claim).delete()[0]:
        raise LostLease
    _end(claim, TaskResultStatus.SUCCESSFUL, at, return_value=value)
    FINISHING()


@transaction.atomic(savepoint=False)
def fail(claim: Claim, failure: Failure, *, at: datetime) -> bool:
    """Have it tried again after a pause; True when that was its last try. Raises LostLease."""
    if claim.attempt >= options_of(claim.path).tries:
        _bury(claim, failure, at)
        return True
    _release(claim)
    pause = timing.pause_before(claim.attempt)
    _requeue(
        claim, run_after=at + pause, exception_class_path=failure.kind, traceback=failure.trace
    )
    FAILING()
    logger.warning(
        "Job %s task=%s failed on try %d (%s), next in %.0f s",
        claim.path, claim.task.pk, claim.attempt, failure.kind, pause.total_seconds(),
    )  # fmt: skip
    return False


@transaction.atomic(savepoint=False)
def give_back(claim: Claim, *, at: datetime) -> None:
    """Put an interrupted job at the end of the queue. The try does not count. Raises LostLease."""
    _release(claim)
    _requeue(claim, run_after=get_date_max(), enqueued_at=at, worker_ids=claim.task.worker_ids[:-1])
    GIVING_BACK()


def reap(*, at: datetime) -> int:
    """Take jobs from workers that gave no sign of life for the time of a lease; returns how many.

    Each is a failed try: what kills its worker every time ends as a dead letter like anything else.
    """
    lapsed = Job.objects.filter(leased_until__lt=at).order_by("leased_until")[:REAPED_AT_ONCE]
    return sum(_reap_one(job.task_id, job.token, at) for job in lapsed)


@transaction.atomic
def _reap_one(task_id: UUID, token: UUID | None, at: datetime) -> bool:
    """One of them, unless another worker is just doing so or a late sign of life came."""
    lapsed = Job.objects.filter(task_id=task_id, token=token, leased_until__lt=at)
    job = lapsed.select_for_update(skip_locked=True).first()
    if job is None or job.token is None:
        return False
    REAPING()
    task = DBTaskResult.objects.filter(pk=task_id, status=TaskResultStatus.RUNNING).first()
    if task is None:
        job.delete()
        return False
    claim = Claim(task, job.token, job.attempt)
    fail(claim, Failure.lost_worker(options_of(claim.path).time_limit), at=at)
    return True


def _held(claim: Claim) -> QuerySet[Job]:
    return Job.objects.filter(task_id=claim.task.pk, token=claim.token)


def _release(claim: Claim) -> None:
    """Lay the lease down; the row stays, and with it the key. Raises LostLease."""
    if not _held(claim).update(worker=None, token=None, leased_until=None):
        raise LostLease


def _requeue(claim: Claim, **changes: Any) -> None:
    DBTaskResult.objects.filter(pk=claim.task.pk).update(status=TaskResultStatus.READY, **changes)


def _end(claim: Claim, status: TaskResultStatus, at: datetime, **changes: Any) -> None:
    values = {"return_value": None, "exception_class_path": "", "traceback": "", **changes}
    DBTaskResult.objects.filter(pk=claim.task.pk).update(status=status, finished_at=at, **values)


def _bury(claim: Claim, failure: Failure, at: datetime) -> None:
    """Give it up: the key is free again, and a person decides."""
    key = _held(claim).values_list("key", flat=True).first()
    if not _held(claim).delete()[0]:
        raise LostLease
    failed = {"exception_class_path": failure.kind, "traceback": failure.trace}
    _end(claim, TaskResultStatus.FAILED, at, **failed)
    DeadLetter.objects.create(
        task_id=claim.task.pk,
        task_path=claim.path[:255],
        arguments=claim.task.args_kwargs,
        queue_name=claim.task.queue_name,
        priority=claim.task.priority,
        key=key or "",
        tries=claim.attempt,
        failed_at=at,
        error=failure.line,
        trace=failure.trace,
    )
    BURYING()
    logger.error("Job %s task=%s given up after %d tries", claim.path, claim.task.pk, claim.attempt)
