"""What staff fill in to ask citizens."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panel.core.clock import now
from panel.engagement.models import Shortlist
from panel.invitations import wording
from panel.invitations.models import Campaign, Template, Way


class CampaignForm(forms.ModelForm[Campaign]):
    """A new campaign: approved words, and a shortlist or an open call."""

    class Meta:
        model = Campaign
        fields = ("name", "template", "shortlist", "valid_days")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Approved words and living shortlists only; the actions refuse the rest once more.
        self.fields["template"].queryset = Template.objects.filter(  # type: ignore[attr-defined]
            approved_at__isnull=False
        )
        self.fields["shortlist"].queryset = Shortlist.objects.live(now())  # type: ignore[attr-defined]
        self.fields["shortlist"].empty_label = _("Nobody in particular: an open call")  # type: ignore[attr-defined]


class TemplateForm(forms.ModelForm[Template]):
    """Words for an invitation.

    What is missing is said beside the field it is missing in.
    """

    class Meta:
        model = Template
        fields = ("name", "language", "subject", "body", "reminder_subject", "reminder", "reply")
        widgets = {
            "body": forms.Textarea(attrs={"rows": 18}),
            "reminder": forms.Textarea(attrs={"rows": 14}),
            "reply": forms.Textarea(attrs={"rows": 3}),
        }

    def clean_subject(self) -> str:
        """One line, and only what may stand in it."""
        return self._checked("subject", wording.subject_faults)

    def clean_body(self) -> str:
        """Everything the law asks for (P8)."""
        return self._checked("body", wording.faults)

    def clean_reply(self) -> str:
        """Names nobody."""
        return self._checked("reply", wording.reply_faults)

    def clean(self) -> dict[str, Any] | None:
        """A reminder is whole, and says what the invitation says; or there is none."""
        data = super().clean() or self.cleaned_data
        subject, text = data.get("reminder_subject", ""), data.get("reminder", "")
        faults = wording.reminder_faults(subject, text)
        for field, part in (("reminder_subject", "subject"), ("reminder", "text")):
            if found := faults.get(part):
                self.add_error(field, found)
        return data

    def _checked(self, field: str, faults: Any) -> str:
        text: str = self.cleaned_data[field]
        if found := faults(text):
            raise forms.ValidationError(found)
        return text


class WayForm(forms.Form):
    """How to ask one person."""

    way = forms.ChoiceField(label=_("Way"), choices=Way.choices)
    email = forms.EmailField(
        label=_("E-mail address the person gave"), required=False, max_length=254
    )

    def clean(self) -> dict[str, Any]:
        """An e-mail needs an address."""
        data = super().clean() or self.cleaned_data
        if data.get("way") == Way.EMAIL and not data.get("email"):
            self.add_error("email", _("Write the address the person gave you for this."))
        return data


class TestCopyForm(forms.Form):
    """Where to send a test copy."""

    email = forms.EmailField(label=_("Send a test copy to"))


class PosterForm(forms.Form):
    """What stands on a poster above the code."""

    headline = forms.CharField(
        label=_("Headline"), max_length=60, initial=_("Will you have a say?")
    )
    text = forms.CharField(
        label=_("Text"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        initial=_("Join the citizen panel.\nIt takes less than a minute, and you can leave again."),
    )
