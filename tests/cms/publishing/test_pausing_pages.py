"""One button stops everything; every page says so until somebody lets it go on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from cms.publishing import actions, reports, sweeping
from cms.stories.models import StoryPage
from panel.accounts.models import User
from panel.core.clock import now
from panel.outbox.models import Pause
from tests.cms.publishing.planned import in_english, later, planned, says
from tests.conftest import SignedIn
from tests.factories.stories import scheduled, story

PAUSE, END, HOME = "outgoing:pause", "outgoing:end_pause", "wagtailadmin_home"


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch, clerk: User, editor: User, specialist: User) -> None:
    """The tests' clock is the database's, and everybody reads English."""
    monkeypatch.setattr(sweeping, "clock", now)
    in_english(clerk, editor, specialist)


def test_pause_asks_why_and_stops_everything(clerk: User, editor: User, signed_in: SignedIn):
    approval = scheduled(story(by=clerk), asked_by=clerk, by=editor)
    browser = signed_in(clerk)
    assert "Nothing goes out by itself from the moment" in says(browser, reverse(PAUSE))
    browser.post(reverse(PAUSE), {"reason": " "})
    assert not Pause.objects.exists()

    answer = browser.post(reverse(PAUSE), {"reason": "Storm over fjorden"}, follow=True)

    assert "Everything is paused. Nothing goes out by itself." in answer.content.decode()
    assert sweeping.sweep() == 0
    assert not StoryPage.objects.get(pk=approval.page_id).live


def test_every_staff_page_says_who_stopped_it_and_why(
    clerk: User, editor: User, specialist: User, signed_in: SignedIn, stranger: Client
):
    actions.pause(reason="Storm over fjorden", by=clerk)

    for page in (HOME, "outgoing:index", "threads:index"):
        for who, may in ((editor, True), (specialist, False)):
            said = says(signed_in(who), reverse(page))
            assert "Karen Klerk stopped it on" in said
            assert "Storm over fjorden" in said
            banner = said[said.index("pause-banner__text") :].split("</aside>")[0]
            assert ("Let it go on" in banner) is may
    assert "Storm" not in stranger.get("/").content.decode()

    actions.end_pause(by=clerk)
    assert "Storm over fjorden" not in says(signed_in(editor), reverse(HOME))


def test_going_on_says_first_what_goes_out_at_once_and_what_is_too_late(
    clerk: User, editor: User, signed_in: SignedIn
):
    people = {"by": clerk, "approved_by": editor}
    hour = timedelta(hours=1)
    actions.pause(reason="Storm", by=clerk)
    planned("Kan nå det", ahead=hour, patience=240, **people)
    planned("Når det ikke", ahead=hour, patience=15, **people)
    planned("Lukket imens", ahead=hour / 2, patience=15, **people)
    planned("Senere", ahead=5 * hour, **people)
    held = planned("Holdt tilbage", ahead=hour, patience=240, **people)
    actions.hold_back(held, why="Regn", by=clerk)
    with later(minutes=50):
        sweeping.close_late()

    with later(hours=2):
        after = reports.after_pause(Pause.objects.get())
        said = says(signed_in(editor), reverse(PAUSE))

    assert [row.approval.title for row in after.at_once] == ["Kan nå det"]
    assert [row.approval.title for row in after.too_late] == ["Lukket imens", "Når det ikke"]
    assert "Senere" not in said
    assert "Karen Klerk paused everything on" in said


def test_end_the_pause(clerk: User, editor: User, signed_in: SignedIn):
    approval = scheduled(story(by=clerk), asked_by=clerk, by=editor)
    actions.pause(reason="Storm", by=clerk)
    browser = signed_in(editor)

    answer = browser.post(reverse(END), follow=True)

    assert "It goes on." in answer.content.decode()
    assert sweeping.sweep() == 1
    assert StoryPage.objects.get(pk=approval.page_id).live
    assert "Nothing is paused." in browser.post(reverse(END), follow=True).content.decode()


def test_two_who_pause_at_once_the_second_is_told(clerk: User, editor: User, signed_in: SignedIn):
    actions.pause(reason="Storm", by=clerk)

    answer = signed_in(editor).post(reverse(PAUSE), {"reason": "Også mig"}, follow=True)

    assert "Everything is paused already." in answer.content.decode()
    assert Pause.objects.get().started_by == clerk


def test_a_specialist_reads_and_stops_nothing(specialist: User, clerk: User, signed_in: SignedIn):
    browser = signed_in(specialist)
    assert "<textarea" not in says(browser, reverse(PAUSE))
    assert browser.post(reverse(PAUSE), {"reason": "Nej"})["Location"] == reverse(HOME)
    assert not Pause.objects.exists()
    actions.pause(reason="Storm", by=clerk)
    assert reverse(END) not in says(browser, reverse(PAUSE))
    assert browser.post(reverse(END))["Location"] == reverse(HOME)
    assert Pause.objects.of_everything().exists()


def test_an_administrator_may_stop_everything(administrator: User, signed_in: SignedIn):
    signed_in(administrator).post(reverse(PAUSE), {"reason": "Vi er hacket"})

    assert Pause.objects.get().started_by == administrator


def test_a_stranger_is_asked_to_sign_in(stranger: Client):
    for path in (reverse(PAUSE), reverse(END)):
        assert stranger.post(path)["Location"].startswith("/konto/login/")


def test_the_button_is_on_the_first_page_and_on_the_list(
    clerk: User, specialist: User, signed_in: SignedIn
):
    for page in (HOME, "outgoing:index"):
        assert reverse(PAUSE) in says(signed_in(clerk), reverse(page))
        assert reverse(PAUSE) not in says(signed_in(specialist), reverse(page))
