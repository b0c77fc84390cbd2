"""``manage.py retain``: forget what has been kept long enough. The worker does so every night."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from panel.privacy.retaining import RULES, retain


class Command(BaseCommand):
    """Running it twice does no harm."""

    help = "Forget what has been kept long enough, rule by rule."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """``--dry-run`` counts and changes nothing."""
        parser.add_argument("--dry-run", action="store_true", help="count only")
        parser.add_argument("--json", action="store_true", help="one JSON document on stdout")

    def handle(self, *args: Any, **options: Any) -> None:
        """Apply the rules and say what each did."""
        rows = retain(dry_run=options["dry_run"])
        if options["json"]:
            self.stdout.write(json.dumps(rows))
            return
        for name, count in rows.items():
            self.stdout.write(f"{count:>8}  {RULES[name].words}")
