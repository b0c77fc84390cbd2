"""Consent in versions: the words that were shown, and an append-only log of yes and no."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from panel.core.clock import now
from panel.core.constraints import at_least, filled, one_of
from panel.core.personal import OnErasure, PersonalData

from .people import Member


class ConsentTextQuerySet(models.QuerySet["ConsentText"]):
    """Questions about the texts."""

    def current(self, language: str) -> ConsentText | None:
        """The newest published text in ``language``."""
        return (
            self.filter(language=language, published_at__isnull=False).order_by("-version").first()
        )


class ConsentText(models.Model):
    """The exact words a citizen says yes to.

    Published ones never change; a change is a new version.
    """

    version = models.PositiveIntegerField(_("version"))
    language = models.CharField(
        _("language"), max_length=2, choices=[("da", _("Danish")), ("en", _("English"))]
    )
    text = models.TextField(_("text"))
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    published_by_id = models.BigIntegerField(
        _("published by"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Empty for the text that came with the product."),
    )

    objects: ClassVar[ConsentTextQuerySet] = ConsentTextQuerySet.as_manager()  # type: ignore[assignment]

    personal_data = PersonalData(
        personal={"published_by_id": _("Who published it")},
        other=("id", "version", "language", "text", "published_at"),
        purpose=_("Knowing which words were agreed to"),
        retention=_("As long as somebody's yes refers to it"),
        on_erasure=OnErasure.KEEP,
        why_kept=_("Evidence of what was agreed to; names staff by number only"),
    )

    class Meta:
        verbose_name = _("consent text")
        verbose_name_plural = _("consent texts")
        ordering = ("-version", "language")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "language"],
                name="consenttext_once",
                violation_error_message=_("This version exists already in this language."),
            ),
            at_least(
                "version",
                1,
                name="consenttext_version_positive",
                message=_("Versions are counted from 1."),
            ),
            one_of(
                "language",
                ["da", "en"],
                name="consenttext_language_known",
                message=_("Choose Danish or English."),
            ),
            filled("text", name="consenttext_has_text", message=_("Write the text.")),
            models.CheckConstraint(
                condition=models.Q(published_by_id__isnull=True)
                | models.Q(published_at__isnull=False),
                name="consenttext_published_at_a_time",
                violation_error_message=_("A published text says when it was published."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} ({self.language})"


class Answer(models.TextChoices):
    """What was said to a text."""

    GIVEN = "given", _("Yes")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Consent(models.Model):
    """One line of the log.

    Lines are added, never changed; leaving takes the person out of them.
    """

    member = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, related_name="consents"
    )
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="consents")
    answer = models.CharField(_("answer"), max_length=10, choices=Answer.choices)
    answered_at = models.DateTimeField(_("answered at"), default=now, editable=False)

    personal_data = PersonalData(
        heading=_("What you said yes to"),
        personal={
            "member": _("That it was you"),
            "text": _("The words you were shown"),
            "answer": _("Your answer"),
            "answered_at": _("When you answered"),
        },
        other=("id",),
        purpose=_("Showing what you agreed to"),
        retention=_("The line stays when you leave, without you"),
        subject="member__user",
        on_erasure=OnErasure.BLANK,
    )

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ("-answered_at", "-pk")
        constraints = [
            one_of("answer", Answer, name="consent_answer_known", message=_("Yes or withdrawn.")),
        ]

    def __str__(self) -> str:
        return f"{self.text_id}: {self.answer}"
