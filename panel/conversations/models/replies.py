"""What the municipality answers to a comment on its network."""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from panel.core.clock import now
from panel.core.personal import OnErasure, PersonalData
from panel.outbox.models import Outgoing, State

from .comments import Comment


class ReplyQuerySet(models.QuerySet["Reply"]):
    """Questions about replies."""

    def standing(self) -> ReplyQuerySet:
        """Those that nobody has given up."""
        return self.exclude(outgoing__state=State.CANCELLED)

    def to(self, comments: Collection[int]) -> ReplyQuerySet:
        """Those to these comments (primary keys), the oldest first."""
        return self.filter(comment__in=comments).order_by("made_at", "pk")


class Reply(models.Model):
    """One answer to one comment, and who wrote it. Its words, and what became of it, are the
    outbox's; citizens see the page's name and nobody else's.
    """

    comment = models.ForeignKey(
        Comment, on_delete=models.CASCADE, related_name="replies", verbose_name=_("comment")
    )
    outgoing = models.OneToOneField(
        Outgoing, on_delete=models.PROTECT, related_name="reply", verbose_name=_("what is sent")
    )
    made_at = models.DateTimeField(_("written at"), default=now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("written by"),
    )

    objects: ClassVar[models.Manager[Reply]] = ReplyQuerySet.as_manager()

    personal_data = PersonalData(
        personal={"made_by": _("Who wrote the reply")},
        other=("id", "comment", "outgoing", "made_at"),
        purpose=_("Answering what citizens write, and knowing who did"),
        retention=_("As long as the municipality keeps what it has published"),
        on_erasure=OnErasure.KEEP,
        why_kept=_("Evidence of what citizens were told; names staff only"),
    )

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        default_permissions = ()
        permissions = [("add_reply", _("May answer comments in the municipality’s name"))]

    def __str__(self) -> str:
        return str(self.outgoing)
