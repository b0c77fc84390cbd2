"""Slots of periodic jobs, on every awkward night."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.core.clock import in_copenhagen
from panel.jobs.schedule import Daily, Every

FIRST, LAST = datetime(2024, 1, 1), datetime(2030, 1, 1)  # noqa: DTZ001 - zoned by the next line
MOMENTS = st.datetimes(FIRST, LAST, timezones=st.just(UTC))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@given(MOMENTS, st.integers(1, 10_000))
def test_every_names_one_slot_for_all_moments_within_it(moment, seconds):
    every = Every(timedelta(seconds=seconds))
    slot = every.latest(moment)

    assert slot <= moment < slot + every.step
    assert every.latest(slot) == slot
    assert every.latest(slot + every.step - timedelta(microseconds=1)) == slot


@given(MOMENTS, st.times(timezones=st.none()))
def test_daily_is_the_newest_slot_and_there_is_one_a_day(moment, time):
    daily = Daily(time.replace(second=0, microsecond=0))
    slot = daily.latest(moment)

    assert slot <= moment
    assert moment - slot <= timedelta(hours=25)
    assert daily.latest(slot) == slot


def test_daily_follows_the_clock_in_copenhagen_not_utc():
    daily = Daily.parsed("03:15")

    assert daily.latest(at("2026-01-10T12:00")) == at("2026-01-10T02:15")
    assert daily.latest(at("2026-07-10T12:00")) == at("2026-07-10T01:15")
    assert daily.latest(at("2026-07-10T01:14")) == at("2026-07-09T01:15")


def test_a_time_within_the_missing_hour_comes_an_hour_later():
    slot = Daily.parsed("02:30").latest(at("2027-03-28T12:00"))

    assert f"{in_copenhagen(slot):%H:%M}" == "03:30"


def test_a_time_within_the_doubled_hour_comes_once():
    daily = Daily.parsed("02:30")
    first = daily.latest(at("2026-10-25T00:30"))

    assert first == at("2026-10-25T00:30")
    assert daily.latest(at("2026-10-25T01:30")) == first
    assert daily.latest(at("2026-10-25T23:00")) == first


@pytest.mark.parametrize("text", ["3:15", "24:00", "03:60", "0315", "03:15:00", ""])
def test_a_time_that_is_none_is_refused(text):
    with pytest.raises(ValueError, match="not a time of day"):
        Daily.parsed(text)


def test_more_than_once_a_second_is_refused():
    with pytest.raises(ValueError, match="at most once a second"):
        Every(timedelta(milliseconds=10))
