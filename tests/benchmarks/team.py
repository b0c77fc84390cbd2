"""Real workers on the benchmark's own database."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connections

from tests.serving import database_url

ROOT = Path(__file__).resolve().parents[2]
WORKERS = 2


@contextmanager
def workers(**environ: str) -> Iterator[None]:
    """Two of ``manage.py work``, with ``environ`` besides."""
    connections.close_all()
    words = [sys.executable, str(ROOT / "manage.py"), "work"]
    known = dict(
        os.environ,
        DATABASE_URL=database_url(),
        DJANGO_SETTINGS_MODULE=os.environ.get("DJANGO_SETTINGS_MODULE", "config.settings.dev"),
        MEDIA_ROOT=str(settings.MEDIA_ROOT),
        LOG_LEVEL="ERROR",
    )
    team = [subprocess.Popen(words, env=known | environ, cwd=ROOT) for _worker in range(WORKERS)]
    try:
        yield
    finally:
        for worker in team:
            worker.send_signal(signal.SIGTERM)
        for worker in team:
            worker.wait(60)
