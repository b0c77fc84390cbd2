"""After it went out: who wrote, who approved, what exactly, when; readable years later."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.publishing import actions, sweeping
from cms.publishing.reports import record_of
from cms.publishing.reports.record import fingerprint
from cms.review import actions as review
from cms.review.models import Approval
from cms.stories.models import StoryPage
from panel.accounts.models import User
from panel.core.clock import now
from tests.cms.publishing.planned import in_english, ready, says
from tests.conftest import SignedIn
from tests.factories.pages import picture
from tests.factories.stories import channel, rewrite, scheduled, story, teaser


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch, clerk: User, editor: User) -> None:
    """The tests' clock is the database's, and everybody reads English."""
    monkeypatch.setattr(sweeping, "clock", now)
    in_english(clerk, editor)


@pytest.fixture
def live(clerk: User, colleague: User, editor: User) -> Approval:
    """Written by two, approved with a note, live."""
    page = story(by=clerk, title="Nye cykelstativer", picture=picture(), picture_alt="Cykler i læ")
    rewrite(page, by=colleague, lead="Nu er der plads til 300 cykler.")
    page = StoryPage.objects.get(pk=page.pk)
    teaser(page, channel(), "Læs om stativerne", by=clerk)
    approval = actions.submit(page, message="Haster lidt", by=clerk)
    review.approve(approval, seen=approval.seal, note="Godt skrevet", by=editor)
    sweeping.sweep()
    return Approval.objects.get(pk=approval.pk)


def address(approval: Approval) -> str:
    return reverse("outgoing:record", args=[approval.pk])


def test_it_says_who_what_and_when(live: Approval, clerk: User, signed_in: SignedIn):
    assert address(live) == f"/admin/udgivelser/{live.pk}/"
    said = says(signed_in(clerk), address(live))

    for words in (
        *("Karen Klerk, Kim Kollega", "Eva Editor", "Godt skrevet", "Haster lidt"),
        *("Nu er der plads til 300 cykler.", "De står ved spor 1.", "Cykler i læ"),
        *("Læs om stativerne", "let a story out", "approved a story"),
        fingerprint(live.seal),
    ):
        assert words in said, words


def test_it_tells_what_was_approved_not_what_the_page_says_now(
    live: Approval, clerk: User, signed_in: SignedIn
):
    page = StoryPage.objects.get(pk=live.page_id)
    rewrite(page, by=clerk, title="Noget ganske andet", lead="Andre ord.")

    said = says(signed_in(clerk), address(live))

    assert "Nu er der plads til 300 cykler." in said
    assert "Andre ord." not in said


@pytest.mark.parametrize("who", ["clerk", "editor", "specialist", "analyst", "administrator"])
def test_all_colleagues_may_read_it(
    who: str, live: Approval, signed_in: SignedIn, request: pytest.FixtureRequest
):
    assert "Kim Kollega" in says(signed_in(request.getfixturevalue(who)), address(live))


def test_a_stranger_and_a_member_may_not(
    live: Approval, stranger: Client, member: User, signed_in: SignedIn
):
    assert stranger.get(address(live))["Location"].startswith("/konto/login/")
    assert "Kim Kollega" not in signed_in(member).get(address(live), follow=True).content.decode()


def test_it_is_there_when_the_page_is_gone(live: Approval, clerk: User, signed_in: SignedIn):
    page = StoryPage.objects.get(pk=live.page_id)
    actions.take_down(page, why="Forkert tal", by=clerk)
    StoryPage.objects.get(pk=page.pk).delete()

    said = says(signed_in(clerk), address(live))

    assert "Nu er der plads til 300 cykler." in said
    assert "Taken down by Karen Klerk" in said
    assert "Forkert tal" in said


def test_every_round_of_the_page_with_its_outcome(clerk: User, editor: User, signed_in: SignedIn):
    page = story(by=clerk)
    first = actions.submit(page, by=clerk)
    review.ask_for_changes(first, note="Kortere, tak", by=editor)
    rewrite(page, by=clerk, lead="Kortere.")
    second = scheduled(page, asked_by=clerk, by=editor)
    sweeping.sweep()

    rounds = record_of(second).rounds

    assert [row.approval.pk for row in rounds] == [second.pk, first.pk]
    assert "Eva Editor asked for changes: Kortere, tak" in says(signed_in(clerk), address(second))


def test_the_trail_names_what_was_done_on_channels_too(
    clerk: User, editor: User, signed_in: SignedIn
):
    row = ready(by=clerk, approved_by=editor)
    actions.mark_posted(row, by=clerk)

    happened = record_of(row.approval).happened

    assert [each.words for each in happened][-1] == "posted a story by hand"
    assert happened[-1].who == "Karen Klerk"


def test_a_fingerprint_is_short_and_the_seal_s_own():
    assert fingerprint("0123456789abcdef" * 4) == "0123 4567 89ab cdef"


def test_as_many_queries_for_many_rounds_as_for_few(
    live: Approval, clerk: User, editor: User, signed_in: SignedIn
):
    browser = signed_in(clerk)

    def asked(**_: Any) -> int:
        browser.get(address(live))
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(address(live)).status_code == 200
        return len(seen)

    page = StoryPage.objects.get(pk=live.page_id)

    def go_round() -> None:
        approval = actions.submit(page, by=clerk)
        actions.cancel(approval, why="Regn", by=clerk)

    go_round()
    few = asked()
    for _number in range(4):
        go_round()

    assert asked() == few
    assert few <= 45
