"""A worker's signs of life, and the clock all workers share."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from panel.core.clock import now
from panel.jobs import timing
from panel.jobs.leases import Claim, renew
from panel.jobs.models import Worker
from panel.jobs.nudge import Nudge

logger = logging.getLogger(__name__)


class SharedClock:
    """The database's time: workers agree on it, however wrong their machines' clocks are.

    With SQLite everybody is on the same machine, and its clock is the shared one.
    """

    def __init__(self) -> None:
        self._ahead = timedelta()

    def set(self) -> None:
        """Compare our clock with the database's."""
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT statement_timestamp()")
                self._ahead = cursor.fetchone()[0] - now()

    def now(self) -> datetime:
        """The present moment, in UTC, as the database sees it."""
        return now() + self._ahead


class Heart(threading.Thread):
    """Beats beside the job on its own connection: a long job is not taken for a dead one."""

    def __init__(self, worker: Worker, clock: SharedClock) -> None:
        super().__init__(name="heart", daemon=True)
        self._worker = worker
        self._clock = clock
        self._held: Claim | None = None
        self._lost: UUID | None = None
        self._nudge = Nudge()
        self.asked_to_stop: Callable[[], bool] = bool

    def hold(self, claim: Claim | None) -> None:
        """From now on this is the job whose lease is prolonged."""
        self._held = claim

    def lost(self, claim: Claim) -> bool:
        """Whether a beat found that ``claim`` was taken over."""
        return self._lost == claim.token

    def run(self) -> None:
        """Beat until ``end``; whatever goes wrong, the next beat tries again."""
        while self._nudge.wait(timing.beat()):
            try:
                self._beat()
            except Exception as error:  # a heart that stops makes a living worker look dead
                logger.warning("Worker %s: no sign of life, %s", self._worker, type(error).__name__)
                connection.close()
        connection.close()

    def end(self) -> None:
        """Stop beating, and wait for it."""
        self._nudge.end()
        self.join()
        self._nudge.close()

    def _beat(self) -> None:
        self._clock.set()
        held = self._held
        with transaction.atomic():  # waits for SQLite's pen, and only then reads the clock
            at = self._clock.now()
            Worker.objects.filter(pk=self._worker.pk).update(
                beat_at=at, stopping=self.asked_to_stop()
            )
            ours = held is None or renew(held.task.pk, held.token, at=at)
        if held and not ours and not self.lost(held) and self._held is held:
            self._lost = held.token
            logger.warning("Job %s task=%s: taken over by another", held.path, held.task.pk)
