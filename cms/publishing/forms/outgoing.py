"""What staff write on the pages of what goes out: filters, reasons, and where it was posted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.publishing.forms.when import WhenForm
from cms.publishing.models import Publication
from cms.publishing.reports import Group, Wanted
from panel.accounts.models import User
from panel.channels.models import Channel
from panel.conversations.models import Department
from panel.core.days import day_field
from panel.outbox.models import Pause


class WhereForm(forms.Form):
    """Where it goes, and whose it is; empty is everything."""

    channel = forms.ModelChoiceField(
        label=_("Channel"),
        required=False,
        queryset=Channel.objects.filter(publications__isnull=False).distinct(),
        empty_label=_("All"),
    )
    department = forms.ModelChoiceField(
        label=_("Department"),
        required=False,
        queryset=Department.objects.all(),
        empty_label=_("All"),
    )

    def kept(self) -> dict[str, int]:
        """The filters, for the addresses of other days."""
        found = {name: self.cleaned_data.get(name) for name in ("channel", "department")}
        return {name: chosen.pk for name, chosen in found.items() if chosen}


class DayForm(forms.Form):
    """A day that an address speaks of."""

    day = day_field(required=False, hidden=True)


class CalendarForm(DayForm, WhereForm):
    """Which days of the calendar, and of what."""

    def wanted(self) -> Wanted:
        """What was asked for; a filter that makes no sense asks for everything."""
        data = self.cleaned_data
        return Wanted(channel=data.get("channel"), department=data.get("department"))


class FilterForm(WhereForm):
    """What to look for in the list; empty is everything."""

    q = forms.CharField(label=_("Title"), required=False, max_length=100)
    group = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *Group.choices]
    )
    since = day_field(_("From"), required=False)
    until = day_field(_("To"), required=False)
    mine = forms.BooleanField(label=_("Only what I asked for or decided"), required=False)

    field_order = ("q", "group", "channel", "department", "since", "until", "mine")

    def wanted(self, user: User) -> Wanted:
        """What was asked for, once it is valid."""
        data = self.cleaned_data
        return Wanted(
            words=data["q"],
            group=data["group"],
            channel=data["channel"],
            department=data["department"],
            since=data["since"],
            until=data["until"],
            mine=user if data["mine"] else None,
        )


def _why(longest: int | None) -> forms.CharField:
    return forms.CharField(
        label=_("Why"),
        max_length=longest,
        help_text=_("Your colleagues read it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class WhyForm(forms.Form):
    """A reason."""

    why = _why(Publication._meta.get_field("why").max_length)


class MoveForm(WhenForm):
    """Another time, and a reason."""

    why = _why(Publication._meta.get_field("why").max_length)


class PauseForm(forms.Form):
    """Why everything stops."""

    reason = _why(Pause._meta.get_field("reason").max_length)


class PostedForm(forms.Form):
    """Where it was posted."""

    url = forms.CharField(
        label=_("The post’s link"),
        required=False,
        max_length=500,
        help_text=_("Copy it from the post, so that colleagues find it. You can leave it empty."),
        widget=forms.URLInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )

    def clean_url(self) -> Any:
        """Without what comes along when one copies."""
        return self.cleaned_data["url"].strip()
