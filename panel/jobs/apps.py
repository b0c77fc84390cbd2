"""The app."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    """Work done after the answer: workers, leases, retries and periodic slots."""

    name = "panel.jobs"
    label = "jobs"
    verbose_name = _("Jobs")

    def ready(self) -> None:
        """Learn every app's jobs, and let ``migrate`` prepare the database for several writers."""
        autodiscover_modules("tasks")
        post_migrate.connect(let_readers_and_writers_meet, sender=self)


def let_readers_and_writers_meet(*, using: str, **_rest: Any) -> None:
    """Switch a SQLite file to WAL, once and for good: with it readers never wait for a writer.

    It is a property of the file. Set by every connection instead, several starting at once would
    fail.
    """
    connection = connections[using]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=WAL")
