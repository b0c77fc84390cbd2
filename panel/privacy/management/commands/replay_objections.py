"""After a restore: bring back the objections the backup did not know."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from panel.privacy.objecting import replay


class Command(BaseCommand):
    """Reads OBJECTION_LOG. Running it twice does no harm."""

    help = "Apply the log of objections anew, after a backup was restored."

    def handle(self, *args: Any, **options: Any) -> None:
        """Apply, and say how many had come back."""
        self.stdout.write(f"{replay()} people who had objected were let go again.")
