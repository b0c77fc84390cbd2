"""What a benchmark says, and how time and memory are taken."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. ``limit`` was measured in the same run, or is the goal where nothing can be;
    ``ratio`` says how many times as long, as much or as many as the limit it is.
    """

    name: str
    scale: int
    value: float
    unit: str
    limit: float | None = None
    ratio: float | None = None

    def told(self) -> dict[str, str | int | float | None]:
        """The row as it is printed."""
        return {
            "name": self.name,
            "scale": self.scale,
            "database": connection.vendor,
            "value": rounded(self.value),
            "unit": self.unit,
            "limit": None if self.limit is None else rounded(self.limit),
            "ratio": None if self.ratio is None else rounded(self.ratio),
        }


def rounded(value: float) -> float:
    """Three figures are what a measurement on a shared machine is worth."""
    return float(f"{value:.3g}") if abs(value) < 1000 else float(round(value))


@contextmanager
def stopwatch() -> Iterator[list[float]]:
    """Seconds that pass inside; the list holds them afterwards."""
    seconds: list[float] = []
    start = time.perf_counter()
    yield seconds
    seconds.append(time.perf_counter() - start)


def cpu_ms(call: Callable[[], object], *, times: int = 25) -> float:
    """Milliseconds of this process's CPU that ``call`` takes: the least of many, because whatever
    else runs on the machine only adds to it. The first is not counted.
    """
    call()
    taken = []
    for _time in range(times):
        start = time.process_time()
        call()
        taken.append(1000 * (time.process_time() - start))
    return min(taken)


def peak_mb() -> float:
    """The most memory this process ever held, in megabytes."""
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
