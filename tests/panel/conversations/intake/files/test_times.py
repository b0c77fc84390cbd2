"""Times as people and programs write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.conversations.intake.files.faults import Refused
from panel.conversations.intake.files.times import moment
from panel.core.clock import COPENHAGEN

CHRISTMAS = datetime(2025, 12, 24, 7, 30, tzinfo=UTC)
MIDSUMMER = datetime(2025, 6, 23, 18, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "24-12-2025 08:30",
        "24-12-2025 08.30",
        "24.12.2025 kl. 08.30",
        "24.12.2025 kl 8.30",
        "24/12/2025 8:30:00",
        "24. december 2025 08:30",
        "24. dec. 2025 kl. 08:30",
        "24 December 2025, 08:30",
        "onsdag den 24. december 2025 kl. 8.30",
        "ons. d. 24. dec. 2025 08:30",
        "\u00a024-12-2025\u00a008:30 ",
        "2025-12-24T08:30",
        "2025-12-24 08:30:00",
        "2025-12-24T07:30:00Z",
        "2025-12-24T07:30:00+00:00",
        "2025-12-24T07:30:00+0000",
        "2025-12-24T08:30:00+0100",
        "2025-12-24T08:30:00+01:00",
        "2025-12-24 07:30:00 UTC",
        "2025-12-24 07:30:00 +0000",
        "2025-12-24T07:30:00.000Z",
        "20251224T083000",
        "2025/12/24 8:30",
        "1766561400",
        "1766561400000",
        "46015,3541666667",
        "46015.3541666667",
    ],
)
def test_every_common_way_to_write_a_time_is_understood(text):
    assert moment(text, "time") == CHRISTMAS


@pytest.mark.parametrize("text", ["24-12-2025", "24/12/2025", "24.12.2025", "2025-12-24", "46015"])
def test_a_date_alone_is_midnight_in_denmark(text):
    assert moment(text, "time") == datetime(2025, 12, 23, 23, 0, tzinfo=UTC)


def test_a_time_without_zone_is_what_the_clock_in_denmark_showed():
    assert moment("23-06-2025 20:00", "time") == MIDSUMMER
    assert moment("2025-06-23T20:00", "time") == MIDSUMMER
    assert moment("2025-06-23T20:00:00Z", "time") != MIDSUMMER


@pytest.mark.parametrize("text", ["2025-03-30T02:30", "30-03-2025 02:00", "45746,104166667"])
def test_the_hour_skipped_in_spring_is_refused(text):
    with pytest.raises(Refused) as refusal:
        moment(text, "time")
    assert refusal.value.code == "time_skipped"


def test_of_the_hour_that_comes_twice_in_autumn_the_first_is_taken():
    assert moment("26-10-2025 02:30", "time") == datetime(2025, 10, 26, 0, 30, tzinfo=UTC)
    assert moment("2025-10-26T02:30:00+01:00", "time") == datetime(2025, 10, 26, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("24-12-25 08:30", "time_short_year"),
        ("1/2/25", "time_short_year"),
        ("12/24/2025", "time_month_first"),
        ("31-02-2025", "time_impossible"),
        ("24-13-2025", "time_impossible"),
        ("24-12-2025 25:00", "time_impossible"),
        ("24-12-2025 08:61", "time_impossible"),
        ("24. brumaire 2025", "time_unreadable"),
        ("i går", "time_unreadable"),
        ("for 3 timer siden", "time_unreadable"),
        ("=NOW()", "time_unreadable"),
        ("2025", "time_unreadable"),
        ("٢٤-١٢-٢٠٢٥", "time_unreadable"),
        ("9" * 5000, "time_unreadable"),
        ("01-01-1970", "time_implausible"),
        ("0001-01-01T00:00:00+14:00", "time_implausible"),
        ("9999-12-31T23:59:59-14:00", "time_implausible"),
        ("12345", "time_implausible"),
        ("000000001", "time_implausible"),
    ],
)
def test_what_cannot_be_a_time_is_refused_with_its_reason(text, code):
    with pytest.raises(Refused) as refusal:
        moment(text, "time")
    assert (refusal.value.code, refusal.value.field) == (code, "time")


def test_american_dates_are_read_when_the_file_is_american():
    assert moment("12/24/2025 08:30", "time", month_first=True) == CHRISTMAS
    with pytest.raises(Refused) as refusal:
        moment("24/12/2025", "time", month_first=True)
    assert refusal.value.code == "time_impossible"


@given(st.text(max_size=80))
def test_any_text_is_a_time_in_utc_or_refused(text):
    try:
        found = moment(text, "time")
    except Refused:
        return
    assert found.utcoffset() == timedelta(0)


@given(
    st.datetimes(datetime(2001, 1, 1), datetime(2099, 1, 1)),  # noqa: DTZ001  The clock on the wall.
    st.sampled_from(["%d-%m-%Y %H:%M", "%d.%m.%Y kl. %H.%M", "%d/%m/%Y %H:%M", "%Y-%m-%dT%H:%M"]),
)
def test_every_wall_time_is_read_as_written_or_does_not_exist(wall, form):
    wall = wall.replace(second=0, microsecond=0)
    exists = wall.replace(tzinfo=COPENHAGEN).astimezone(UTC).astimezone(COPENHAGEN)
    if exists.replace(tzinfo=None) != wall:
        with pytest.raises(Refused, match="time_skipped"):
            moment(wall.strftime(form), "time")
        return
    found = moment(wall.strftime(form), "time")
    assert found.astimezone(COPENHAGEN).replace(tzinfo=None) == wall
