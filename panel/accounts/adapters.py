"""What we ask of allauth, where a setting does not say it."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from panel.accounts.codes import MINUTES, new_code
from panel.accounts.models import User
from panel.core import crypto, mail


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts come from joining the panel or from an administrator; codes and letters are ours."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _("That is not the code. Look at the newest e-mail and try again."),
        "too_many_login_attempts": _(
            "That was tried too often. Wait some minutes, then ask for a new code."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up without joining."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Colleagues go to work, citizens to their own page."""
        user = request.user
        return resolve_url(
            "wagtailadmin_home" if getattr(user, "is_staff", False) else settings.LOGIN_REDIRECT_URL
        )

    def get_login_stages(self) -> list[str]:
        """allauth's, with the second factor asked of colleagues only."""
        own = "panel.accounts.stages.SecondFactorStage"
        return [
            own if stage == "allauth.mfa.stages.AuthenticateStage" else stage
            for stage in super().get_login_stages()
        ]

    def login(self, request: HttpRequest, user: User) -> None:
        """Open the session: a working day for colleagues, some weeks for citizens."""
        super().login(request, user)
        if user.is_staff:
            request.session.set_expiry(settings.STAFF_SESSION_AGE)

    def generate_login_code(self) -> str:
        """The same kind of code everywhere."""
        return new_code()

    def generate_email_verification_code(self) -> str:
        """The same kind of code everywhere."""
        return new_code()

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """allauth's letters in our dress: "account/email/x" is ``templates/account/mail/x``.

        The request stays outside: a letter that could show its headers would one day do so.
        """
        shown = {key: value for key, value in context.items() if key not in ("request", "user")}
        mail.send(
            "account/mail/code"
            if "code" in shown
            else template_prefix.replace("/email/", "/mail/"),
            to=email,
            language=get_language() or "da",
            context={"minutes": MINUTES, **shown},
        )

    def send_account_already_exists_mail(self, email: str) -> None:
        """As allauth's, without the way to a new password: there are none."""
        self.send_mail("account/email/account_already_exists", email, {})


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets are encrypted where they lie (S2), and bear the municipality's name in the app."""

    def encrypt(self, text: str) -> str:
        """Under the newest of ``FIELD_KEYS``."""
        return crypto.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Raises ValueError when no key fits."""
        return crypto.decrypt(encrypted_text)

    def get_totp_issuer(self) -> str:
        """What an authenticator app writes over the code."""
        return f"Medspil {settings.MUNICIPALITY_NAME}".strip()

    def _get_site_name(self) -> str:
        """What the browser names when it asks for a passkey."""
        return self.get_totp_issuer()
