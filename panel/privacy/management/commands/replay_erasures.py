"""After a restore: erase again whom the backup brought back."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from panel.privacy.erasing import replay


class Command(BaseCommand):
    """Reads the log beside OBJECTION_LOG. Running it twice does no harm."""

    help = "Apply the log of erasures anew, after a backup was restored."

    def handle(self, *args: Any, **options: Any) -> None:
        """Apply, and say how many had come back."""
        again = replay()
        self.stdout.write(
            f"{again.accounts} accounts and {again.commenters} commenters were erased again."
        )
