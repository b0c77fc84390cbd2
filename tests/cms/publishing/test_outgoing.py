"""What goes out: by day, with what needs a decision on top, and what is done about it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.publishing import actions, reports, sweeping, watching
from cms.publishing.models import Publication, State
from cms.publishing.reports import Group, Wanted
from cms.review import actions as review
from cms.review.models import Approval
from cms.review.models import State as Said
from cms.stories.models import StoryPage
from panel.accounts.models import User
from panel.audit.models import Event
from panel.conversations.models import Department
from panel.core.clock import COPENHAGEN, in_copenhagen, now
from tests.cms.publishing.planned import in_english, later, planned, ready, says
from tests.conftest import SignedIn
from tests.factories.stories import channel, put_live, scheduled, story, teaser

LIST = "outgoing:index"
MORNING = datetime(2026, 11, 21, 9, 0, tzinfo=COPENHAGEN)


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch, clerk: User, editor: User, specialist: User) -> None:
    """The tests' clock is the database's, and everybody reads English."""
    monkeypatch.setattr(sweeping, "clock", now)
    in_english(clerk, editor, specialist)


@pytest.fixture
def morning() -> Any:
    """A Saturday at nine, so that nothing here depends on the hour it is run."""
    with time_machine.travel(MORNING, tick=True):
        yield


def sections(wanted: Wanted | None = None, page: int = 0) -> dict[str, list[str]]:
    """The titles under each heading."""
    found = reports.outgoing(wanted or Wanted(), page=page).sections
    return {each.heading: [row.approval.title for row in each.rows] for each in found}


def state_of(approval: Approval) -> str:
    return reports.of(approval).standing.words


def address(name: str, approval: Approval) -> str:
    return reverse(f"outgoing:{name}", args=[approval.pk])


# --- The list -------------------------------------------------------------------------------------


def test_problems_first_then_the_next_hour_then_days(morning: None, clerk: User, editor: User):
    people = {"by": clerk, "approved_by": editor}
    planned("I dag", ahead=timedelta(hours=4), **people)
    planned("I morgen", ahead=timedelta(hours=27), **people)
    planned("Snart", ahead=timedelta(minutes=40), **people)
    actions.submit(story(by=clerk, title="Når den er godkendt"), by=clerk)
    held = planned("Holdt tilbage", ahead=timedelta(hours=5), **people)
    actions.hold_back(held, why="Regn", by=clerk)

    assert sections() == {
        "Needs a decision": ["Holdt tilbage"],
        "The next hour": ["Snart"],
        "As soon as they are approved": ["Når den er godkendt"],
        "Today, Saturday 21 November": ["I dag"],
        "Tomorrow, Sunday 22 November": ["I morgen"],
    }


def test_the_worst_problem_stands_first(morning: None, clerk: User, editor: User):
    people = {"by": clerk, "approved_by": editor}
    hour = timedelta(hours=1)
    actions.hold_back(planned("Holdt", ahead=9 * hour, **people), why="Regn", by=clerk)
    actions.submit(story(by=clerk, title="Venter"), due_at=now() + hour, by=clerk)
    ready(title="I hånden", **people)
    fell = planned("Ændret", ahead=5 * hour, **people)
    review.fell_away(fell.page_id or 0, why="edited")
    late = actions.submit(story(by=clerk, title="Sen"), due_at=now() + hour, by=clerk)
    review.give_up(late, to=Said.LATE)
    review.give_up(planned("Glippet", ahead=5 * hour, **people), to=Said.MISSED)
    stuck = planned("Sidder fast", ahead=5 * hour, **people)
    Publication.objects.filter(approval=stuck).update(due_at=now() - timedelta(minutes=3))
    Publication.objects.filter(state=State.READY).update(due_at=now() - 2 * hour)

    assert sections()["Needs a decision"] == [
        *("Sidder fast", "Glippet", "Sen", "Ændret", "I hånden", "Venter", "Holdt")
    ]
    assert reports.problems() == 7


def test_what_came_to_nothing_is_no_problem_once_asked_anew(
    morning: None, clerk: User, editor: User
):
    approval = planned("Cykler", by=clerk, approved_by=editor)
    actions.move(approval, due_at=now() + timedelta(hours=6), why="Regn", by=clerk)

    assert sections() == {"Today, Saturday 21 November": ["Cykler"]}


def test_after_a_week_it_is_history(clerk: User, editor: User):
    with later(days=-8):
        review.give_up(planned("Glippet", by=clerk, approved_by=editor), to=Said.MISSED)

    assert sections() == {}
    assert list(sections(page=-1).values()) == [["Glippet"]]


def test_past_days_are_found_by_paging_back(clerk: User, editor: User):
    for days in (3, 2):
        with later(days=-days):
            page = story(by=clerk, title=f"For {days} dage siden")
            scheduled(page, asked_by=clerk, by=editor)
            sweeping.sweep()

    assert sections() == {}
    assert list(sections(page=-1).values()) == [["For 2 dage siden"], ["For 3 dage siden"]]
    assert reports.outgoing(Wanted()).has_earlier
    assert not reports.outgoing(Wanted(), page=-1).has_earlier


def test_days_are_copenhagen_s(clerk: User, editor: User):
    with time_machine.travel(datetime(2026, 6, 1, 12, tzinfo=COPENHAGEN), tick=True):
        midnight = datetime(2026, 6, 2, 0, 30, tzinfo=COPENHAGEN)  # still the first in UTC
        scheduled(story(by=clerk), asked_by=clerk, by=editor, due_at=midnight)
        assert list(sections()) == ["Tomorrow, Tuesday 2 June"]


def test_pages_of_fifty(morning: None, clerk: User, editor: User, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("cms.publishing.reports.listing.PER_PAGE", 2)
    for hours in range(2, 7):
        planned(f"{hours}", ahead=timedelta(hours=hours), by=clerk, approved_by=editor)

    pages = [sections(page=number) for number in range(3)]
    assert [titles for page in pages for titles in page.values()] == [["2", "3"], ["4", "5"], ["6"]]
    assert reports.outgoing(Wanted(), page=1).has_later
    assert not reports.outgoing(Wanted(), page=2).has_later


# --- States in words ------------------------------------------------------------------------------


def test_states_in_words_on_the_way_out(morning: None, clerk: User, editor: User):
    page = story(by=clerk)
    approval = actions.submit(page, due_at=now() + timedelta(hours=3), by=clerk)
    assert state_of(approval) == "Waiting for approval, goes out at 12:00"
    review.approve(approval, seen=approval.seal, by=editor)
    assert state_of(approval) == "Approved, goes out at 12:00"
    actions.hold_back(approval, why="Regn", by=clerk)
    assert state_of(approval) == "Held back by Karen Klerk: Regn"
    actions.go_on(approval, by=clerk)
    with later(days=-1):
        assert state_of(approval) == "Approved, goes out 21 November at 12:00"
    with later(hours=3, minutes=5):
        assert state_of(approval) == "Approved, should have gone out at 12:00"
        actions.pause(reason="Storm", by=clerk)
        assert "waits for the pause" in state_of(approval)
        actions.end_pause(by=clerk)
        sweeping.sweep()
        assert state_of(approval) == "Live since 12:05"
        with later(days=1):
            assert state_of(approval) == "Live since 21 November at 12:05"
        actions.take_down(StoryPage.objects.get(pk=page.pk), why="Forkert tal", by=editor)
        assert state_of(approval) == "Taken down by Eva Editor at 12:05: Forkert tal"


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        ("ask_for_changes", "Eva Editor asked for changes: Kortere, tak"),
        ("reject", "Rejected by Eva Editor: Kortere, tak"),
    ],
)
def test_states_in_words_when_an_editor_said_no(verb: str, said: str, clerk: User, editor: User):
    approval = actions.submit(story(by=clerk), by=clerk)
    getattr(review, verb)(approval, note="Kortere, tak", by=editor)

    assert state_of(approval) == said


def test_states_in_words_when_it_came_to_nothing(clerk: User, editor: User):
    approval = planned("A", by=clerk, approved_by=editor)
    actions.cancel(approval, why="Forkert tal", by=editor)
    assert state_of(approval) == "Taken back by Eva Editor: Forkert tal"
    fell = planned("B", by=clerk, approved_by=editor)
    review.fell_away(fell.page_id or 0, why="edited")
    assert state_of(fell) == "Changed after it was sent for approval"


def test_every_state_has_words(clerk: User, editor: User):
    approval = planned("A", by=clerk, approved_by=editor)
    for state in Said:
        Approval.objects.filter(pk=approval.pk).update(
            state=state, published_at=now() if state == Said.PUBLISHED else None
        )
        assert state_of(approval)


# --- Filters --------------------------------------------------------------------------------------


def test_filters(clerk: User, colleague: User, editor: User):
    roads = Department.objects.create(name="Vej og Park", slug="vej")
    page = story(by=colleague, title="Nye lamper på Duevej", department=roads)
    teaser(page, channel(), by=colleague)
    lamps = scheduled(page, asked_by=colleague, by=editor, due_at=now() + timedelta(days=3))
    planned("Cykler ved stationen", by=clerk, approved_by=editor)
    day = in_copenhagen(now()).date()

    def found(**what: Any) -> list[str]:
        return [title for titles in sections(Wanted(**what)).values() for title in titles]

    assert found(words="lamper duevej") == [lamps.title]
    assert found(words="lamper stationen") == []
    assert found(channel=channel()) == [lamps.title]
    assert found(department=roads) == [lamps.title]
    assert found(mine=colleague) == [lamps.title]
    assert len(found(mine=editor)) == 2
    assert found(since=day + timedelta(days=2)) == [lamps.title]
    assert found(until=day + timedelta(days=2)) == ["Cykler ved stationen"]
    assert found(group=Group.APPROVED) == [lamps.title, "Cykler ved stationen"]
    for group in set(Group) - {Group.APPROVED}:
        assert found(group=group) == []


def test_a_department_is_found_after_the_page_is_gone(clerk: User, editor: User):
    roads = Department.objects.create(name="Vej og Park", slug="vej")
    page = put_live(story(by=clerk, department=roads), asked_by=clerk, by=editor)
    StoryPage.objects.get(pk=page.pk).unpublish(user=clerk)
    StoryPage.objects.get(pk=page.pk).delete()

    assert list(sections(Wanted(department=roads)).values()) == [[page.title]]


def test_a_filter_that_makes_no_sense_is_said_so(clerk: User, signed_in: SignedIn):
    said = says(signed_in(clerk), reverse(LIST) + "?since=igår&group=nonsense&page=-x")
    assert "Enter a valid date." in said
    assert "Select a valid choice." in said


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_day_at_the_end_of_time_is_said_so(clerk: User, signed_in: SignedIn, day: str):
    client = signed_in(clerk)
    for name in ("since", "until"):
        assert "Ensure this value is" in says(client, f"{reverse(LIST)}?{name}={day}")
    for page in ("outgoing:month", "outgoing:week"):
        assert client.get(f"{reverse(page)}?day={day}").status_code == 200


# --- Who sees what --------------------------------------------------------------------------------


def test_comms_see_the_buttons_and_a_specialist_does_not(
    clerk: User, editor: User, specialist: User, signed_in: SignedIn
):
    approval = planned("Cykler", by=clerk, approved_by=editor)
    for who, sees in ((clerk, True), (editor, True), (specialist, False)):
        said = says(signed_in(who), reverse(LIST))
        assert "Cykler" in said
        assert "Asked for by Karen Klerk" in said
        for name in ("hold_back", "move", "cancel"):
            assert (address(name, approval) in said) is sees


def test_an_editor_is_led_to_what_waits_for_a_yes(clerk: User, editor: User, signed_in: SignedIn):
    approval = actions.submit(story(by=clerk), by=clerk)
    there = reverse("approvals:approval", args=[approval.pk])

    assert there in says(signed_in(editor), reverse(LIST))
    assert there not in says(signed_in(clerk), reverse(LIST))


def test_a_stranger_and_a_member_see_nothing(
    stranger: Client, member: User, signed_in: SignedIn, clerk: User, editor: User
):
    planned("Hemmelig", by=clerk, approved_by=editor)
    for browser in (stranger, signed_in(member)):
        answer = browser.get(reverse(LIST), follow=True)
        assert "Hemmelig" not in answer.content.decode()


def test_an_empty_list_says_how_to_begin(clerk: User, signed_in: SignedIn):
    browser = signed_in(clerk)
    assert "Nothing is planned" in says(browser, reverse(LIST))
    assert "Nothing fits." in says(browser, reverse(LIST) + "?q=findes+ikke")
    assert "There is nothing here." in says(browser, reverse(LIST) + "?page=-3")


def test_as_many_queries_for_many_as_for_few(
    clerk: User, editor: User, signed_in: SignedIn, morning: None
):
    browser = signed_in(clerk)

    def asked(path: str) -> int:
        browser.get(path)
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(path).status_code == 200
        return len(seen)

    def fill(times: int) -> None:
        for number in range(times):
            people = {"by": clerk, "approved_by": editor}
            for hours in (0.5, 5, 30):
                page = story(by=clerk, title=f"{hours} {number}")
                teaser(page, channel(), by=clerk)
                due = now() + timedelta(hours=hours)
                scheduled(page, asked_by=clerk, by=editor, due_at=due)
            ready(title=f"Live {number}", **people)
            held = planned(f"Holdt {number}", **people)
            actions.hold_back(held, why="Regn", by=clerk)
            gone = planned(f"Aflyst {number}", **people)
            actions.cancel(gone, why="Regn", by=clerk)

    fill(1)
    paths = (reverse(LIST), reverse(LIST) + "?q=e&mine=on")
    few = [asked(path) for path in paths]
    fill(3)
    assert [asked(path) for path in paths] == few
    assert max(few) <= 30


# --- What is done ---------------------------------------------------------------------------------


def test_hold_back_asks_first_and_has_a_way_back(clerk: User, editor: User, signed_in: SignedIn):
    approval = planned("Cykler", by=clerk, approved_by=editor)
    browser = signed_in(clerk)
    assert "It does not go out until somebody lets it go on." in says(
        browser, address("hold_back", approval)
    )
    assert Publication.objects.get(approval=approval).state == State.WAITING

    said = browser.post(address("hold_back", approval), {"why": "Regn"}, follow=True)
    assert address("go_on", approval) in said.content.decode()
    assert Publication.objects.get(approval=approval).state == State.HELD

    browser.post(address("go_on", approval))
    assert Publication.objects.get(approval=approval).state == State.WAITING


@pytest.mark.parametrize("name", ["hold_back", "cancel"])
def test_a_reason_is_required(name: str, clerk: User, editor: User, signed_in: SignedIn):
    approval = planned("Cykler", by=clerk, approved_by=editor)

    for why in ("", "   "):
        answer = signed_in(clerk).post(address(name, approval), {"why": why})
        assert "This field is required." in answer.content.decode()

    assert Publication.objects.get(approval=approval).state == State.WAITING


def test_cancel(clerk: User, editor: User, signed_in: SignedIn):
    approval = planned("Cykler", by=clerk, approved_by=editor)

    answer = signed_in(editor).post(
        address("cancel", approval), {"why": "Forkert tal"}, follow=True
    )

    assert "“Cykler” does not go out." in answer.content.decode()
    assert reverse("sending:ask", args=[approval.page_id]) in answer.content.decode()
    approval.refresh_from_db()
    assert approval.state == Said.TAKEN_BACK


def test_move_asks_the_editors_again(clerk: User, editor: User, signed_in: SignedIn):
    approval = planned("Cykler", by=clerk, approved_by=editor)
    there = in_copenhagen(now()) + timedelta(days=2)
    form = {"when": "at", "day": there.date().isoformat(), "at": "14:30", "why": "Regn"}

    answer = signed_in(clerk).post(address("move", approval), form, follow=True)

    assert "The editors have been asked again." in answer.content.decode()
    moved = Approval.objects.get(page=approval.page_id, state=Said.ASKED)
    due = Publication.objects.get(approval=moved).due_at
    assert due is not None
    assert in_copenhagen(due).strftime("%H:%M") == "14:30"


def test_move_to_the_past_is_refused_in_words_and_changes_nothing(
    clerk: User, editor: User, signed_in: SignedIn
):
    approval = planned("Cykler", by=clerk, approved_by=editor)
    form = {"when": "at", "day": "2020-01-01", "at": "10:00", "why": "Regn"}

    answer = signed_in(clerk).post(address("move", approval), form)

    assert "Choose a later one." in answer.content.decode()
    approval.refresh_from_db()
    assert approval.state == Said.APPROVED


@pytest.mark.parametrize("name", ["hold_back", "cancel", "move"])
def test_too_late_is_said_with_when_and_what_to_do(
    name: str, clerk: User, editor: User, signed_in: SignedIn
):
    approval = scheduled(story(by=clerk, title="Cykler"), asked_by=clerk, by=editor)
    browser = signed_in(clerk)
    sweeping.sweep()
    form = {"why": "For sent", "when": "soon"}

    answer = browser.post(address(name, approval), form, follow=True).content.decode()

    assert "before you could stop it. You can take it down from the site." in answer
    assert address("take_down", approval) in answer
    approval.refresh_from_db()
    assert approval.state == Said.PUBLISHED
    assert "This cannot be done to it now." in says(browser, address(name, approval))


def test_two_at_once_the_second_is_told(clerk: User, editor: User, signed_in: SignedIn):
    approval = planned("Cykler", by=clerk, approved_by=editor)
    signed_in(clerk).post(address("cancel", approval), {"why": "Forkert tal"})

    answer = signed_in(editor).post(address("cancel", approval), {"why": "Også mig"}, follow=True)

    assert answer.status_code == 200
    assert "Somebody was quicker than you" in answer.content.decode()


def test_take_down_needs_one_person_and_a_reason(
    clerk: User, editor: User, signed_in: SignedIn, stranger: Client
):
    approval = scheduled(story(by=clerk, title="Cykler"), asked_by=clerk, by=editor)
    sweeping.sweep()
    page = StoryPage.objects.get(pk=approval.page_id)
    browser = signed_in(clerk)
    assert stranger.get(page.url).status_code == 200
    browser.post(address("take_down", approval), {"why": ""})
    assert stranger.get(page.url).status_code == 200

    answer = browser.post(address("take_down", approval), {"why": "Forkert tal"}, follow=True)

    assert "no longer on the site" in answer.content.decode()
    assert stranger.get(page.url).status_code == 404
    event = Event.objects.get(what="story.taken_down")
    assert event.by_id == clerk.pk
    again = browser.post(address("take_down", approval), {"why": "Igen"}, follow=True)
    assert "not on the site any more" in again.content.decode()


def test_wagtail_s_own_unpublish_leads_to_the_reason(
    clerk: User, editor: User, signed_in: SignedIn
):
    approval = scheduled(story(by=clerk), asked_by=clerk, by=editor)
    sweeping.sweep()
    door = reverse("wagtailadmin_pages:unpublish", args=[approval.page_id])

    for ask in (signed_in(clerk).get, signed_in(clerk).post):
        assert ask(door)["Location"] == address("take_down", approval)

    assert StoryPage.objects.get(pk=approval.page_id).live


def test_stories_are_not_unpublished_in_bulk(clerk: User, editor: User, signed_in: SignedIn):
    page = put_live(story(by=clerk), asked_by=clerk, by=editor)
    door = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])

    answer = signed_in(clerk).post(f"{door}?id={page.pk}", follow=True)

    assert "Take stories down one by one" in answer.content.decode()
    assert StoryPage.objects.get(pk=page.pk).live


@pytest.mark.parametrize("name", ["hold_back", "go_on", "cancel", "move", "take_down"])
def test_only_comms_and_editors_do_it(
    name: str, specialist: User, clerk: User, editor: User, signed_in: SignedIn
):
    approval = planned("Cykler", by=clerk, approved_by=editor)

    answer = signed_in(specialist).post(address(name, approval), {"why": "Nej"})

    assert answer["Location"] == reverse("wagtailadmin_home")
    assert Publication.objects.get(approval=approval).state == State.WAITING


# --- On the first page ----------------------------------------------------------------------------


def test_administrators_are_told_what_the_watchman_took_down(
    clerk: User, administrator: User, signed_in: SignedIn
):
    page = story(by=clerk, title="Smuglet historie")
    StoryPage.objects.filter(pk=page.pk).update(live=True)
    home = reverse("wagtailadmin_home")
    assert "removed-stories" not in says(signed_in(administrator), home)

    watching.look()

    said = says(signed_in(administrator), home)
    assert "removed-stories" in said
    assert "Smuglet historie" in said
    assert "removed-stories" not in says(signed_in(clerk), home)


def test_the_first_page_says_how_many_need_a_decision(
    clerk: User, editor: User, specialist: User, signed_in: SignedIn
):
    held = planned("Holdt", by=clerk, approved_by=editor)
    actions.hold_back(held, why="Regn", by=clerk)
    home = reverse("wagtailadmin_home")

    assert "1 story needs a decision" in says(signed_in(editor), home)
    assert "needs a decision" not in says(signed_in(specialist), home)
