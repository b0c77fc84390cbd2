"""Channels as a person describes them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from panel.channels.actions import ADDRESS_STAYS, check_fields, clean_token
from panel.channels.kinds import KINDS, adapter_for
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
            "Only for a channel that posts to a network. It is stored encrypted and never shown "
            "again, so it must be pasted anew if the form comes back."
        ),
    )

    class Meta:
        model = Channel
        fields = ["kind", "name", "slug", "external_id", "url"]
        widgets = {"kind": forms.RadioSelect}
        help_texts = {
            "slug": _("Letters, digits and hyphens. Used by commands; it cannot be changed later."),
            "external_id": _(
                "It cannot be changed later: it says within what people’s ids are the same people."
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
        for name, of_kind in (("external_id", "id_help"), ("token", "key_help")):
            field = self.fields[name]
            field.help_text = format_html("{} {}", field.help_text, _of_each_kind(of_kind))

    def clean(self) -> dict[str, Any]:
        """What the kind asks for beside; id and address get the one spelling they are kept in."""
        found = super().clean() or self.cleaned_data
        kind = found.get("kind")
        if kind in KINDS:
            try:
                place = check_fields(
                    str(kind),
                    slug=found.get("slug", ""),
                    external_id=found.get("external_id", ""),
                    url=found.get("url", ""),
                    token=found.get("token", ""),
                )
                found["external_id"], found["url"] = place.external_id, place.url
            except ValidationError as error:
                self.add_error(None, error)
        return found


class ChangeChannelForm(forms.ModelForm[Channel]):
    """What may change about a channel."""

    url = _address()

    class Meta:
        model = Channel
        fields = ["name", "url", "is_active"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if adapter_for(self.instance.kind).calls_its_address:
            self.fields["url"].disabled = True
            self.fields["url"].help_text = ADDRESS_STAYS


class KeyForm(forms.Form):
    """The key that takes the place of the one before. ``key_help`` is its channel's kind's."""

    token = _key(
        required=True,
        help_text=_("Copy it in full. It is stored encrypted and never shown again."),
    )

    def __init__(self, *args: Any, key_help: object = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["token"]
        field.help_text = format_html("{} {}", key_help, field.help_text)

    def clean_token(self) -> str:
        """What can be a key."""
        try:
            return clean_token(self.cleaned_data["token"])
        except ValidationError as error:
            # The rule names its field; so does the form.
            raise ValidationError(error.messages) from error


def _says(kind: str) -> str:
    return f"{Kind(kind).label}. {KINDS[kind].about}"


def _of_each_kind(name: str) -> SafeString:
    """What each kind says of a field, where it says something, behind its own name."""
    said = [(Kind(kind).label, getattr(adapter, name)) for kind, adapter in KINDS.items()]
    return format_html_join("", "<br>{}: {}", [pair for pair in said if pair[1]])
