"""Months and weeks of Copenhagen's calendar: pure arithmetic, no database.

A day here begins when the clock on the town hall shows midnight, so two of a year's days are not
24 hours long.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final, Self

from panel.core.clock import COPENHAGEN

A_DAY: Final = timedelta(days=1)
A_WEEK: Final = timedelta(days=7)


class Length(StrEnum):
    """How much is shown at once."""

    MONTH = "month"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class Span:
    """A month or a week, as the whole weeks that hold it. ``first`` is its own first day."""

    length: Length
    first: date

    @classmethod
    def around(cls, day: date, length: Length) -> Self:
        """The month or the week that ``day`` is in; weeks begin on Mondays."""
        first = day.replace(day=1) if length == Length.MONTH else monday(day)
        return cls(length, first)

    @property
    def last(self) -> date:
        """Its own last day."""
        return self.next.first - A_DAY

    @property
    def weeks(self) -> tuple[tuple[date, ...], ...]:
        """Rows of seven days; those of the months before and after fill the first and the last."""
        begins = monday(self.first)
        number = (monday(self.last) - begins) // A_WEEK + 1
        return tuple(
            tuple(begins + week * A_WEEK + day * A_DAY for day in range(7))
            for week in range(number)
        )

    @property
    def begins(self) -> datetime:
        """The moment its first row begins."""
        return midnight(self.weeks[0][0])

    @property
    def ends(self) -> datetime:
        """The moment after its last row."""
        return midnight(self.weeks[-1][-1] + A_DAY)

    @property
    def previous(self) -> Self:
        """The one before."""
        return self.around(self.first - A_DAY, self.length)

    @property
    def next(self) -> Self:
        """The one after."""
        # Whatever the month's length: five weeks on is the next one, and never the one after.
        ahead = 5 * A_WEEK if self.length == Length.MONTH else A_WEEK
        return self.around(self.first + ahead, self.length)

    def holds(self, day: date) -> bool:
        """Whether ``day`` is its own, not one that only fills a row."""
        return self.first <= day <= self.last


def monday(day: date) -> date:
    """The Monday of the week that ``day`` is in."""
    return day - day.weekday() * A_DAY


def midnight(day: date) -> datetime:
    """When ``day`` begins in Copenhagen."""
    return datetime.combine(day, time(), COPENHAGEN)
