"""By when whoever left an address has an answer."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import holidays

WORKING_DAYS: Final = 5


def answer_due(came: date) -> date:
    """The last of the working days after ``came``: neither weekends nor the days on
    which Danish town halls are closed count, Christmas Eve among them.
    """
    years = (came.year, came.year + 1)
    free = holidays.country_holidays("DK", years=years, categories=("public", "optional"))
    day, left = came, WORKING_DAYS
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5 and day not in free
    return day
