"""Is anybody working, what waits, what runs, what was given up: read only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from django.db.models import Case, Count, F, Max, Min, Q, When
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from panel.core.clock import now
from panel.jobs.models import DeadLetter, Job, LetterState, Worker
from panel.jobs.registry import options_of
from panel.jobs.timing import ALARM_AFTER


@dataclass(frozen=True, slots=True)
class Waiting:
    """The queue in figures: due, due later and running; and since when the oldest due one waits."""

    due: int
    later: int
    running: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class AtWork:
    """A job that runs: what it does, who does it since when, and which try it is."""

    task_id: UUID
    name: str
    worker: str
    since: datetime
    attempt: int


def last_beat() -> datetime | None:
    """The newest sign of life of any worker; None when there has never been one."""
    return cast(datetime | None, Worker.objects.aggregate(newest=Max("beat_at"))["newest"])


def is_anyone_working(at: datetime) -> bool:
    """Whether a worker has given a sign of life within the last minute."""
    newest = last_beat()
    return newest is not None and newest >= at - ALARM_AFTER


def waiting(at: datetime | None = None) -> Waiting:
    """The queue as it is at ``at``, or now. One query."""
    moment = at or now()
    due = Q(run_after=get_date_max()) | Q(run_after__lte=moment)
    ready = Q(status=TaskResultStatus.READY)
    since = Case(When(run_after=get_date_max(), then=F("enqueued_at")), default=F("run_after"))
    unfinished = DBTaskResult.objects.filter(
        status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING]
    )
    figures = unfinished.order_by().aggregate(
        due=Count("pk", filter=ready & due),
        later=Count("pk", filter=ready & ~due),
        running=Count("pk", filter=Q(status=TaskResultStatus.RUNNING)),
        oldest=Min(since, filter=ready & due),
    )
    return Waiting(**figures)


def at_work(limit: int = 50) -> list[AtWork]:
    """What runs now, the longest running first. Two queries."""
    held = {
        job.task_id: job
        for job in Job.objects.exclude(leased_until=None).select_related("worker")[:limit]
    }
    running = DBTaskResult.objects.filter(pk__in=held, status=TaskResultStatus.RUNNING)
    return [
        AtWork(
            task_id=task.pk,
            name=str(options_of(task.task_path).name),
            worker=str(held[task.pk].worker or ""),
            since=cast(datetime, task.started_at),
            attempt=held[task.pk].attempt,
        )
        for task in running.order_by("started_at")
    ]


def workers(at: datetime) -> list[Worker]:
    """Who is at work, and who has gone silent without saying goodbye."""
    return list(Worker.objects.filter(ended_at=None, beat_at__gt=at - 60 * ALARM_AFTER))


def given_up() -> int:
    """How many given-up jobs wait for a person's decision."""
    return DeadLetter.objects.filter(state=LetterState.OPEN).count()
