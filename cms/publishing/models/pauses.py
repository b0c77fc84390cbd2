"""A pause of everything that goes out."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from panel.core.clock import now
from panel.core.constraints import both_or_neither, filled, ordered
from panel.core.personal import OnErasure, PersonalData


class PauseQuerySet(models.QuerySet["Pause"]):
    """Questions about pauses."""

    def on(self) -> PauseQuerySet:
        """The one there is now, if there is one."""
        return self.filter(ended_at__isnull=True)


class Pause(models.Model):
    """From when to when nothing went out by itself, who said so, and why."""

    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("paused by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    started_at = models.DateTimeField(_("paused at"), default=now)
    reason = models.CharField(_("reason"), max_length=300)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("ended by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    # True while it lasts and empty afterwards, so that the database knows one at a time.
    is_on = models.BooleanField(_("is on"), null=True, default=True)

    objects: ClassVar[models.Manager[Pause]] = PauseQuerySet.as_manager()

    personal_data = PersonalData(
        personal={
            "started_by": _("Who paused"),
            "ended_by": _("Who ended the pause"),
            "reason": _("Why"),
        },
        other=("id", "started_at", "ended_at", "is_on"),
        purpose=_("Knowing why nothing went out"),
        retention=_("As long as the municipality keeps what it has published"),
        on_erasure=OnErasure.KEEP,
        why_kept=_("Names staff only"),
    )

    class Meta:
        verbose_name = _("pause")
        verbose_name_plural = _("pauses")
        ordering = ("-started_at",)
        default_permissions = ()
        constraints = [
            filled("reason", name="pause_has_reason", message=_("Write why everything stops.")),
            both_or_neither(
                "ended_by",
                "ended_at",
                name="pause_ended_by_somebody",
                message=_("A pause that is over says who ended it and when."),
            ),
            ordered(
                "started_at",
                "ended_at",
                name="pause_period",
                message=_("A pause ends after it began."),
            ),
            models.CheckConstraint(
                condition=Q(is_on=True, ended_at__isnull=True)
                | Q(is_on__isnull=True, ended_at__isnull=False),
                name="pause_on_until_ended",
                violation_error_message=_("A pause is on until it is ended."),
            ),
            models.UniqueConstraint(
                fields=("is_on",),
                name="pause_one_at_a_time",
                violation_error_message=_("Everything is paused already."),
            ),
        ]

    def __str__(self) -> str:
        return self.reason
