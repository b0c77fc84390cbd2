"""Approval: asked for, given, used once; or refused, taken back, fallen away."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from panel.core.clock import now
from panel.core.constraints import both_or_neither, filled, one_of
from panel.core.personal import OnErasure, PersonalData


class State(models.TextChoices):
    """Where an approval is; the moves are in ``review.moves``."""

    ASKED = "asked", _("Waiting for approval")
    APPROVED = "approved", _("Approved")
    PUBLISHED = "published", _("Live")
    CHANGES = "changes", _("Changes asked for")
    REJECTED = "rejected", _("Rejected")
    TAKEN_BACK = "taken_back", _("Taken back")
    FELL_AWAY = "fell_away", _("Changed after it was sent for approval")
    LATE = "late", _("Not approved in time")
    MISSED = "missed", _("Approved, but not published in time")
    SUPERSEDED = "superseded", _("Replaced by a newer version")
    TAKEN_DOWN = "taken_down", _("Taken down")


OPEN = (State.ASKED, State.APPROVED)
# It was live, or is.
SHOWN = (State.PUBLISHED, State.SUPERSEDED, State.TAKEN_DOWN)
# Somebody other than the author has said something: none of these without a name.
DECIDED = (
    *(State.APPROVED, State.PUBLISHED, State.CHANGES, State.REJECTED),
    *(State.MISSED, State.SUPERSEDED, State.TAKEN_DOWN),
)


class ApprovalQuerySet(models.QuerySet["Approval"]):
    """Questions about approvals."""

    def open(self) -> ApprovalQuerySet:
        """Asked for or given, and not used yet: one a page at most."""
        return self.filter(state__in=OPEN)

    def of(self, page: Page) -> ApprovalQuerySet:
        """Those of one page."""
        return self.filter(page_id=page.pk)


class Approval(models.Model):
    """One round: what was shown to a second person, and what they said.

    ``contents`` is what is on the page, field by field, ``plan`` where and when it goes out, as the
    app above wrote it; ``content_hash`` is over the first, ``seal`` over both. Nothing but the seal
    is ever approved, and nothing goes live whose seal is another one.
    """

    page = models.ForeignKey(
        Page, on_delete=models.SET_NULL, null=True, related_name="approvals", verbose_name=_("page")
    )
    revision = models.ForeignKey(
        Revision, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("version")
    )
    title = models.CharField(_("title"), max_length=255)
    contents = models.JSONField(_("contents"))
    plan = models.JSONField(_("where and when"), default=list)
    content_hash = models.CharField(_("hash of the contents"), max_length=64)
    seal = models.CharField(_("seal"), max_length=64)
    # Ids of accounts: everybody who changed anything since a version was live, and who asked.
    authors = models.JSONField(_("authors"), default=list)
    state = models.CharField(
        _("state"), max_length=12, choices=State.choices, default=State.ASKED, db_index=True
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("asked for by"),
    )
    asked_at = models.DateTimeField(_("asked for at"), default=now)
    needed_by = models.DateTimeField(_("needed by"), null=True, blank=True)
    message = models.TextField(_("message"), max_length=1000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    note = models.TextField(_("note"), max_length=2000, blank=True)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    objects: ClassVar[models.Manager[Approval]] = ApprovalQuerySet.as_manager()

    personal_data = PersonalData(
        personal={
            "authors": _("Who wrote it"),
            "asked_by": _("Who asked for it"),
            "message": _("What the author wrote to the editor"),
            "decided_by": _("Who decided"),
            "note": _("What the editor wrote to the author"),
        },
        other=(
            *("id", "page", "revision", "title", "contents", "plan", "content_hash", "seal"),
            *("state", "asked_at", "needed_by", "decided_at", "reminded_at", "published_at"),
            "ended_at",
        ),
        purpose=_("Knowing what went out and who said it was right"),
        retention=_("As long as the municipality keeps what it has published"),
        on_erasure=OnErasure.KEEP,
        why_kept=_("Evidence of what citizens were told; names staff only"),
    )

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        ordering = ("-asked_at", "-pk")
        permissions = [("give_approval", _("May approve what a colleague has written"))]
        constraints = [
            one_of("state", State, name="approval_state_known", message=_("Choose a state.")),
            filled("seal", name="approval_sealed", message=_("An approval is of something.")),
            both_or_neither(
                "decided_by",
                "decided_at",
                name="approval_decided_by_somebody",
                message=_("A decision says who made it and when."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=DECIDED) | Q(decided_by__isnull=False),
                name="approval_decisions_are_signed",
                violation_error_message=_("A decision says who made it and when."),
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="approval_four_eyes",
                violation_error_message=_("Somebody else than the author must approve it."),
            ),
            models.CheckConstraint(
                condition=~Q(state=State.PUBLISHED) | Q(published_at__isnull=False),
                name="approval_published_when",
                violation_error_message=_("What is live says since when."),
            ),
            models.UniqueConstraint(
                fields=("page",),
                condition=Q(state__in=OPEN),
                name="approval_one_open",
                violation_error_message=_("This page is waiting for approval already."),
            ),
            models.UniqueConstraint(
                fields=("page",),
                condition=Q(state=State.PUBLISHED),
                name="approval_one_published",
                violation_error_message=_("One version of a page is live at a time."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether it can still come to something."""
        return self.state in OPEN


class Hand(models.Model):
    """Somebody wrote what ``page`` was copied from, and so has a hand in it before its own first
    version.

    Kept here because a copy need not keep versions, and what it was copied from may be gone.
    """

    page = models.ForeignKey(
        Page, on_delete=models.CASCADE, related_name="hands", verbose_name=_("page")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("who wrote it"),
    )

    personal_data = PersonalData(
        personal={"user": _("Who wrote it")},
        other=("id", "page"),
        purpose=_("Nobody approves what they have written themselves"),
        retention=_("As long as the page"),
        on_erasure=OnErasure.KEEP,
        why_kept=_("Evidence of what citizens were told; names staff only"),
    )

    class Meta:
        verbose_name = _("hand in a copied page")
        verbose_name_plural = _("hands in copied pages")
        constraints = [
            models.UniqueConstraint(
                fields=("page", "user"),
                name="hand_once",
                violation_error_message=_("This is known already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.page_id}"
