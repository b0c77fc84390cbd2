"""A campaign asks the people of one shortlist, or everybody who passes a poster, with one approved
text."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from panel.core.clock import now
from panel.core.constraints import at_least, both_or_neither, filled, one_of
from panel.core.personal import OnErasure, PersonalData
from panel.engagement.models import Shortlist

LANGUAGES = [("da", _("Danish")), ("en", _("English"))]
LONGEST_LINK_DAYS = 30


class Template(models.Model):
    """Approved wording.

    It cannot be saved without what the law asks for (``wording``, P8).
        A saved version never changes: to change it is to write the next.
    """

    name = models.CharField(_("name"), max_length=100)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    subject = models.CharField(_("subject"), max_length=150)
    body = models.TextField(_("text"))
    reminder_subject = models.CharField(
        _("subject of the reminder"),
        max_length=150,
        blank=True,
        help_text=_("Leave this and the next empty if nobody is to be reminded."),
    )
    reminder = models.TextField(
        _("text of the reminder"),
        blank=True,
        help_text=_(
            "Sent once to who has not answered, with the same link. It says all the invitation"
            " must say, because the invitation may be lost."
        ),
    )
    reply = models.TextField(
        _("text for a public reply"),
        blank=True,
        help_text=_("Short and neutral, with {link}. Everybody can read it; it names nobody."),
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    written_at = models.DateTimeField(_("written at"), default=now, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
    )
    approved_at = models.DateTimeField(_("approved at"), null=True, editable=False)

    personal_data = PersonalData(
        personal={"written_by": _("Who wrote it"), "approved_by": _("Who approved it")},
        other=(
            "id",
            "name",
            "version",
            "language",
            "subject",
            "body",
            "reminder_subject",
            "reminder",
            "reply",
            "written_at",
            "approved_at",
        ),
        purpose=_("Knowing what was sent and who said it was right"),
        retention=_("As long as an invitation refers to it"),
        on_erasure=OnErasure.KEEP,
        why_kept=_("Evidence of what citizens were told; names staff only"),
    )

    class Meta:
        verbose_name = _("invitation template")
        verbose_name_plural = _("invitation templates")
        permissions = [("approve_template", _("May approve a colleague's template"))]
        ordering = ("name", "language", "-version")
        constraints = [
            models.UniqueConstraint(
                fields=["name", "language", "version"],
                name="template_version_once",
                violation_error_message=_("This version of the template exists already."),
            ),
            filled("subject", name="template_has_subject", message=_("Write a subject.")),
            filled("body", name="template_has_text", message=_("Write the text.")),
            models.CheckConstraint(
                condition=models.Q(reminder="", reminder_subject="")
                | (~models.Q(reminder="") & ~models.Q(reminder_subject="")),
                name="template_reminder_whole",
                violation_error_message=_("A reminder has a subject and a text."),
            ),
            both_or_neither(
                "approved_by",
                "approved_at",
                name="template_approved_by_somebody",
                message=_("An approved template says who approved it and when."),
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True)
                | ~models.Q(approved_by=models.F("written_by")),
                name="template_four_eyes",
                violation_error_message=_("Somebody else than the author must approve it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.language}, {self.version})"


class CampaignState(models.TextChoices):
    """Where a campaign is; the moves are in ``invitations.moves``."""

    DRAFT = "draft", _("Draft")
    WAITING = "waiting", _("Waiting for a second person")
    RUNNING = "running", _("Running")
    PAUSED = "paused", _("Paused")
    ENDED = "ended", _("Ended")


class Campaign(models.Model):
    """One round of asking.

    Without a shortlist it is an open call.
    """

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=100)
    shortlist = models.ForeignKey(
        Shortlist,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="campaigns",
        verbose_name=_("shortlist"),
        help_text=_("Leave empty for an open call: a poster, a public link."),
    )
    template = models.ForeignKey(
        Template,
        on_delete=models.PROTECT,
        related_name="campaigns",
        verbose_name=_("template"),
    )
    valid_days = models.PositiveSmallIntegerField(
        _("days a link works"), default=30, help_text=_("At most 30.")
    )
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=CampaignState.choices,
        default=CampaignState.DRAFT,
        editable=False,
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    made_at = models.DateTimeField(_("made at"), default=now, editable=False)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
    )
    released_at = models.DateTimeField(_("released at"), null=True, editable=False)
    # What the second person saw and said yes to: a change of recipients, text or days voids it.
    released_hash = models.CharField(max_length=64, blank=True, editable=False)
    # What the funnel still tells of invitations whose times retention has cleared: numbers only.
    withdrawn_after_sending = models.PositiveIntegerField(default=0, editable=False)
    opened_without_answer = models.PositiveIntegerField(default=0, editable=False)
    reminded_without_answer = models.PositiveIntegerField(default=0, editable=False)

    personal_data = PersonalData(
        personal={"made_by": _("Who made it"), "released_by": _("Who released it")},
        other=(
            "id",
            "public_id",
            "name",
            "shortlist",
            "template",
            "valid_days",
            "state",
            "made_at",
            "released_at",
            "released_hash",
            "withdrawn_after_sending",
            "opened_without_answer",
            "reminded_without_answer",
        ),
        purpose=_("Knowing who was asked, by whom"),
        retention=_("The figures stay; invitations without an answer go after 60 days"),
        on_erasure=OnErasure.KEEP,
        why_kept=_("Evidence of who decided; names staff only"),
    )

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        permissions = [("release_campaign", _("May release a colleague's campaign"))]
        ordering = ("-made_at",)
        constraints = [
            filled("name", name="campaign_has_name", message=_("Give the campaign a name.")),
            one_of(
                "state",
                CampaignState,
                name="campaign_state_known",
                message=_("A campaign cannot be in this state."),
            ),
            at_least(
                "valid_days",
                1,
                name="campaign_links_work_a_day",
                message=_("A link must work for at least a day."),
            ),
            models.CheckConstraint(
                condition=models.Q(valid_days__lte=30),
                name="campaign_links_work_thirty_days",
                violation_error_message=_("A link works for 30 days at most."),
            ),
            both_or_neither(
                "released_by",
                "released_at",
                name="campaign_released_by_somebody",
                message=_("A released campaign says who released it and when."),
            ),
            models.CheckConstraint(
                condition=models.Q(released_by__isnull=True)
                | ~models.Q(released_by=models.F("made_by")),
                name="campaign_four_eyes",
                violation_error_message=_("Somebody else than its maker must release a campaign."),
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "waiting", "ended"])
                | models.Q(released_by__isnull=False),
                name="campaign_runs_when_released",
                violation_error_message=_(
                    "A campaign runs only after a second person released it."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name
