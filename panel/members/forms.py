"""What citizens fill in. Few fields, and every one says why it is there."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panel.core.clock import in_copenhagen, now
from panel.members.actions import Told
from panel.members.ages import OldEnough, is_a_birth_year, old_enough
from panel.members.models import AgeBand, Area, Gender, Interest, Profile


class EmailForm(forms.Form):
    """Where to send the code."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("We send you a code. You need no password."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("Write an e-mail address such as name@example.dk."),
        },
    )


class CodeForm(forms.Form):
    """The code from the mail."""

    code = forms.CharField(
        label=_("The code from the e-mail"),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
        error_messages={"required": _("Write the code from the e-mail.")},
    )


class YesForm(forms.Form):
    """Yes to the text, and old enough. The second question appears only to those it concerns."""

    birth_year = forms.IntegerField(
        label=_("The year you were born"),
        help_text=_("To know that you are 15 or over. We do not keep the year."),
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "bday-year", "maxlength": "4"}
        ),
        error_messages={
            "required": _("Write the year you were born, with four digits."),
            "invalid": _("Write the year you were born, with four digits."),
        },
    )
    has_turned_fifteen = forms.BooleanField(label=_("I have had my 15th birthday"), required=False)
    agrees = forms.BooleanField(
        label=_("Yes, I want to be part of the panel, and I agree to the text above"),
        error_messages={"required": _("You can only join if you say yes to the text.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not (self.is_bound and self._may_be_fourteen()):
            del self.fields["has_turned_fifteen"]

    def clean_birth_year(self) -> int:
        """A year somebody alive may be born in, and long enough ago."""
        year: int = self.cleaned_data["birth_year"]
        today = in_copenhagen(now()).date()
        if not is_a_birth_year(year, on=today):
            raise forms.ValidationError(_("Write the year you were born, with four digits."))
        if old_enough(year, on=today) is OldEnough.NO:
            raise forms.ValidationError(
                _("You must be 15 or over to join. You are very welcome when you are.")
            )
        return year

    def clean(self) -> dict[str, Any]:
        """Who turns 15 this year must say that they have."""
        data = super().clean() or self.cleaned_data
        if "has_turned_fifteen" in self.fields and not data.get("has_turned_fifteen"):
            self.add_error(
                "has_turned_fifteen",
                _("You turn 15 this year. Tick the box if you have had your birthday."),
            )
        return data

    def _may_be_fourteen(self) -> bool:
        try:
            year = int(self.data.get("birth_year", ""))
        except ValueError:
            return False
        return old_enough(year, on=in_copenhagen(now()).date()) is OldEnough.ONLY_THEY_KNOW


class ProfileForm(forms.Form):
    """About yourself. Nothing here is required, and every answer may be taken back."""

    age_band = forms.ChoiceField(
        label=_("How old are you?"),
        required=False,
        choices=[("", _("I would rather not say")), *AgeBand.choices],
        help_text=_("So that the panel resembles the municipality."),
    )
    area = forms.ModelChoiceField(
        label=_("Where do you live?"),
        required=False,
        queryset=Area.objects.none(),
        empty_label=_("I would rather not say"),
        help_text=_("So that we hear from every part of the municipality."),
    )
    gender = forms.ChoiceField(
        label=_("What is your gender?"),
        required=False,
        choices=[("", _("I would rather not say")), *Gender.choices],
        help_text=_("So that the panel resembles the municipality."),
    )
    interests = forms.ModelMultipleChoiceField(
        label=_("What would you like to be asked about?"),
        required=False,
        queryset=Interest.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose as many as you like, or none."),
    )

    def __init__(self, *args: Any, profile: Profile | None = None, **kwargs: Any) -> None:
        if profile is not None:
            # A form page passes an initial of its own, empty: what was told must not hide behind
            # it, or saving one change would take back all the rest.
            kwargs["initial"] = {**_told_by(profile), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        for name, model in (("area", Area), ("interests", Interest)):
            field = self.fields[name]
            field.queryset = model.objects.all()  # type: ignore[attr-defined]

    def told(self) -> Told:
        """What was told, for the action. Only after ``is_valid``."""
        data = self.cleaned_data
        return Told(
            age_band=data["age_band"],
            area=data["area"],
            gender=data["gender"],
            interests=data["interests"],
        )


def _told_by(profile: Profile) -> dict[str, Any]:
    return {
        "age_band": profile.age_band,
        "area": profile.area_id,
        "gender": profile.gender,
        "interests": [interest.pk for interest in profile.interests.all()],
    }
