"""A day and a time by the clock on the town hall, never silently another one.

Twice a year that clock is odd. In March an hour is missing: what is to go out then has no time. In
October an hour comes twice: it has two. Both are asked about in plain words (R6).
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from cms.publishing.times import clock, comes_twice
from panel.core.clock import COPENHAGEN
from panel.core.days import day_field

SOON, AT = "soon", "at"
FIRST, SECOND = "first", "second"


class NoSuchTime(ValueError):
    """The clock is put forward over this time. The message says what to write instead."""

    def __init__(self, day: date, at: time) -> None:
        hour = datetime.combine(day, at.replace(minute=0, second=0), COPENHAGEN)
        said = {
            "time": clock(datetime.combine(day, at)),
            "day": _day(day),
            "from": clock(hour),
            "to": clock(hour + timedelta(hours=1)),
            "before": clock(hour - timedelta(minutes=1)),
        }
        super().__init__(
            _(
                "There is no %(time)s on %(day)s: the clock is put forward from %(from)s to "
                "%(to)s. Write %(before)s or earlier, or %(to)s or later."
            )
            % said
        )


class WhichOne(ValueError):
    """The clock shows this time twice. The message asks which is meant."""

    def __init__(self, day: date, at: time) -> None:
        hour = datetime.combine(day, at.replace(minute=0, second=0), COPENHAGEN)
        said = {
            "time": clock(datetime.combine(day, at)),
            "day": _day(day),
            "from": clock(hour + timedelta(hours=1)),
            "to": clock(hour),
        }
        super().__init__(
            _(
                "%(time)s comes twice on %(day)s: the clock is put back from %(from)s to %(to)s. "
                "Choose which of the two you mean."
            )
            % said
        )


def moment(day: date, at: time, *, which: str = "") -> datetime:
    """The moment when the clock in Copenhagen shows ``at`` on ``day``, in UTC.

    ``which`` is "first" or "second", for the hour that comes twice, and of no meaning else. Raises
    NoSuchTime for the hour that is left out and WhichOne for the one that comes twice, unless it
    was said which.
    """
    local = datetime.combine(day, at, COPENHAGEN)
    # Where an hour is left out, there and back again lands elsewhere.
    if local.astimezone(UTC).astimezone(COPENHAGEN).replace(tzinfo=None) != local.replace(
        tzinfo=None
    ):
        raise NoSuchTime(day, at)
    if comes_twice(local):
        if which not in (FIRST, SECOND):
            raise WhichOne(day, at)
        local = local.replace(fold=int(which == SECOND))
    return local.astimezone(UTC)


def _day(day: date) -> str:
    return date_format(day, pgettext("date format", "j F"))


class WhenForm(forms.Form):
    """As soon as it is approved, or at a time. Cleaned, it has ``due_at``: a moment or None.

    Show ``which`` when ``asks_which``; its fields stand in the order they are read.
    """

    when = forms.ChoiceField(
        label=gettext_lazy("When it is to go out"),
        choices=[
            (SOON, gettext_lazy("As soon as it is approved")),
            (AT, gettext_lazy("At a time I choose")),
        ],
        initial=SOON,
        widget=forms.RadioSelect,
    )
    day = day_field(gettext_lazy("Day"), required=False)
    at = forms.TimeField(
        label=gettext_lazy("Time"),
        required=False,
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
        help_text=gettext_lazy("By the clock in Denmark, such as 10:00."),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )
    which = forms.ChoiceField(
        label=gettext_lazy("Which of the two"),
        required=False,
        choices=[
            (FIRST, gettext_lazy("The first, before the clock is put back")),
            (SECOND, gettext_lazy("The second, an hour later")),
        ],
        widget=forms.RadioSelect,
    )

    asks_which = False

    def clean(self) -> dict[str, Any]:
        """Find the moment, or say what is wrong with it in plain words."""
        super().clean()
        data = self.cleaned_data
        data["due_at"] = None
        if data.get("when") == AT and not self.errors.keys() & {"day", "at"}:
            data["due_at"] = self._moment(data.get("day"), data.get("at"))
        return data

    def _moment(self, day: date | None, at: time | None) -> datetime | None:
        if day is None:
            self.add_error("day", _("Choose the day it is to go out."))
        if at is None:
            self.add_error("at", _("Choose the time it is to go out."))
        if day is None or at is None:
            return None
        try:
            found = moment(day, at, which=self.cleaned_data.get("which", ""))
        except NoSuchTime as none:
            self.add_error("at", str(none))
        except WhichOne as two:
            self.asks_which = True
            self.add_error("which", str(two))
        else:
            # Said once, it stays to be seen.
            self.asks_which = bool(self.cleaned_data.get("which")) and comes_twice(
                datetime.combine(day, at, COPENHAGEN)
            )
            return found
        return None
