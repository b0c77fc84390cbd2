"""Outgoing: one thing to be said to the outside."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from panel.channels.keys import DEAD
from panel.channels.models import Channel, Credential
from panel.channels.outgoing import Verb
from panel.core.clock import now
from panel.core.constraints import both_or_neither, filled, one_of, ordered
from panel.core.personal import OnErasure, PersonalData
from panel.outbox.models.lanes import Lane
from panel.outbox.models.pauses import Pause


class State(models.TextChoices):
    """Where it is; the moves are in ``outbox.moves``."""

    HELD = "held", _("Held back")
    DUE = "due", _("To be sent")
    CLAIMED = "claimed", _("About to be sent")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    UNKNOWN = "unknown", _("Perhaps sent")
    FAILED = "failed", _("Not sent")
    MISSED = "missed", _("Too late")
    CANCELLED = "cancelled", _("Cancelled")


VERBS = [(Verb.POST.value, _("Post")), (Verb.REPLY.value, _("Reply"))]
# As often as the network is looked at before a person is asked.
LOOKS = 5


class OutgoingQuerySet(models.QuerySet["Outgoing"]):
    """Questions about what goes out."""

    def waiting(self) -> OutgoingQuerySet:
        """What nobody has begun to send."""
        return self.filter(state__in=(State.HELD, State.DUE, State.CLAIMED))

    def ready(self, moment: datetime) -> OutgoingQuerySet:
        """What may be sent at ``moment``: due, nothing in its way, its network not left alone."""
        quiet = Lane.objects.quiet(moment).filter(channel=OuterRef("channel"))
        due = self.filter(~Exists(quiet), state=State.DUE, next_at__lte=moment)
        return due.with_nothing_in_the_way()

    def with_nothing_in_the_way(self) -> OutgoingQuerySet:
        """What is not paused, and whose channel has a key that may work."""
        here = Q(channel=OuterRef("channel")) | Q(channel__isnull=True)
        return self.with_a_key().filter(~Exists(Pause.objects.on().filter(here)))

    def with_a_key(self) -> OutgoingQuerySet:
        """What somebody could do just now: the channel is in use, and its key not known as dead."""
        alive = Credential.objects.filter(channel=OuterRef("channel")).exclude(state__in=DEAD)
        return self.filter(Exists(alive), channel__is_active=True)

    def late(self, moment: datetime) -> OutgoingQuerySet:
        """What was not begun in time."""
        return self.filter(state__in=(State.HELD, State.DUE), latest_at__lt=moment)

    def abandoned(self, moment: datetime) -> OutgoingQuerySet:
        """What somebody took and did not come back with."""
        return self.filter(state__in=(State.CLAIMED, State.SENDING), leased_until__lt=moment)

    def to_look_for(self, moment: datetime) -> OutgoingQuerySet:
        """What may be there, and has not been looked for often enough."""
        doubtful = self.filter(state=State.UNKNOWN, looks__lt=LOOKS, next_at__lte=moment)
        return doubtful.with_a_key()

    def asking(self) -> OutgoingQuerySet:
        """What only a person can settle: looked for in vain."""
        return self.filter(state=State.UNKNOWN, looks__gte=LOOKS)


class Outgoing(models.Model):
    """One act on one channel, whole: nothing is asked of anybody when it is sent.

    ``key`` says what caused it, once ("publication:12"). ``payload`` is the act as JSON: text,
    link, which comment it answers, and pictures as files of their own, with the SHA-256 they had.
    It is sent no earlier than ``due_at`` and no later than ``latest_at``; ``next_at`` is when it is
    next tried, or looked for. Whoever sends it holds it by ``lease`` until ``leased_until``.
    """

    key = models.CharField(_("key"), max_length=80, unique=True)
    channel = models.ForeignKey(
        Channel, verbose_name=_("channel"), on_delete=models.PROTECT, related_name="outgoing"
    )
    verb = models.CharField(
        _("what is done"), max_length=20, choices=VERBS, default=Verb.POST.value
    )
    title = models.CharField(_("title"), max_length=255)
    payload = models.JSONField(_("what is sent"))
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.DUE, db_index=True
    )
    due_at = models.DateTimeField(_("goes out at"), db_index=True)
    latest_at = models.DateTimeField(_("at the latest"), null=True, blank=True)
    next_at = models.DateTimeField(_("next try at"))
    lease = models.CharField(_("lease"), max_length=40, blank=True, editable=False)
    leased_until = models.DateTimeField(_("held until"), null=True, blank=True, editable=False)
    tries = models.PositiveIntegerField(_("tries"), default=0)
    looks = models.PositiveIntegerField(_("looked for"), default=0)
    code = models.CharField(_("the network’s last word"), max_length=40, blank=True)
    external_id = models.CharField(_("id on the network"), max_length=200, blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True)
    made_at = models.DateTimeField(_("made at"), default=now, editable=False)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("settled by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)
    why = models.CharField(_("why"), max_length=300, blank=True)

    objects: ClassVar[models.Manager[Outgoing]] = OutgoingQuerySet.as_manager()

    personal_data = PersonalData(
        personal={
            "settled_by": _("Who said what became of it"),
            "why": _("Why it was stopped"),
        },
        other=(
            *("id", "key", "channel", "verb", "title", "payload", "state", "due_at", "latest_at"),
            *("next_at", "lease", "leased_until", "tries", "looks", "code", "external_id", "url"),
            *("made_at", "sent_at", "settled_at"),
        ),
        purpose=_("Saying everything once, and knowing what was said"),
        retention=_("As long as the municipality keeps what it has published"),
        on_erasure=OnErasure.KEEP,
        why_kept=_("Evidence of what citizens were told; names staff only"),
    )

    class Meta:
        verbose_name = _("outgoing")
        verbose_name_plural = _("outgoing")
        ordering = ("-due_at", "-pk")
        default_permissions = ()
        permissions = [
            ("view_outgoing", _("May see what is sent to the networks")),
            ("change_outgoing", _("May settle, cancel and send again, and pause a channel")),
        ]
        indexes = [models.Index(fields=["state", "next_at"], name="outgoing_to_do")]
        constraints = [
            one_of("state", State, name="outgoing_state_known", message=_("Choose a state.")),
            one_of("verb", Verb, name="outgoing_verb_known", message=_("Choose what is done.")),
            filled("key", name="outgoing_has_key", message=_("It needs a name of its own.")),
            filled("title", name="outgoing_has_title", message=_("It needs a title.")),
            ordered(
                "due_at",
                "latest_at",
                name="outgoing_due_before_latest",
                message=_("It must be due before it is too late."),
            ),
            both_or_neither(
                "settled_by",
                "settled_at",
                name="outgoing_settled_by_somebody",
                message=_("What a person settled says who and when."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=(State.CLAIMED, State.SENDING), leased_until__isnull=False)
                | ~Q(state__in=(State.CLAIMED, State.SENDING)),
                name="outgoing_taken_until_when",
                violation_error_message=_("What is being sent is held by somebody for a time."),
            ),
            models.CheckConstraint(
                condition=Q(state=State.SENT, sent_at__isnull=False)
                | (~Q(state=State.SENT) & Q(sent_at__isnull=True)),
                name="outgoing_sent_when",
                violation_error_message=_("What is sent, and nothing else, says when."),
            ),
            models.UniqueConstraint(
                fields=("channel", "external_id"),
                condition=~Q(external_id=""),
                name="outgoing_once_on_the_network",
                violation_error_message=_("Something else of ours is that post already."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def asks(self) -> bool:
        """Whether only a person can settle it."""
        return self.state == State.UNKNOWN and self.looks >= LOOKS
