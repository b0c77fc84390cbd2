"""The year before a moment as local days, and when in a day people write."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
DAY = 86_400
DAYS_SHOWN = 365


@dataclass(frozen=True, slots=True)
class Day:
    """A local date:

    ``midnight`` in UTC, and the second at which it ends (earlier than 86,400 on the last).
    """

    number: int
    date: date
    midnight: datetime
    end: int

    def at(self, second: int) -> datetime:
        """The moment ``second`` seconds into the day, in UTC."""
        return self.midnight + timedelta(seconds=second)


class Rhythm:
    """A day's ups and downs, from 24 weights.

    A table of quantiles, so that drawing a second costs one look-up.
    """

    SIZE = 4_096

    def __init__(self, hours: Sequence[float]) -> None:
        total = list(accumulate(hours))
        marks = ((step + 0.5) * total[-1] / self.SIZE for step in range(self.SIZE))
        self.table = [self._second(mark, total, hours) for mark in marks]

    @staticmethod
    def _second(mark: float, total: Sequence[float], hours: Sequence[float]) -> int:
        hour = bisect_left(total, mark)
        return int(3_600 * (hour + 1 - (total[hour] - mark) / hours[hour]))

    def index(self, second: int) -> int:
        """Where in the table ``second`` comes."""
        return bisect_left(self.table, second)

    def second(self, chance: float, first: int = 0, end: int = DAY) -> int:
        """A second in [first, end) for a chance in [0, 1); ``end - 1`` where nobody is up."""
        low, high = self.index(first), self.index(end)
        return self.table[low + int(chance * (high - low))] if high > low else end - 1


CITIZENS = Rhythm(
    (2, 1, 0.5, 0.4, 0.8, 2, 5, 8, 7, 6, 6, 6, 7, 6, 6, 8, 10, 10, 10, 13, 15, 12, 8, 4)
)
OFFICE = Rhythm(
    (0, 0, 0, 0.1, 0, 0.2, 2, 8, 12, 14, 12, 10, 8, 10, 11, 9, 5, 3, 3, 3, 1, 0.5, 0.2, 0)
)
_OPEN_AT = 8 * 3_600


def year_before(until: datetime) -> tuple[Day, ...]:
    """The local days of the year up to ``until`` (aware); today counts once it is past eight."""
    here = until.astimezone(COPENHAGEN)
    dates = [here.date() - timedelta(days=back) for back in range(DAYS_SHOWN - 1, -1, -1)]
    days = [Day(number, day, _midnight(day), DAY) for number, day in enumerate(dates)]
    today = days.pop()
    end = min(DAY, int((until - today.midnight).total_seconds()))
    if end > _OPEN_AT:
        days.append(Day(today.number, today.date, today.midnight, end))
    return tuple(days)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, COPENHAGEN).astimezone(UTC)


WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
MONTHS = (
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
)


def danish_date(day: date) -> str:
    """Written out as in a sentence: "mandag den 3. marts"."""
    return f"{WEEKDAYS[day.weekday()]} den {day.day}. {MONTHS[day.month - 1]}"
