"""Other people's signals, a line each: allauth says what happened, an action writes it down."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import login_code_rejected
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from panel.accounts import actions
from panel.accounts.models import User


@receiver(user_logged_in)
def signed_in(request: HttpRequest | None, user: User, **kwargs: Any) -> None:
    """Somebody came in."""
    actions.note_sign_in(user)


@receiver(authenticator_added)
def key_added(request: HttpRequest, user: User, authenticator: Authenticator, **kw: Any) -> None:
    """A second key was set up."""
    actions.note_key_added(request, user, kind=authenticator.type)


@receiver([authenticator_removed, authenticator_reset])
def key_changed(request: HttpRequest, user: User, authenticator: Authenticator, **kw: Any) -> None:
    """A second key was taken away, or the recovery codes made anew."""
    actions.note_key_changed(user, kind=authenticator.type)


@receiver([authentication_failed, login_code_rejected])
def refused(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """A wrong code, by somebody who named an account."""
    actions.note_refusal(user)
