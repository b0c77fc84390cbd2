"""Who writes, and who in the town hall owns what is written about."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from panel.channels.models import Channel
from panel.core.constraints import filled
from panel.core.personal import PersonalData, nothing_personal


class Department(models.Model):
    """Who owns a topic.

    A post's department is its topic in the measure.
    """

    slug = models.SlugField(_("short name"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=120, unique=True)

    personal_data = nothing_personal("id", "slug", "name")

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ("name",)
        constraints = [
            filled("name", name="department_has_name", message=_("Give the department a name.")),
        ]

    def __str__(self) -> str:
        return self.name


class CommenterQuerySet(models.QuerySet["Commenter"]):
    """Questions about commenters."""

    def citizens(self) -> CommenterQuerySet:
        """Everybody but pages."""
        return self.filter(is_page=False)


class Commenter(models.Model):
    """A person, or page, as known on one channel by its page-scoped id.

    Not a profile: bare facts, soon forgotten.
    """

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    channel = models.ForeignKey(
        Channel,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="commenters",
        verbose_name=_("channel"),
    )
    external_id = models.CharField(_("id on the network"), max_length=255)
    name = models.CharField(_("name"), max_length=255, blank=True)
    # The newest name wins whatever order files come in.
    name_seen_at = models.DateTimeField(_("name seen at"))
    is_page = models.BooleanField(_("a page, not a person"), default=False)

    objects: ClassVar[models.Manager[Commenter]] = CommenterQuerySet.as_manager()

    personal_data = PersonalData(
        heading=_("You, as the page knows you"),
        personal={
            "external_id": _("Your id on the network, which holds for our page only"),
            "name": _("Your name as shown on the network"),
            "name_seen_at": _("When we last saw that name"),
        },
        other=("id", "public_id", "channel", "is_page"),
        purpose=_("Showing who wrote what, and finding people who often take part"),
        retention=_(
            "Until the days in the controller's record have passed since your last comment"
        ),
        subject="self",
    )

    class Meta:
        verbose_name = _("commenter")
        verbose_name_plural = _("commenters")
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "external_id"],
                name="commenter_once_per_channel",
                violation_error_message=_("This person is already known on the channel."),
            ),
            filled(
                "external_id",
                name="commenter_has_id",
                message=_("A commenter needs the network's id."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.external_id
