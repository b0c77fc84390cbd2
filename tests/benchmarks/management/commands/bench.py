"""``manage.py bench``: measures, against a limit taken in the same run."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from tests.benchmarks.measuring import Row
from tests.benchmarks.registry import benchmarks
from tests.benchmarks.room import own_database

SCALE = 100_000


class Command(BaseCommand):
    """Builds its own data in a database of its own, measures, prints and cleans up."""

    help = "Measures how fast things are, as ratios to what the database can do at best."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which benchmarks, how much data, and how to tell."""
        parser.add_argument("names", nargs="*", metavar="NAME", help="all, when none is named")
        parser.add_argument("--scale", type=int, default=SCALE, help="comments, 100,000 if unsaid")
        parser.add_argument("--json", action="store_true", help="one JSON document on stdout")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run each, in the order they are named."""
        known = benchmarks()
        names = options["names"] or sorted(known)
        unknown = [name for name in names if name not in known]
        if unknown or options["scale"] < 1:
            there = ", ".join(sorted(known))
            raise CommandError(f"There are {there}; --scale is 1 or more.")
        rows: list[Row] = []
        try:
            with own_database():
                for name in names:
                    for row in known[name](options["scale"]):
                        rows.append(row)
                        self._say(row, quietly=options["json"])
                told = [row.told() for row in rows]
        except DatabaseError as error:
            raise CommandError(f"The benchmarks need a database of their own: {error}") from error
        if options["json"]:
            self.stdout.write(json.dumps(told))

    def _say(self, row: Row, *, quietly: bool) -> None:
        told = row.told()
        line = (
            f"{told['name']:<22} {told['scale']:>9} {told['database']:<11}"
            f"{told['value']:>11} {told['unit']:<11} limit {told['limit']}  ratio {told['ratio']}"
        )
        (self.stderr if quietly else self.stdout).write(line)
