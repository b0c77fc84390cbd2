"""The process that has loaded everything and forks workers: what ``fleet`` starts and talks to.

It reads one JSON object a line, ``{"kill_at": ..., "keeper": ...}``, and answers with the process
id of the worker it forked.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from datetime import timedelta

from django.db import connections

from panel.jobs import faultpoints, registry, timing
from panel.jobs.keeper import Keeper
from panel.jobs.registry import Periodic
from panel.jobs.schedule import Every
from panel.jobs.worker import work_on
from tests.faults import sample


def main() -> None:
    """Fork workers until nobody asks any more."""
    hurry()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # who ends leaves nothing behind
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            be_worker(**json.loads(line))
        print(pid, flush=True)


def hurry() -> None:
    """Shorter limits, and only the periodic job of the tests."""
    timing.GRACE = 0.6
    timing.TURN = 0.5
    every_second = Periodic(sample.by_the_clock, Every(timedelta(seconds=1)))
    registry._periodics = {every_second.name: every_second}


def be_worker(kill_at: str, keeper: bool) -> None:
    """In the new process; never returns."""
    code = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(2, 1)
        connections.close_all()
        faultpoints.arm(kill_at)
        if keeper:
            Keeper(work_on).keep()
        else:
            work_on(os.getppid())
        code = 0
    finally:
        os._exit(code)
