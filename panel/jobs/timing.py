"""How long things take here; an operator may change them, tests make them short."""

from __future__ import annotations

import random
from datetime import timedelta

from django.conf import settings

ALARM_AFTER = timedelta(seconds=60)
"""With no sign of life for this long, staff are told."""

GRACE = 5.0
"""Seconds between asking a job to stop at its time limit and ending the process it holds on to."""

TURN = 3.0
"""Seconds a long job works before it lets others pass at its next checkpoint."""

LONGEST_PAUSE = 900.0


def lease() -> timedelta:
    """How long a job stays its worker's without a sign of life."""
    return timedelta(seconds=settings.JOBS_LEASE_SECONDS)


def beat() -> float:
    """Seconds between two signs of life."""
    return float(settings.JOBS_BEAT_SECONDS)


def poll() -> float:
    """Seconds an idle worker waits before it looks again."""
    return float(settings.JOBS_POLL_SECONDS)


def pause_before(attempt: int) -> timedelta:
    """How long to wait after try number ``attempt``: 3 s, 12 s, 48 s ..., at most 15 minutes.

    A quarter more or less by chance: what failed together does not come back together.
    """
    base = min(float(settings.JOBS_PAUSE_SECONDS) * 4.0 ** (attempt - 1), LONGEST_PAUSE)
    return timedelta(seconds=base * random.uniform(0.75, 1.25))  # noqa: S311 - spreads load, hides nothing
