"""Old enough, from a year alone."""

from __future__ import annotations

from datetime import date

import pytest

from panel.members.ages import OldEnough, band_of, is_a_birth_year, old_enough
from panel.members.models import AgeBand


@pytest.mark.parametrize(
    ("year", "answer"),
    [
        (2010, OldEnough.YES),
        (2011, OldEnough.ONLY_THEY_KNOW),
        (2012, OldEnough.NO),
    ],
)
@pytest.mark.parametrize("on", [date(2026, 1, 1), date(2026, 12, 31)])
def test_a_year_of_birth_answers_only_when_it_can(year: int, answer: OldEnough, on: date) -> None:
    assert old_enough(year, on=on) is answer


def test_nobody_is_born_in_the_future_or_in_the_last_century_but_one() -> None:
    today = date(2026, 11, 20)
    assert is_a_birth_year(1906, on=today)
    assert not is_a_birth_year(1905, on=today)
    assert not is_a_birth_year(2027, on=today)


@pytest.mark.parametrize(
    ("year", "band"),
    [
        (2011, AgeBand.UNDER_20),
        (2007, AgeBand.UNDER_20),
        (2006, AgeBand.TWENTIES),
        (1997, AgeBand.TWENTIES),
        (1996, AgeBand.THIRTIES),
        (1947, AgeBand.SEVENTIES),
        (1946, AgeBand.EIGHTY_PLUS),
        (1910, AgeBand.EIGHTY_PLUS),
    ],
)
def test_bands_change_at_the_round_birthday(year: int, band: AgeBand) -> None:
    assert band_of(year, on=date(2026, 6, 1)) is band
