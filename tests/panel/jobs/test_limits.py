"""The soft half of the time limit; the hard one needs a process of its own (tests/faults)."""

from __future__ import annotations

import contextlib
import signal
import time
from collections.abc import Callable

import pytest

from panel.jobs.limits import OverTime, time_limit


def sleep() -> None:
    time.sleep(5)


def count() -> None:
    while True:
        pass


def take_every_exception() -> None:
    while True:
        with contextlib.suppress(Exception):
            time.sleep(5)


def within_limit(work: Callable[[], None]) -> None:
    with time_limit(0.05, hard=False):
        work()


@pytest.mark.parametrize("work", [sleep, count, take_every_exception])
def test_a_job_is_stopped_at_its_limit_whatever_it_does(work):
    began = time.monotonic()
    with pytest.raises(OverTime, match=r"after 0\.05 seconds"):
        within_limit(work)

    assert time.monotonic() - began < 2


def test_what_is_done_in_time_is_left_alone():
    before = signal.getsignal(signal.SIGALRM)
    with time_limit(5, hard=True):
        pass

    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0
    assert signal.getsignal(signal.SIGALRM) == before
