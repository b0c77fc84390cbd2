"""Channels as a person describes them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from panel.channels.actions import check_fields, clean_token
from panel.channels.kinds import KINDS
from panel.channels.models import Channel, Kind


def _address() -> forms.URLField:
    return forms.URLField(label=_("Address"), required=False, assume_scheme="https")


def _key(*, required: bool, help_text: Any) -> forms.CharField:
    """Typed or pasted, and never shown again: not by us, and not by the browser."""
    return forms.CharField(
        label=_("Key"),
        required=required,
        max_length=2000,
        widget=forms.PasswordInput(render_value=False, attrs={"autocomplete": "new-password"}),
        help_text=help_text,
    )


class ChannelForm(forms.ModelForm[Channel]):
    """A new channel."""

    url = _address()
    token = _key(
        required=False,
        help_text=_(
            "Only for a Facebook page: its page access token. It is stored encrypted and never "
            "shown again, so it must be pasted anew if the form comes back."
        ),
    )

    class Meta:
        model = Channel
        fields = ["kind", "name", "slug", "external_id", "url"]
        widgets = {"kind": forms.RadioSelect}
        help_texts = {
            "slug": _("Letters, digits and hyphens. Used by commands; it cannot be changed later."),
            "external_id": _(
                "The page id, digits only. A Facebook page needs it; by hand, write it if you know "
                "it. It cannot be changed later: it says within what people’s ids are the same "
                "people."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = forms.ChoiceField(
            label=_("Kind"),
            choices=[(kind, _says(kind)) for kind in KINDS],
            initial=Kind.BYHAND,
            widget=forms.RadioSelect,
        )

    def clean(self) -> dict[str, Any]:
        """What the kind asks for beside."""
        found = super().clean() or self.cleaned_data
        kind = found.get("kind")
        if kind in KINDS:
            try:
                check_fields(
                    str(kind),
                    slug=found.get("slug", ""),
                    external_id=found.get("external_id", ""),
                    token=found.get("token", ""),
                )
            except ValidationError as error:
                self.add_error(None, error)
        return found


class ChangeChannelForm(forms.ModelForm[Channel]):
    """What may change about a channel."""

    url = _address()

    class Meta:
        model = Channel
        fields = ["name", "url", "is_active"]


class KeyForm(forms.Form):
    """The key that takes the place of the one before."""

    token = _key(
        required=True,
        help_text=_(
            "The page access token, copied in full. It is stored encrypted and never shown again."
        ),
    )

    def clean_token(self) -> str:
        """What can be a key."""
        try:
            return clean_token(self.cleaned_data["token"])
        except ValidationError as error:
            # The rule names its field; so does the form.
            raise ValidationError(error.messages) from error


def _says(kind: str) -> str:
    return f"{Kind(kind).label}. {KINDS[kind].about}"
