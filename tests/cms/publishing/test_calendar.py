"""The month and the week of what goes out, and moving from there."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.publishing import actions, reports, sweeping
from cms.publishing.models import Publication
from cms.publishing.reports import Calendar, Wanted
from cms.publishing.spans import Length, Span
from cms.review import actions as review
from cms.review.models import Approval
from cms.review.models import State as Said
from panel.accounts.models import User
from panel.conversations.models import Department
from panel.core.clock import COPENHAGEN, in_copenhagen, now
from tests.cms.publishing.planned import in_english, later, planned, ready, says
from tests.conftest import SignedIn
from tests.factories.stories import channel, scheduled, story, teaser

MORNING = datetime(2026, 11, 18, 9, 0, tzinfo=COPENHAGEN)  # a Wednesday
TODAY = MORNING.date()
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch, clerk: User, editor: User, specialist: User) -> Any:
    """A Wednesday at nine; the tests' clock is the database's, and everybody reads English."""
    monkeypatch.setattr(sweeping, "clock", now)
    in_english(clerk, editor, specialist)
    with time_machine.travel(MORNING, tick=True):
        yield


def month(day: date = TODAY, **wanted: Any) -> Calendar:
    return reports.calendar(Span.around(day, Length.MONTH), Wanted(**wanted))


def titles(found: Calendar) -> dict[date, list[str]]:
    """What stands on which day, the empty days left out."""
    days = [day for week in found.weeks for day in week.days if day.entries]
    return {day.date: [entry.row.approval.title for entry in day.entries] for day in days}


def briefs(found: Calendar) -> list[str]:
    return [entry.brief.words for week in found.weeks for day in week.days for entry in day.entries]


def address(name: str, **asked: Any) -> str:
    return reverse(f"outgoing:{name}", query=asked)


def move_address(approval: Approval, **asked: Any) -> str:
    return reverse("outgoing:move", args=[approval.pk], query=asked)


# --- What stands where ----------------------------------------------------------------------------


def test_a_story_stands_on_its_day_in_the_order_of_the_clock(clerk: User, editor: User):
    people = {"by": clerk, "approved_by": editor}
    planned("Sidst", ahead=DAY + 5 * HOUR, **people)
    planned("Først", ahead=DAY + HOUR, **people)
    planned("I dag", ahead=2 * HOUR, **people)

    found = month()

    assert titles(found) == {TODAY: ["I dag"], TODAY + DAY: ["Først", "Sidst"]}
    assert found.total == 3
    assert found.weeks[0].days[0].date == date(2026, 10, 26)
    assert [week.number for week in found.weeks] == [44, 45, 46, 47, 48, 49]


@pytest.mark.parametrize("odd", [date(2027, 3, 28), date(2026, 10, 25)])
def test_the_day_is_copenhagen_s_when_the_clock_is_put_forward_or_back(
    odd: date, clerk: User, editor: User
):
    first = datetime(odd.year, odd.month, odd.day, 0, 10, tzinfo=COPENHAGEN)
    last = datetime(odd.year, odd.month, odd.day, 23, 50, tzinfo=COPENHAGEN)
    with time_machine.travel(first - 2 * DAY, tick=True):
        for due in (first, last):
            scheduled(story(by=clerk, title="Ur"), asked_by=clerk, by=editor, due_at=due)
        found = reports.calendar(Span.around(odd, Length.WEEK), Wanted())
        assert titles(found) == {odd: ["Ur", "Ur"]}
        assert titles(reports.calendar(Span.around(odd + DAY, Length.WEEK), Wanted())) == {}


def test_what_is_live_stands_where_it_went_out_and_what_was_missed_where_it_should_have(
    clerk: User, editor: User
):
    with later(days=-3):
        scheduled(story(by=clerk, title="Ude"), asked_by=clerk, by=editor)
        sweeping.sweep()
        lost = planned("Glippet", ahead=2 * HOUR, by=clerk, approved_by=editor)
    review.give_up(lost, to=Said.MISSED)

    found = month()

    assert titles(found) == {TODAY - 3 * DAY: ["Ude", "Glippet"]}
    assert briefs(found) == ["Live", "Approved, but not published in time"]


def test_what_was_stopped_leaves_its_day(clerk: User, editor: User):
    approval = planned("Aflyst", by=clerk, approved_by=editor)
    actions.cancel(approval, why="Regn", by=clerk)
    assert titles(month()) == {}


def test_what_has_no_time_yet_stands_above(clerk: User):
    actions.submit(story(by=clerk, title="Snarest"), by=clerk)
    found = month()
    assert titles(found) == {}
    assert [(entry.row.approval.title, entry.time) for entry in found.soon] == [("Snarest", "")]


def test_states_in_brief(clerk: User, editor: User):
    people = {"by": clerk, "approved_by": editor}
    ready(**people)
    actions.submit(story(by=clerk), due_at=now() + HOUR, by=clerk)
    planned("Godkendt", ahead=3 * HOUR, **people)
    actions.hold_back(planned("Holdt", ahead=4 * HOUR, **people), why="Regn", by=clerk)
    stuck = planned("Sidder fast", ahead=5 * HOUR, **people)
    Publication.objects.filter(approval=stuck).update(due_at=now() - HOUR)

    assert briefs(month()) == [
        *("Should have gone out", "Live, to be posted by hand", "Waiting for approval"),
        *("Approved", "Held back"),
    ]


def test_a_gap_is_a_day_from_today_on_with_nothing(clerk: User, editor: User):
    planned("I morgen", ahead=DAY, by=clerk, approved_by=editor)
    found = month()
    gaps = [day.date for week in found.weeks for day in week.days if day.is_gap and day.is_own]
    assert gaps[0] == TODAY
    assert TODAY + DAY not in gaps
    assert found.gaps == len(gaps) == 12  # 18 to 30 November, one of them taken
    assert month(TODAY - 60 * DAY).gaps == 0


def test_filters_by_channel_and_department(clerk: User, editor: User):
    roads = Department.objects.create(name="Vej og Park", slug="vej")
    lamps = story(by=clerk, title="Lamper", department=roads)
    teaser(lamps, channel(), by=clerk)
    scheduled(lamps, asked_by=clerk, by=editor, due_at=now() + HOUR)
    planned("Cykler", ahead=HOUR, by=clerk, approved_by=editor)
    actions.submit(story(by=clerk, title="Snarest"), by=clerk)

    assert titles(month(channel=channel())) == {TODAY: ["Lamper"]}
    assert titles(month(department=roads)) == {TODAY: ["Lamper"]}
    assert month(department=roads).soon == ()


# --- The pages ------------------------------------------------------------------------------------


def test_the_filters_are_kept_on_the_way_to_other_days(clerk: User, signed_in: SignedIn):
    roads = Department.objects.create(name="Vej og Park", slug="vej")
    said = says(signed_in(clerk), address("month", day="2026-11-18", department=roads.pk))
    for way in (
        f"{reverse('outgoing:month')}?department={roads.pk}&amp;day=2026-10-01",
        f"{reverse('outgoing:month')}?department={roads.pk}&amp;day=2026-12-01",
        f"{reverse('outgoing:week')}?department={roads.pk}&amp;day=2026-11-18",
        f"{reverse('outgoing:index')}?department={roads.pk}",
    ):
        assert f'href="{way}"' in said
    assert "Nothing fits what you chose." in said


def test_the_list_leads_to_the_calendar_with_its_filters(clerk: User, signed_in: SignedIn):
    roads = Department.objects.create(name="Vej og Park", slug="vej")
    said = says(signed_in(clerk), address("index", department=roads.pk, q="lamper"))
    assert f'href="{reverse("outgoing:month")}?department={roads.pk}"' in said


@pytest.mark.parametrize("day", ["", "igår", "0001-01-01", "9999-12-31", "2026-02-30"])
@pytest.mark.parametrize("name", ["month", "week"])
def test_a_day_that_makes_no_sense_is_today(name: str, day: str, clerk: User, signed_in: SignedIn):
    said = says(signed_in(clerk), address(name, day=day))
    assert 'aria-current="date"' in said


def test_the_week_has_its_number(clerk: User, signed_in: SignedIn):
    said = says(signed_in(clerk), address("week", day="2026-11-22"))
    assert "Week 47, 16 November – 22 November 2026" in said
    assert "Week 46" in said
    assert "Week 48" in said


def test_an_empty_calendar_says_how_to_begin(clerk: User, signed_in: SignedIn):
    said = says(signed_in(clerk), address("month"))
    assert "Nothing is planned here yet." in said
    assert "Send for approval" in said


def test_all_colleagues_see_it_and_writers_may_move(
    clerk: User, editor: User, specialist: User, signed_in: SignedIn
):
    approval = planned("Cykler", by=clerk, approved_by=editor)
    for who, may in ((clerk, True), (editor, True), (specialist, False)):
        said = says(signed_in(who), address("month"))
        assert "Cykler" in said
        assert (reverse("outgoing:move", args=[approval.pk]) in said) is may
        assert ("data-entry" in said) is may


def test_a_stranger_and_a_member_see_nothing(member: User, stranger: Client, signed_in: SignedIn):
    for browser in (stranger, signed_in(member)):
        for name in ("month", "week"):
            assert browser.get(address(name)).status_code in (302, 403)


@pytest.mark.parametrize("name", ["month", "week"])
def test_as_many_queries_for_many_as_for_few(
    name: str, clerk: User, editor: User, signed_in: SignedIn
):
    browser = signed_in(clerk)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            says(browser, address(name))
        return len(seen)

    def more(number: int) -> None:
        for hours in range(number):
            page = story(by=clerk, title=f"Nr. {hours}")
            teaser(page, channel(), by=clerk)
            scheduled(page, asked_by=clerk, by=editor, due_at=now() + (hours + 1) * HOUR)
        actions.submit(story(by=clerk), by=clerk)

    more(1)
    says(browser, address(name))
    few = queries()
    more(6)
    assert queries() == few


# --- Moving ---------------------------------------------------------------------------------------


def test_moving_from_the_calendar_leads_back_to_the_new_day(
    clerk: User, editor: User, signed_in: SignedIn
):
    approval = planned("Cykler", by=clerk, approved_by=editor)
    place = move_address(approval, next=address("month", channel=1), day="2026-12-03")
    browser = signed_in(clerk)

    said = says(browser, place)
    assert 'value="2026-12-03"' in said
    assert f'value="{in_copenhagen(now() + 3 * HOUR):%H:%M}"' in said
    assert "Eva Editor has approved it" in said
    assert "that approval no longer counts" in said
    assert f'href="{reverse("outgoing:month")}?channel=1"' in said
    assert "Back to the calendar" in said

    answer = browser.post(place, {"when": "at", "day": "2026-12-03", "at": "14:00", "why": "Regn"})
    assert answer.url == f"{reverse('outgoing:month')}?channel=1&day=2026-12-03"
    moved = Approval.objects.get(page=approval.page_id, state=Said.ASKED)
    assert titles(month(date(2026, 12, 3))) == {date(2026, 12, 3): ["Cykler"]}
    assert moved.message == "Regn"


def test_opening_the_page_of_another_day_moves_nothing(
    clerk: User, editor: User, signed_in: SignedIn
):
    approval = planned("Cykler", by=clerk, approved_by=editor)
    says(signed_in(clerk), move_address(approval, day="2026-12-03"))
    approval.refresh_from_db()
    assert approval.state == Said.APPROVED
    assert titles(month()) == {TODAY: ["Cykler"]}


def test_what_nobody_has_approved_says_so(clerk: User, signed_in: SignedIn):
    approval = actions.submit(story(by=clerk), due_at=now() + HOUR, by=clerk)
    said = says(signed_in(clerk), move_address(approval))
    assert "Nobody has approved it yet." in said
    assert "no longer counts" not in said
    assert "Back to the list" in said


@pytest.mark.parametrize(
    "away",
    [
        "https://example.org/admin/udgivelser/month/",
        "//example.org/admin/udgivelser/month/",
        "/admin/",
        "/admin/udgivelser/month/../../users/",
        "javascript:alert(1)",
        "http://[",
    ],
)
def test_the_way_back_never_leads_elsewhere(
    away: str, clerk: User, editor: User, signed_in: SignedIn
):
    approval = planned("Cykler", by=clerk, approved_by=editor)
    said = says(signed_in(clerk), move_address(approval, next=away))
    assert f'<a class="button button-secondary" href="{reverse("outgoing:index")}">' in said
