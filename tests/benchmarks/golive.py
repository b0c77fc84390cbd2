"""A thousand stories due in the same minute, two workers: all live and queued within it."""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import timedelta

from cms.publishing.models import Publication, State
from panel.accounts.roles import Role
from panel.core.clock import now
from tests.benchmarks.measuring import Row
from tests.benchmarks.team import workers
from tests.factories.accounts import staff_with
from tests.factories.stories import scheduled, story

STORIES = 1000
WITHIN = 60.0
# For workers to start, before anything is due.
AHEAD = timedelta(seconds=20)


def run(scale: int) -> Iterable[Row]:
    """``golive``: seconds from the moment until the last is out. ``golive_late``: how late the
    latest but one in a hundred was. A scale below 100,000 takes fewer stories.
    """
    stories = max(min(STORIES, scale // 100), 10)
    clerk, editor = staff_with(Role.COMMS), staff_with(Role.EDITOR)
    for number in range(stories):
        scheduled(story(by=clerk, title=f"Historie {number}"), asked_by=clerk, by=editor)
    rows = Publication.objects.filter(state=State.WAITING)
    due = now() + AHEAD
    rows.update(due_at=due, latest_at=due + timedelta(hours=1))
    with workers():
        while rows.exists():
            time.sleep(0.5)
        # Committed is seen only from outside: the clock of whoever waits is the one that counts.
        took = (now() - due).total_seconds()
    out = Publication.objects.filter(state=State.OUT, due_at=due)
    assert out.count() == stories
    late = sorted((moment - due).total_seconds() for moment in out.values_list("out_at", flat=True))
    p99 = late[-1 - len(late) // 100]
    assert late[0] >= 0
    yield Row("golive", stories, took, "s", limit=WITHIN, ratio=took / WITHIN)
    yield Row("golive_late", stories, p99, "s", limit=WITHIN, ratio=p99 / WITHIN)
