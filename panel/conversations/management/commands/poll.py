"""``manage.py poll``: read the networks for what is new, from the command line."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import get_current_timezone, is_naive, make_aware
from django.utils.translation import gettext as _

from panel.channels.models import Channel
from panel.conversations.intake.polling import NothingToRead, poll, readable


class Command(BaseCommand):
    """May be run at any time and beside the worker: reading twice changes nothing.

    Exit code 1 when a network could not be read to the end.
    """

    help = "Reads what is new, changed or gone from the networks, all pages."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which channel, and how far back."""
        parser.add_argument("--channel", metavar="SLUG")
        parser.add_argument("--since", metavar="WHEN", help="2026-11-01 or 2026-11-01T08:00")
        parser.add_argument("--json", action="store_true", help="one JSON document on stdout")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, and tell what came of it."""
        since = _moment(options["since"]) if options["since"] else None
        channels = [_channel(options["channel"])] if options["channel"] else readable()
        try:
            found = [poll(channel, since=since).as_dict() for channel in channels]
        except NothingToRead as error:
            raise CommandError(
                _("“%(slug)s” has no network that can be read.") % {"slug": options["channel"]}
            ) from error
        if options["json"]:
            self.stdout.write(json.dumps({"channels": found}, ensure_ascii=False))
        else:
            self._tell(found)
        if any(each["errors"] for each in found):
            sys.exit(1)

    def _tell(self, found: list[dict[str, Any]]) -> None:
        if not found:
            self.stderr.write(_("No channel in use has a network that can be read."))
        for each in found:
            posts, comments = each["posts"], each["comments"]
            self.stdout.write(
                f"{each['slug']}: posts +{posts['added']} ~{posts['updated']}, "
                f"comments +{comments['added']} ~{comments['updated']} -{comments['removed']}, "
                f"calls {each['calls']}"
            )
            for code in each["errors"]:
                self.stderr.write(
                    _("%(slug)s: the network stopped answering (%(code)s). What was read is kept.")
                    % {"slug": each["slug"], "code": code}
                )


def _moment(text: str) -> datetime:
    """A day or a moment; without a zone it is Danish time."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise CommandError(_("--since takes 2026-11-01 or 2026-11-01T08:00.")) from None
    return make_aware(found, get_current_timezone()) if is_naive(found) else found


def _channel(slug: str) -> Channel:
    known = Channel.objects.filter(slug=slug).first()
    if known is None:
        slugs = ", ".join(channel.slug for channel in readable())
        raise CommandError(
            _("There is no channel “%(slug)s”. These can be read: %(slugs)s.")
            % {"slug": slug, "slugs": slugs or "-"}
        )
    return known
