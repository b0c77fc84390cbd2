"""Comments a second through the real import, counters included, against the bare load."""

from __future__ import annotations

from collections.abc import Iterable

from tests.benchmarks import raw, town
from tests.benchmarks.measuring import Row, peak_mb, stopwatch

MEMORY_MB = 400


def run(scale: int) -> Iterable[Row]:
    """Import a file into an empty database, then load the same rows bare."""
    town.file(scale)
    town.empty()
    with stopwatch() as seconds:
        town.bring_in(scale)
    memory = peak_mb()
    least = raw.load_seconds()
    yield Row(
        "intake",
        scale,
        scale / seconds[0],
        "comments/s",
        limit=scale / least,
        ratio=seconds[0] / least,
    )
    yield Row("intake_memory", scale, memory, "MB", limit=MEMORY_MB, ratio=memory / MEMORY_MB)
