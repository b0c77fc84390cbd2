"""``manage.py erase``: erase one person who asked for it."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from panel.accounts.models import User
from panel.audit.actions import SYSTEM
from panel.conversations.models import Commenter
from panel.privacy import by_address
from panel.privacy.erasing import (
    CannotErase,
    Erased,
    erase_address,
    erase_commenter,
    erase_user,
)


class Command(BaseCommand):
    """Asks before it erases, unless told not to."""

    help = "Erase one person: a member by e-mail, or a commenter by channel and id."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Exactly one person."""
        who = parser.add_mutually_exclusive_group(required=True)
        who.add_argument("--email", help="the address of the person's account")
        who.add_argument(
            "--commenter", nargs=2, metavar=("CHANNEL", "ID"), help="short name and id on it"
        )
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: Any, **options: Any) -> None:
        """Find, ask, erase, and say what went. Raises CommandError where nobody is found."""
        person = _by_email(options["email"]) if options["email"] else _person(*options["commenter"])
        if not options["yes"] and input("This cannot be undone. Erase? [y/N] ").lower() != "y":
            raise CommandError("Nothing was erased.")
        try:
            erased = _erase(person)
        except CannotErase as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"Erased: {erased.accounts} accounts, {erased.commenters} commenters,"
            f" {erased.files} uploaded files that may have named them, and {erased.others} other"
            " things kept under the address."
        )


def _erase(person: User | Commenter | str) -> Erased:
    if isinstance(person, str):
        return erase_address(person, by=SYSTEM)
    if isinstance(person, User):
        return erase_user(person, by=SYSTEM)
    return erase_commenter(person, by=SYSTEM)


def _by_email(email: str) -> User | str:
    """The account, or the address itself where something is kept under it without one."""
    email = email.strip()
    user = User.objects.filter(email__iexact=email).first()
    if user is None and not by_address.is_known(email):
        raise CommandError("There is no account with this address, and nothing else under it.")
    return user or email


def _person(channel: str, external_id: str) -> Commenter:
    found = Commenter.objects.select_related("channel").filter(
        channel__slug=channel, external_id=external_id
    )
    person = found.first()
    if person is None:
        raise CommandError("Nobody with this id is known on this channel.")
    return person
