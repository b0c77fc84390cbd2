"""What staff write on the pages of the outbox: filters, reasons, and where a post is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panel.channels.models import Channel
from panel.outbox.models import Outgoing, Pause
from panel.outbox.reports import Group, Wanted, with_something_to_send
from panel.outbox.verbs import Words


class FilterForm(forms.Form):
    """What to look for; empty is everything."""

    group = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *Group.choices]
    )
    channel = forms.ModelChoiceField(
        label=_("Channel"),
        required=False,
        queryset=Channel.objects.none(),
        empty_label=_("All"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["channel"]
        chosen.queryset = with_something_to_send()

    def wanted(self) -> Wanted:
        """What was asked for, once it is valid."""
        data = self.cleaned_data
        return Wanted(group=data["group"], channel=data["channel"])


def _reason(longest: int | None) -> forms.CharField:
    return forms.CharField(
        label=_("Why"),
        max_length=longest,
        help_text=_("Your colleagues read it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class WhyForm(forms.Form):
    """Why something is not to be sent."""

    why = _reason(Outgoing._meta.get_field("why").max_length)


class PauseForm(forms.Form):
    """Why a channel stops."""

    reason = _reason(Pause._meta.get_field("reason").max_length)


class AddressForm(forms.Form):
    """Where somebody has seen it."""

    url = forms.CharField(
        max_length=Outgoing._meta.get_field("url").max_length,
        widget=forms.URLInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )

    def called(self, words: Words) -> AddressForm:
        """The same form, with a label that fits what is looked for."""
        self.fields["url"].label = str(words.address)
        self.fields["url"].help_text = str(words.address_help)
        return self


class SeenForm(forms.Form):
    """How many tries there were when somebody looked for the post."""

    tries = forms.IntegerField(widget=forms.HiddenInput)
