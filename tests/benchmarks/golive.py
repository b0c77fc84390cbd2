"""A thousand stories due in the same minute, two workers: all live and queued within it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connections

from cms.publishing.models import Publication, State
from panel.accounts.roles import Role
from panel.core.clock import now
from tests.benchmarks.measuring import Row
from tests.factories.accounts import staff_with
from tests.factories.stories import scheduled, story
from tests.faults.fleet import database_url

ROOT = Path(__file__).resolve().parents[2]
STORIES = 1000
WORKERS = 2
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
    with _workers():
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


@contextmanager
def _workers() -> Iterator[None]:
    """Two of ``manage.py work`` on the benchmark's own database."""
    connections.close_all()
    environ = dict(
        os.environ,
        DATABASE_URL=database_url(),
        DJANGO_SETTINGS_MODULE=os.environ.get("DJANGO_SETTINGS_MODULE", "config.settings.dev"),
        MEDIA_ROOT=str(settings.MEDIA_ROOT),
        LOG_LEVEL="ERROR",
    )
    words = [sys.executable, str(ROOT / "manage.py"), "work"]
    team = [subprocess.Popen(words, env=environ, cwd=ROOT) for _worker in range(WORKERS)]
    try:
        yield
    finally:
        for worker in team:
            worker.send_signal(signal.SIGTERM)
        for worker in team:
            worker.wait(60)
