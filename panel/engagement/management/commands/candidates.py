"""``manage.py candidates``: who takes part most, and why."""

from __future__ import annotations

import json
from argparse import ArgumentParser, ArgumentTypeError
from datetime import datetime, time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from panel.basis.gate import NoBasis
from panel.channels.models import Channel
from panel.core.clock import COPENHAGEN, now
from panel.engagement.criteria import Criteria
from panel.engagement.explain import decimal
from panel.engagement.reports.finding import candidates, people
from panel.engagement.reports.leaders import Candidate
from panel.engagement.window import DEFAULT_DAYS


class Command(BaseCommand):
    """Everybody through the gate, highest score first; the bar is for shortlists.

    Refuses, naming what is missing, until a controller's record is in force.
    """

    help = "Lists the people who take part most, with the terms that add up to their score."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where, how far back, how many, and as seen when."""
        parser.add_argument("--channel", default="", metavar="SLUG", help="only this channel")
        parser.add_argument("--days", type=_positive, default=DEFAULT_DAYS, help="how far back")
        parser.add_argument("--limit", type=_positive, default=50, help="how many at most")
        parser.add_argument(
            "--at", type=_moment, metavar="WHEN", help="2026-11-20 or 2026-11-20T12:00 (now)"
        )
        parser.add_argument("--json", action="store_true", help="one JSON document on stdout")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask, and print."""
        slug = options["channel"]
        if slug and not Channel.objects.filter(slug=slug).exists():
            known = ", ".join(Channel.objects.values_list("slug", flat=True)) or "–"
            raise CommandError(
                _("There is no channel “%(slug)s”. The channels are: %(known)s.")
                % {"slug": slug, "known": known}
            )
        criteria = Criteria(at=options["at"] or now(), days=options["days"], channel=slug)
        try:
            found = candidates(criteria, limit=options["limit"])
        except NoBasis as refusal:
            raise CommandError(str(refusal)) from refusal
        rows = _rows(found)
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False))
        else:
            self._table(rows)

    def _table(self, rows: list[dict[str, Any]]) -> None:
        heads = [_("Score"), "R", "B", "D", "A", _("Comments"), _("Weeks"), _("Name")]
        self.stdout.write("{:>7}{:>7}{:>7}{:>7}{:>7}{:>12}{:>7}  {}".format(*heads))
        for row in rows:
            figures = [decimal(row["score"]), *map(decimal, row["terms"].values())]
            line = "".join(f"{figure:>7}" for figure in figures)
            self.stdout.write(f"{line}{row['comments']:>12}{row['weeks']:>7}  {row['name']}")
        if not rows:
            self.stdout.write(_("Nobody wrote often enough in this time."))


def _rows(found: list[Candidate]) -> list[dict[str, Any]]:
    who = people([each.commenter for each in found])
    return [
        {
            "commenter": who[each.commenter].external_id,
            "name": who[each.commenter].name,
            "score": each.measure.score,
            "terms": each.measure.terms,
            "comments": each.facts.comments,
            "weeks": len(each.facts.weeks),
        }
        for each in found
        if each.commenter in who
    ]


def _positive(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) <= 36_500:
        raise ArgumentTypeError(f"“{text}” is not a number from 1 upwards")
    return int(text)


def _moment(text: str) -> datetime:
    """A day ends at its midnight; a time without a zone is Copenhagen's."""
    try:
        day, moment = parse_date(text), parse_datetime(text)
    except ValueError:
        day = moment = None
    if day is not None:
        return datetime.combine(day, time.max, COPENHAGEN)
    if moment is None:
        raise ArgumentTypeError(f"“{text}” is not a time; write for example 2026-11-20T12:00")
    return moment if moment.tzinfo else moment.replace(tzinfo=COPENHAGEN)
