"""When a municipality would rather not be heard: at night, on Sundays and on public holidays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import Final

from cms.publishing import freedays

_SUNDAY: Final = 6


@dataclass(frozen=True, slots=True)
class Quiet:
    """From ``begins`` until just before ``ends``, over midnight too; equal is never."""

    begins: time
    ends: time
    on_sundays: bool

    def at_night(self, local: datetime) -> bool:
        """Whether the clock that shows ``local`` shows a quiet hour."""
        shown = local.time()
        if self.begins <= self.ends:
            return self.begins <= shown < self.ends
        return shown >= self.begins or shown < self.ends

    def all_day(self, local: datetime) -> bool:
        """Whether the whole day of ``local`` is quiet."""
        day = local.date()
        return self.on_sundays and (day.weekday() == _SUNDAY or freedays.is_public(day))
