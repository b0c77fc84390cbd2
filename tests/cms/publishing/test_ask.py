"""The author's way: from the edit form to a colleague who decides, and back again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from cms.publishing.models import Notice, Publication, What
from cms.review import actions as review
from cms.review.models import Approval, State
from cms.stories.models import StoryPage
from panel.accounts.models import User
from panel.accounts.roles import Role
from panel.core.clock import in_copenhagen, now
from tests.conftest import SignedIn
from tests.factories.accounts import staff_with
from tests.factories.pages import block, home
from tests.factories.stories import rewrite, scheduled, stories, story

SOON = {"when": "soon", "patience": "60", "message": "", "day": "", "at": ""}


@pytest.fixture
def page(clerk: User) -> StoryPage:
    return story(by=clerk)


@pytest.fixture
def desk(signed_in: SignedIn, clerk: User) -> Client:
    return signed_in(clerk)


def address(page: StoryPage) -> str:
    return reverse("sending:ask", args=[page.pk])


def text(answer: Any) -> str:
    return answer.content.decode()


def danish(words: str) -> str:
    """As staff read it here."""
    with translation.override("da"):
        return gettext(words)


def ask(page: StoryPage, by: User) -> Approval:
    return review.ask(page, plan=[], by=by)


def test_shows_what_will_go_out_and_who_is_asked(page: StoryPage, desk: Client, editor: User):
    shown = text(desk.get(address(page)))

    assert "Nu er der plads til 200 cykler." in shown
    assert "/nye-cykelstativer-ved-stationen/" in shown
    assert "Eva Editor" in shown


def test_sends_it_as_soon_as_approved(page: StoryPage, desk: Client, editor: User):
    answer = desk.post(address(page), {**SOON, "message": "Tallet er fra Vej og Park."})

    approval = Approval.objects.get()
    assert answer["Location"] == reverse("approvals:approval", args=[approval.pk])
    assert approval.message == "Tallet er fra Vej og Park."
    assert approval.needed_by is None
    assert Notice.objects.filter(what=What.ASKED, to=editor).exists()
    assert "Eva Editor" in text(desk.get(answer["Location"]))


def test_sends_it_for_a_time_by_the_clock_on_the_town_hall(
    page: StoryPage, desk: Client, editor: User
):
    day = in_copenhagen(now()).date() + timedelta(days=3)

    desk.post(
        address(page),
        {**SOON, "when": "at", "day": day.isoformat(), "at": "10:30", "patience": "240"},
    )

    row = Publication.objects.get()
    assert row.due_at is not None
    assert row.latest_at == row.due_at + timedelta(hours=4)
    local = in_copenhagen(row.due_at)
    assert (local.date(), local.hour, local.minute) == (day, 10, 30)


def test_the_missing_hour_is_refused_beside_the_field(page: StoryPage, desk: Client, editor: User):
    answer = desk.post(address(page), {**SOON, "when": "at", "day": "2027-03-28", "at": "02:30"})

    assert answer.status_code == 200
    assert 'href="#id_at"' in text(answer)
    assert not Approval.objects.exists()


def test_the_doubled_hour_asks_which(page: StoryPage, desk: Client, editor: User):
    back = next_change_back()
    form = {**SOON, "when": "at", "day": back.isoformat(), "at": "02:30"}
    asked = text(desk.post(address(page), form))
    assert 'name="which"' in asked

    desk.post(address(page), {**form, "which": "second"})

    due_at = Publication.objects.get().due_at
    assert due_at is not None
    assert in_copenhagen(due_at).fold == 1


def next_change_back() -> date:
    """The last Sunday of October to come."""
    year = in_copenhagen(now()).year
    for each in (year, year + 1):
        last = date(each, 10, 31)
        sunday = last - timedelta(days=(last.weekday() + 1) % 7)
        if sunday > in_copenhagen(now()).date():
            return sunday
    raise AssertionError


def test_before_there_is_a_time_the_form_does_not_ask_which(
    page: StoryPage, desk: Client, editor: User
):
    assert 'name="which"' not in text(desk.get(address(page)))


def test_says_everything_that_is_wrong_and_offers_no_button(
    clerk: User, desk: Client, editor: User
):
    page = story(by=clerk, lead="", body=[])

    shown = text(desk.get(address(page)))

    assert shown.count("<li>") >= 2
    assert 'name="patience"' not in shown
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in shown


def test_a_refusal_stands_above_the_form(page: StoryPage, desk: Client, editor: User):
    yesterday = in_copenhagen(now()).date() - timedelta(days=1)

    shown = text(
        desk.post(
            address(page), {**SOON, "when": "at", "day": yesterday.isoformat(), "at": "10:00"}
        )
    )

    assert 'role="alert"' in shown
    assert not Approval.objects.exists()


def test_without_another_editor_it_says_the_way_out(page: StoryPage, desk: Client):
    shown = text(desk.get(address(page)))

    words = (
        "Nobody can approve it: every editor has a hand in it. Ask an administrator to make a "
        "colleague an editor."
    )
    assert danish(words) in shown
    assert 'name="patience"' not in shown
    desk.post(address(page), SOON)
    assert not Approval.objects.exists()


def test_what_waits_already_is_looked_at(page: StoryPage, desk: Client, clerk: User, editor: User):
    approval = ask(page, clerk)

    answer = desk.get(address(page))

    assert answer["Location"] == reverse("approvals:approval", args=[approval.pk])


def test_a_draft_that_was_changed_is_shown_as_it_is_now(
    page: StoryPage, desk: Client, clerk: User, editor: User
):
    rewrite(page, by=clerk, lead="Nu er der plads til 300 cykler.")

    assert "300 cykler" in text(desk.get(address(page)))


def test_only_stories_are_sent(desk: Client, editor: User):
    assert desk.get(reverse("sending:ask", args=[home().pk])).status_code == 404


@pytest.mark.parametrize("name", ["sending:ask", "sending:take_back"])
def test_specialist_and_stranger_do_not_get_in(
    page: StoryPage, signed_in: SignedIn, specialist: User, stranger: Client, name: str
):
    path = reverse(name, args=[page.pk])

    refused = signed_in(specialist).post(path, SOON)
    assert refused.status_code in (302, 403)
    assert stranger.get(path).status_code == 302
    assert not Approval.objects.exists()


def test_asks_as_often_for_a_long_story(page: StoryPage, desk: Client, clerk: User, editor: User):
    body = [block("text", f"<p>{number}</p>") for number in range(60)]
    long = story(by=clerk, title="En lang historie", body=body)

    assert queries(desk, address(long)) == queries(desk, address(page)) <= 70


def queries(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return len(asked)


# --- In the edit form -----------------------------------------------------------------------------


def edit(page: StoryPage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_the_edit_form_sends_and_does_not_publish(page: StoryPage, desk: Client, editor: User):
    shown = text(desk.get(edit(page)))

    assert "action-send-for-approval" in shown
    assert "action-publish" not in shown


def test_a_new_story_can_be_sent_too(desk: Client, editor: User):
    add = reverse("wagtailadmin_pages:add", args=["stories", "storypage", stories().pk])

    assert "action-send-for-approval" in text(desk.get(add))


def test_other_pages_are_published_as_before(desk: Client):
    shown = text(desk.get(reverse("wagtailadmin_pages:edit", args=[home().pk])))

    assert "action-send-for-approval" not in shown
    assert "action-publish" in shown


def test_while_under_review_it_leads_to_where_it_stands(
    page: StoryPage, desk: Client, clerk: User, editor: User
):
    approval = ask(page, clerk)

    shown = text(desk.get(edit(page)))

    assert reverse("approvals:approval", args=[approval.pk]) in shown
    assert shown.count(reverse("sending:take_back", args=[page.pk])) == 2
    assert "action-send-for-approval" not in shown


def test_the_editor_s_note_lands_where_the_author_works(
    page: StoryPage, desk: Client, clerk: User, editor: User
):
    review.ask_for_changes(ask(page, clerk), note="Hvem betaler?", by=editor)

    shown = text(desk.get(edit(page)))
    assert "Hvem betaler?" in shown
    assert "Eva Editor" in shown

    ask(page, clerk)
    assert "Hvem betaler?" not in text(desk.get(edit(page)))


def test_a_rejection_lands_there_too(page: StoryPage, desk: Client, clerk: User, editor: User):
    review.reject(ask(page, clerk), note="Det er ikke vores sag.", by=editor)

    assert "Det er ikke vores sag." in text(desk.get(edit(page)))


def test_not_approved_in_time_is_told_there(
    page: StoryPage, desk: Client, clerk: User, editor: User
):
    review.give_up(ask(page, clerk), to=State.LATE)

    words = "It was not approved in time, so it did not go out. Send it again with another time."
    assert danish(words) in text(desk.get(edit(page)))


# --- Taking back ----------------------------------------------------------------------------------


def test_taking_back_needs_no_reason_before_the_yes(
    page: StoryPage, desk: Client, clerk: User, editor: User
):
    ask(page, clerk)
    path = reverse("sending:take_back", args=[page.pk])
    assert desk.get(path).status_code == 200

    answer = desk.post(path, {"why": ""})

    assert answer["Location"] == edit(page)
    assert Approval.objects.get().state == State.TAKEN_BACK


def test_taking_back_what_is_approved_needs_one(
    page: StoryPage, desk: Client, clerk: User, editor: User
):
    scheduled(page, asked_by=clerk, by=editor)
    path = reverse("sending:take_back", args=[page.pk])

    assert 'role="alert"' in text(desk.post(path, {"why": ""}))
    assert Approval.objects.get().state == State.APPROVED
    desk.post(path, {"why": "Forkert tal"})

    assert Approval.objects.get().state == State.TAKEN_BACK
    assert Publication.objects.get().why == "Forkert tal"


def test_taking_back_what_does_not_wait_is_told(page: StoryPage, desk: Client):
    path = reverse("sending:take_back", args=[page.pk])

    for answer in (desk.get(path), desk.post(path, {"why": ""})):
        assert answer["Location"] == edit(page)


def test_a_colleague_may_take_it_back_too(
    page: StoryPage, signed_in: SignedIn, clerk: User, colleague: User, editor: User
):
    ask(page, clerk)

    signed_in(colleague).post(reverse("sending:take_back", args=[page.pk]), {"why": "Aftalt"})

    assert Approval.objects.get().state == State.TAKEN_BACK


def test_an_editor_can_ask_another_editor(page: StoryPage, signed_in: SignedIn, editor: User):
    staff_with(Role.EDITOR, name="Ella Editor")

    shown = text(signed_in(editor).get(address(page)))

    assert "Ella Editor" in shown
