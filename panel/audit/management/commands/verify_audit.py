"""``manage.py verify_audit``: is the trail whole?"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from panel.audit.reports import Noted, Verdict, verify


class Command(BaseCommand):
    """Exit code 1 when an event was changed, removed or inserted."""

    help = "Reads the whole trail and names every event that was changed, removed or inserted."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """``--noted`` compares with a number and seal kept outside the database."""
        parser.add_argument("--json", action="store_true", help="one JSON document on stdout")
        parser.add_argument(
            "--noted", metavar="NUMBER:SEAL", help="the end of the trail as an earlier run gave it"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify, say what was found, and exit 1 on any fault."""
        verdict = verify(_noted(options["noted"]))
        if options["json"]:
            self.stdout.write(json.dumps({"whole": not verdict.faults, **asdict(verdict)}))
        else:
            self._tell(verdict)
        if verdict.faults:
            sys.exit(1)

    def _tell(self, verdict: Verdict) -> None:
        for fault in verdict.faults:
            self.stdout.write(self.style.ERROR(fault.says))
        if not verdict.faults:
            whole = _("The trail is whole: %(count)d events.") % {"count": verdict.events}
            self.stdout.write(self.style.SUCCESS(whole))
            self.stdout.write(_("Its end is %(head)s") % {"head": verdict.head})


def _noted(text: str | None) -> Noted | None:
    if not text:
        return None
    number, _colon, seal = text.partition(":")
    if not number.isdigit() or len(seal) != 64:
        raise CommandError(_("--noted takes NUMBER:SEAL, as this command prints it."))
    return int(number), seal
