"""What the tests of the job layer share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult

from panel.core.clock import now
from panel.jobs.heart import SharedClock
from panel.jobs.leases import Claim, claim_next
from panel.jobs.models import DeadLetter, Worker
from panel.jobs.worker import sign_in
from tests.panel.jobs import sample


@pytest.fixture(autouse=True)
def _nothing_done_yet() -> Iterator[None]:
    """Messages are compared in English; a page speaks the language of who asks for it."""
    sample.done.clear()
    with override("en"):
        yield
    sample.done.clear()


@pytest.fixture
def letter(db: None) -> DeadLetter:
    """A job that failed three times."""
    return DeadLetter.objects.create(
        task_path="tests.panel.jobs.sample.note",
        arguments={"args": [7], "kwargs": {"word": "hej"}},
        tries=3,
        failed_at=now(),
        error="Broken: no luck",
        trace="Traceback\nBroken: no luck",
    )


def row(task_id: UUID | str) -> Any:
    """The task as it stands in the queue."""
    return DBTaskResult.objects.get(pk=task_id)


def claimed(worker: Worker | None = None) -> Claim:
    """The next job, claimed by ``worker`` or by a new one."""
    claim = claim_next(worker or sign_in(SharedClock()), at=now())
    assert claim
    return claim


def due_now(task_id: UUID) -> None:
    """Skip the pause before the next try."""
    DBTaskResult.objects.filter(pk=task_id).update(run_after=now())
