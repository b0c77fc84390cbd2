"""A shortlist: what a named person chose, why, and until when.

Nobody else's score is ever stored.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from panel.conversations.models import Commenter
from panel.core.clock import now
from panel.core.constraints import both_or_neither, filled, one_of, ordered
from panel.core.personal import OnErasure, PersonalData


class ShortlistQuerySet(models.QuerySet["Shortlist"]):
    """Questions about shortlists."""

    def live(self, moment: datetime) -> ShortlistQuerySet:
        """Those whose purpose is not over."""
        return self.filter(withdrawn_at__isnull=True, expires_at__gt=moment)

    def over(self, moment: datetime) -> ShortlistQuerySet:
        """Those whose purpose is over."""
        return self.exclude(withdrawn_at__isnull=True, expires_at__gt=moment)


class Shortlist(models.Model):
    """People chosen for one purpose by one named person, with the criteria they used."""

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=100)
    purpose = models.CharField(
        _("purpose"), max_length=300, help_text=_("What these people will be asked for.")
    )
    # What the person asked for: channel, days, moment, bar, filters, lottery seed. No names.
    criteria = models.JSONField(_("criteria"), default=dict, editable=False)
    weights_version = models.CharField(_("version of the measure"), max_length=20, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("made by"),
    )
    made_at = models.DateTimeField(_("made at"), default=now, editable=False)
    expires_at = models.DateTimeField(_("deleted after"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("withdrawn by"),
    )

    objects: ClassVar[ShortlistQuerySet] = ShortlistQuerySet.as_manager()  # type: ignore[assignment]

    personal_data = PersonalData(
        personal={"made_by": _("Who made it"), "withdrawn_by": _("Who withdrew it")},
        other=(
            "id",
            "public_id",
            "name",
            "purpose",
            "criteria",
            "weights_version",
            "made_at",
            "expires_at",
            "withdrawn_at",
        ),
        purpose=_("Knowing who chose people, for what and how"),
        retention=_("The list stays without its people"),
        on_erasure=OnErasure.KEEP,
        why_kept=_("Evidence that a named person decided; names staff only"),
    )

    class Meta:
        verbose_name = _("shortlist")
        verbose_name_plural = _("shortlists")
        ordering = ("-made_at", "-pk")
        constraints = [
            filled("name", name="shortlist_has_name", message=_("Give the shortlist a name.")),
            filled("purpose", name="shortlist_has_purpose", message=_("Write what it is for.")),
            ordered(
                "made_at",
                "expires_at",
                name="shortlist_ends_after_it_begins",
                message=_("The last day must lie ahead."),
            ),
            both_or_neither(
                "withdrawn_at",
                "withdrawn_by",
                name="shortlist_withdrawn_by_somebody",
                message=_("A withdrawn shortlist says who withdrew it and when."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Entrance(models.TextChoices):
    """Why somebody is on a shortlist."""

    CHOSEN = "chosen", _("Chosen by a person")
    LOTTERY = "lottery", _("Drawn among everybody above the bar")
    NEWCOMER = "newcomer", _("New on the page")


class ShortlistEntryQuerySet(models.QuerySet["ShortlistEntry"]):
    """Questions about the people on shortlists."""

    def live(self, moment: datetime) -> ShortlistEntryQuerySet:
        """Those on a shortlist whose purpose is not over."""
        return self.filter(shortlist__withdrawn_at__isnull=True, shortlist__expires_at__gt=moment)


class ShortlistEntry(models.Model):
    """One person on a shortlist, with what the measure said when they were chosen.

    The terms are points that add up to the score. All of it goes when the purpose is over.
    """

    shortlist = models.ForeignKey(Shortlist, on_delete=models.CASCADE, related_name="entries")
    commenter = models.ForeignKey(
        Commenter, on_delete=models.CASCADE, related_name="shortlist_entries"
    )
    entrance = models.CharField(_("why"), max_length=10, choices=Entrance.choices)
    score = models.FloatField(_("score"))
    regularity = models.FloatField(_("regularity"))
    breadth = models.FloatField(_("breadth"))
    dialogue = models.FloatField(_("dialogue"))
    answering = models.FloatField(_("answering"))
    weeks = models.PositiveIntegerField(_("active weeks"))
    comments = models.PositiveIntegerField(_("counted comments"))
    added_at = models.DateTimeField(_("added at"), default=now, editable=False)

    objects: ClassVar[ShortlistEntryQuerySet] = ShortlistEntryQuerySet.as_manager()  # type: ignore[assignment]

    personal_data = PersonalData(
        heading=_("Lists you are on"),
        personal={
            "commenter": _("That you are on the list"),
            "entrance": _("Why you were chosen"),
            "score": _("How much you took part, as a number"),
            "regularity": _("Points for writing regularly"),
            "breadth": _("Points for writing about different things"),
            "dialogue": _("Points for being answered by others"),
            "answering": _("Points for answering others"),
            "weeks": _("In how many weeks you wrote"),
            "comments": _("How many comments were counted"),
            "added_at": _("When you were put on the list"),
        },
        other=("id", "shortlist"),
        purpose=_("Asking people who take part to join the panel"),
        retention=_("Until the shortlist's last day"),
        subject="commenter",
    )

    class Meta:
        verbose_name = _("shortlisted person")
        verbose_name_plural = _("shortlisted people")
        constraints = [
            models.UniqueConstraint(
                fields=["shortlist", "commenter"],
                name="shortlist_entry_once",
                violation_error_message=_("This person is on the shortlist already."),
            ),
            one_of(
                "entrance",
                Entrance,
                name="shortlist_entry_entrance_known",
                message=_("Say why the person is on the list."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shortlist_id}: {self.commenter_id}"
