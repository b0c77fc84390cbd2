"""``manage.py rotate_keys``: everything encrypted moves to the newest of FIELD_KEYS."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from panel.accounts.keys import rotate_everything


class Command(BaseCommand):
    """Put the new key first in FIELD_KEYS, restart, run this, then take the old key away."""

    help = "Re-encrypts every secret in the database with the first of FIELD_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rotate, and say how many of what."""
        try:
            rotated = rotate_everything()
        except ValueError as error:
            raise CommandError(str(error)) from error
        for name, count in rotated.counts.items():
            self.stdout.write(f"{name}: {count}")
        self.stdout.write(self.style.SUCCESS(f"{rotated.total} secrets are under the newest key."))
