"""One place to ask for the time, so that tests can move it and nobody mixes zones."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return timezone.now().astimezone(UTC)


def in_copenhagen(moment: datetime) -> datetime:
    """``moment`` as the clock on the town hall shows it."""
    return moment.astimezone(COPENHAGEN)
