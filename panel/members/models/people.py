"""Member and profile.

A profile exists only after the citizen has made it, and every field of it may be left empty.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from panel.conversations.models import Commenter
from panel.core.clock import now
from panel.core.constraints import filled, one_of
from panel.core.personal import PersonalData, nothing_personal


class Door(models.TextChoices):
    """The way a member came in; shown in the panel's make-up, never used against anybody."""

    INVITED = "invited", _("Invited")
    OPEN = "open", _("Found the way themselves")


class AgeBand(models.TextChoices):
    """Ten-year bands: enough to balance a panel, too coarse to know anybody."""

    UNDER_20 = "15-19", _("15–19")
    TWENTIES = "20-29", _("20–29")
    THIRTIES = "30-39", _("30–39")
    FORTIES = "40-49", _("40–49")
    FIFTIES = "50-59", _("50–59")
    SIXTIES = "60-69", _("60–69")
    SEVENTIES = "70-79", _("70–79")
    EIGHTY_PLUS = "80+", _("80 or over")


class Gender(models.TextChoices):
    """What people may tell us, in their own words for themselves."""

    WOMAN = "woman", _("Woman")
    MAN = "man", _("Man")
    OTHER = "other", _("Something else")


class Area(models.Model):
    """A district of the municipality, as its citizens call it."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    personal_data = nothing_personal("id", "name", "order")

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        ordering = ("order", "name")
        constraints = [filled("name", name="area_has_name", message=_("Give the area a name."))]

    def __str__(self) -> str:
        return self.name


class Interest(models.Model):
    """Something members may want to be asked about."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    personal_data = nothing_personal("id", "name", "order")

    class Meta:
        verbose_name = _("interest")
        verbose_name_plural = _("interests")
        ordering = ("order", "name")
        constraints = [
            filled("name", name="interest_has_name", message=_("Give the interest a name."))
        ]

    def __str__(self) -> str:
        return self.name


class MemberQuerySet(models.QuerySet["Member"]):
    """Questions about members."""

    def inactive_since(self, moment: object) -> MemberQuerySet:
        """Those who have not been active since ``moment``."""
        return self.filter(last_active_at__lt=moment)


class Member(models.Model):
    """Somebody who said yes.

    Leaving deletes the row; there is no list of former members.
    """

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="member",
        verbose_name=_("account"),
    )
    door = models.CharField(_("came by"), max_length=20, choices=Door.choices)
    language = models.CharField(
        _("language"), max_length=2, choices=[("da", _("Danish")), ("en", _("English"))]
    )
    is_old_enough = models.BooleanField(
        _("15 or over"), help_text=_("Said by the member on joining; no birthday is kept.")
    )
    joined_at = models.DateTimeField(_("joined at"), default=now, editable=False)
    last_active_at = models.DateTimeField(_("last active at"), default=now)
    asked_to_stay_at = models.DateTimeField(_("asked to stay at"), null=True, blank=True)

    objects: ClassVar[models.Manager[Member]] = MemberQuerySet.as_manager()

    personal_data = PersonalData(
        heading=_("Your membership"),
        personal={
            "user": _("Your account"),
            "door": _("Whether you were invited"),
            "language": _("Your language"),
            "is_old_enough": _("That you said you are 15 or over"),
            "joined_at": _("When you joined"),
            "last_active_at": _("When you last did something here"),
            "asked_to_stay_at": _("When we last asked whether you want to stay"),
        },
        other=("id", "public_id"),
        purpose=_("The panel you joined"),
        retention=_("Until you leave, or 18 months after you were last active"),
        subject="user",
    )

    class Meta:
        verbose_name = _("panel member")
        verbose_name_plural = _("panel members")
        constraints = [
            one_of("door", Door, name="member_door_known", message=_("Say how they came in.")),
            one_of(
                "language",
                ["da", "en"],
                name="member_language_known",
                message=_("Choose Danish or English."),
            ),
            models.CheckConstraint(
                condition=models.Q(is_old_enough=True),
                name="member_is_old_enough",
                violation_error_message=_("You must be 15 or over to join the panel."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class Profile(models.Model):
    """What a member told us themselves; it balances the panel, and nothing else is done with it."""

    member = models.OneToOneField(Member, on_delete=models.CASCADE, related_name="profile")
    age_band = models.CharField(_("age"), max_length=5, choices=AgeBand.choices, blank=True)
    area = models.ForeignKey(
        Area, on_delete=models.SET_NULL, null=True, blank=True, verbose_name=_("area")
    )
    gender = models.CharField(_("gender"), max_length=10, choices=Gender.choices, blank=True)
    interests = models.ManyToManyField(Interest, blank=True, verbose_name=_("interests"))
    changed_at = models.DateTimeField(_("changed at"), default=now)

    personal_data = PersonalData(
        heading=_("What you told about yourself"),
        personal={
            "age_band": _("Your age, in ten years"),
            "area": _("Where you live, roughly"),
            "gender": _("Your gender"),
            "interests": _("What you want to be asked about"),
            "changed_at": _("When you last changed this"),
        },
        other=("id", "member"),
        purpose=_("Balancing the panel, so that it resembles the municipality"),
        retention=_("Until you change it or leave"),
        subject="member__user",
    )

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")
        constraints = [
            one_of(
                "age_band",
                ["", *AgeBand.values],
                name="profile_age_known",
                message=_("Choose one of the ages, or none."),
            ),
            one_of(
                "gender",
                ["", *Gender.values],
                name="profile_gender_known",
                message=_("Choose one of the answers, or none."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.member_id)


class Claim(models.Model):
    """A member said "these comments are mine".

    Only their own act makes one, and they may undo it.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="claims")
    commenter = models.OneToOneField(Commenter, on_delete=models.CASCADE, related_name="claim")
    claimed_at = models.DateTimeField(_("claimed at"), default=now, editable=False)

    personal_data = PersonalData(
        heading=_("Comments you said are yours"),
        personal={
            "member": _("Your membership"),
            "commenter": _("The comments you said are yours"),
            "claimed_at": _("When you said so"),
        },
        other=("id",),
        purpose=_("Showing you what we know of your comments"),
        retention=_("Until you undo it or leave, or your comments are forgotten"),
        subject="member__user",
    )

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")

    def __str__(self) -> str:
        return f"{self.member_id} = {self.commenter_id}"
