"""The same file again: nothing changes, and it should take half as long at most."""

from __future__ import annotations

from collections.abc import Iterable

from tests.benchmarks import town
from tests.benchmarks.measuring import Row, stopwatch


def run(scale: int) -> Iterable[Row]:
    """Import a file twice."""
    town.empty()
    with stopwatch() as first:
        town.bring_in(scale)
    with stopwatch() as again:
        done = town.bring_in(scale)
    assert (done.added, done.updated, done.unchanged) == (0, 0, scale)
    yield Row(
        "reimport",
        scale,
        scale / again[0],
        "comments/s",
        limit=scale / first[0],
        ratio=again[0] / first[0],
    )
