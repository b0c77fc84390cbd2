"""``manage.py rebuild_counters``: every counter anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from panel.channels.models import Channel
from panel.conversations.intake import counting
from panel.conversations.intake.locking import holding


class Command(BaseCommand):
    """Makes the counters of taking part anew out of the comments, each table by one statement."""

    help = "Make the counters of taking part anew out of the comments."

    def handle(self, *args: Any, **options: Any) -> None:
        """Hold every channel meanwhile: nobody writes what would be counted by halves."""
        with holding(Channel.objects.values_list("pk", flat=True)):
            counting.rebuild()
        self.stdout.write("The counters are made anew.")
