"""One invitation to one person, and the link for everybody."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from panel.conversations.models import Commenter
from panel.core.constraints import both_or_neither, one_of, ordered
from panel.core.crypto import EncryptedTextField
from panel.core.personal import PersonalData, nothing_personal

from .campaigns import Campaign


class Way(models.TextChoices):
    """How an invitation reaches a person."""

    REPLY = "reply", _("Public reply")
    EMAIL = "email", _("E-mail")
    LETTER = "letter", _("Letter")


class InvitationState(models.TextChoices):
    """Where an invitation is; the moves are in ``invitations.moves``."""

    READY = "ready", _("Ready")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    UNSURE = "unsure", _("Perhaps sent")
    FAILED = "failed", _("Could not be sent")
    OPENED = "opened", _("Opened")
    JOINED = "joined", _("Joined")
    DECLINED = "declined", _("Declined")
    LAPSED = "lapsed", _("Lapsed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# Known to have reached the person, and without an answer.
REMINDABLE = (InvitationState.SENT, InvitationState.OPENED)


class Reminder(models.TextChoices):
    """Where the one reminder of an invitation is; empty while there is none."""

    WAITING = "waiting", _("Waiting to be sent")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    UNSURE = "unsure", _("Perhaps sent")
    FAILED = "failed", _("Could not be sent")


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Questions about invitations."""

    def answered(self) -> InvitationQuerySet:
        """Those with a yes or a no."""
        return self.filter(state__in=[InvitationState.JOINED, InvitationState.DECLINED])


class Invitation(models.Model):
    """One question to one person, for life.

    ``token_hash`` finds the invitation by its link; the link itself is kept only until there is an
    answer, and encrypted. ``commenter`` is emptied, not cascaded, when the person is forgotten: the
    count stays, the person goes.
    """

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="invitations")
    commenter = models.OneToOneField(
        Commenter, on_delete=models.SET_NULL, null=True, related_name="invitation"
    )
    way = models.CharField(_("way"), max_length=10, choices=Way.choices)
    email = EncryptedTextField(_("e-mail address the person gave"), blank=True)
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=InvitationState.choices,
        default=InvitationState.READY,
        editable=False,
    )
    # Null, not empty, while there is no link: many may have none, no two the same.
    token_hash = models.CharField(  # noqa: DJ001
        max_length=64, unique=True, null=True, editable=False
    )
    # The token itself, encrypted, for as long as a letter may be printed again or a reminder sent.
    token = EncryptedTextField(blank=True, editable=False)
    expires_at = models.DateTimeField(_("link works until"), null=True, editable=False)
    sent_at = models.DateTimeField(_("sent at"), null=True, editable=False)
    reminder = models.CharField(
        _("reminder"), max_length=10, choices=Reminder.choices, blank=True, editable=False
    )
    # From the moment a reminder is claimed: who has this is never reminded again.
    reminded_at = models.DateTimeField(_("reminded at"), null=True, editable=False)
    opened_at = models.DateTimeField(_("opened at"), null=True, editable=False)
    answered_at = models.DateTimeField(_("answered at"), null=True, editable=False)

    objects: ClassVar[models.Manager[Invitation]] = InvitationQuerySet.as_manager()

    personal_data = PersonalData(
        heading=_("Our invitation to you"),
        personal={
            "commenter": _("The comments for which you were asked"),
            "way": _("How we asked you"),
            "email": _("The e-mail address you gave us for this"),
            "state": _("What became of it"),
            "sent_at": _("When we asked"),
            "reminder": _("What became of the reminder"),
            "reminded_at": _("When we reminded you"),
            "opened_at": _("When the link was opened"),
            "answered_at": _("When you answered"),
        },
        other=("id", "public_id", "campaign", "token_hash", "token", "expires_at"),
        purpose=_("Asking you once, and never again"),
        retention=_("60 days without an answer; then only the count stays"),
        subject="commenter",
    )

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            one_of("way", Way, name="invitation_way_known", message=_("Choose a way to ask.")),
            one_of(
                "state",
                InvitationState,
                name="invitation_state_known",
                message=_("An invitation cannot be in this state."),
            ),
            both_or_neither(
                "token_hash",
                "expires_at",
                name="invitation_link_ends",
                message=_("A link has an end."),
            ),
            ordered(
                "sent_at",
                "reminded_at",
                name="invitation_reminded_after_sent",
                message=_("A reminder comes after the invitation."),
            ),
            one_of(
                "reminder",
                ["", *Reminder.values],
                name="invitation_reminder_known",
                message=_("A reminder cannot be in this state."),
            ),
            models.CheckConstraint(
                condition=models.Q(reminded_at__isnull=True, reminder__in=["", "waiting", "failed"])
                | models.Q(reminded_at__isnull=False, reminder__in=["sending", "sent", "unsure"]),
                name="invitation_reminder_has_time",
                violation_error_message=_("A reminder that left says when, and no other does."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["joined", "declined", "lapsed", "withdrawn"])
                | models.Q(token=""),
                name="invitation_answered_has_no_link",
                violation_error_message=_("An answered invitation keeps no link."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["joined", "declined"])
                | models.Q(answered_at__isnull=False),
                name="invitation_answer_has_time",
                violation_error_message=_("An answer says when it came."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def is_about_to_be_reminded(self) -> bool:
        """Whether a reminder waits to be sent, and nothing has made it needless."""
        return self.reminder == Reminder.WAITING and self.state in REMINDABLE


class OpenLink(models.Model):
    """A campaign's link for everybody: on a poster, in a public reply.

    Not a secret and never used up.
    """

    campaign = models.OneToOneField(Campaign, on_delete=models.CASCADE, related_name="open_link")
    code = models.SlugField(_("code"), max_length=20, unique=True)
    opened = models.PositiveIntegerField(_("opened"), default=0, editable=False)
    joined = models.PositiveIntegerField(_("joined"), default=0, editable=False)

    personal_data = nothing_personal("id", "campaign", "code", "opened", "joined")

    class Meta:
        verbose_name = _("open link")
        verbose_name_plural = _("open links")

    def __str__(self) -> str:
        return self.code

    def count_opening(self) -> None:
        """Somebody pressed the button on the link's page."""
        type(self).objects.filter(pk=self.pk).update(opened=models.F("opened") + 1)
