"""Old enough, from a year alone (P13): no birthday is asked for, so one year of birth cannot answer
by itself."""

from __future__ import annotations

from datetime import date
from enum import Enum

from panel.members.models import AgeBand

YOUNGEST = 15
OLDEST = 120


class OldEnough(Enum):
    """What a year of birth says about being 15."""

    YES = "yes"
    ONLY_THEY_KNOW = "only they know"  # 15 this year: the birthday may be to come
    NO = "no"


def old_enough(birth_year: int, *, on: date) -> OldEnough:
    """Whether somebody born in ``birth_year`` is 15 on the day ``on`` (Copenhagen's)."""
    turns = on.year - birth_year
    if turns > YOUNGEST:
        return OldEnough.YES
    return OldEnough.ONLY_THEY_KNOW if turns == YOUNGEST else OldEnough.NO


def is_a_birth_year(year: int, *, on: date) -> bool:
    """Whether anybody alive on the day ``on`` may have been born in ``year``."""
    return on.year - OLDEST <= year <= on.year


def band_of(birth_year: int, *, on: date) -> AgeBand:
    """The ten-year band of the age turned in the year of ``on``; for 15 and over."""
    age = on.year - birth_year
    if age >= 80:
        return AgeBand.EIGHTY_PLUS
    return list(AgeBand)[max(0, age // 10 - 1)]
