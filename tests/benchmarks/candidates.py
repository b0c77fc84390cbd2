"""The fifty who take part most, explained, against counting comments alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db import connection

from panel.basis import gate
from panel.core.clock import now
from panel.engagement.criteria import Criteria
from panel.engagement.reports.finding import candidates
from tests.benchmarks import town
from tests.benchmarks.measuring import Row, stopwatch
from tests.factories.panel import open_gate

PLACES = 50
TIMES = 5
LARGE, LARGE_S = 10_000_000, 3.0

# What somebody would write who only wants to know who wrote how often.
COUNTING = """
SELECT commenter_id, COUNT(*) FROM conversations_comment
WHERE written_at > %s GROUP BY commenter_id
"""


def run(scale: int) -> Iterable[Row]:
    """Both questions about the same 180 days, each the quickest of some."""
    town.imported(scale)
    if not gate.is_open():
        open_gate()
    criteria = Criteria(at=now())
    _settle()
    counting = _quickest(lambda: _count(criteria.at - timedelta(days=criteria.days)))
    found = _quickest(lambda: candidates(criteria, limit=PLACES))
    limit = LARGE_S if scale >= LARGE else counting
    yield Row("candidates", scale, found, "s", limit=limit, ratio=found / limit)


def _settle() -> None:
    """What the database does by itself on a server after a large import: look at its tables."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _count(since: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(COUNTING, [since])
        return len(cursor.fetchall())


def _quickest(ask: Callable[[], object]) -> float:
    taken = []
    for _time in range(TIMES):
        with stopwatch() as seconds:
            assert ask()
        taken += seconds
    return min(taken)
