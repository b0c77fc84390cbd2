"""The alarm: something vanished on a network without our doing, until somebody says why."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from panel.channels.models import Channel
from panel.core.clock import now
from panel.core.constraints import both_or_neither, one_of
from panel.core.personal import OnErasure, PersonalData

from .sightings import Thing


class Verdict(models.TextChoices):
    """What somebody found out."""

    US = "us", _("It was one of us")
    AUTHOR = "author", _("It was whoever wrote it, or the network")
    WRONG = "wrong", _("Something is wrong")


class VanishingQuerySet(models.QuerySet["Vanishing"]):
    """Questions about alarms."""

    def open(self) -> VanishingQuerySet:
        """Those nobody has said anything about."""
        return self.filter(settled_at__isnull=True)

    def untold(self, claimed_before: datetime) -> VanishingQuerySet:
        """Those of which no letter has left, and nobody is about to send one."""
        free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=claimed_before)
        return self.open().filter(free, told_at__isnull=True)


class Vanishing(models.Model):
    """A thread's post, or several of its comments, that vanished: one alarm at a time for each.

    It is about what was seen (``Sighting``) after ``after`` and, once it is settled, up to
    ``up_to``: what comes later may raise another.
    """

    channel = models.ForeignKey(
        Channel, on_delete=models.PROTECT, related_name="+", verbose_name=_("channel")
    )
    post_external_id = models.CharField(_("the post's id"), max_length=255, blank=True)
    thing = models.CharField(_("what vanished"), max_length=10, choices=Thing.choices)
    after = models.BigIntegerField(_("last one of the alarm before"), default=0)
    up_to = models.BigIntegerField(_("last one it is about"), null=True)
    raised_at = models.DateTimeField(_("raised at"), default=now)
    claimed_at = models.DateTimeField(_("letter begun at"), null=True)
    told_at = models.DateTimeField(_("letter sent at"), null=True)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict.choices, blank=True)
    why = models.CharField(_("why"), max_length=300, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("settled by"),
    )
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)

    objects: ClassVar[models.Manager[Vanishing]] = VanishingQuerySet.as_manager()

    personal_data = PersonalData(
        personal={
            "settled_by": _("Who said what was behind it"),
            "why": _("What they wrote about it"),
        },
        other=(
            *("id", "channel", "post_external_id", "thing", "after", "up_to", "raised_at"),
            *("claimed_at", "told_at", "verdict", "settled_at"),
        ),
        purpose=_("Knowing who takes what citizens wrote away, and that somebody looked"),
        retention=_("As long as the municipality keeps what it has published"),
        on_erasure=OnErasure.KEEP,
        why_kept=_("Evidence of what happened to citizens' words; names staff only"),
    )

    class Meta:
        verbose_name = _("vanished on a network")
        verbose_name_plural = _("vanished on networks")
        default_permissions = ()
        constraints = [
            one_of("thing", Thing, name="vanishing_thing_known", message=_("Choose a thing.")),
            one_of(
                "verdict",
                ("", *Verdict.values),
                name="vanishing_verdict_known",
                message=_("Choose what was behind it."),
            ),
            both_or_neither(
                "settled_by",
                "settled_at",
                name="vanishing_settled_by_somebody",
                message=_("What is settled says who and when."),
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, verdict="", why="", up_to__isnull=True)
                | (Q(settled_at__isnull=False, up_to__isnull=False) & ~Q(verdict="") & ~Q(why="")),
                name="vanishing_settled_with_reason",
                violation_error_message=_("Say what was behind it, and how you know."),
            ),
            models.UniqueConstraint(
                fields=("channel", "post_external_id", "thing"),
                condition=Q(settled_at__isnull=True),
                name="vanishing_one_open",
                violation_error_message=_("This alarm is raised already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.thing} {self.post_external_id}"
