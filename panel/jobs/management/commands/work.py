"""``manage.py work``: everything that is done after the answer."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from panel.jobs.keeper import Keeper
from panel.jobs.worker import work_on, work_once


class Command(BaseCommand):
    """Starts a worker. Any number may run, on any number of machines."""

    help = "Does what is queued and what is due by the clock, until stopped (SIGTERM or Ctrl+C)."

    def add_arguments(self, parser: CommandParser) -> None:
        """One switch."""
        parser.add_argument(
            "--once",
            action="store_true",
            help="Do everything that is due now and end; exit code 1 when something failed.",
        )

    def handle(self, *, once: bool, **options: Any) -> None:
        """Raises CommandError when a job failed in ``--once``."""
        if not once:
            connections.close_all()
            Keeper(work_on).keep()
            return
        loop = work_once()
        if loop.failed:
            raise CommandError(
                f"{loop.failed} of {loop.done} jobs failed. Staff see them in the admin."
            )
        self.stdout.write(f"{loop.done} jobs done.")
