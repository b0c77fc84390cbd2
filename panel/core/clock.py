"""One place to ask for the time, so that tests can move it and nobody mixes zones."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.db import connection
from django.utils import timezone

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return timezone.now().astimezone(UTC)


def in_copenhagen(moment: datetime) -> datetime:
    """``moment`` as the clock on the town hall shows it."""
    return moment.astimezone(COPENHAGEN)


def database_now() -> datetime:
    """The database's clock, where it has one of its own: a worker's may be minutes off (R6)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            moment: datetime = cursor.fetchone()[0]
            return moment
    return now()
