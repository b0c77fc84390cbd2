"""``manage.py demo``: the demo municipality, filled anew."""

from __future__ import annotations

import os
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import translation

from cms.review.actions import Refused
from demo.filling import NotOurs, fill, morning, soon
from demo.world import FEWEST_COMMENTS, STAFF
from panel.accounts.models import User
from panel.accounts.roles import Role
from panel.core.clock import now


class Command(BaseCommand):
    """Fills the database with Ternesund Kommune and a year of its page, which ends this morning.

    The same every time for a seed and a number of comments, on the same day. What the demo's
    database held before is deleted; a database that holds anything else is left alone. There is no
    such command where the demo is not installed, and none under a server's settings.
    """

    help = "Fills the demo municipality anew, the same every time for a seed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How much of it, and which one."""
        parser.add_argument("--comments", type=_enough, default=4_000, metavar="N")
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="another year")
        parser.add_argument(
            "--accounts", action="store_true", help="only list addresses and staff accounts"
        )
        parser.add_argument(
            "--soon", action="store_true", help="let one story go live in two minutes"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Fill, or list who is there."""
        if os.environ.get("DJANGO_SETTINGS_MODULE") == "config.settings.production":
            raise CommandError("The demo is for a laptop: it deletes what a database holds.")
        if options["accounts"] or options["soon"]:
            if options["accounts"]:
                self._list()
            if options["soon"]:
                self._plan()
            return
        try:
            fill(
                comments=options["comments"],
                seed=options["seed"],
                until=morning(now()),
                say=self.stdout.write,
            )
        except NotOurs as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["verbosity"] > 0:
            self._list()

    def _list(self) -> None:
        there = set(User.objects.filter(is_staff=True).values_list("email", flat=True))
        if not there & {person.email for person in STAFF}:
            raise CommandError("The demo has not been filled. Run: manage.py demo")
        with translation.override("en"):
            roles = {person.email: str(Role(person.role).label) for person in STAFF}
        self.stdout.write(f"Staff, by the door at {_door()}")
        for person in STAFF:
            if person.email in there:
                self.stdout.write(f"  {person.name:<18} {roles[person.email]:<24} {person.email}")

    def _plan(self) -> None:
        """A demo in which visitors have changed much goes on without it."""
        try:
            said = soon.plan()
        except (soon.Cannot, Refused) as refusal:
            said = f"No story goes live in two minutes: {refusal}"
        self.stdout.write(said)


def _door() -> str:
    """Where the door is, or how to have one: other settings than the demo's have none."""
    if settings.ROOT_URLCONF != "demo.root_urls":
        return "/demo/ under DJANGO_SETTINGS_MODULE=config.settings.demo"
    with translation.override(settings.LANGUAGE_CODE):
        return f"{settings.SITE_URL}{reverse('demo:door')}"


def _enough(text: str) -> int:
    number = int(text)
    if number < FEWEST_COMMENTS:
        raise ArgumentTypeError(f"a year has at least {FEWEST_COMMENTS} comments")
    return number
