"""A lane: whether a network wants to be left alone for a while."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from panel.channels.models import Channel
from panel.core.personal import nothing_personal


class LaneQuerySet(models.QuerySet["Lane"]):
    """Questions about lanes."""

    def quiet(self, moment: datetime) -> LaneQuerySet:
        """Those left alone at ``moment``."""
        return self.filter(quiet_until__gt=moment)


class Lane(models.Model):
    """The way to one channel's network: how often in a row it was not reached, and until when it is
    left alone.

    It also is what whoever begins to send and whoever pauses take hold of.
    """

    channel = models.OneToOneField(
        Channel,
        verbose_name=_("channel"),
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="lane",
    )
    failures = models.PositiveIntegerField(_("not reached, in a row"), default=0)
    quiet_until = models.DateTimeField(_("left alone until"), null=True, blank=True)
    code = models.CharField(_("the network’s last word"), max_length=40, blank=True)

    objects: ClassVar[models.Manager[Lane]] = LaneQuerySet.as_manager()

    personal_data = nothing_personal("channel", "failures", "quiet_until", "code")

    class Meta:
        verbose_name = _("lane")
        verbose_name_plural = _("lanes")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.channel)

    def is_quiet(self, moment: datetime) -> bool:
        """Whether the network is left alone at ``moment``."""
        return self.quiet_until is not None and self.quiet_until > moment
