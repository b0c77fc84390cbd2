"""Pages by place, not by number: page 500 costs what page 1 costs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, TypeVar

from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins or ends: a time and, among equals, a primary key."""

    at: datetime
    key: int

    def __str__(self) -> str:
        return f"{int(self.at.timestamp() * 1_000_000):x}.{self.key:x}"

    @classmethod
    def parsed(cls, text: str) -> Place | None:
        """What ``str`` gave; ``None`` for anything else: a bent address is the first page."""
        moment, dot, key = text[:64].partition(".")
        try:
            place = cls(datetime.fromtimestamp(int(moment, 16) / 1_000_000, tz=UTC), int(key, 16))
        except (ValueError, OverflowError, OSError):
            return None
        return place if dot and place.key < 2**63 else None


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows, and where the pages before and after them begin, as text for an address."""

    rows: Sequence[Row]
    before: str = ""
    after: str = ""


def page(
    rows: QuerySet[Row],
    *,
    by: str,
    place_of: Callable[[Row], Place],
    size: int,
    after: str = "",
    before: str = "",
    newest_first: bool = False,
) -> Page[Row]:
    """One page of ``rows`` in order of the time field ``by`` and primary key, by one query.

    ``after`` and ``before`` are what an earlier page gave; at most one of them counts.
    """
    start = Place.parsed(after) or Place.parsed(before)
    backwards = start is not None and Place.parsed(after) is None
    descending = newest_first != backwards
    sign = "-" if descending else ""
    ordered = rows.order_by(f"{sign}{by}", f"{sign}pk")
    if start is not None:
        way = "lt" if descending else "gt"
        # The first condition alone decides for nearly all rows, and an index answers it.
        beyond = Q(**{f"{by}__{way}": start.at}) | Q(**{by: start.at, f"pk__{way}": start.key})
        ordered = ordered.filter(Q(**{f"{by}__{way}e": start.at}), beyond)
    found = list(ordered[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    if not found:
        return Page([])
    has_before = more if backwards else start is not None
    has_after = True if backwards else more
    return Page(
        found,
        before=str(place_of(found[0])) if has_before else "",
        after=str(place_of(found[-1])) if has_after else "",
    )
