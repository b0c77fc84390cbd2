"""What a citizen fills in who has an idea."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.validators import MinLengthValidator, RegexValidator
from django.utils.translation import gettext_lazy as _

from cms.media.cleaning import Remade
from cms.media.fields import Upload
from cms.stories.models.ideas import LONGEST_TEXT
from cms.stories.tips import waiting

SHORTEST_TEXT = 10
# Everything that is no character a person types, line breaks and tabs left alone.
_NO_LETTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class Words(forms.CharField):
    """Text from anybody, without what no keyboard writes and no database takes."""

    def to_python(self, value: Any) -> Any:
        """The text, or the empty string."""
        return super().to_python(_NO_LETTERS.sub("", value) if isinstance(value, str) else value)


class Tick(forms.CheckboxInput):
    """A box that a browser does not insist on."""

    def use_required_attribute(self, initial: Any) -> bool:
        """Never."""
        return False


class WithPhoto(forms.BooleanField):
    """A tick that belongs to a photo: no choice beside one, and not missed without."""

    widget = Tick

    def validate(self, value: Any) -> None:
        """The form does, which knows the photo."""


class PhotoForm(forms.Form):
    """A photo, and that the people in it know: shared by the citizens' door and the colleagues'."""

    photo = Upload(
        label=_("A photo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
    )
    people_know = WithPhoto(
        label=_("The people in the photo know that I send it"),
        help_text=_("Only needed with a photo."),
    )

    def clean(self) -> dict[str, Any]:
        """A photo needs the tick."""
        data = super().clean() or self.cleaned_data
        if self.chosen_photo() is not None and not data.get("people_know"):
            self.add_error(
                "people_know",
                _("Tick this when the people in the photo know, or send the idea without it."),
            )
        return data

    def chosen_photo(self) -> Remade | None:
        """The photo to send, clean."""
        chosen: Remade | None = self.cleaned_data.get("photo")
        return chosen


class TipForm(PhotoForm):
    """The public form. ``kept`` is a photo from the try before, ``stamp`` when it was shown."""

    text = Words(
        label=_("What we should tell about"),
        min_length=SHORTEST_TEXT,
        max_length=LONGEST_TEXT,
        help_text=_("Who does something good? What is new, or has become better? A few words do."),
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
        error_messages={
            "required": _("Write what we should tell about."),
            "min_length": _("Write a little more, at least %(limit_value)d characters."),
            "max_length": _(
                "This is too long by far: write at most %(limit_value)d characters. We ask for "
                "the rest."
            ),
        },
    )
    place = Words(
        label=_("Where it is"),
        required=False,
        max_length=120,
        help_text=_("A street, a school, a village."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    without_photo = forms.BooleanField(label=_("Send it without the photo"), required=False)
    name = Words(
        label=_("Your name"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={"invalid": _("Write an e-mail address such as name@example.dk.")},
    )
    phone = Words(
        label=_("Your telephone number"),
        required=False,
        max_length=30,
        validators=[
            RegexValidator(r"^[+\d][\d ().-]*$", _("Write a number such as 12 34 56 78.")),
            MinLengthValidator(4, _("Write a number such as 12 34 56 78.")),
        ],
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    field_order = ("text", "place", "photo", "without_photo", "people_know")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.waiting = waiting.fetch(self.data.get("kept", "")) if self.is_bound else None
        if self.waiting is None:
            del self.fields["without_photo"]

    def chosen_photo(self) -> Remade | None:
        """A new one before the one that waits."""
        if self.cleaned_data.get("without_photo"):
            return None
        return super().chosen_photo() or self.waiting

    def keep_photo(self) -> None:
        """After a refusal: put the photo aside, so that nobody has to choose it again."""
        fresh = super().chosen_photo()
        sent: Any = self.data
        data = sent.copy()
        data.pop("without_photo", None)
        if fresh is not None:
            waiting.let_go(data.get("kept", ""))
            data["kept"] = waiting.put_aside(fresh)
        elif self.waiting is None:
            data["kept"] = ""
        if data["kept"]:
            self.fields["without_photo"] = self.base_fields["without_photo"]
        self.data = data
