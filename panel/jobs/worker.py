"""Starting a worker: for good, once, or inside this very process."""

from __future__ import annotations

import logging
import os
import secrets
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from django.db import DatabaseError, InterfaceError, connection

from panel.jobs.heart import Heart, SharedClock
from panel.jobs.loop import LONGEST_WAIT, SHORTEST_WAIT, Loop
from panel.jobs.models import Worker

logger = logging.getLogger(__name__)


def sign_in(clock: SharedClock) -> Worker:
    """Enter this process among the workers."""
    clock.set()
    at, host, pid = clock.now(), socket.gethostname(), os.getpid()
    name = f"{host[:40]}-{pid}-{secrets.token_hex(3)}"
    return Worker.objects.create(name=name, host=host[:255], pid=pid, started_at=at, beat_at=at)


def sign_out(worker: Worker, clock: SharedClock) -> None:
    """Say that this process works no more; its last sign of life stays."""
    at = clock.now()
    Worker.objects.filter(pk=worker.pk).update(beat_at=at, ended_at=at)


def drain() -> Loop:
    """Run everything queued and due in this process and transaction: for tests and the demo.

    Without time limits, signs of life and the jobs that come by the clock. The answer counts what
    was ``done`` and ``failed``.
    """
    clock = SharedClock()
    loop = Loop(sign_in(clock), clock, chores=False)
    loop.until_idle()
    sign_out(loop.worker, clock)
    return loop


def work_once() -> Loop:
    """Run everything that is due as a worker does, and end. Raises what the database raises."""
    clock = SharedClock()
    return _work(sign_in(clock), clock, Loop.until_idle)


def work_on(keeper: int) -> None:
    """Work until asked to stop or until the process ``keeper`` is gone."""
    clock = SharedClock()
    worker = _sign_in_patiently(clock)
    _work(worker, clock, partial(Loop.until_stopped, keeper=keeper))


def _work(worker: Worker, clock: SharedClock, how: Callable[[Loop], None]) -> Loop:
    heart = Heart(worker, clock)
    loop = Loop(worker, clock, heart=heart, limited=True)
    heart.asked_to_stop = lambda: loop.stopping
    with _stopped_by_signals(loop):
        heart.start()
        try:
            how(loop)
        finally:
            heart.end()
    sign_out(worker, clock)
    return loop


@contextmanager
def _stopped_by_signals(loop: Loop) -> Iterator[None]:
    """SIGTERM and SIGINT ask ``loop`` to stop, except one the keeper has us ignore."""
    numbers = (signal.SIGTERM, signal.SIGINT)
    former = {number: signal.getsignal(number) for number in numbers}
    for number, handler in former.items():
        if handler is not signal.SIG_IGN:
            signal.signal(number, loop.ask_to_stop)
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


def _sign_in_patiently(clock: SharedClock) -> Worker:
    """A worker may be started before the database, or before ``migrate``: it says so and waits."""
    wait = SHORTEST_WAIT
    while True:
        try:
            return sign_in(clock)
        except (DatabaseError, InterfaceError) as error:
            logger.warning(
                "Waiting for the database (%s). Is it there, and migrated?", type(error).__name__
            )
            connection.close()
            time.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT)
