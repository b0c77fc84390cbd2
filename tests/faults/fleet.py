"""Real worker processes, started quickly: one loads everything, the others are its forks."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.serving import database_url

ROOT = Path(__file__).resolve().parents[2]
START = "import django; django.setup(); from tests.faults import forks; forks.main()"
QUICK = {
    "JOBS_LEASE_SECONDS": "1.5",
    "JOBS_BEAT_SECONDS": "0.3",
    "JOBS_POLL_SECONDS": "0.05",
    "JOBS_PAUSE_SECONDS": "0.02",
}


class Fleet:
    """Worker processes on the tests' database."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.started: list[int] = []

    def start(self, *, kill_at: str = "", keeper: bool = False) -> int:
        """Start a worker, or a keeper with its worker; returns its process id."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"kill_at": kill_at, "keeper": keeper}) + "\n")
        self._process.stdin.flush()
        pid = int(self._process.stdout.readline())
        self.started.append(pid)
        return pid

    def stop(self) -> None:
        """Ask everybody to end, and wait for it."""
        for pid in filter(lives, self.started):
            send(pid, signal.SIGTERM)
        wait_until(lambda: not any(map(lives, self.started)), 20)
        self.started.clear()

    def kill(self) -> None:
        """End whoever is left, keepers first."""
        for pid in filter(lives, self.started):
            send(pid, signal.SIGKILL)
        self.started.clear()


def lives(pid: int) -> bool:
    """Whether there is such a process; those of a fleet leave nothing behind when they end."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def send(pid: int, number: signal.Signals) -> None:
    """A signal, to a process that may just have ended."""
    with suppress(ProcessLookupError):
        os.kill(pid, number)


def wait_until(done: Callable[[], bool], seconds: float, pause: float = 0.02) -> None:
    """Wait for something to become true; fails when it does not in time."""
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, f"still not so after {seconds} seconds: {done}"
        time.sleep(pause)


def environment(**more: str) -> dict[str, str]:
    """For a worker on this run's database, in a hurry."""
    return (
        os.environ
        | QUICK
        | {"DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "config.settings.test"}
        | more
    )


@contextmanager
def fleet(**environ: str) -> Iterator[Fleet]:
    """A fleet that ends with the block, whatever happens in it."""
    process = subprocess.Popen(
        [sys.executable, "-c", START],
        cwd=ROOT,
        env=environment(**environ),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    made = Fleet(process)
    try:
        yield made
    finally:
        made.kill()
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                pipe.close()
