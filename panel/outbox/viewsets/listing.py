"""The list of what was sent to the networks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.views.generic import TemplateView

from panel.core.clock import now
from panel.outbox import reports
from panel.outbox.forms import FilterForm
from panel.outbox.reports import Section, Wanted, Way
from panel.outbox.viewsets.shared import TITLE, OutboxPage
from panel.outbox.vocabulary import ChannelRow, Row, standing, standing_of


@dataclass(frozen=True, slots=True)
class Shown:
    """A section with its rows in words."""

    section: Section
    rows: tuple[Row, ...]


class OutboxList(OutboxPage, TemplateView):
    """What needs somebody on top, then what is under way, then what is over."""

    page_title = TITLE
    template_name = "outbox/index.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """This is the list itself."""
        return [*self.breadcrumbs_items, {"url": "", "label": TITLE}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page as asked for; a filter that makes no sense is said so."""
        at = now()
        asked = self.request.GET
        form = FilterForm(asked or None)
        wanted = form.wanted() if form.is_valid() else Wanted()
        ways = reports.ways(at)
        listing = reports.listing(wanted, number=asked.get("page", ""), at=at)
        return super().get_context_data(
            form=form,
            sections=[_shown(section, ways, at) for section in listing.sections],
            page=listing.page,
            channels=[ChannelRow(way.channel, standing_of(way)) for way in ways.values()],
            is_filtered=wanted != Wanted(),
            **kwargs,
        )


def _shown(section: Section, ways: Mapping[int, Way], at: datetime) -> Shown:
    rows = (Row(row, standing(row, ways[row.channel_id], at)) for row in section.rows)
    return Shown(section, tuple(rows))
