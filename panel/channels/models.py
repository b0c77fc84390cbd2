"""Channel: a place where citizens write and we publish; and the key to it."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from panel.channels.keys import ADVICE, DEAD, SOON, KeyState, Problem, Worry
from panel.core.clock import now
from panel.core.constraints import filled, one_of
from panel.core.crypto import EncryptedTextField
from panel.core.personal import OnErasure, PersonalData, nothing_personal


class Kind(models.TextChoices):
    """What a channel is.

    A kind is a folder beside this file with an adapter in it.
    """

    BYHAND = "byhand", _("By hand")
    SITE = "site", _("This site")
    FACEBOOK = "facebook", _("Facebook page")
    INSTAGRAM = "instagram", _("Instagram account")
    MASTODON = "mastodon", _("Mastodon account")


class ChannelQuerySet(models.QuerySet["Channel"]):
    """Questions about channels."""

    def active(self) -> ChannelQuerySet:
        """Those in use."""
        return self.filter(is_active=True)


class Channel(models.Model):
    """A place where citizens write.

    ``scope`` says within what their ids are the same people.
    """

    slug = models.SlugField(_("short name"), max_length=50, unique=True)
    name = models.CharField(_("name"), max_length=100)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    external_id = models.CharField(
        _("id on the network"), max_length=100, blank=True, help_text=_("For example the page id.")
    )
    url = models.URLField(_("address"), blank=True)
    # Two channels with one scope know the same people by the same ids: a page, and a file exported
    # from it. Objections are kept per scope, so it is fixed when the channel is made.
    scope = models.CharField(_("identity scope"), max_length=160, editable=False)
    is_active = models.BooleanField(_("in use"), default=True)
    created_at = models.DateTimeField(_("created at"), default=now, editable=False)

    objects: ClassVar[models.Manager[Channel]] = ChannelQuerySet.as_manager()

    personal_data = nothing_personal(
        "id", "slug", "name", "kind", "external_id", "url", "scope", "is_active", "created_at"
    )

    class Meta:
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        ordering = ("name",)
        constraints = [
            one_of("kind", Kind, name="channel_kind_known", message=_("Choose a kind of channel.")),
            filled("name", name="channel_has_name", message=_("Give the channel a name.")),
            filled("scope", name="channel_has_scope", message=_("A channel needs a scope.")),
            models.CheckConstraint(
                condition=~Q(kind=Kind.FACEBOOK) | ~Q(external_id=""),
                name="channel_facebook_has_page",
                violation_error_message=_("Write the page id: digits only."),
            ),
            # Two channels of one page would post everything twice.
            models.UniqueConstraint(
                fields=["external_id"],
                condition=Q(kind=Kind.FACEBOOK),
                name="channel_facebook_page_once",
                violation_error_message=_("There is a channel for this page already."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.INSTAGRAM) | ~Q(external_id=""),
                name="channel_instagram_has_account",
                violation_error_message=_("Write the account’s id: digits only."),
            ),
            models.UniqueConstraint(
                fields=["external_id"],
                condition=Q(kind=Kind.INSTAGRAM),
                name="channel_instagram_account_once",
                violation_error_message=_("There is a channel for this account already."),
            ),
            # Its key is sent to its address.
            models.CheckConstraint(
                condition=~Q(kind=Kind.MASTODON) | (~Q(external_id="") & ~Q(url="")),
                name="channel_mastodon_has_account",
                violation_error_message=_("Write the account’s address and its server’s."),
            ),
            models.UniqueConstraint(
                fields=["external_id"],
                condition=Q(kind=Kind.MASTODON),
                name="channel_mastodon_account_once",
                violation_error_message=_("There is a channel for this account already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CredentialQuerySet(models.QuerySet["Credential"]):
    """Questions about keys, of channels in use. None of them reads a key."""

    def in_use(self) -> CredentialQuerySet:
        """The keys of channels in use."""
        return self.filter(channel__is_active=True).defer("token")

    def alive(self) -> CredentialQuerySet:
        """Those that something may be tried with."""
        return self.in_use().exclude(state__in=DEAD)

    def dead(self) -> CredentialQuerySet:
        """Those that the network does not take."""
        return self.in_use().filter(state__in=DEAD)

    def ending(self, at: datetime) -> CredentialQuerySet:
        """Those that work at ``at`` and not much longer."""
        return self.alive().filter(expires_at__lt=at + SOON)


class Credential(models.Model):
    """The key to a channel's page, and what the last look at it found.

    Read ``token`` only where the network is called: see ``sending.account_of``.
    """

    channel = models.OneToOneField(Channel, on_delete=models.CASCADE, related_name="credential")
    token = EncryptedTextField(_("key"), editable=False)
    expires_at = models.DateTimeField(_("runs out"), null=True, editable=False)
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=KeyState.choices,
        default=KeyState.NOT_CHECKED,
        editable=False,
    )
    problem = models.CharField(
        _("what is wrong"), max_length=20, choices=Problem.choices, blank=True, editable=False
    )
    checked_at = models.DateTimeField(_("tested at"), null=True, editable=False)
    # What administrators have been told of this key: once each, until there is another.
    told_of = models.CharField(
        _("told of"), max_length=10, choices=Worry.choices, blank=True, editable=False
    )
    changed_at = models.DateTimeField(_("replaced at"), default=now, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("replaced by"),
    )

    objects: ClassVar[models.Manager[Credential]] = CredentialQuerySet.as_manager()

    personal_data = PersonalData(
        personal={"changed_by": _("Who gave the channel its key")},
        other=(
            *("id", "channel", "token", "expires_at", "state", "problem"),
            *("checked_at", "told_of", "changed_at"),
        ),
        purpose=_("Acting on the network in the municipality’s name"),
        retention=_("Until the key is replaced or the channel removed"),
        on_erasure=OnErasure.KEEP,
        why_kept=_("The municipality’s own key; who gave it is emptied with their account"),
    )

    class Meta:
        verbose_name = _("key of a channel")
        verbose_name_plural = _("keys of channels")
        constraints = [
            filled("token", name="credential_has_token", message=_("Write the key.")),
            one_of(
                "state",
                KeyState,
                name="credential_state_known",
                message=_("A key has one of the known states."),
            ),
            one_of(
                "problem",
                ["", *Problem.values],
                name="credential_problem_known",
                message=_("What is wrong with a key has one of the known names."),
            ),
            one_of(
                "told_of",
                ["", *Worry.values],
                name="credential_told_of_known",
                message=_("What is told of a key has one of the known names."),
            ),
            models.CheckConstraint(
                condition=Q(state=KeyState.NOT_CHECKED, checked_at__isnull=True)
                | (~Q(state=KeyState.NOT_CHECKED) & Q(checked_at__isnull=False)),
                name="credential_checked_when",
                violation_error_message=_("A key that was tested has a time of its test."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.channel)

    @property
    def advice(self) -> Promise | str:
        """What to do about what is wrong; nothing where nothing is."""
        return ADVICE[self.problem] if self.problem else ""


class Hearing(models.Model):
    """How well a channel's network is heard: when it last told us something, and when we last read
    it. ``read_code`` is what went wrong with the last reading, empty where nothing did.
    """

    channel = models.OneToOneField(Channel, on_delete=models.CASCADE, related_name="hearing")
    told_at = models.DateTimeField(_("last told us something"), null=True, editable=False)
    read_at = models.DateTimeField(_("last read"), null=True, editable=False)
    tried_at = models.DateTimeField(_("last tried to read"), null=True, editable=False)
    read_code = models.CharField(_("what went wrong"), max_length=40, blank=True, editable=False)

    objects: ClassVar[models.Manager[Hearing]] = models.Manager()

    personal_data = nothing_personal("id", "channel", "told_at", "read_at", "tried_at", "read_code")

    class Meta:
        verbose_name = _("how a channel is heard")
        verbose_name_plural = _("how channels are heard")

    def __str__(self) -> str:
        return str(self.channel)


class Refused(models.Model):
    """How many calls in the name of a kind's network were refused on one day (UTC)."""

    kind = models.CharField(_("kind"), max_length=20)
    day = models.DateField(_("day"))
    times = models.PositiveIntegerField(_("times"), default=0)

    objects: ClassVar[models.Manager[Refused]] = models.Manager()

    personal_data = nothing_personal("id", "kind", "day", "times")

    class Meta:
        verbose_name = _("calls refused")
        verbose_name_plural = _("calls refused")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "day"],
                name="refused_once_a_day",
                violation_error_message=_("That day is counted already."),
            ),
            filled("kind", name="refused_has_kind", message=_("Name the kind of network.")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.day}"
