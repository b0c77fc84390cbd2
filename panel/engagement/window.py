"""A stretch of time looked back on from one moment, and how it lies over the fixed week boxes of
the counters.

The measure's weeks are counted back from the moment asked; the counters' boxes are fixed. Since
both are seven days long, every box is cut at the same place by at most one boundary: what comes
after the cut belongs to one week, what comes at or before it to the week before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

WEEK = timedelta(days=7)
BOX_EPOCH = datetime(1970, 1, 5, tzinfo=UTC)
DEFAULT_DAYS = 180


def box_of(moment: datetime) -> int:
    """The number of the week box ``moment`` lies in."""
    return (moment - BOX_EPOCH) // WEEK


@dataclass(frozen=True, slots=True)
class Window:
    """From ``days`` before ``at`` (not included) to ``at`` (included). ``at`` is aware, ``days`` at
    least 1.
    """

    at: datetime
    days: int = DEFAULT_DAYS

    def __post_init__(self) -> None:
        if self.days < 1:
            raise ValueError("A window is at least one day long.")

    @property
    def start(self) -> datetime:
        """The moment after which the window begins."""
        return self.at - timedelta(days=self.days)

    @property
    def weeks(self) -> int:
        """How many weeks it has, the last one perhaps cut short."""
        return -(-self.days // 7)

    def __contains__(self, moment: datetime) -> bool:
        return self.start < moment <= self.at

    def age(self, moment: datetime) -> int:
        """How many whole weeks before ``at`` ``moment`` lies."""
        return (self.at - moment) // WEEK

    @property
    def first_box(self) -> int:
        """The box in which the window begins."""
        return box_of(self.start)

    @property
    def last_box(self) -> int:
        """The box in which it ends."""
        return box_of(self.at)

    def boxes(self) -> range:
        """All boxes it touches."""
        return range(self.first_box, self.last_box + 1)

    def cuts(self) -> Iterator[tuple[int, datetime]]:
        """Each box with the moment that cuts it: up to it is age ``older_age(box)``, after it one
        week younger.
        """
        cut = self.at
        for box in reversed(self.boxes()):
            yield box, cut
            cut -= WEEK

    def older_age(self, box: int) -> int:
        """The age of the week that ends inside ``box``; -1 less is the week that begins there."""
        return self.last_box - box
