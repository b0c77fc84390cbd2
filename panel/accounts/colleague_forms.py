"""What an administrator fills in about a colleague."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from panel.accounts.models import User
from panel.accounts.roles import DOES, Role, roles_of


def role_choices() -> list[tuple[str, str]]:
    """Every role with what it is for."""
    return [(role.value, f"{role.label}: {DOES[role]}") for role in Role]


class ColleagueForm(forms.ModelForm[User]):
    """Name and roles. There is no password: see ``help_text`` of the address."""

    name = forms.CharField(label=_("Name"), max_length=150)
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=role_choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one role.")},
    )

    class Meta:
        model = User
        fields = ["name"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["roles"] = [role.value for role in roles_of(self.instance)]

    def clean_roles(self) -> frozenset[Role]:
        """The words as roles."""
        return frozenset(Role(value) for value in self.cleaned_data["roles"])


class NewColleagueForm(ColleagueForm):
    """A new colleague's address too."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_(
            "At work. They get an e-mail that says how to sign in: with a code to this address, "
            "and a second key they choose the first time."
        ),
    )
    field_order = ["name", "email", "roles"]

    def clean_email(self) -> str:
        """Somebody who works here already is changed, not made again."""
        email = str(self.cleaned_data["email"]).lower()
        if User.objects.filter(email__iexact=email, is_staff=True).exists():
            raise ValidationError(_("Somebody with this address works here already."))
        return email


class OwnNameForm(forms.ModelForm[User]):
    """One's own name, on the account page."""

    name = forms.CharField(label=_("Name"), max_length=150)

    class Meta:
        model = User
        fields = ["name"]
