"""The account: an e-mail address is the name, nothing else is needed."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from panel.core.clock import now
from panel.core.constraints import filled
from panel.core.personal import OnErasure, PersonalData, nothing_personal


class UserManager(BaseUserManager["User"]):
    """Makes accounts without a user name."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """An account for ``email``; without ``password`` it is opened by code or passkey only."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """An account that may do everything four eyes do not forbid."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        """Addresses are compared without regard to case."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with a way in: staff or citizen. What makes a member is in ``members``, not here."""

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    is_staff = models.BooleanField(_("works for the municipality"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    joined_at = models.DateTimeField(_("created"), default=now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    personal_data = PersonalData(
        heading=_("Your account"),
        personal={
            "email": _("Your e-mail address"),
            "name": _("Your name"),
            "password": _("Your password, scrambled so that nobody can read it"),
            "last_login": _("When you last signed in"),
            "joined_at": _("When the account was made"),
        },
        other=(
            "id",
            "public_id",
            "is_staff",
            "is_active",
            "is_superuser",
            "groups",
            "user_permissions",
        ),
        purpose=_("Letting you in, and nobody else as you"),
        retention=_("As long as you are a member or work here"),
        subject="self",
        on_erasure=OnErasure.DELETE,
    )

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            filled(
                "email", name="user_has_email", message=_("An account needs an e-mail address.")
            ),
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique_any_case",
                violation_error_message=_("There is already an account with this e-mail address."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """The name as shown to colleagues; the address where none was given."""
        return self.name or self.email

    def get_short_name(self) -> str:
        """The first word of the name."""
        return self.name.split(" ")[0] if self.name else self.email


class EmailCodeQuerySet(models.QuerySet["EmailCode"]):
    """Questions to the codes that are out."""

    def redeemable(self, at: datetime) -> EmailCodeQuerySet:
        """Codes that may still be tried at ``at``."""
        return self.filter(used_at=None, expires_at__gt=at, attempts__lt=EmailCode.MAX_ATTEMPTS)

    def overdue(self, at: datetime) -> EmailCodeQuerySet:
        """Codes that nobody can use any more at ``at``."""
        return self.filter(expires_at__lte=at)


class EmailCode(models.Model):
    """A code that was mailed to prove an address (see ``codes``).

    Neither the code nor the address is kept: only a keyed hash that binds the two to this row.
    """

    MAX_ATTEMPTS = 5

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code_hash = models.CharField(_("what proves the code"), max_length=64)
    made_at = models.DateTimeField(_("sent"), default=now)
    expires_at = models.DateTimeField(_("good until"), db_index=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    used_at = models.DateTimeField(_("used"), null=True)

    objects = EmailCodeQuerySet.as_manager()

    personal_data = nothing_personal(
        "id", "code_hash", "made_at", "expires_at", "attempts", "used_at"
    )

    class Meta:
        verbose_name = _("code by e-mail")
        verbose_name_plural = _("codes by e-mail")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("made_at")),
                name="email_code_expires_later",
                violation_error_message=_("A code is good for a while after it was sent."),
            ),
            models.CheckConstraint(
                condition=models.Q(attempts__lte=5),
                name="email_code_attempts_limited",
                violation_error_message=_("A code can be tried five times."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
