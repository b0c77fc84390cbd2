"""``manage.py take_on``: the first account of an installation, or any other, without a browser."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from panel.accounts.actions import take_on
from panel.accounts.roles import Role
from panel.core.trail import SYSTEM


class Command(BaseCommand):
    """The person signs in with a code to the address and then chooses a second key."""

    help = "Gives somebody a staff account with the roles named."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """An address, a name and at least one role."""
        parser.add_argument("email")
        parser.add_argument("--name", required=True, help="as colleagues see it")
        parser.add_argument("--role", action="append", required=True, choices=Role.values)

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the account, and say how they come in."""
        try:
            validate_email(options["email"])
        except ValidationError as error:
            raise CommandError(f"{options['email']} is no e-mail address.") from error
        roles = frozenset(Role(value) for value in options["role"])
        user = take_on(options["email"], name=options["name"], roles=roles, by=SYSTEM)
        self.stdout.write(
            self.style.SUCCESS(f"{user.email} may now sign in at /admin/ with a code by e-mail.")
        )
