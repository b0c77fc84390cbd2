"""Stopping a job that takes too long, whatever it is doing.

Two stages, both in the worker's own process, so that a job costs no fork:

1. At its limit SIGALRM raises ``OverTime`` in the job, wherever its Python code is: it can roll
   back, and the worker goes on with the next. The alarm comes again every second, for code that
   swallows everything.
2. Python runs no signal handler while C code holds on (a huge number, a broken library, a lock). A
   few seconds later the interpreter's own watchdog, a C thread that needs nothing from Python,
   writes where every thread stands to stderr and ends the process. The keeper starts another; the
   lease lapses and the job counts as tried.
"""

from __future__ import annotations

import faulthandler
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from panel.jobs import timing

REPEAT = 1.0
STDERR = 2


class OverTime(BaseException):
    """The job's time is over. No ``Exception``, so that a job's own handlers let it pass."""


@contextmanager
def time_limit(seconds: float, *, hard: bool) -> Iterator[None]:
    """Raise OverTime in the block after ``seconds``; with ``hard``, end the process soon after.

    Only in the main thread, where signals arrive.
    """

    def over(_signal: int, _frame: FrameType | None) -> None:
        raise OverTime(f"stopped after {seconds:g} seconds")

    former = signal.signal(signal.SIGALRM, over)
    if hard:
        faulthandler.dump_traceback_later(seconds + timing.GRACE, exit=True, file=STDERR)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds, REPEAT)
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        if hard:
            faulthandler.cancel_dump_traceback_later()
        signal.signal(signal.SIGALRM, former)
