"""The month and the week of what goes out, and the ways between them and the list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.generic import TemplateView

from cms.publishing import reports, vocabulary
from cms.publishing.forms.outgoing import CalendarForm
from cms.publishing.spans import Length, Span
from cms.publishing.viewsets.shared import OutgoingPage, may_change
from panel.core.clock import in_copenhagen, now


@dataclass(frozen=True, slots=True)
class Way:
    """One of the three ways to see what goes out."""

    words: str
    url: str
    is_here: bool


def ways(here: str, kept: Mapping[str, Any], day: date | None = None) -> list[Way]:
    """List, week and month, with the filters ``kept``; ``here`` is the name of the open one."""
    names = {"index": _("List"), "week": _("Week"), "month": _("Month")}
    return [
        Way(words, _address(name, kept, None if name == "index" else day), name == here)
        for name, words in names.items()
    ]


def _address(name: str, kept: Mapping[str, Any], day: date | None) -> str:
    asked = urlencode({**kept, **({"day": day.isoformat()} if day else {})})
    return reverse(f"outgoing:{name}") + (f"?{asked}" if asked else "")


class CalendarPage(OutgoingPage, TemplateView):
    """Some days of what goes out, side by side."""

    template_name = "publishing/admin/calendar.html"
    length: Length
    # What the ways to the days before and after are called.
    before: str | Promise
    after: str | Promise

    @cached_property
    def form(self) -> CalendarForm:
        """What was asked for."""
        form = CalendarForm(self.request.GET)
        form.is_valid()
        return form

    @cached_property
    def day(self) -> date:
        """The day to show; today where nothing sensible was asked for."""
        return self.form.cleaned_data.get("day") or in_copenhagen(now()).date()

    @cached_property
    def span(self) -> Span:
        """The days around it."""
        return Span.around(self.day, self.length)

    def get_page_title(self) -> str:
        """Which days these are."""
        return _("What goes out: %(name)s") % {"name": self.named(self.span)}

    def named(self, span: Span) -> str:
        """``span`` in words."""
        raise NotImplementedError

    def short(self, span: Span) -> str:
        """``span`` in a few words, where it is known which ones are meant."""
        return self.named(span)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The days, and the ways to others."""
        kept = self.form.kept()
        here = self.length.value
        return super().get_context_data(
            calendar=reports.calendar(self.span, self.form.wanted()),
            form=self.form,
            here=here,
            name=self.named(self.span),
            ways=ways(here, kept, self.day),
            is_filtered=bool(kept),
            all_url=_address(here, {}, self.day),
            today_url=_address(here, kept, None),
            earlier=self.way(self.span.previous, kept),
            later=self.way(self.span.next, kept),
            view=self,
            may_change=may_change(self.user),
            return_to=urlencode({"next": self.request.get_full_path()}),
            looked_at=vocabulary.clock(now()),
            **kwargs,
        )

    def way(self, span: Span, kept: Mapping[str, Any]) -> Way:
        """To the days before or after."""
        return Way(self.short(span), _address(self.length.value, kept, span.first), is_here=False)


class Month(CalendarPage):
    """A month."""

    length = Length.MONTH
    before = gettext_lazy("The month before:")
    after = gettext_lazy("The month after:")

    def named(self, span: Span) -> str:
        """November 2026."""
        return date_format(span.first, pgettext("date format", "F Y"))


class Week(CalendarPage):
    """A week, with more about each story."""

    length = Length.WEEK
    before = gettext_lazy("The week before:")
    after = gettext_lazy("The week after:")

    def named(self, span: Span) -> str:
        """Week 48, 23 November – 29 November 2026."""
        said = {
            "number": span.first.isocalendar().week,
            "first": date_format(span.first, pgettext("date format", "j F")),
            "last": date_format(span.last, pgettext("date format", "j F Y")),
        }
        return _("Week %(number)s, %(first)s – %(last)s") % said

    def short(self, span: Span) -> str:
        """Week 48."""
        return _("Week %(number)s") % {"number": span.first.isocalendar().week}
