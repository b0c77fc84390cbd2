"""A publication: one story on one channel."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.review.models import Approval
from panel.channels.models import Channel
from panel.core.constraints import both_or_neither, one_of, ordered
from panel.core.personal import OnErasure, PersonalData
from panel.outbox.models import Outgoing


class State(models.TextChoices):
    """Where a publication is; the moves are in ``publishing.moves``."""

    WAITING = "waiting", _("Waiting")
    HELD = "held", _("Held back")
    READY = "ready", _("To be posted by hand")
    QUEUED = "queued", _("On its way")
    OUT = "out", _("Out")
    FAILED = "failed", _("Not sent")
    MISSED = "missed", _("Missed")
    CANCELLED = "cancelled", _("Cancelled")
    DOWN = "down", _("Taken down")


AHEAD = (State.WAITING, State.HELD)


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Questions about publications."""

    def ahead(self) -> PublicationQuerySet:
        """Those that have not gone out, and still may by themselves."""
        return self.filter(state__in=AHEAD)

    def due(self, moment: datetime) -> PublicationQuerySet:
        """Those whose time has come."""
        return self.filter(state=State.WAITING, due_at__lte=moment)

    def late(self, moment: datetime) -> PublicationQuerySet:
        """Those whose time is over, held back ones too."""
        return self.filter(state__in=AHEAD, latest_at__lt=moment)


class Publication(models.Model):
    """One story on one channel, under one approval.

    ``due_at`` is empty while it is to go out as soon as it is approved; then the approval fills it
    in. After ``latest_at`` it does not go out any more: news of yesterday helps nobody.
    """

    approval = models.ForeignKey(
        Approval,
        verbose_name=_("approval"),
        on_delete=models.PROTECT,
        related_name="publications",
    )
    channel = models.ForeignKey(
        Channel, verbose_name=_("channel"), on_delete=models.PROTECT, related_name="publications"
    )
    # The same words as were approved, so that they can be posted when the page is long gone.
    text = models.TextField(_("text"), blank=True)
    due_at = models.DateTimeField(_("goes out at"), null=True, blank=True, db_index=True)
    latest_at = models.DateTimeField(_("at the latest"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.WAITING, db_index=True
    )
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("held back by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    held_at = models.DateTimeField(_("held back at"), null=True, blank=True)
    held_why = models.TextField(_("why it is held back"), blank=True, max_length=500)
    out_at = models.DateTimeField(_("out since"), null=True, blank=True)
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("posted by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    posted_at = models.DateTimeField(_("posted at"), null=True, blank=True)
    url = models.URLField(_("address"), blank=True, max_length=500)
    why = models.TextField(_("why not"), blank=True, max_length=500)
    # What the outbox does with it; how far that is, its row knows.
    outgoing = models.OneToOneField(
        Outgoing,
        verbose_name=_("outgoing"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="publication",
    )
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True)

    objects: ClassVar[models.Manager[Publication]] = PublicationQuerySet.as_manager()

    personal_data = PersonalData(
        personal={
            "held_by": _("Who held it back"),
            "held_why": _("Why it was held back"),
            "posted_by": _("Who posted it by hand"),
            "why": _("Why it did not go out"),
        },
        other=(
            *("id", "approval", "channel", "text", "due_at", "latest_at", "state", "held_at"),
            *("out_at", "posted_at", "url", "outgoing", "reminded_at"),
        ),
        purpose=_("Knowing what went out where, and who did it"),
        retention=_("As long as the municipality keeps what it has published"),
        on_erasure=OnErasure.KEEP,
        why_kept=_("Evidence of what citizens were told; names staff only"),
    )

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ("due_at", "pk")
        default_permissions = ()
        permissions = [
            ("view_publication", _("May see what goes out")),
            ("change_publication", _("May plan, hold back and cancel what goes out")),
            ("pause_publication", _("May pause everything that goes out")),
        ]
        constraints = [
            one_of("state", State, name="publication_state_known", message=_("Choose a state.")),
            models.UniqueConstraint(
                fields=("approval", "channel"),
                name="publication_once_a_channel",
                violation_error_message=_("It goes out on this channel already."),
            ),
            ordered(
                "due_at",
                "latest_at",
                name="publication_due_before_latest",
                message=_("It must be due before it is too late."),
            ),
            both_or_neither(
                "due_at",
                "latest_at",
                name="publication_due_and_latest",
                message=_("What has a time also has a latest time."),
            ),
            both_or_neither(
                "held_by",
                "held_at",
                name="publication_held_by_somebody",
                message=_("What is held back says by whom and since when."),
            ),
            models.CheckConstraint(
                condition=~Q(state=State.HELD) | Q(held_by__isnull=False),
                name="publication_held_is_signed",
                violation_error_message=_("What is held back says by whom and since when."),
            ),
            both_or_neither(
                "posted_by",
                "posted_at",
                name="publication_posted_by_somebody",
                message=_("What was posted by hand says by whom and when."),
            ),
            models.CheckConstraint(
                condition=~Q(state=State.QUEUED) | Q(outgoing__isnull=False),
                name="publication_on_its_way_by_the_outbox",
                violation_error_message=_("What is on its way is in the outbox."),
            ),
            models.CheckConstraint(
                condition=~Q(state=State.OUT) | Q(out_at__isnull=False),
                name="publication_out_when",
                violation_error_message=_("What is out says since when."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.approval} – {self.channel}"
