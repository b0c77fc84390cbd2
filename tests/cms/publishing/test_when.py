"""What the clock on the town hall shows is what is meant, on the two odd days of the year too."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.publishing.forms import AskForm
from cms.publishing.forms.when import NoSuchTime, WhenForm, WhichOne, moment
from panel.core.clock import COPENHAGEN

BACK, FORWARD = date(2026, 10, 25), date(2027, 3, 28)
MINUTES = [time(*divmod(minute, 60)) for minute in range(24 * 60)]


def shown(at: datetime) -> tuple[date, time]:
    """What the clock shows."""
    local = at.astimezone(COPENHAGEN)
    return local.date(), local.time()


def filled(day: date, at: str, **more: str) -> WhenForm:
    return WhenForm({"when": "at", "day": day.isoformat(), "at": at, **more})


def test_every_minute_of_the_day_the_clock_is_put_forward():
    for at in MINUTES:
        if at.hour == 2:
            with pytest.raises(NoSuchTime, match="put forward"):
                moment(FORWARD, at)
        else:
            assert shown(moment(FORWARD, at)) == (FORWARD, at)


def test_every_minute_of_the_day_the_clock_is_put_back():
    for at in MINUTES:
        if at.hour == 2:
            with pytest.raises(WhichOne, match="comes twice"):
                moment(BACK, at)
            first, second = moment(BACK, at, which="first"), moment(BACK, at, which="second")
            assert second - first == timedelta(hours=1)
            assert shown(first) == shown(second) == (BACK, at)
        else:
            assert shown(moment(BACK, at)) == (BACK, at)


def test_together_the_minutes_of_the_long_day_are_every_moment_of_it():
    found = [
        moment(BACK, at, which=which)
        for at in MINUTES
        for which in (("first", "second") if at.hour == 2 else ("",))
    ]

    begin = datetime(2026, 10, 24, 22, tzinfo=UTC)
    assert sorted(found) == [begin + timedelta(minutes=minute) for minute in range(25 * 60)]


def test_together_the_minutes_of_the_short_day_are_every_moment_of_it():
    found = [moment(FORWARD, at) for at in MINUTES if at.hour != 2]

    begin = datetime(2027, 3, 27, 23, tzinfo=UTC)
    assert sorted(found) == [begin + timedelta(minutes=minute) for minute in range(23 * 60)]


@given(
    day=st.dates(min_value=date(2026, 1, 1), max_value=date(2040, 12, 31)),
    at=st.sampled_from(MINUTES),
    which=st.sampled_from(["", "first", "second"]),
)
def test_a_moment_is_shown_as_it_was_written_or_is_refused(day: date, at: time, which: str):
    try:
        found = moment(day, at, which=which)
    except (NoSuchTime, WhichOne):
        assert day.month in (3, 10)
        assert day.weekday() == 6
        assert at.hour == 2
    else:
        assert shown(found) == (day, at)


@pytest.mark.parametrize(
    ("day", "at", "as_utc"),
    [
        (date(2028, 2, 29), "23:59", datetime(2028, 2, 29, 22, 59, tzinfo=UTC)),
        (date(2026, 12, 31), "23:59", datetime(2026, 12, 31, 22, 59, tzinfo=UTC)),
        (date(2027, 1, 1), "00:00", datetime(2026, 12, 31, 23, 0, tzinfo=UTC)),
        (FORWARD, "01:59", datetime(2027, 3, 28, 0, 59, tzinfo=UTC)),
        (FORWARD, "03:00", datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
        (BACK, "01:59", datetime(2026, 10, 24, 23, 59, tzinfo=UTC)),
        (BACK, "03:00", datetime(2026, 10, 25, 2, 0, tzinfo=UTC)),
    ],
)
def test_edges(day: date, at: str, as_utc: datetime):
    form = filled(day, at)

    assert form.is_valid(), form.errors
    assert form.cleaned_data["due_at"] == as_utc


def test_the_missing_hour_is_refused_with_what_to_write_instead():
    form = filled(FORWARD, "02:30")

    assert form.errors["at"] == [
        "There is no 02:30 on 28 March: the clock is put forward from 02:00 to 03:00. "
        "Write 01:59 or earlier, or 03:00 or later."
    ]
    assert form.cleaned_data["due_at"] is None


def test_the_doubled_hour_asks_which_one():
    asked = filled(BACK, "02:30")

    assert asked.errors["which"] == [
        "02:30 comes twice on 25 October: the clock is put back from 03:00 to 02:00. "
        "Choose which of the two you mean."
    ]
    assert asked.asks_which
    answered = filled(BACK, "02:30", which="second")
    assert answered.is_valid()
    assert answered.cleaned_data["due_at"] == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_which_one_means_nothing_on_other_days():
    form = filled(date(2026, 11, 1), "02:30", which="second")

    assert form.is_valid()
    assert not form.asks_which
    assert form.cleaned_data["due_at"] == datetime(2026, 11, 1, 1, 30, tzinfo=UTC)


def test_as_soon_as_approved_needs_no_time():
    form = WhenForm({"when": "soon", "day": "", "at": ""})

    assert form.is_valid()
    assert form.cleaned_data["due_at"] is None


def test_a_time_written_the_danish_way():
    assert filled(date(2026, 11, 1), "9.05").is_valid()


@pytest.mark.parametrize("missing", ["day", "at"])
def test_half_a_time_is_none(missing: str):
    given_ = {"when": "at", "day": "2026-11-01", "at": "10:00", missing: ""}

    assert list(WhenForm(given_).errors) == [missing]


def test_the_thirtieth_of_february_is_no_day():
    form = WhenForm({"when": "at", "day": "2027-02-30", "at": "10:00"})

    assert list(form.errors) == ["day"]


def test_how_late_is_one_of_four_in_words():
    form = AskForm()

    assert [words for _minutes, words in form.fields["patience"].choices] == [
        *("15 minutes", "1 hour", "4 hours", "1 day")
    ]
    assert "patience" in AskForm({"when": "soon", "patience": "7"}).errors
