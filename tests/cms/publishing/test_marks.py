"""What the calendar marks: too close, quiet hours, holidays, the weeks before an election."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from cms.publishing import actions, freedays, reports
from cms.publishing.models import PlanningSettings
from cms.publishing.quiet import Quiet
from cms.publishing.reports import Wanted
from cms.publishing.spans import Length, Span
from panel.accounts.models import User
from panel.conversations.models import Department
from panel.core.clock import COPENHAGEN, in_copenhagen, now
from tests.cms.publishing.planned import in_english, planned, says
from tests.conftest import SignedIn
from tests.factories.stories import channel, scheduled, story, teaser

MORNING = datetime(2026, 11, 18, 9, 0, tzinfo=COPENHAGEN)  # a Wednesday
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NIGHT = Quiet(time(22), time(7), on_sundays=True)


@pytest.fixture(autouse=True)
def _clock(request: pytest.FixtureRequest) -> Any:
    """A Wednesday at nine, and everybody reads English."""
    if "clerk" in request.fixturenames:
        in_english(request.getfixturevalue("clerk"))
    with time_machine.travel(MORNING, tick=False):
        yield


def marked(**wanted: Any) -> dict[str, tuple[str, ...]]:
    """The marks of each story of the month."""
    found = reports.calendar(Span.around(MORNING.date(), Length.MONTH), Wanted(**wanted))
    days = [day for week in found.weeks for day in week.days]
    return {entry.row.approval.title: entry.marks for day in days for entry in day.entries}


# --- Quiet hours ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("clock", "quiet"),
    [("21:59", False), ("22:00", True), ("00:00", True), ("06:59", True), ("07:00", False)],
)
def test_quiet_from_ten_to_seven(clock: str, quiet: bool):
    local = datetime.combine(MORNING, time.fromisoformat(clock), COPENHAGEN)
    assert NIGHT.at_night(local) is quiet


@given(st.times(), st.times(), st.times())
def test_a_time_is_quiet_one_way_round_or_the_other(begins: time, ends: time, clock: time):
    local = datetime.combine(MORNING, clock, COPENHAGEN)
    one, other = Quiet(begins, ends, True), Quiet(ends, begins, True)
    if begins == ends:
        assert not one.at_night(local)
    else:
        assert one.at_night(local) is not other.at_night(local)


def test_sundays_and_holidays_are_quiet_all_day_if_the_municipality_says_so():
    noon = datetime(2026, 11, 22, 12, tzinfo=COPENHAGEN)
    christmas = datetime(2026, 12, 25, 12, tzinfo=COPENHAGEN)
    for moment in (noon, christmas):
        assert NIGHT.all_day(moment)
        assert not Quiet(time(22), time(7), on_sundays=False).all_day(moment)
    assert not NIGHT.all_day(noon + DAY)


def test_both_hours_that_come_twice_are_quiet_by_the_clock_that_is_seen():
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    for moment in (first, first + HOUR):
        assert f"{in_copenhagen(moment):%H:%M}" == "02:30"
        assert NIGHT.at_night(in_copenhagen(moment))


# --- Holidays -------------------------------------------------------------------------------------


def test_holidays_have_names_in_both_languages():
    with translation.override("da"):
        assert freedays.name(date(2026, 4, 5)) == "Påskedag"
        assert freedays.name(date(2026, 11, 18)) == ""
    with translation.override("en"):
        assert freedays.name(date(2026, 4, 5)) == "Easter Sunday"


def test_store_bededag_is_none_since_2024():
    assert freedays.is_public(date(2023, 5, 5))
    assert not freedays.is_public(date(2024, 4, 26))


def test_christmas_eve_has_a_name_and_is_no_public_holiday():
    assert freedays.name(date(2026, 12, 24))
    assert not freedays.is_public(date(2026, 12, 24))


# --- Too close ------------------------------------------------------------------------------------


def test_two_stories_too_close_on_one_channel_know_of_each_other(clerk: User, editor: User):
    people = {"by": clerk, "approved_by": editor}
    planned("En", ahead=HOUR, **people)
    planned("To", ahead=HOUR + 20 * MINUTE, **people)
    planned("Tre", ahead=3 * HOUR, **people)

    assert marked() == {
        "En": ("20 minutes from “To” on Hjemmesiden",),
        "To": ("20 minutes from “En” on Hjemmesiden",),
        "Tre": (),
    }


@pytest.mark.parametrize(("minutes", "is_marked"), [(59, True), (60, False), (61, False)])
def test_an_hour_apart_is_enough(minutes: int, is_marked: bool, clerk: User, editor: User):
    planned("En", ahead=HOUR, by=clerk, approved_by=editor)
    planned("To", ahead=HOUR + minutes * MINUTE, by=clerk, approved_by=editor)
    assert bool(marked()["En"]) is is_marked


def test_how_far_apart_is_a_setting(clerk: User, editor: User):
    planned("En", ahead=HOUR, by=clerk, approved_by=editor)
    planned("To", ahead=HOUR, by=clerk, approved_by=editor)
    assert marked()["En"] == ("At the same time as “To” on Hjemmesiden",)
    PlanningSettings.objects.create(apart_minutes=0)
    assert marked()["En"] == ()


def test_several_channels_are_told_in_one_sentence_and_what_is_filtered_away_counts(
    clerk: User, editor: User
):
    roads = Department.objects.create(name="Vej og Park", slug="vej")
    for title, more in (("En", {"department": roads}), ("To", {})):
        page = story(by=clerk, title=title, **more)
        teaser(page, channel(), by=clerk)
        scheduled(page, asked_by=clerk, by=editor, due_at=now() + HOUR)

    assert marked(department=roads) == {
        "En": ("At the same time as “To” on Hjemmesiden, Opslagstavlen",)
    }


def test_what_was_stopped_is_in_nobody_s_way(clerk: User, editor: User):
    planned("En", ahead=HOUR, by=clerk, approved_by=editor)
    stopped = planned("To", ahead=HOUR, by=clerk, approved_by=editor)
    actions.cancel(stopped, why="Regn", by=clerk)
    assert marked() == {"En": ()}


def test_a_story_at_night_or_on_a_sunday_is_marked(clerk: User, editor: User):
    planned("Nat", ahead=14 * HOUR, by=clerk, approved_by=editor)
    planned("Søndag", ahead=4 * DAY, by=clerk, approved_by=editor)
    assert marked() == {
        "Nat": ("In the quiet hours",),
        "Søndag": ("On a Sunday or public holiday",),
    }


# --- The weeks before an election -----------------------------------------------------------------


@pytest.fixture
def election(db: None) -> PlanningSettings:
    """From tomorrow, for three weeks."""
    return PlanningSettings.objects.create(
        election_name="Kommunalvalg",
        election_from=date(2026, 11, 19),
        election_until=date(2026, 12, 9),
        election_means="Ingen kandidater på billeder.",
    )


def test_its_days_are_marked_the_first_and_the_last_too(election: PlanningSettings):
    found = reports.calendar(Span.around(date(2026, 12, 1), Length.MONTH), Wanted())
    days = [day.date for week in found.weeks for day in week.days if day.is_before_election]
    assert found.election is not None
    assert (days[0], days[-1]) == (date(2026, 11, 30), date(2026, 12, 9))
    later = reports.calendar(Span.around(date(2027, 1, 5), Length.MONTH), Wanted())
    assert later.election is None


@pytest.mark.parametrize("name", ["index", "month", "week"])
def test_it_stands_over_the_list_and_the_calendar(
    name: str, election: PlanningSettings, clerk: User, signed_in: SignedIn
):
    said = says(signed_in(clerk), reverse(f"outgoing:{name}"))
    assert "The weeks before an election: 19 November 2026 to 9 December 2026" in said
    assert "Kommunalvalg" in said
    assert "Ingen kandidater på billeder." in said


def test_who_chooses_a_time_reads_it(
    election: PlanningSettings, clerk: User, editor: User, signed_in: SignedIn
):
    browser = signed_in(clerk)
    approval = planned("En", by=clerk, approved_by=editor)
    draft = story(by=clerk)
    for place in (
        reverse("outgoing:move", args=[approval.pk]),
        reverse("sending:ask", args=[draft.pk]),
    ):
        assert "Ingen kandidater på billeder." in says(browser, place)
    assert "Ingen kandidater" not in says(browser, reverse("outgoing:cancel", args=[approval.pk]))


def test_who_moved_a_story_there_is_told_what_is_worth_a_second_look(
    election: PlanningSettings, clerk: User, editor: User, signed_in: SignedIn
):
    approval = planned("En", by=clerk, approved_by=editor)
    planned("To", ahead=4 * DAY + 14 * HOUR, by=clerk, approved_by=editor)
    said = (
        signed_in(clerk)
        .post(
            reverse("outgoing:move", args=[approval.pk]),
            {"when": "at", "day": "2026-11-22", "at": "23:15", "why": "Regn"},
            follow=True,
        )
        .content.decode()
    )
    for words in (
        "15 minutes from “To” on Hjemmesiden",
        "In the quiet hours",
        "On a Sunday or public holiday",
        "In the weeks before an election: Kommunalvalg",
    ):
        assert words in said


@pytest.mark.parametrize(
    "wrong",
    [
        {"election_from": date(2026, 11, 1)},
        {"election_from": date(2026, 11, 2), "election_until": date(2026, 11, 1)},
        {"apart_minutes": 1441},
    ],
)
def test_settings_that_make_no_sense_are_refused(wrong: dict[str, Any], db: None):
    with pytest.raises(ValidationError):
        PlanningSettings(**wrong).full_clean()
    PlanningSettings().full_clean()


def test_editors_write_them_and_authors_do_not(clerk: User, editor: User, signed_in: SignedIn):
    place = reverse("wagtailsettings:edit", args=["publishing", "planningsettings"])
    assert signed_in(editor).get(place, follow=True).status_code == 200
    answer = signed_in(clerk).get(place, follow=True)
    assert answer.redirect_chain or answer.status_code == 403
    assert "election_from" not in answer.content.decode()
