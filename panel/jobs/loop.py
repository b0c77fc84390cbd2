"""A worker's round: take what is due, run it, write what came of it, do the chores."""

from __future__ import annotations

import logging
import math
import os
import time
from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from types import FrameType
from typing import Any

from django.db import (
    DatabaseError,
    InterfaceError,
    OperationalError,
    close_old_connections,
    connection,
    connections,
    transaction,
)
from django_tasks import TaskContext

from panel.jobs import timing
from panel.jobs.current import Interrupted, LeasedJob, running
from panel.jobs.failures import Failure, storable
from panel.jobs.faultpoints import faultpoint
from panel.jobs.heart import Heart, SharedClock
from panel.jobs.leases import Claim, LostLease, claim_next, fail, finish, give_back, ready, reap
from panel.jobs.limits import OverTime, time_limit
from panel.jobs.models import Worker
from panel.jobs.registry import options_of
from panel.jobs.slots import Slots

logger = logging.getLogger(__name__)

CLAIMED = faultpoint("jobs.claimed", "the lease is committed, the function has not begun")
RETURNED = faultpoint("jobs.returned", "the function has returned, its result is not written")

AWAY = (OperationalError, InterfaceError)
SLOTS_EVERY = 0.5
SHORTEST_WAIT, LONGEST_WAIT = 0.2, 5.0

Settle = Callable[..., object]


class Forced(Interrupted):
    """Asked to stop a second time: the job is interrupted where it stands."""


class Loop:
    """One worker at work. ``done`` and ``failed`` count the tries it made."""

    def __init__(
        self,
        worker: Worker,
        clock: SharedClock,
        *,
        heart: Heart | None = None,
        limited: bool = False,
        chores: bool = True,
    ) -> None:
        self.worker = worker
        self.clock = clock
        self.done = self.failed = 0
        self.stopping = False
        self._heart = heart
        self._limited = limited
        self._in_job = False
        self._slots = Slots()
        self._next_slots = self._next_reap = 0.0 if chores else math.inf
        self._wait = SHORTEST_WAIT

    def ask_to_stop(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        """Finish the job at hand and end; asked twice, interrupt it too. A signal handler."""
        if self.stopping and self._in_job:
            raise Forced
        self.stopping = True

    def until_idle(self) -> None:
        """Do the chores and everything that is due. Raises what the database raises."""
        self.chores()
        while not self.stopping and self.work():
            self.chores()

    def until_stopped(self, keeper: int) -> None:
        """Work until asked to stop or left alone by ``keeper``, through the database's restarts."""
        while not self.stopping and os.getppid() == keeper:
            try:
                self.chores()
                busy = self.work()
                self._wait = SHORTEST_WAIT
            except AWAY as error:
                self._database_is_away(error)
                continue
            if not busy:
                close_old_connections()
                time.sleep(timing.poll())

    def chores(self) -> None:
        """What any worker does for all: take due slots, and jobs of workers that went silent."""
        moment = time.monotonic()
        if moment >= self._next_slots:
            self._slots.take_due(at=self.clock.now())
            self._next_slots = moment + SLOTS_EVERY
        if moment >= self._next_reap:
            reap(at=self.clock.now())
            self._next_reap = moment + timing.beat()

    def work(self) -> bool:
        """Run jobs for as long as there are any and no chore is due. False when there was none.

        A look is one plain query; only a find takes the write lock.
        """
        if not ready(self.clock.now()).exists():
            return False
        with transaction.atomic():  # waits for SQLite's pen, and only then reads the clock
            claim = claim_next(self.worker, at=self.clock.now())
        if claim is None:
            return False
        while claim is not None:
            claim = self._work_off(claim)
        return True

    def _work_off(self, claim: Claim) -> Claim | None:
        """Run one job and settle it; returns the next, claimed in the same transaction."""
        self._hold(claim)
        CLAIMED()
        atomic = options_of(claim.path).atomic
        try:
            with transaction.atomic() if atomic else nullcontext():
                value = self._call(claim)
                self._hold(None)
                RETURNED()
                if atomic:
                    return self._settled(partial(finish, claim, value))
            settle: Settle | None = partial(finish, claim, value)
        except BaseException as error:
            settle = self._after(claim, error)
        self._hold(None)
        return self._settle(claim, settle) if settle else None

    def _call(self, claim: Claim) -> Any:
        """Call the function within its limit; its result as plain data. Raises what it raises."""
        task = claim.task.task
        arguments = claim.task.args_kwargs
        known: Any = claim.task.task_result if task.takes_context else None
        context = [TaskContext(task_result=known)] if known else []
        with running(self._leased(claim)), self._limit(claim):
            self._in_job = True
            try:
                value = task.call(*context, *arguments["args"], **arguments["kwargs"])
            finally:
                self._in_job = False
        return storable(value)

    def _after(self, claim: Claim, error: BaseException) -> Settle | None:
        """What an exception means for the job; None where it is no longer ours."""
        if isinstance(error, OverTime | Forced):
            _forget_connections()
        if isinstance(error, LostLease):
            logger.warning("Job %s task=%s stopped: taken over", claim.path, claim.task.pk)
            return None
        if isinstance(error, Interrupted):
            return partial(give_back, claim)
        self.failed += 1
        return partial(fail, claim, Failure.of(error))

    def _settle(self, claim: Claim, settle: Settle) -> Claim | None:
        """Write what came of the job, however long the database is away, if it is still ours."""
        while True:
            try:
                return self._settled(settle)
            except LostLease:
                logger.warning(
                    "Job %s task=%s: result of no use, taken over", claim.path, claim.task.pk
                )
                return None
            except AWAY as error:
                self._database_is_away(error)
                if self.stopping:
                    return None
            except DatabaseError as error:
                settle = partial(fail, claim, Failure.of(error))

    def _settled(self, settle: Settle) -> Claim | None:
        """Write, and claim the next in the same transaction: half the commits."""
        with transaction.atomic():
            settle(at=self.clock.now())
            moment = time.monotonic()
            rest = self.stopping or moment >= min(self._next_slots, self._next_reap)
            following = None if rest else claim_next(self.worker, at=self.clock.now())
        self.done += 1
        return following

    def _leased(self, claim: Claim) -> LeasedJob:
        heart = self._heart
        return LeasedJob(
            claim,
            clock=self.clock.now,
            asked_to_stop=lambda: self.stopping,
            taken=lambda: heart is not None and heart.lost(claim),
        )

    def _limit(self, claim: Claim) -> Any:
        seconds = options_of(claim.path).time_limit
        return time_limit(seconds, hard=True) if self._limited else nullcontext()

    def _hold(self, claim: Claim | None) -> None:
        if self._heart:
            self._heart.hold(claim)

    def _database_is_away(self, error: Exception) -> None:
        """Drop the connection and wait, longer each time; in a transaction there is no way on."""
        if connection.in_atomic_block:
            raise error
        logger.warning("Worker %s: the database is away (%s)", self.worker, type(error).__name__)
        connection.close()
        time.sleep(self._wait)
        self._wait = min(self._wait * 2, LONGEST_WAIT)


def _forget_connections() -> None:
    """A connection interrupted anywhere may be in any state: the next query opens a new one."""
    for alias in list(connections):
        connections[alias].close()
        del connections[alias]
