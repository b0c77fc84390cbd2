"""Named moments at which a test may kill the process; outside tests passing one costs a comparison.

A kill test that never hits the dangerous moment proves nothing, so the moments are named where they
are:

    CLAIMED = faultpoint("jobs.claimed", "the lease is ours, the function has not begun")
    ...
    CLAIMED()

A test arms them with ``MEDSPIL_KILL_AT`` in the environment of the process to be killed: patterns
and how often, "jobs.*:0.02,import.batch:0.1". Each hit is one line in the file
``MEDSPIL_KILL_LOG``, written before SIGKILL.
"""

from __future__ import annotations

import os
import random
import signal
from dataclasses import dataclass
from fnmatch import fnmatchcase

_points: dict[str, FaultPoint] = {}


@dataclass(slots=True)
class FaultPoint:
    """One moment. ``why`` says what is true just then, and so what must not be lost or doubled."""

    name: str
    why: str
    chance: float = 0.0

    def __call__(self) -> None:
        """Nothing; or, where a test asked for it, the end of this process without a goodbye."""
        if self.chance and random.random() < self.chance:  # noqa: S311 - chooses a moment, hides nothing
            _die(self.name)


def faultpoint(name: str, why: str) -> FaultPoint:
    """Name a moment, at module level. Raises ValueError when the name is taken."""
    if name in _points:
        raise ValueError(f"There is already a fault point {name}.")
    point = _points[name] = FaultPoint(
        name, why, _chance(name, os.environ.get("MEDSPIL_KILL_AT", ""))
    )
    return point


def known() -> tuple[FaultPoint, ...]:
    """Every moment named by the modules imported so far."""
    return tuple(_points.values())


def arm(asked: str) -> None:
    """Arm the points named so far as ``MEDSPIL_KILL_AT`` would; the empty string disarms them."""
    for point in _points.values():
        point.chance = _chance(point.name, asked)


def _chance(name: str, asked: str) -> float:
    for part in filter(None, asked.split(",")):
        pattern, _, chance = part.rpartition(":")
        if fnmatchcase(name, pattern):
            return float(chance)
    return 0.0


def _die(name: str) -> None:
    log = os.environ.get("MEDSPIL_KILL_LOG")
    if log:
        descriptor = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.write(descriptor, f"{name}\n".encode())
        os.close(descriptor)
    os.kill(os.getpid(), signal.SIGKILL)
