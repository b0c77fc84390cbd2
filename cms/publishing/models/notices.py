"""A notice: something a colleague is told by mail about a story."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.review.models import Approval
from panel.core.clock import now
from panel.core.constraints import one_of
from panel.core.personal import OnErasure, PersonalData


class What(models.TextChoices):
    """What is told. The letter of the same name is in ``templates/publishing/mail``."""

    ASKED = "asked", _("Please approve")
    REMINDER = "reminder", _("Please approve: the time is near")
    APPROVED = "approved", _("Approved")
    CHANGES = "changes", _("Changes asked for")
    REJECTED = "rejected", _("Rejected")
    STOPPED = "stopped", _("Stopped before it went out")
    LATE = "late", _("Not approved in time")
    MISSED = "missed", _("Not published in time")
    NOT_SENT = "not_sent", _("Not sent to a network")
    OUT = "out", _("Live")
    POST = "post", _("To be posted by hand")
    POST_AGAIN = "post_again", _("To be posted by hand: an hour has passed")
    POST_STILL = "post_still", _("To be posted by hand: a night has passed")


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Questions about notices."""

    def unsent(self) -> NoticeQuerySet:
        """Those nobody has been mailed yet."""
        return self.filter(sent_at__isnull=True)


class Notice(models.Model):
    """One letter to one colleague, written with the change it tells of; the worker mails it."""

    approval = models.ForeignKey(
        Approval, verbose_name=_("approval"), on_delete=models.CASCADE, related_name="notices"
    )
    what = models.CharField(_("what"), max_length=10, choices=What.choices)
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("to"), on_delete=models.CASCADE, related_name="+"
    )
    made_at = models.DateTimeField(_("written at"), default=now)
    # Set before the letter leaves: another worker lets it alone for a while.
    claimed_at = models.DateTimeField(_("taken at"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True, db_index=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)

    objects: ClassVar[models.Manager[Notice]] = NoticeQuerySet.as_manager()

    personal_data = PersonalData(
        personal={"to": _("Who was told")},
        other=("id", "approval", "what", "made_at", "claimed_at", "sent_at", "tries"),
        purpose=_("Telling colleagues what becomes of a story"),
        retention=_("90 days after it was sent"),
        on_erasure=OnErasure.DELETE,
    )

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ("made_at", "pk")
        default_permissions = ()
        constraints = [
            one_of("what", What, name="notice_what_known", message=_("Choose what is told.")),
            models.UniqueConstraint(
                fields=("approval", "what", "to"),
                name="notice_once",
                violation_error_message=_("They have been told already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()}: {self.approval}"
