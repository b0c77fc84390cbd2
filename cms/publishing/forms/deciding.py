"""Saying yes or no, and taking back."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.review.models import Approval


class DecideForm(forms.Form):
    """One note for all three buttons; the actions say when it must not be empty."""

    note = forms.CharField(
        label=_("To the author"),
        required=False,
        max_length=Approval._meta.get_field("note").max_length,
        help_text=_(
            "Needed when you ask for changes or reject. It is shown where the author writes."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class TakeBackForm(forms.Form):
    """Why, for those who have looked at it."""

    why = forms.CharField(
        label=_("Why"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
