"""Time in the demo: the morning its year ends on, and a diary of what happened before it.

Everything is done by the apps' own actions, which ask the clock what time it is. So the clock is
put back while the demo is filled, from act to act and never backwards: the rows bear the times at
which things happened, and the trail is in order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from heapq import heappop, heappush
from itertools import count
from unittest.mock import patch

from django.utils import timezone

from panel.core.clock import COPENHAGEN, in_copenhagen

OPENS = time(6, 0)

Act = Callable[[], object]


def morning(moment: datetime) -> datetime:
    """The last six o'clock in Copenhagen at or before ``moment``, in UTC.

    The demo's year ends then, so that filling it again the same day gives the same.
    """
    local = in_copenhagen(moment)
    day = local.date() if local.time() >= OPENS else local.date() - timedelta(days=1)
    return datetime.combine(day, OPENS, COPENHAGEN).astimezone(moment.tzinfo)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """It is ``moment`` for everything Django and we do inside, in this process."""
    with patch.object(timezone, "now", return_value=moment):
        yield


class Diary:
    """Acts by the time they happen at. An act may note others that come after it."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        self._reached = datetime.min.replace(tzinfo=until.tzinfo)
        self._acts: list[tuple[datetime, int, Act]] = []
        self._number = count()

    def note(self, moment: datetime, act: Act) -> None:
        """``act`` happens at ``moment``, or at once where that is over, and at the end at latest.

        Of two at the same time the one noted first comes first.
        """
        when = min(max(moment, self._reached), self.until)
        heappush(self._acts, (when, next(self._number), act))

    def days_ago(self, days: float, *, hours: float = 4) -> datetime:
        """So many hours after opening, so many days before the end."""
        return self.until - timedelta(days=days) + timedelta(hours=hours)

    def play(self) -> None:
        """Let it all happen, in order."""
        while self._acts:
            self._reached, _number, act = heappop(self._acts)
            with at(self._reached):
                act()
