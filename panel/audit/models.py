"""The trail: one row for everything that was done, each sealed to the one before it.

No foreign keys: the trail outlives what it tells of. No words either: ``presenters`` makes the
sentence when somebody reads.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any, ClassVar, NoReturn

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _

from panel.core.constraints import at_least, filled, one_of
from panel.core.personal import OnErasure, PersonalData, nothing_personal

GENESIS = "0" * 64


class ByKind(models.TextChoices):
    """Who acted: a person with an account, or nobody in particular."""

    PERSON = "person", _("A person")
    SYSTEM = "system", _("The system")


class EventQuerySet(models.QuerySet["Event"]):
    """Questions to the trail. It has no way to change it."""

    def about(self, on_type: str, on_id: str) -> EventQuerySet:
        """What was done to one thing."""
        return self.filter(on_type=on_type, on_id=on_id)

    def up_to(self, at: datetime) -> EventQuerySet:
        """What happened before ``at``."""
        return self.filter(at__lt=at)

    def update(self, **kwargs: Any) -> NoReturn:
        """Refused: the trail is written once."""
        raise PermissionDenied("The trail is append-only: an event is never changed.")

    def delete(self) -> NoReturn:
        """Refused: ``actions.prune`` removes what is old, and keeps the chain verifiable."""
        raise PermissionDenied("The trail is append-only: only retention removes events.")


class Event(models.Model):
    """Something that was done, by whom and when.

    ``sequence`` counts without gaps from 1. ``what`` is "thing.verb" ("shortlist.made"). ``detail``
    holds ids, counts and choices, never text about a person.
    """

    sequence = models.BigIntegerField(_("number"), primary_key=True)
    at = models.DateTimeField(_("when"), db_index=True)
    what = models.CharField(_("what"), max_length=80)
    on_type = models.CharField(_("on what"), max_length=80)
    on_id = models.CharField(_("on which"), max_length=80)
    by_kind = models.CharField(_("by"), max_length=10, choices=ByKind.choices)
    by_id = models.BigIntegerField(_("by whom"), null=True)
    detail = models.JSONField(_("detail"), default=dict)
    previous_hash = models.CharField(_("seal of the one before"), max_length=64)
    hash = models.CharField(_("seal"), max_length=64, unique=True)

    objects = EventQuerySet.as_manager()

    personal_data = PersonalData(
        personal={"by_id": _("Which account acted, as a number")},
        other=(
            "sequence",
            "at",
            "what",
            "on_type",
            "on_id",
            "by_kind",
            "detail",
            "previous_hash",
            "hash",
        ),
        purpose=_("Showing afterwards who did what"),
        retention=_("5 years (AUDIT_RETENTION_DAYS)"),
        subject="by_id",
        on_erasure=OnErasure.KEEP,
        why_kept=_(
            "A public authority must be able to account for what was done. "
            "When the account is gone, the number points at nobody."
        ),
    )

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("trail")
        ordering: ClassVar[list[str]] = ["-sequence"]
        default_permissions = ("view",)
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["on_type", "on_id", "sequence"], name="event_about"),
            models.Index(fields=["what", "sequence"], name="event_what"),
            models.Index(fields=["by_id", "sequence"], name="event_by"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            at_least(
                "sequence", 1, name="event_counts_from_one", message=_("Events count from 1.")
            ),
            filled("what", name="event_says_what", message=_("An event says what was done.")),
            one_of(
                "by_kind",
                ByKind,
                name="event_by_kind_known",
                message=_("An event is by a person or by the system."),
            ),
            models.CheckConstraint(
                condition=models.Q(by_kind=ByKind.PERSON, by_id__isnull=False)
                | models.Q(by_kind=ByKind.SYSTEM, by_id__isnull=True),
                name="event_person_has_id",
                violation_error_message=_("A person has an id, and the system has none."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.what} {self.on_type}:{self.on_id}"

    def sealed(self) -> str:
        """The seal it ought to bear: SHA-256 over what it says and the seal before; hex digits."""
        said = [
            self.sequence,
            self.at.isoformat(timespec="microseconds"),
            self.what,
            [self.on_type, self.on_id],
            [self.by_kind, self.by_id],
            self.detail,
            self.previous_hash,
        ]
        return hashlib.sha256(canonical(said).encode()).hexdigest()

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused, as for many."""
        raise PermissionDenied("The trail is append-only: only retention removes events.")


class Head(models.Model):
    """The end of the chain and, after retention has been, where it now begins.

    One row, locked by every writer.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sequence = models.BigIntegerField(_("last number"), default=0)
    hash = models.CharField(_("last seal"), max_length=64, default=GENESIS)
    pruned_sequence = models.BigIntegerField(_("last number removed"), default=0)
    pruned_hash = models.CharField(_("last seal removed"), max_length=64, default=GENESIS)

    personal_data = nothing_personal("id", "sequence", "hash", "pruned_sequence", "pruned_hash")

    class Meta:
        verbose_name = _("end of the trail")
        verbose_name_plural = _("end of the trail")
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(id=1),
                name="head_is_one",
                violation_error_message=_("The trail has one end."),
            ),
            models.CheckConstraint(
                condition=models.Q(pruned_sequence__lte=models.F("sequence")),
                name="head_pruned_before_end",
                violation_error_message=_("What was removed lies before the end."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.hash}"


def canonical(value: Any) -> str:
    """One spelling of ``value`` as JSON: sorted keys, no spaces, ASCII only."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
