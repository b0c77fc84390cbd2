"""The shape of what staff enter."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from panel.jobs.models import DeadLetter


class DiscardForm(forms.Form):
    """Why a given-up job is not needed any more."""

    reason = forms.CharField(
        label=_("Why is it not needed any more?"),
        max_length=DeadLetter._meta.get_field("reason").max_length,
        help_text=_("One sentence for colleagues who look at this later. Name no citizens."),
    )
