"""When a periodic job is due: plain arithmetic on the clock, no database."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Protocol

from panel.core.clock import COPENHAGEN, in_copenhagen

_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


class Schedule(Protocol):
    """Knows the slot a moment belongs to."""

    def latest(self, moment: datetime) -> datetime:
        """The newest slot at or before ``moment``, in UTC."""


@dataclass(frozen=True, slots=True)
class Every:
    """Every so often, counted from a fixed moment, so that all workers name the same slots."""

    step: timedelta

    def __post_init__(self) -> None:
        if self.step < timedelta(seconds=1):
            raise ValueError("A periodic job comes at most once a second.")

    def latest(self, moment: datetime) -> datetime:
        """See ``Schedule``."""
        return moment.astimezone(UTC) - (moment - _EPOCH) % self.step


@dataclass(frozen=True, slots=True)
class Daily:
    """Once a day, as the clock on the town hall shows it.

    On the night an hour is missing, a time within it comes an hour later; on the night an hour
    comes twice, the first one counts. There is one slot a day on both.
    """

    at: time

    @classmethod
    def parsed(cls, text: str) -> Daily:
        """From "03:15". Raises ValueError for anything else."""
        match = _CLOCK.fullmatch(text)
        if not match:
            raise ValueError(f'"{text}" is not a time of day. Write it as "03:15".')
        return cls(time(int(match[1]), int(match[2])))

    def latest(self, moment: datetime) -> datetime:
        """See ``Schedule``."""
        day = in_copenhagen(moment).date()
        today = datetime.combine(day, self.at, COPENHAGEN).astimezone(UTC)
        if today <= moment:
            return today
        return datetime.combine(day - timedelta(days=1), self.at, COPENHAGEN).astimezone(UTC)
