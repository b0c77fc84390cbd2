"""The list of what was sent to the networks, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from panel.channels.models import Channel
from panel.outbox.models import Outgoing
from panel.outbox.models.outgoing import OutgoingQuerySet
from panel.outbox.reports.groups import Group, in_group, over

PER_PAGE: Final = 25
# So many of what is not over yet are shown at once; the rest is a click away.
AT_MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was looked for; empty is everything."""

    group: str = ""
    channel: Channel | None = None

    def on_channel(self, found: OutgoingQuerySet) -> OutgoingQuerySet:
        """``found``, on the wanted channel."""
        return found.filter(channel=self.channel) if self.channel else found


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under one heading; ``has_more`` where only the first of them are shown."""

    key: str
    heading: str
    rows: tuple[Outgoing, ...]
    has_more: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the list: ``page`` is of what is counted in pages, which is the last section."""

    sections: tuple[Section, ...]
    page: Page[Any]


def listing(wanted: Wanted, *, number: str, at: datetime) -> Listing:
    """What needs somebody first, then what is under way, then what is over, the newest first.

    As many queries for one row as for all.
    """
    if wanted.group:
        page = _page(wanted.on_channel(in_group(wanted.group, at)), number)
        return Listing(_filled(_section(wanted.group, Group(wanted.group).label, page)), page)
    page = _page(wanted.on_channel(over(at)), number)
    ended = _section("over", _("Sent, and what was stopped"), page)
    if page.number > 1:
        return Listing(_filled(ended), page)
    first = [_first(group, wanted, at) for group in (Group.NEEDS, Group.UNDER_WAY)]
    return Listing(_filled(*first, ended), page)


def _first(group: Group, wanted: Wanted, at: datetime) -> Section:
    rows = tuple(wanted.on_channel(in_group(group, at))[: AT_MOST + 1])
    return Section(group.value, str(group.label), rows[:AT_MOST], len(rows) > AT_MOST)


def _section(key: str, heading: object, page: Page[Any]) -> Section:
    return Section(key, str(heading), tuple(page.object_list))


def _page(found: OutgoingQuerySet, number: str) -> Page[Any]:
    return Paginator(found, PER_PAGE).get_page(number)


def _filled(*sections: Section) -> tuple[Section, ...]:
    return tuple(section for section in sections if section.rows)
