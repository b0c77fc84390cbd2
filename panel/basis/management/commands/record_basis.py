"""Record the controller's basis without a browser."""

from __future__ import annotations

from argparse import ArgumentTypeError
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from panel.basis.actions import record_basis


def day(text: str) -> date:
    """A date as 2027-12-31. Raises ArgumentTypeError that says so."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"“{text}” is not a date; write for example 2027-12-31") from error


class Command(BaseCommand):
    """Opens the gate: before this, nothing is measured and nobody is invited."""

    help = "Record the municipality's legal basis, impact assessment and retention."

    def add_arguments(self, parser: CommandParser) -> None:
        """All five are needed: each is something the municipality must have decided."""
        parser.add_argument("--legal-basis", required=True, help="the law it rests on")
        parser.add_argument("--dpia", required=True, help="the impact assessment's number")
        parser.add_argument("--dpo", required=True, type=day, help="when the DPO was consulted")
        parser.add_argument("--retention-days", required=True, type=int)
        parser.add_argument("--valid-until", required=True, type=day)

    def handle(self, *args: Any, **options: Any) -> None:
        """Record it, or say what cannot be right."""
        try:
            entry = record_basis(
                legal_basis=options["legal_basis"],
                dpia_reference=options["dpia"],
                dpo_consulted_on=options["dpo"],
                retention_days=options["retention_days"],
                valid_until=options["valid_until"],
            )
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self.stdout.write(
            f"Recorded. It is in force from {entry.valid_from} to {entry.valid_until}; commenters"
            f" are forgotten {entry.retention_days} days after their last comment."
        )
