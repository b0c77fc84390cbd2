"""What a job can ask about itself while it runs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import NoReturn

from django.db import connection, transaction

from panel.jobs import timing
from panel.jobs.leases import Claim, LostLease, ready, renew
from panel.jobs.models import Job


class Interrupted(BaseException):
    """The job stopped between two batches and is to go on later: no failure, no try counted.

    No ``Exception`` either, so that a job's own handlers let it pass.
    """


class CurrentJob:
    """Work that no worker runs (a command, a view, a test): nobody takes or stops it."""

    @property
    def stopping(self) -> bool:
        """Whether to stop at the next good moment."""
        return False

    def still_mine(self) -> None:
        """Raise LostLease where another worker has taken the job over.

        Called last in a transaction it is the fence: the lease cannot be taken before that
        transaction has ended, so what it wrote is written by the one who holds the job.
        """

    def beat(self) -> None:
        """Prolong the lease now. Raises LostLease.

        The worker does so by itself every few seconds; a job needs this only before something that
        holds the interpreter for long.
        """

    def checkpoint(self) -> None:
        """A good moment to stop or to let others pass: between two batches, in no transaction.

        Raises Interrupted where the worker is asked to stop or others have waited for a turn; the
        job comes back at once and goes on from where it wrote that it was. Raises LostLease.
        """


class LeasedJob(CurrentJob):
    """A job that a worker holds by a lease."""

    def __init__(
        self,
        claim: Claim,
        *,
        clock: Callable[[], datetime],
        asked_to_stop: Callable[[], bool],
        taken: Callable[[], bool],
    ) -> None:
        self.claim = claim
        self._clock = clock
        self._asked_to_stop = asked_to_stop
        self._taken = taken
        self._turn_ends = time.monotonic() + timing.TURN

    @property
    def stopping(self) -> bool:
        """See ``CurrentJob``; also when the job is no longer ours."""
        return self._asked_to_stop() or self._taken()

    def still_mine(self) -> None:
        """See ``CurrentJob``."""
        held = Job.objects.filter(task_id=self.claim.task.pk, token=self.claim.token)
        if connection.in_atomic_block:
            held = held.select_for_update()
        if held.values_list("pk", flat=True).first() is None:
            raise LostLease

    def beat(self) -> None:
        """See ``CurrentJob``."""
        with transaction.atomic():
            ours = renew(self.claim.task.pk, self.claim.token, at=self._clock())
        if not ours:
            raise LostLease

    def checkpoint(self) -> None:
        """See ``CurrentJob``."""
        if self._taken():
            raise LostLease
        if self._asked_to_stop() or self._others_wait():
            self._stop()

    def _others_wait(self) -> bool:
        if time.monotonic() < self._turn_ends:
            return False
        self._turn_ends = time.monotonic() + timing.TURN
        return ready(self._clock()).exists()

    def _stop(self) -> NoReturn:
        raise Interrupted


_current: ContextVar[CurrentJob] = ContextVar("current_job", default=CurrentJob())  # noqa: B039 - holds nothing


def current_job() -> CurrentJob:
    """The job that runs this code; outside a worker, one that nobody can take away."""
    return _current.get()


@contextmanager
def running(job: CurrentJob) -> Iterator[None]:
    """Within it, ``current_job`` is ``job``."""
    token = _current.set(job)
    try:
        yield
    finally:
        _current.reset(token)
