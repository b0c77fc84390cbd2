"""A pause: of everything that goes out, or of one channel."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from panel.channels.models import Channel
from panel.core.clock import now
from panel.core.constraints import both_or_neither, filled, ordered
from panel.core.personal import OnErasure, PersonalData


class PauseQuerySet(models.QuerySet["Pause"]):
    """Questions about pauses."""

    def on(self) -> PauseQuerySet:
        """Those that last."""
        return self.filter(ended_at__isnull=True)

    def of_everything(self) -> PauseQuerySet:
        """The one over all there is now, if there is one."""
        return self.on().filter(channel__isnull=True)

    def of(self, channel: Channel) -> PauseQuerySet:
        """The one over ``channel`` alone there is now, if there is one."""
        return self.on().filter(channel=channel)


class Pause(models.Model):
    """From when to when nothing went out by itself, who said so, and why.

    Without a channel it stops everything, stories on the site too.
    """

    channel = models.ForeignKey(
        Channel,
        verbose_name=_("channel"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="pauses",
    )
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
        other=("id", "channel", "started_at", "ended_at", "is_on"),
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
            filled("reason", name="pause_has_reason", message=_("Write why it stops.")),
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
                condition=Q(channel__isnull=True),
                name="pause_of_everything_once",
                violation_error_message=_("Everything is paused already."),
            ),
            models.UniqueConstraint(
                fields=("channel", "is_on"),
                condition=Q(channel__isnull=False),
                name="pause_of_a_channel_once",
                violation_error_message=_("This channel is paused already."),
            ),
        ]

    def __str__(self) -> str:
        return self.reason
