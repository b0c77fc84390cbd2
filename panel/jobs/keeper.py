"""The process that starts the worker, and starts another when it ended without being asked to.

What really stops a stuck job ends the process it is stuck in (see ``limits``), and so does a crash
in a library. The keeper is what is left then. It is forked once, before any connection or thread,
holds nothing and waits.
"""

from __future__ import annotations

import gc
import logging
import os
import signal
import sys
import time
from collections.abc import Callable
from types import FrameType

logger = logging.getLogger(__name__)

STOPS = (signal.SIGTERM, signal.SIGINT)
WATCHED = (*STOPS, signal.SIGCHLD, signal.SIGALRM)
SHORTEST_PAUSE, LONGEST_PAUSE = 0.2, 10.0
STEADY = 5.0


class Keeper:
    """Keeps one worker alive; ``work`` gets our id, so that it sees when it was left alone.

    Signals are not handled but waited for, so that none slips through between two steps.
    """

    def __init__(self, work: Callable[[int], None]) -> None:
        self._work = work
        self._stopping = False

    def keep(self) -> None:
        """Until asked to stop: SIGTERM or SIGINT is passed on, and its effect waited for."""
        gc.freeze()
        signal.signal(signal.SIGCHLD, _nothing)
        signal.pthread_sigmask(signal.SIG_BLOCK, WATCHED)
        pause = SHORTEST_PAUSE
        while not self._stopping:
            began = time.monotonic()
            code = self._watch(self._start())
            if self._stopping or code == 0:
                return
            pause = SHORTEST_PAUSE if time.monotonic() - began > STEADY else pause
            logger.error("The worker ended (%s), another starts in %.1f s", _words(code), pause)
            self._rest(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    def _start(self) -> int:
        """Fork a worker; returns its process id."""
        keeper = os.getpid()
        child = os.fork()
        if child == 0:
            self._be_worker(keeper)
        return child

    def _watch(self, child: int) -> int:
        """Wait for its end: its exit code, or minus the signal that killed it."""
        while True:
            if signal.sigwait(WATCHED) in STOPS:
                self._stopping = True
                os.kill(child, signal.SIGTERM)
            ended, status = os.waitpid(child, os.WNOHANG)
            if ended:
                return os.waitstatus_to_exitcode(status)

    def _rest(self, seconds: float) -> None:
        """Wait before the next start, or until asked to stop."""
        signal.setitimer(signal.ITIMER_REAL, seconds)
        self._stopping = signal.sigwait((*STOPS, signal.SIGALRM)) in STOPS
        signal.setitimer(signal.ITIMER_REAL, 0)

    def _be_worker(self, keeper: int) -> None:
        """In the new process. Ctrl+C reaches both; only what the keeper passes on counts."""
        code = 1
        try:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, WATCHED)
            self._work(keeper)
            code = 0
        except BaseException:
            logger.exception("The worker broke")
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)


def _nothing(_signal: int, _frame: FrameType | None) -> None:
    """A signal without a handler may be thrown away before it is waited for."""


def _words(code: int) -> str:
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
