"""The shapes of what is asked on the screens of Find; no rules."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panel.channels.models import Channel
from panel.conversations.models import Department
from panel.core.clock import COPENHAGEN, in_copenhagen, now
from panel.core.days import day_field
from panel.engagement.actions import LONGEST_SEED, Draw
from panel.engagement.criteria import Criteria
from panel.engagement.models import Shortlist

PERIODS = [
    (30, _("30 days")),
    (90, _("3 months")),
    (180, _("6 months")),
    (365, _("a year")),
]
USUAL_DAYS = 60
MOST_SEATS = 1_000


def _all_or(model: type[Channel] | type[Department]) -> Callable[[], list[tuple[str, Any]]]:
    """Choices asked for when the form is shown: everything, or one of them by its slug."""
    return lambda: [("", _("All")), *model.objects.values_list("slug", "name")]


class CriteriaForm(forms.Form):
    """Whom to look for. Everything may be left out."""

    days = forms.TypedChoiceField(label=_("Period"), choices=PERIODS, coerce=int)
    channel = forms.ChoiceField(label=_("Channel"), choices=_all_or(Channel), required=False)
    department = forms.ChoiceField(
        label=_("Wrote under posts of"), choices=_all_or(Department), required=False
    )
    least_weeks = forms.IntegerField(
        label=_("In at least so many weeks"), min_value=0, max_value=60, required=False
    )
    least_topics = forms.IntegerField(
        label=_("Under at least so many topics"), min_value=0, max_value=100, required=False
    )
    first_since = day_field(_("First comment since"), required=False)
    at = forms.DateTimeField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, **how: Any) -> None:
        """What is not asked for is the usual: six months, everybody, now."""
        super().__init__({"days": "180", **(data.dict() if data else {})}, **how)

    def criteria(self) -> Criteria:
        """What was asked, once ``is_valid`` said yes."""
        asked = self.cleaned_data
        return Criteria(
            at=asked["at"] or now().replace(microsecond=0),
            days=asked["days"],
            channel=asked["channel"],
            department=asked["department"],
            least_weeks=asked["least_weeks"] or 0,
            least_topics=asked["least_topics"] or 0,
            first_since=asked["first_since"],
        )


def end_of(day: date) -> datetime:
    """The last moment of a day in Copenhagen."""
    return datetime.combine(day, time.max, COPENHAGEN)


class DrawForm(forms.Form):
    """How many to draw, and by which seed."""

    seats = forms.IntegerField(
        label=_("Draw from everybody above the bar"),
        min_value=0,
        max_value=MOST_SEATS,
        initial=0,
        help_text=_("Everybody above the bar has the same chance, however far above it they are."),
    )
    newcomers = forms.IntegerField(
        label=_("Draw from newcomers"),
        min_value=0,
        max_value=MOST_SEATS,
        initial=0,
        help_text=_("People whose first comment is at most 60 days old. A fourth is a good share."),
    )
    seed = forms.CharField(
        label=_("Seed"),
        max_length=LONGEST_SEED,
        initial=lambda: secrets.token_hex(8),
        help_text=_(
            "The same seed draws the same people. You may draw it in public, by dice for example."
        ),
    )

    def draw(self) -> Draw:
        """What was asked, once ``is_valid`` said yes."""
        asked = self.cleaned_data
        return Draw(seats=asked["seats"], newcomers=asked["newcomers"], seed=asked["seed"])


class ShortlistForm(forms.ModelForm[Shortlist]):
    """A new shortlist: what for, and until when."""

    last_day = day_field(
        _("Last day"),
        help_text=_("After this day everybody on the list is let go, and the list stays empty."),
    )

    class Meta:
        model = Shortlist
        fields = ("name", "purpose")

    def __init__(self, *args: Any, **how: Any) -> None:
        """Two months is usual."""
        super().__init__(*args, **how)
        usual = in_copenhagen(now()).date() + timedelta(days=USUAL_DAYS)
        self.fields["last_day"].initial = usual

    def asked(self) -> dict[str, Any]:
        """The words of ``make_shortlist``, once ``is_valid`` said yes."""
        data = self.cleaned_data
        last = end_of(data["last_day"])
        return {"name": data["name"], "purpose": data["purpose"], "expires_at": last}


class ExtendForm(forms.Form):
    """Keep a list longer."""

    last_day = day_field(_("Last day"))


class LookupForm(forms.Form):
    """Whom to look for by name."""

    name = forms.CharField(label=_("Name"), max_length=100, required=False)
