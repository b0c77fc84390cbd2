"""gunicorn's settings for the demo: load everything once, then part, and be up in a moment."""

from __future__ import annotations

import gc
from typing import Any

from django.conf import settings
from django.db import connections

from demo.visit import visit

workers = 2
threads = 4
preload_app = True
loglevel = "warning"
graceful_timeout = 5
control_socket_disable = True

# Collecting garbage while thousands of classes are made only costs time: there is none yet.
gc.disable()


def when_ready(server: Any) -> None:
    """Answer once before the first process is forked: what that loads, all of them have."""
    visit(server.app.wsgi(), settings.SITE_URL)
    # A connection belongs to the process that opened it.
    connections.close_all()
    gc.freeze()


def post_fork(server: Any, worker: Any) -> None:
    """From here on there is garbage."""
    gc.enable()
