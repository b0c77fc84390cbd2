"""E-mails to whoever had an idea."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.stories.models.ideas import StoryIdea
from panel.core.constraints import one_of
from panel.core.personal import OnErasure, PersonalData


class LetterKind(models.TextChoices):
    """What is written to whoever had an idea, once each."""

    RECEIVED = "received", _("That it came")
    ANSWER = "answer", _("Our answer")
    TOLD = "told", _("That the story is out")


class LetterState(models.TextChoices):
    """Where a letter is. Who crashes while sending may have sent it, so a person decides."""

    WAITING = "waiting", _("Waiting to be sent")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    UNSURE = "unsure", _("Perhaps sent")
    FAILED = "failed", _("Could not be sent")


class IdeaLetter(models.Model):
    """An e-mail about an idea; its address is the idea's."""

    idea = models.ForeignKey(
        StoryIdea, verbose_name=_("idea"), on_delete=models.CASCADE, related_name="letters"
    )
    kind = models.CharField(_("kind"), max_length=8, choices=LetterKind.choices)
    text = models.TextField(_("text"), max_length=4000, blank=True)
    state = models.CharField(
        _("state"), max_length=8, choices=LetterState.choices, default=LetterState.WAITING
    )
    # From the moment it is claimed.
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    personal_data = PersonalData(
        personal={"text": _("What we answered"), "sent_at": _("When we wrote")},
        other=("id", "idea", "kind", "state"),
        purpose=_("Telling whoever sent an idea what came of it"),
        retention=_("As long as the address of whoever sent the idea; then only that it was sent"),
        on_erasure=OnErasure.BLANK,
    )

    class Meta:
        verbose_name = _("e-mail about an idea")
        verbose_name_plural = _("e-mails about ideas")
        ordering = ("pk",)
        constraints = [
            one_of("kind", LetterKind, name="idea_letter_kind_known", message=_("Choose a kind.")),
            one_of(
                "state", LetterState, name="idea_letter_state_known", message=_("Choose a state.")
            ),
            models.UniqueConstraint(
                fields=("idea", "kind"),
                name="idea_letter_once",
                violation_error_message=_("That has been written already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
