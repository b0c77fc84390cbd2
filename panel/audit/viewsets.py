"""The trail on a page, for administrators and editors."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import django_filters
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView

from panel.audit import presenters
from panel.audit.models import Event


class TrailFilters(WagtailFilterSet):
    """By who, what, on what and when."""

    by_id = django_filters.ModelChoiceFilter(
        label=_("By"), queryset=get_user_model().objects.filter(is_staff=True), method="by_account"
    )
    what = django_filters.CharFilter(label=_("What (beginning)"), lookup_expr="startswith")
    on_type = django_filters.CharFilter(label=_("On what"), lookup_expr="icontains")
    on_id = django_filters.CharFilter(label=_("On which"))
    at = django_filters.DateFromToRangeFilter(label=_("When"), widget=DateRangePickerWidget)

    class Meta:
        model = Event
        fields = ["by_id", "what", "on_type", "on_id", "at"]

    def by_account(self, events: QuerySet[Event], name: str, user: Any) -> QuerySet[Event]:
        """What one colleague did."""
        return events.filter(by_id=user.pk)


class TrailView(ReportView):
    """Newest first; two queries for the rows of a page."""

    model = Event
    page_title = _("Trail")
    header_icon = "history"
    index_url_name = "audit_trail"
    index_results_url_name = "audit_trail_results"
    any_permission_required = ["view"]
    default_ordering = "-sequence"
    filterset_class = TrailFilters
    export_headings = {"what": _("What (code)"), "words": _("What")}
    list_export = ["sequence", "at", "who", "words", "thing", "what", "by_id", "detail"]
    columns = [
        Column("sequence", label=_("No."), width="8%"),
        Column("when", label=_("When"), width="16%"),
        Column("who", label=_("Who"), width="20%"),
        Column("words", label=_("What")),
        Column("thing", label=_("On what"), width="20%"),
    ]

    def decorate_paginated_queryset(self, object_list: Iterable[Event]) -> list[Event]:
        """The words, for the rows that are shown."""
        events = list(object_list)
        known = presenters.names(events)
        for event in events:
            event.__dict__.update(
                when=date_format(localtime(event.at), "j. N Y H:i:s"),
                who=presenters.actor(event, known),
                words=presenters.sentence(event),
                thing=presenters.thing(event),
            )
        return events
