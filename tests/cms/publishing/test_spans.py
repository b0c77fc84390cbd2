"""Months and weeks, the two odd days of the year too."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.publishing.spans import A_DAY, Length, Span, midnight, monday
from panel.core.clock import in_copenhagen

DAYS = st.dates(date(1900, 1, 1), date(2999, 12, 31))
LENGTHS = st.sampled_from(Length)
# When the clock is put forward and back, of every year for a while.
ODD = st.sampled_from(
    [
        date(year, month, 31) - timedelta(days=(date(year, month, 31).weekday() + 1) % 7)
        for year in range(1997, 2038)
        for month in (3, 10)
    ]
)


@given(DAYS, LENGTHS)
def test_rows_are_whole_weeks_that_hold_every_own_day_once(day: date, length: Length):
    span = Span.around(day, length)
    days = [each for week in span.weeks for each in week]

    assert span.holds(day)
    assert all(len(week) == 7 and week[0].weekday() == 0 for week in span.weeks)
    assert days == [days[0] + number * A_DAY for number in range(len(days))]
    own = [each for each in days if span.holds(each)]
    assert (own[0], own[-1]) == (span.first, span.last)
    # No row without a day of its own.
    assert all(any(map(span.holds, week)) for week in span.weeks)


@given(DAYS, LENGTHS)
def test_before_and_after_join_without_a_gap_and_lead_back(day: date, length: Length):
    span = Span.around(day, length)

    assert span.next.previous == span == span.previous.next
    assert span.next.first == span.last + A_DAY
    assert span.previous.last == span.first - A_DAY


@given(DAYS)
def test_a_month_is_a_month(day: date):
    span = Span.around(day, Length.MONTH)
    assert span.first.day == 1
    assert (span.last.year, span.last.month) == (day.year, day.month)
    assert (span.last + A_DAY).day == 1


@given(ODD | DAYS.filter(lambda day: day.year > 1980), st.integers(0, 24 * 60 * 60 - 1))
def test_every_second_of_a_day_is_on_that_day_in_copenhagen(day: date, second: int):
    moment = midnight(day).astimezone(UTC) + timedelta(seconds=second)
    if moment < midnight(day + A_DAY).astimezone(UTC):
        assert in_copenhagen(moment).date() == day
    # The last second before midnight is another day's.
    assert in_copenhagen(midnight(day).astimezone(UTC) - timedelta(seconds=1)).date() == day - A_DAY


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 11, 22), 24)]
)
def test_two_days_of_the_year_have_not_24_hours(day: date, hours: int):
    lasts = midnight(day + A_DAY).astimezone(UTC) - midnight(day).astimezone(UTC)
    assert lasts == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2026, 3, 29), 167), (date(2026, 10, 25), 169), (date(2026, 11, 22), 168)],
)
def test_the_week_lasts_as_long_as_its_days(day: date, hours: int):
    span = Span.around(day, Length.WEEK)
    assert span.first == monday(day) == day - 6 * A_DAY
    assert span.ends.astimezone(UTC) - span.begins.astimezone(UTC) == timedelta(hours=hours)


def test_november_2026():
    span = Span.around(date(2026, 11, 22), Length.MONTH)
    assert (span.first, span.last) == (date(2026, 11, 1), date(2026, 11, 30))
    assert (span.weeks[0][0], span.weeks[-1][-1]) == (date(2026, 10, 26), date(2026, 12, 6))
    assert span.begins.astimezone(UTC) == datetime(2026, 10, 25, 23, tzinfo=UTC)
    assert span.next.first == date(2026, 12, 1)
