"""What networks send us by themselves, kept until it is read; and what of it nobody understood."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from panel.core.clock import now
from panel.core.constraints import filled
from panel.core.personal import OnErasure, PersonalData, nothing_personal


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Questions about deliveries."""

    def waiting(self, at: datetime) -> DeliveryQuerySet:
        """Those to be read now, in the order in which they came."""
        due = Q(next_at__isnull=True) | Q(next_at__lte=at)
        return self.filter(due, read_at__isnull=True, given_up_at__isnull=True).order_by("pk")

    def given_up(self) -> DeliveryQuerySet:
        """Those that could not be read."""
        return self.filter(given_up_at__isnull=False)


class Delivery(models.Model):
    """One delivery by a webhook: its bytes as they were signed, until they are read.

    ``digest`` (SHA-256 of the bytes, hexadecimal) knows one that is delivered again.
    """

    kind = models.CharField(_("kind"), max_length=20)
    digest = models.CharField(_("mark"), max_length=64, unique=True)
    body = models.BinaryField(_("as it came"), default=bytes)
    received_at = models.DateTimeField(_("received at"), default=now, db_index=True)
    read_at = models.DateTimeField(_("read at"), null=True)
    given_up_at = models.DateTimeField(_("given up at"), null=True)
    next_at = models.DateTimeField(_("to be tried at"), null=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    code = models.CharField(_("what was wrong"), max_length=40, blank=True)

    objects: ClassVar[models.Manager[Delivery]] = DeliveryQuerySet.as_manager()

    personal_data = PersonalData(
        personal={"body": _("What the network told us, until it is read")},
        other=(
            *("id", "kind", "digest", "received_at", "read_at", "given_up_at", "next_at"),
            *("tries", "code"),
        ),
        purpose=_("Not losing a comment when many come at once"),
        retention=_("Its content until it is read, seconds as a rule, and two weeks at most"),
        on_erasure=OnErasure.DELETE,
    )

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        indexes = [
            models.Index(
                fields=["id"],
                name="delivery_waiting",
                condition=Q(read_at__isnull=True, given_up_at__isnull=True),
            ),
        ]
        constraints = [
            filled("kind", name="delivery_has_kind", message=_("A delivery comes from somewhere.")),
            filled("digest", name="delivery_has_mark", message=_("A delivery needs its mark.")),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True) | Q(given_up_at__isnull=True),
                name="delivery_read_or_given_up",
                violation_error_message=_("A delivery is read or given up, not both."),
            ),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True) | Q(body=b""),
                name="delivery_read_is_empty",
                violation_error_message=_("Of a delivery that is read nothing is kept."),
            ),
        ]

    def __str__(self) -> str:
        return self.digest[:12]


class Strange(models.Model):
    """Something a network said that nobody here understands: its name and how often, never what it
    held.
    """

    name = models.CharField(_("name"), max_length=200, unique=True)
    shape = models.CharField(_("fields"), max_length=300, blank=True)
    times = models.PositiveIntegerField(_("times"), default=0)
    first_at = models.DateTimeField(_("first"), default=now)
    last_at = models.DateTimeField(_("last"), default=now)

    objects: ClassVar[models.Manager[Strange]] = models.Manager()

    personal_data = nothing_personal("id", "name", "shape", "times", "first_at", "last_at")

    class Meta:
        verbose_name = _("event not understood")
        verbose_name_plural = _("events not understood")
        ordering = ("-last_at",)
        constraints = [
            filled("name", name="strange_has_name", message=_("What is counted needs a name.")),
        ]

    def __str__(self) -> str:
        return self.name
