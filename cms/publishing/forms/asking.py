"""Sending a story for approval."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.publishing import plans
from cms.publishing.forms.when import WhenForm
from cms.publishing.times import patience_in_words
from cms.review.models import Approval


class AskForm(WhenForm):
    """When, how late at most, and a word to the editor."""

    patience = forms.TypedChoiceField(
        label=_("How late it may go out"),
        coerce=int,
        initial=plans.USUAL_PATIENCE,
        help_text=_(
            "If nobody has approved it by then, or everything was paused, it does not go out at "
            "all, and you are told."
        ),
    )
    message = forms.CharField(
        label=_("To the editor"),
        required=False,
        max_length=Approval._meta.get_field("message").max_length,
        help_text=_("What should they look at? You can leave it empty."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["patience"]
        field.choices = [(minutes, patience_in_words(minutes)) for minutes in plans.PATIENCE]

    def plan(self) -> dict[str, Any]:
        """What ``publishing.actions.submit`` wants to know."""
        names = ("due_at", "patience", "message")
        return {name: self.cleaned_data[name] for name in names}
