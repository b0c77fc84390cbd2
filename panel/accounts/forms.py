"""The forms of getting in: allauth's, with our words and our limits."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import (
    AddEmailForm,
    ConfirmEmailVerificationCodeForm,
    ConfirmLoginCodeForm,
    RequestLoginCodeForm,
)
from allauth.core import context, ratelimit
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# A code may be shown by a clock that is one period off, so it is remembered for three.
REMEMBER_USED_CODES = 120


def _code_input(*, numeric: bool = True) -> forms.TextInput:
    mode = {"inputmode": "numeric"} if numeric else {}
    return forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false", **mode})


class EmailFirstForm(RequestLoginCodeForm):  # type: ignore[misc]
    """The address of an account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = forms.EmailField(
            label=_("E-mail address"),
            max_length=254,
            widget=forms.EmailInput(attrs={"autocomplete": "email webauthn"}),
            error_messages={
                "required": _("Write your e-mail address."),
                "invalid": _("Write an e-mail address such as name@example.dk."),
            },
        )


class CodeFromEmailForm(ConfirmLoginCodeForm):  # type: ignore[misc]
    """The code that came by e-mail.

    allauth counts attempts in the session, where parallel requests overtake each other. This counts
    them in the shared cache, under a lock, before the code is compared (S5).
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("The code from the e-mail")
        self.fields["code"].widget = _code_input()
        self.fields["code"].error_messages["required"] = _("Write the code from the e-mail.")

    def clean_code(self) -> str:
        """Refuse the code when this session has had its attempts, right or wrong."""
        attempts_of = context.request.session.session_key or "none"
        if not ratelimit.consume(context.request, action="confirm_login_code", key=attempts_of):
            raise ValidationError(
                _("That was tried too often. Wait some minutes, then ask for a new code."),
                code="too_many",
            )
        return str(super().clean_code())


class NewEmailCodeForm(ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    """The code that proves a new address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("The code from the e-mail")
        self.fields["code"].widget = _code_input()


class NewEmailForm(AddEmailForm):  # type: ignore[misc]
    """Another address for the same account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New e-mail address")
        self.fields["email"].widget = forms.EmailInput(attrs={"autocomplete": "email"})


class _OneUse:
    """A code from an app is good once, however the clocks stand."""

    def clean_code(self) -> str:
        """allauth's, and not one that was used in the last minutes."""
        code = str(super().clean_code())  # type: ignore[misc]
        digits = "".join(character for character in code if character.isalnum())
        key = f"accounts.code-used:{self.user.pk}:{digits}"  # type: ignore[attr-defined]
        if not cache.add(key, True, timeout=REMEMBER_USED_CODES):
            raise get_adapter().validation_error("incorrect_code")
        return code


class SecondFactorForm(_OneUse, AuthenticateForm):  # type: ignore[misc]
    """A code from the app, or one of the recovery codes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code from your authenticator app, or a recovery code")
        self.fields["code"].widget = _code_input()


class SecondFactorAgainForm(_OneUse, ReauthenticateForm):  # type: ignore[misc]
    """The same, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code from your authenticator app, or a recovery code")
        self.fields["code"].widget = _code_input()


class NewAppForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("The six digits your app shows now")
        self.fields["code"].widget = _code_input()


class NewPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A passkey, always one that can open the door alone: fingerprint, face or PIN included."""

    passwordless = forms.BooleanField(
        required=False, initial=True, label="", widget=forms.CheckboxInput(attrs={"hidden": True})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("What to call it")
        self.fields["name"].help_text = _("For example: my phone, the laptop at home")

    def clean_passwordless(self) -> bool:
        """Not for the browser to say."""
        return True


class PasskeyNameForm(EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("What to call it")
