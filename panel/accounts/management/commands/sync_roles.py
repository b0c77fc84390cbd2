"""``manage.py sync_roles``: the table of roles, written to the database."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from panel.accounts.actions import sync_roles


class Command(BaseCommand):
    """Run it after every ``migrate``; it changes nothing when nothing changed."""

    help = "Makes the roles' groups and gives each what panel/accounts/roles.py says."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the table."""
        sync_roles()
