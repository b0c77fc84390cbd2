"""Comments under posts, and removals that came before what they remove."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from panel.channels.models import Channel
from panel.core.constraints import both_or_neither, filled
from panel.core.personal import OnErasure, PersonalData, nothing_personal

from .people import Commenter
from .posts import Post


class CommentQuerySet(models.QuerySet["Comment"]):
    """Questions about comments."""

    def present(self) -> CommentQuerySet:
        """Those neither taken away on the network nor hidden by us."""
        return self.filter(removed_at__isnull=True, hidden_at__isnull=True)

    def counted(self) -> CommentQuerySet:
        """Those the measure may look at; the rule is in ``conversations.intake.counting``."""
        return self.filter(is_counted=True)


class Comment(models.Model):
    """One comment or answer.

    ``text_hash`` recognises copies of the same person's own text (64 bits of BLAKE2 over the
    folded text, 0 when there is no text); ``is_bare`` says the text is nothing but tags or emoji.
    ``is_counted`` is kept by intake. A removed comment is a tombstone: no text, no author, and it
    never comes back.
    """

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    channel = models.ForeignKey(
        Channel,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="comments",
        verbose_name=_("channel"),
    )
    external_id = models.CharField(_("id on the network"), max_length=255)
    post = models.ForeignKey(
        Post,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="comments",
        verbose_name=_("post"),
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="answers",
        verbose_name=_("in answer to"),
    )
    parent_external_id = models.CharField(_("parent's id"), max_length=255, blank=True)
    commenter = models.ForeignKey(
        Commenter,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="comments",
        verbose_name=_("commenter"),
    )
    text = models.TextField(_("text"), blank=True)
    written_at = models.DateTimeField(_("written at"))
    likes = models.PositiveIntegerField(_("likes"), null=True, blank=True)
    url = models.URLField(_("address"), max_length=1000, blank=True)
    seen_at = models.DateTimeField(_("state seen at"), editable=False)
    text_hash = models.BigIntegerField(_("text's mark"), default=0, editable=False)
    is_bare = models.BooleanField(_("only a tag or emoji"), default=False, editable=False)
    is_counted = models.BooleanField(_("counted"), default=False, editable=False)
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True)
    hidden_at = models.DateTimeField(_("hidden at"), null=True, blank=True)
    hidden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name=_("hidden by"),
    )
    hidden_rule = models.CharField(_("rule it broke"), max_length=200, blank=True)

    objects: ClassVar[models.Manager[Comment]] = CommentQuerySet.as_manager()

    personal_data = PersonalData(
        heading=_("Your comments"),
        personal={
            "text": _("What you wrote"),
            "text_hash": _("A mark by which a copy of your text is recognised"),
            "commenter": _("That it was you"),
            "written_at": _("When you wrote it"),
            "url": _("Where it stands on the network"),
            "hidden_rule": _("The rule for which it was hidden"),
        },
        other=(
            "id",
            "public_id",
            "channel",
            "external_id",
            "post",
            "parent",
            "parent_external_id",
            "likes",
            "seen_at",
            "is_bare",
            "is_counted",
            "removed_at",
            "hidden_at",
            "hidden_by",
        ),
        purpose=_("Reading and answering what citizens write, and counting that they take part"),
        retention=_(
            "Until the days in the controller's record have passed since your last comment"
        ),
        subject="commenter",
        on_erasure=OnErasure.BLANK,
    )

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        indexes = [
            models.Index(fields=["post", "written_at", "id"], name="comment_in_thread"),
            models.Index(fields=["written_at", "id"], name="comment_by_time"),
            models.Index(fields=["commenter", "text_hash", "written_at"], name="comment_copies"),
            models.Index(
                fields=["channel", "parent_external_id"],
                name="comment_waiting_for_parent",
                condition=models.Q(parent__isnull=True) & ~models.Q(parent_external_id=""),
            ),
            # Few rows: the measure asks for the hidden comments of everybody it looks at.
            models.Index(
                fields=["commenter", "hidden_at"],
                name="comment_hidden",
                condition=models.Q(hidden_at__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "external_id"],
                name="comment_once_per_channel",
                violation_error_message=_("This comment is already known on the channel."),
            ),
            filled(
                "external_id",
                name="comment_has_id",
                message=_("A comment needs the network's id."),
            ),
            both_or_neither(
                "hidden_at",
                "hidden_by",
                name="comment_hidden_by_somebody",
                message=_("A hidden comment says who hid it and when."),
            ),
            models.CheckConstraint(
                condition=models.Q(hidden_at__isnull=True) | ~models.Q(hidden_rule=""),
                name="comment_hidden_for_a_rule",
                violation_error_message=_("Name the published rule the comment broke."),
            ),
            models.CheckConstraint(
                condition=models.Q(removed_at__isnull=True)
                | models.Q(text="", commenter__isnull=True, is_counted=False),
                name="comment_removed_is_empty",
                violation_error_message=_("A removed comment keeps neither text nor author."),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80] or self.external_id


class Removal(models.Model):
    """A removal that came before what it removes.

    It waits here, so that the comment or post arrives as a tombstone.
    """

    channel = models.ForeignKey(
        Channel,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="+",
        verbose_name=_("channel"),
    )
    external_id = models.CharField(_("id on the network"), max_length=255)
    removed_at = models.DateTimeField(_("removed at"))

    personal_data = nothing_personal("id", "channel", "external_id", "removed_at")

    class Meta:
        verbose_name = _("early removal")
        verbose_name_plural = _("early removals")
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "external_id"],
                name="removal_once_per_channel",
                violation_error_message=_("This removal is already noted."),
            ),
        ]

    def __str__(self) -> str:
        return self.external_id
