"""Processes that are killed at named moments and at any, until enough have died and all is done."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.db import InterfaceError, OperationalError, connection, connections

from panel.jobs import faultpoints
from tests.harness import migrated

DEATHS = 10
SEATS = 4


def points(start: str) -> list[str]:
    """The moments whose names begin so. Their modules must have been imported."""
    return sorted(each.name for each in faultpoints.known() if each.name.startswith(start))


def forked(body: Callable[[], None], *, kill_at: str = "") -> int:
    """Run ``body`` in a process of its own; its process id."""
    connections.close_all()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            random.seed()
            faultpoints.arm(kill_at)
            body()
            code = 0
        finally:
            os._exit(code)
    return pid


def crash_the_database() -> None:
    """Kill one of PostgreSQL's own processes: it ends all others and starts again from its log."""
    pid = checkpointer()
    assert pid
    os.kill(pid, signal.SIGKILL)
    deadline = time.monotonic() + 60
    while True:
        time.sleep(0.1)
        connections.close_all()
        try:
            if checkpointer() not in (None, pid):
                return
        except (OperationalError, InterfaceError):
            assert time.monotonic() < deadline, "the database did not come back"


def checkpointer() -> int | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'")
        row = cursor.fetchone()
    return row[0] if row else None


def is_ours() -> bool:
    """Whether the database is one the harness made, and may be killed."""
    return connection.vendor == "postgresql" and migrated.TEMPLATE in os.environ


@dataclass
class Killing:
    """Four seats; whoever sits in one dies at a named moment or at any, and is replaced.

    ``work`` is what they do, ``points`` the moments, each met ten times at least, ``often`` the
    chance to die at one, ``kills`` and ``crashes`` (of the database) how many are wanted.
    """

    log: Path
    work: Callable[[], None]
    is_done: Callable[[], bool]
    points: list[str]
    kills: int
    often: str
    crashes: int = 0
    seats: list[int] = field(default_factory=list)
    at_random: int = 0
    crashed: int = 0

    def hits(self) -> Counter[str]:
        return Counter(self.log.read_text().split()) if self.log.exists() else Counter()

    def killed(self) -> int:
        return self.at_random + sum(self.hits().values())

    def seat(self) -> None:
        often = self.often if self.killed() < self.kills or self.too_few() else ""
        self.seats.append(forked(self.work, kill_at=often))

    def too_few(self) -> bool:
        return any(self.hits()[point] < DEATHS for point in self.points)

    def clear(self) -> None:
        """Forget whoever has ended; an end by itself is a good one."""
        for pid in list(self.seats):
            gone, status = os.waitpid(pid, os.WNOHANG)
            if gone:
                self.seats.remove(pid)
                assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0

    def kill_one(self) -> None:
        pid = random.choice(self.seats)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        self.seats.remove(pid)
        self.at_random += 1

    def crash(self) -> None:
        crash_the_database()
        self.crashed += 1

    def run(self, more: Callable[[], None]) -> None:
        """Until enough have died and everything is done; ``more`` is called for more to do."""
        while not self.is_done() or self.killed() < self.kills or self.too_few():
            if self.is_done():
                more()
            wanted = self.kills * (self.crashed + 1) // (self.crashes + 1)
            if self.crashes and is_ours() and self.killed() >= wanted:
                self.crash()
            self.clear()
            while len(self.seats) < SEATS:
                self.seat()
            time.sleep(random.uniform(0.02, 0.2))
            self.clear()
            if self.seats and random.random() < 0.3 and self.killed() < self.kills:
                self.kill_one()

    def end(self) -> None:
        for pid in self.seats:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        self.seats.clear()
