"""Whom a session belongs to, and what they may do. Nobody comes in here."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest


class AccountBackend(ModelBackend):
    """Keeps sessions and answers for permissions.

    There are no passwords, so it authenticates nobody.

    The ways in are a code by e-mail and a passkey; both end in allauth's login. An account that is
    not active has no session: ``get_user`` finds nobody from the next request on.
    """

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> None:
        """Nobody, whatever is offered."""
        return
