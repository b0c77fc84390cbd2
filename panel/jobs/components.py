"""Pieces of staff screens: the alarm on every page when nothing works in the background."""

from __future__ import annotations

import time
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from wagtail.admin.ui.components import Component

from panel.core.clock import now
from panel.jobs.reports import last_beat
from panel.jobs.timing import ALARM_AFTER


class WorkerAlarm(Component):
    """Tells staff that nobody has worked for a minute, since when, and what to do."""

    template_name = "jobs/alarm.html"

    def render_html(self, parent_context: Any = None) -> str:
        """Nothing as long as somebody works; asks the database every few seconds at most."""
        working, since = _state(_tick())
        return "" if working else super().render_html({"since": since})

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """``since`` is the last sign of life, or None."""
        return dict(parent_context)


def _tick() -> float:
    """Stays the same for as long as an answer may be remembered."""
    seconds = float(settings.JOBS_ALARM_SECONDS)
    return time.monotonic() // seconds if seconds else time.monotonic()


@lru_cache(maxsize=1)
def _state(tick: float) -> tuple[bool, datetime | None]:
    """Whether anybody works, and the last sign of life."""
    newest = last_beat()
    return newest is not None and newest >= now() - ALARM_AFTER, newest
