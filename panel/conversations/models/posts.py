"""Posts: each starts a thread."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from panel.channels.models import Channel
from panel.core.personal import OnErasure, PersonalData

from .people import Commenter, Department


class PostQuerySet(models.QuerySet["Post"]):
    """Questions about posts."""

    def present(self) -> PostQuerySet:
        """Those not taken away on the network."""
        return self.filter(removed_at__isnull=True)


class Post(models.Model):
    """What starts a thread.

    Comments whose post is unknown hang under one with the empty external id.
    """

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    # Keys without an index of their own are the first column of another one.
    channel = models.ForeignKey(
        Channel,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="posts",
        verbose_name=_("channel"),
    )
    external_id = models.CharField(_("id on the network"), max_length=255, blank=True)
    text = models.TextField(_("text"), blank=True)
    posted_at = models.DateTimeField(_("posted at"), null=True, blank=True)
    url = models.URLField(_("address"), max_length=1000, blank=True)
    author = models.ForeignKey(
        Commenter,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="posts",
        verbose_name=_("author"),
    )
    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="posts",
        verbose_name=_("department"),
    )
    # A person's choice outranks the topic that a file gives.
    is_department_chosen = models.BooleanField(
        _("department chosen by a person"), default=False, editable=False
    )
    is_competition = models.BooleanField(
        _("competition"),
        default=False,
        help_text=_("Comments under a competition are not counted as taking part."),
    )
    seen_at = models.DateTimeField(_("state seen at"), null=True, editable=False)
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True)
    reactions = models.PositiveIntegerField(_("reactions"), null=True, blank=True)
    shares = models.PositiveIntegerField(_("shares"), null=True, blank=True)
    stated_comments = models.PositiveIntegerField(
        _("comments as stated by the network"), null=True, blank=True
    )
    reach = models.PositiveIntegerField(_("reach"), null=True, blank=True)

    objects: ClassVar[models.Manager[Post]] = PostQuerySet.as_manager()

    personal_data = PersonalData(
        heading=_("What you posted"),
        personal={"text": _("What you wrote"), "author": _("That it was you")},
        other=(
            "id",
            "public_id",
            "channel",
            "external_id",
            "posted_at",
            "url",
            "department",
            "is_department_chosen",
            "is_competition",
            "seen_at",
            "removed_at",
            "reactions",
            "shares",
            "stated_comments",
            "reach",
        ),
        purpose=_("Reading and answering what citizens write"),
        retention=_("As for comments; the municipality's own posts are kept"),
        subject="author",
        on_erasure=OnErasure.BLANK,
    )

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        indexes = [
            models.Index(fields=["channel", "-posted_at"], name="post_by_time"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "external_id"],
                name="post_once_per_channel",
                violation_error_message=_("This post is already known on the channel."),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80] or self.external_id
