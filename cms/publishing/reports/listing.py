"""The list of what goes out, page by page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final

from django.db.models import F, Q
from django.utils.translation import gettext as _

from cms.publishing import vocabulary
from cms.publishing.reports.rounds import HOUR, Rounds, Wanted, fitting, newest
from cms.publishing.reports.rows import Row, rows
from cms.publishing.spans import midnight
from cms.review.models import OPEN, Approval
from panel.core.clock import in_copenhagen, now

PER_PAGE: Final = 50
# So many of what asks for a decision are shown at once; nobody decides more in one go.
AT_MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under one heading; ``shows_date`` where they are of several days."""

    key: str
    heading: str
    rows: tuple[Row, ...]
    shows_date: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of what goes out: ``page`` is 0 for today, below it for earlier, above for later."""

    sections: tuple[Section, ...]
    page: int
    has_later: bool
    has_earlier: bool

    @property
    def earlier(self) -> int:
        """The page before."""
        return self.page - 1

    @property
    def later(self) -> int:
        """The page after."""
        return self.page + 1


def outgoing(wanted: Wanted, *, page: int = 0) -> Listing:
    """Problems first, then the next hour, then the days ahead; the days before on pages below 0.

    Who looks for something gets what fits, the latest first. As many queries for one row as for
    all.
    """
    at = now()
    if wanted != Wanted():
        return _found(wanted, at, max(page, 0))
    return _earlier(at, page) if page < 0 else _ahead(at, page)


def _ahead(at: datetime, page: int) -> Listing:
    today = midnight(in_copenhagen(at).date())
    calm = newest(at).filter(rank__isnull=True)
    coming = calm.filter(Q(state__in=OPEN, moment__gt=at + HOUR))
    days = coming | calm.filter(~Q(state__in=OPEN), moment__gte=today)
    some, has_later = _slice(days.order_by("moment", "pk"), page)
    parts = {"days": some}
    if page == 0:
        parts |= {
            "problems": list(
                newest(at).filter(rank__isnull=False).order_by("rank", "moment", "pk")[:AT_MOST]
            ),
            "hour": list(
                calm.filter(state__in=OPEN, moment__lte=at + HOUR).order_by("moment")[:AT_MOST]
            ),
            "soon": list(calm.filter(state__in=OPEN, moment=None).order_by("pk")[:AT_MOST]),
        }
    ready = _all_at_once(parts)
    headings = {
        "problems": _("Needs a decision"),
        "hour": _("The next hour"),
        "soon": _("As soon as they are approved"),
    }
    first = [
        Section(key, heading, tuple(ready[key]), shows_date=key == "problems")
        for key, heading in headings.items()
        if ready.get(key)
    ]
    has_earlier = page > 0 or _before(at).exists()
    return Listing((*first, *_by_day(ready["days"])), page, has_later, has_earlier)


def _earlier(at: datetime, page: int) -> Listing:
    some, has_earlier = _slice(_before(at).order_by("-moment", "-pk"), -page - 1)
    return Listing(tuple(_by_day(rows(some))), page, True, has_earlier)


def _before(at: datetime) -> Rounds:
    today = midnight(in_copenhagen(at).date())
    return newest(at).filter(~Q(state__in=OPEN), moment__lt=today)


def _found(wanted: Wanted, at: datetime, page: int) -> Listing:
    latest_first = (F("moment").desc(nulls_first=True), "-pk")
    some, has_more = _slice(fitting(wanted, at).order_by(*latest_first), page)
    return Listing(tuple(_by_day(rows(some))), page, has_more, page > 0)


def _slice(found: Rounds, page: int) -> tuple[list[Approval], bool]:
    """One page, and whether there is another one."""
    some = list(found[page * PER_PAGE : (page + 1) * PER_PAGE + 1])
    return some[:PER_PAGE], len(some) > PER_PAGE


def _all_at_once(parts: dict[str, list[Approval]]) -> dict[str, list[Row]]:
    """Each part as rows, in as many queries as one of them takes."""
    ready = iter(rows([approval for part in parts.values() for approval in part]))
    return {key: [next(ready) for _approval in part] for key, part in parts.items()}


def _by_day(found: Iterable[Row]) -> list[Section]:
    """A section a day of Copenhagen's calendar, in the order of the rows."""
    sections = []
    for day, some in groupby(found, lambda row: row.moment and in_copenhagen(row.moment).date()):
        heading = vocabulary.day(day) if day else _("As soon as they are approved")
        sections.append(Section(f"day-{day}" if day else "soon", heading, tuple(some)))
    return sections
