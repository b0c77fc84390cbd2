"""gunicorn's settings for the demo: load everything once, then part, and be up in a moment."""

from __future__ import annotations

import gc
from typing import Any

from django.urls import get_resolver

workers = 2
threads = 4
preload_app = True
loglevel = "warning"
graceful_timeout = 5
control_socket_disable = True

# Collecting garbage while thousands of classes are made only costs time: there is none yet.
gc.disable()


def when_ready(server: Any) -> None:
    """Load the addresses, and with them every view, before the first process is forked."""
    get_resolver().url_patterns  # noqa: B018 - reading it loads it
    gc.freeze()


def post_fork(server: Any, worker: Any) -> None:
    """From here on there is garbage."""
    gc.enable()
