"""What goes out, laid on the days of a month or a week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models.functions import Coalesce

from cms.publishing import freedays, vocabulary
from cms.publishing.brief import Brief, brief
from cms.publishing.models import Election, PlanningSettings
from cms.publishing.reports.marks import Close, close, marks
from cms.publishing.reports.rounds import DID_NOT, Wanted, fitting
from cms.publishing.reports.rows import Row, rows
from cms.publishing.spans import Span
from cms.review.models import OPEN
from cms.review.models import State as Said
from panel.core.clock import in_copenhagen, now

# What an editor or the author stopped has left its day to others; the list still has it.
SHOWN: Final = (*OPEN, Said.PUBLISHED, Said.SUPERSEDED, Said.TAKEN_DOWN, *DID_NOT)
# So long before they begin, one reads of the weeks before an election.
SOON: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Entry:
    """A story on its day: ``at`` is when it went live or was to, None for as soon as approved;
    ``marks`` is what is worth a second look.
    """

    row: Row
    at: datetime | None
    brief: Brief
    marks: tuple[str, ...] = ()

    @property
    def time(self) -> str:
        """The time of day."""
        return vocabulary.clock(self.at) if self.at else ""


@dataclass(frozen=True, slots=True)
class Day:
    """One day. ``is_own`` unless it only fills a row of the month; ``name`` is a holiday's."""

    date: date
    is_own: bool
    is_today: bool
    is_past: bool
    name: str
    is_before_election: bool
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
    """A month or a week; ``soon`` has what goes out as soon as it is approved, on no day yet, and
    ``election`` the weeks before one, if some of its days are in them.
    """

    span: Span
    weeks: tuple[Week, ...]
    soon: tuple[Entry, ...]
    election: Election | None

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
    planning = PlanningSettings.current()
    election = planning.election
    found = fitting(wanted, at).annotate(stands_at=Coalesce("published_at", "due"))
    there = found.filter(state__in=SHOWN, stands_at__gte=span.begins, stands_at__lt=span.ends)
    timeless = found.filter(state__in=OPEN, stands_at=None)
    # What somebody filtered away is still in the way.
    near = close(span.begins, span.ends, apart=planning.apart)
    entries = [
        _entry(row, near, planning)
        for row in rows([*there.order_by("stands_at", "pk"), *timeless.order_by("pk")])
    ]
    days = _by_day(entries)
    today = in_copenhagen(at).date()
    return Calendar(
        span=span,
        weeks=tuple(
            Week(
                number=week[0].isocalendar().week,
                days=tuple(_day(day, span, today, election, days.get(day, ())) for day in week),
            )
            for week in span.weeks
        ),
        soon=tuple(entry for entry in entries if entry.at is None),
        election=election if election and election.meets(span.first, span.last) else None,
    )


def election_ahead(day: date | None = None) -> Election | None:
    """The weeks before an election, if ``day`` is in them, or today is, or will be in a month."""
    today = in_copenhagen(now()).date()
    election = PlanningSettings.current().election
    if election is None:
        return None
    is_near = election.meets(today, today + SOON)
    return election if is_near or (day is not None and election.holds(day)) else None


def _entry(row: Row, near: Close, planning: PlanningSettings) -> Entry:
    approval = row.approval
    # Annotated above, where the type checker does not look.
    at: datetime | None = approval.stands_at  # type: ignore[attr-defined]
    told = brief(approval, list(approval.publications.all()), row.standing)
    return Entry(row, at, told, tuple(marks(approval, at, near, planning)) if at else ())


def _by_day(entries: Iterable[Entry]) -> Mapping[date, Sequence[Entry]]:
    days: defaultdict[date, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.at is not None:
            days[in_copenhagen(entry.at).date()].append(entry)
    return days


def _day(
    day: date, span: Span, today: date, election: Election | None, entries: Sequence[Entry]
) -> Day:
    return Day(
        date=day,
        is_own=span.holds(day),
        is_today=day == today,
        is_past=day < today,
        name=freedays.name(day),
        is_before_election=election is not None and election.holds(day),
        entries=tuple(entries),
    )
