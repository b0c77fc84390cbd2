"""Channels as a person describes them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panel.channels.kinds import KINDS
from panel.channels.models import Channel, Kind


def _address() -> forms.URLField:
    return forms.URLField(label=_("Address"), required=False, assume_scheme="https")


class ChannelForm(forms.ModelForm[Channel]):
    """A new channel."""

    url = _address()

    class Meta:
        model = Channel
        fields = ["kind", "name", "slug", "external_id", "url"]
        widgets = {"kind": forms.RadioSelect}
        help_texts = {
            "slug": _("Letters, digits and hyphens. Used by commands; it cannot be changed later."),
            "external_id": _(
                "For example the page id, if you know it. It cannot be changed later: it says "
                "within what people’s ids are the same people."
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


class ChangeChannelForm(forms.ModelForm[Channel]):
    """What may change about a channel."""

    url = _address()

    class Meta:
        model = Channel
        fields = ["name", "url", "is_active"]


def _says(kind: str) -> str:
    return f"{Kind(kind).label}. {KINDS[kind].about}"
