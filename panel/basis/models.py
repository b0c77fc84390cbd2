"""The controller's record, which opens the gate, and the objections, which close it for one person
for good."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from panel.core.clock import now
from panel.core.constraints import at_least, filled, one_of, ordered
from panel.core.personal import OnErasure, PersonalData, nothing_personal


class ControllerRecordQuerySet(models.QuerySet["ControllerRecord"]):
    """Questions about the controller's record."""

    def in_force(self, on: date) -> ControllerRecordQuerySet:
        """Those that hold on the day ``on`` (Copenhagen's), newest first."""
        return self.filter(
            valid_from__lte=on, valid_until__gte=on, withdrawn_at__isnull=True
        ).order_by("-recorded_at", "-pk")

    def continuing(self, record: ControllerRecord) -> ControllerRecord | None:
        """The one that is in force on the day after ``record`` ends, and longest; None without."""
        return (
            self.in_force(record.valid_until + timedelta(days=1)).order_by("-valid_until").first()
        )


class ControllerRecord(models.Model):
    """What the municipality decided and wrote down before anybody may be measured (P1)."""

    legal_basis = models.TextField(
        _("legal basis"),
        help_text=_("For example: GDPR article 6(1)(e), and the national law it rests on."),
    )
    dpia_reference = models.CharField(
        _("impact assessment"), max_length=200, help_text=_("Number or title of the DPIA.")
    )
    dpo_consulted_on = models.DateField(_("data protection officer consulted on"))
    retention_days = models.PositiveIntegerField(
        _("days kept after the last comment"),
        help_text=_("After this many days without a comment a commenter is forgotten."),
    )
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"))
    recorded_at = models.DateTimeField(_("recorded at"), default=now, editable=False)
    recorded_by_id = models.BigIntegerField(
        _("recorded by"), null=True, editable=False, help_text=_("Empty at the command line.")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, editable=False)

    objects: ClassVar[ControllerRecordQuerySet] = ControllerRecordQuerySet.as_manager()  # type: ignore[assignment]

    personal_data = PersonalData(
        personal={"recorded_by_id": _("Who recorded it")},
        other=(
            "id",
            "legal_basis",
            "dpia_reference",
            "dpo_consulted_on",
            "retention_days",
            "valid_from",
            "valid_until",
            "recorded_at",
            "withdrawn_at",
        ),
        purpose=_("Showing that the municipality decided before it looked"),
        retention=_("For as long as the panel exists"),
        on_erasure=OnErasure.KEEP,
        why_kept=_("Evidence of the legal basis; names staff by number only"),
    )

    class Meta:
        verbose_name = _("controller's record")
        verbose_name_plural = _("controller's records")
        ordering = ("-recorded_at", "-pk")
        constraints = [
            filled(
                "legal_basis",
                name="controllerrecord_has_basis",
                message=_("Write the legal basis."),
            ),
            filled(
                "dpia_reference",
                name="controllerrecord_has_dpia",
                message=_("Name the impact assessment."),
            ),
            at_least(
                "retention_days",
                1,
                name="controllerrecord_retention_positive",
                message=_("Keep at least one day, or nothing can be counted."),
            ),
            ordered(
                "valid_from",
                "valid_until",
                name="controllerrecord_period_ordered",
                message=_("The last day comes before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dpia_reference} ({self.valid_from} – {self.valid_until})"


class Route(models.TextChoices):
    """The way an objection came in."""

    INVITATION = "invitation", _("From an invitation")
    WEBSITE = "website", _("On the website")
    STAFF = "staff", _("Recorded by staff")
    REPLAY = "replay", _("From the log, after a restore")


class Objection(models.Model):
    """Somebody said no to being counted.

    Only a keyed hash is kept: enough to recognise, too little to know.
    """

    subject_hash = models.CharField(_("keyed hash"), max_length=64, unique=True, editable=False)
    objected_at = models.DateTimeField(_("objected at"), default=now, editable=False)
    route = models.CharField(_("came by"), max_length=20, choices=Route.choices)

    personal_data = PersonalData(
        personal={"subject_hash": _("A mark that recognises you if your comments come again")},
        other=("id", "objected_at", "route"),
        purpose=_("Never counting or inviting you again"),
        retention=_("For good, as you asked"),
        on_erasure=OnErasure.KEEP,
        why_kept=_("Without it, the next import would bring you back"),
    )

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        ordering = ("-objected_at",)
        constraints = [
            one_of(
                "route",
                Route,
                name="objection_route_known",
                message=_("Say how the objection came in."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_hash[:8]}…"


class ObjectionKey(models.Model):
    """By which key the objections were hashed: a fingerprint of it, never the key. One row.

    Under another key nobody who objected would be recognised, and the next import would bring them
    all back; so it is compared before anybody is looked up.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    fingerprint = models.CharField(_("fingerprint"), max_length=64)

    personal_data = nothing_personal("id", "fingerprint")

    class Meta:
        verbose_name = _("objections' key")
        verbose_name_plural = _("objections' key")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(id=1),
                name="objectionkey_is_one",
                violation_error_message=_("All objections are hashed with one key."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fingerprint[:8]}…"
