"""The form behind every picture."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from wagtail.images.forms import BaseImageForm

from cms.media.fields import Upload

# By the code of a rule that the row breaks: the field where a person can do something about it.
PLACES = {"undescribed": "description", "unnoted": "people_note", "no_consent": "consent_until"}


class PictureForm(BaseImageForm):
    """Wagtail's, with our door for the file, and each refusal beside the field it is about."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "file" in self.fields:
            asked = self.fields["file"]
            # Without a longest name: the person's is not kept.
            self.fields["file"] = Upload(
                label=asked.label, required=asked.required, widget=asked.widget
            )

    class Meta(BaseImageForm.Meta):
        widgets = {
            **BaseImageForm.Meta.widgets,
            "consent_until": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        }

    def _post_clean(self) -> None:
        super()._post_clean()
        said = self.errors.pop(NON_FIELD_ERRORS, None)
        for refusal in said.as_data() if said else ():
            place = PLACES.get(refusal.code)
            self.add_error(place if place in self.fields else None, refusal)
