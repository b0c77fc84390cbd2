"""Accounts: citizens, and staff with a role and a second factor."""

from __future__ import annotations

from typing import Any

import factory
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from django.contrib.auth.models import Group
from factory.django import DjangoModelFactory

from panel.accounts.models import User
from panel.accounts.roles import Role

# What an authenticator app of a test would hold.
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


class UserFactory(DjangoModelFactory[User]):
    """A citizen's account with a verified address; trait ``staff`` makes it a colleague's.

    A colleague has neither role nor second factor yet: ``staff_with`` gives both.
    """

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda number: f"borger{number}@example.dk")
    name = factory.Sequence(lambda number: f"Borger {number}")

    class Params:
        staff = factory.Trait(
            email=factory.Sequence(lambda number: f"medarbejder{number}@kommune.example"),
            name=factory.Sequence(lambda number: f"Medarbejder {number}"),
            is_staff=True,
        )

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        user = model_class.objects.create_user(*args, **kwargs)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return user


def with_totp(user: User) -> User:
    """``user`` with an authenticator app that holds ``TOTP_SECRET``."""
    Authenticator.objects.create(
        user=user, type=Authenticator.Type.TOTP, data={"secret": encrypt(TOTP_SECRET)}
    )
    return user


def staff_with(*roles: Role, **fields: Any) -> User:
    """A colleague with ``roles`` and a second factor; nothing of it is in the trail."""
    user: User = with_totp(UserFactory(staff=True, **fields))
    user.groups.set(Group.objects.filter(name__in=[role.value for role in roles]))
    return user
