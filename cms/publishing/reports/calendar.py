"""What goes out, laid on the days of a month or a week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models.functions import Coalesce

from cms.publishing import vocabulary
from cms.publishing.brief import Brief, brief
from cms.publishing.reports.rounds import DID_NOT, Rounds, Wanted, fitting
from cms.publishing.reports.rows import Row, rows
from cms.publishing.spans import Span
from cms.review.models import OPEN
from cms.review.models import State as Said
from panel.core.clock import in_copenhagen, now

# What an editor or the author stopped has left its day to others; the list still has it.
SHOWN: Final = (*OPEN, Said.PUBLISHED, Said.SUPERSEDED, Said.TAKEN_DOWN, *DID_NOT)


@dataclass(frozen=True, slots=True)
class Entry:
    """A story on its day: ``at`` is when it went live or was to; None for as soon as approved."""

    row: Row
    at: datetime | None
    brief: Brief

    @property
    def time(self) -> str:
        """The time of day."""
        return vocabulary.clock(self.at) if self.at else ""


@dataclass(frozen=True, slots=True)
class Day:
    """One day. ``is_own`` unless it only fills a row of the month."""

    date: date
    is_own: bool
    is_today: bool
    is_past: bool
    entries: tuple[Entry, ...]

    @property
    def words(self) -> str:
        """Its name and date."""
        return vocabulary.day(self.date)

    @property
    def is_gap(self) -> bool:
        """Whether something could still be told that day, and nothing is planned."""
        return not self.entries and not self.is_past


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days, with the number that calendars here give the week."""

    number: int
    days: tuple[Day, ...]

    @property
    def is_bare(self) -> bool:
        """Whether none of its days would tell anything in a list."""
        return not any(day.is_own and (day.entries or day.is_gap) for day in self.days)


@dataclass(frozen=True, slots=True)
class Calendar:
    """A month or a week; ``soon`` has what goes out as soon as it is approved, on no day yet."""

    span: Span
    weeks: tuple[Week, ...]
    soon: tuple[Entry, ...]

    @property
    def total(self) -> int:
        """How many stories its own days have."""
        return sum(len(day.entries) for day in self._own)

    @property
    def gaps(self) -> int:
        """On how many of its own days, from today on, nothing is planned."""
        return sum(day.is_gap for day in self._own)

    @property
    def _own(self) -> list[Day]:
        return [day for week in self.weeks for day in week.days if day.is_own]


def calendar(span: Span, wanted: Wanted) -> Calendar:
    """``span`` with what fits ``wanted``. As many queries for one story as for all."""
    at = now()
    found = fitting(wanted, at).annotate(stands_at=Coalesce("published_at", "due"))
    there = found.filter(state__in=SHOWN, stands_at__gte=span.begins, stands_at__lt=span.ends)
    timeless = found.filter(state__in=OPEN, stands_at=None)
    entries = list(_entries(there.order_by("stands_at", "pk"), timeless.order_by("pk")))
    days: Mapping[date, list[Entry]] = _by_day(entries)
    today = in_copenhagen(at).date()
    return Calendar(
        span=span,
        weeks=tuple(
            Week(
                number=week[0].isocalendar().week,
                days=tuple(_day(day, span, today, days.get(day, ())) for day in week),
            )
            for week in span.weeks
        ),
        soon=tuple(entry for entry in entries if entry.at is None),
    )


def _entries(*found: Rounds) -> Iterable[Entry]:
    """All of them as rows at once, in as many queries as one part takes."""
    for row in rows([approval for part in found for approval in part]):
        published = list(row.approval.publications.all())
        stands_at = getattr(row.approval, "stands_at", None)
        yield Entry(row, stands_at, brief(row.approval, published, row.standing))


def _by_day(entries: Iterable[Entry]) -> Mapping[date, list[Entry]]:
    days: defaultdict[date, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.at is not None:
            days[in_copenhagen(entry.at).date()].append(entry)
    return days


def _day(day: date, span: Span, today: date, entries: Iterable[Entry]) -> Day:
    return Day(
        date=day,
        is_own=span.holds(day),
        is_today=day == today,
        is_past=day < today,
        entries=tuple(entries),
    )
