"""Comms over what goes out: move, hold back, cancel in the last second, pause, post, print."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pypdf
import pytest
import time_machine
from playwright.sync_api import Page, expect

from cms.publishing import actions, sweeping
from cms.publishing.models import Publication, State
from cms.review import actions as review
from cms.review.models import Approval
from cms.review.models import State as Said
from cms.stories.models import StoryPage
from panel.accounts.models import User
from panel.core.clock import in_copenhagen, now
from tests.cms.publishing.planned import planned, ready
from tests.factories.stories import scheduled, story
from tests.journeys.axe import axe, in_reach, sound, sound_for_staff
from tests.journeys.conftest import OpenPage
from tests.journeys.steps import PHONE, go, tab_to

LIST = "/admin/udgivelser/"
TITLE = "Nye cykelstativer ved stationen"


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' clock is the database's."""
    monkeypatch.setattr(sweeping, "clock", now)


@pytest.fixture
def approval(site: Any, clerk: User, editor: User) -> Approval:
    """Approved, to go out in three hours."""
    return planned(TITLE, by=clerk, approved_by=editor)


def verb(desk: Page, approval: Approval, name: str) -> None:
    """Its button in the list."""
    go(desk.locator(f"main .outgoing a[href$='/{approval.pk}/{name}/']"))


def decide(desk: Page, why: str = "") -> None:
    """Say why, and press the button."""
    if why:
        desk.locator("main [name=why]").fill(why)
    go(desk.locator("main form[method=post] button[type=submit]"))


def is_live(approval: Approval) -> bool:
    return StoryPage.objects.get(pk=approval.page_id).live


def test_hold_back_and_let_go_on(approval: Approval, open_page: OpenPage, clerk: User):
    desk = open_page(LIST, user=clerk)
    sound(desk)
    verb(desk, approval, "hold-back")
    sound(desk)
    decide(desk, "Vi venter på tallene")
    expect(desk.locator(".outgoing-section--problems")).to_contain_text(
        "Holdt tilbage af Karen Klerk: Vi venter på tallene"
    )
    with time_machine.travel(now() + timedelta(hours=3, minutes=1), tick=True):
        assert sweeping.sweep() == 0

    verb(desk, approval, "go-on")
    sound(desk)
    decide(desk)

    expect(desk.locator("main")).not_to_contain_text("Holdt tilbage af")
    with time_machine.travel(now() + timedelta(hours=3, minutes=1), tick=True):
        assert sweeping.sweep() == 1


def test_move_and_be_asked_again(
    approval: Approval, open_page: OpenPage, clerk: User, editor: User
):
    desk = open_page(LIST, user=clerk)
    there = in_copenhagen(now()) + timedelta(days=2)
    verb(desk, approval, "move")
    sound(desk)
    desk.locator("[name=day]").fill(there.date().isoformat())
    desk.locator("[name=at]").fill("14:30")
    decide(desk, "Regn")

    expect(desk.locator("main")).to_contain_text("Venter på godkendelse, går ud")
    moved = Approval.objects.get(page=approval.page_id, state=Said.ASKED)
    with time_machine.travel(now() + timedelta(hours=4), tick=True):
        assert sweeping.sweep() == 0
    review.approve(moved, seen=moved.seal, by=editor)
    with time_machine.travel(there.replace(hour=14, minute=31), tick=True):
        assert sweeping.sweep() == 1


def test_withdrawn_one_second_before_its_time_it_never_goes_live(
    approval: Approval, open_page: OpenPage, clerk: User
):
    due = Publication.objects.get(approval=approval).due_at
    assert due is not None
    desk = open_page(LIST, user=clerk)
    verb(desk, approval, "cancel")
    desk.locator("main [name=why]").fill("Forkert tal")
    with time_machine.travel(due - timedelta(seconds=1), tick=False):
        assert sweeping.sweep() == 0
        actions.cancel(approval, why="Forkert tal", by=clerk)
    with time_machine.travel(due + timedelta(seconds=1), tick=True):
        assert sweeping.sweep() == 0
    assert not is_live(approval)

    decide(desk)  # a colleague was quicker: told in words, and nothing breaks

    expect(desk.locator(".messages")).to_contain_text("En anden kom dig i forkøbet")
    expect(desk.locator("main")).to_contain_text("Trukket tilbage af Karen Klerk: Forkert tal")
    assert not is_live(approval)


def test_a_second_too_late_it_says_so_and_can_be_taken_down(
    site: Any, open_page: OpenPage, clerk: User, editor: User
):
    approval = scheduled(story(by=clerk, title=TITLE), asked_by=clerk, by=editor)
    desk = open_page(LIST, user=clerk)
    verb(desk, approval, "cancel")
    desk.locator("main [name=why]").fill("Forkert tal")
    assert sweeping.sweep() == 1

    decide(desk)
    expect(desk.locator(".messages")).to_contain_text("før du nåede at stoppe den")
    go(desk.locator(".messages a[href$='/take-down/']"))
    sound(desk)
    decide(desk, "Forkert tal")

    assert not is_live(approval)
    expect(desk.locator("main")).to_contain_text("Taget ned af Karen Klerk")


def test_pause_everything_and_let_it_go_on(
    approval: Approval, open_page: OpenPage, clerk: User, specialist: User
):
    desk = open_page("/admin/", user=clerk)
    go(desk.locator("main a[href$='/udgivelser/pause/']").first)
    sound(desk)
    desk.locator("main [name=reason]").fill("Storm over fjorden")
    go(desk.locator("main form[method=post] button[type=submit]"))
    sound(desk)

    other = open_page("/admin/threads/", user=specialist, width=PHONE)
    expect(other.locator(".pause-banner")).to_contain_text("Storm over fjorden")
    expect(other.locator(".pause-banner")).to_contain_text("Karen Klerk")
    axe(other)
    with time_machine.travel(now() + timedelta(hours=3, minutes=1), tick=True):
        assert sweeping.sweep() == 0

    go(desk.locator(".pause-banner a"))
    sound(desk)
    go(desk.locator("main form[action$='/pause/end/'] button"))
    expect(desk.locator(".pause-banner")).to_have_count(0)
    with time_machine.travel(now() + timedelta(hours=3, minutes=1), tick=True):
        assert sweeping.sweep() == 1


def test_post_by_hand_with_a_way_back(site: Any, open_page: OpenPage, clerk: User, editor: User):
    row = ready(by=clerk, approved_by=editor)
    desk = open_page("/admin/", user=clerk)
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    go(desk.locator("#to-post-content a"))
    sound(desk)
    desk.locator("[data-copy=post-text]").click()
    expect(desk.locator("[data-copy-told]").first).to_have_text("Kopieret")
    copied = desk.evaluate("() => navigator.clipboard.readText()")
    assert copied.startswith("Læs om stativerne\n\nhttp")

    desk.locator("[name=url]").fill("https://example.org/opslag/1")
    go(desk.locator("form[action$='/posted/'] button"))
    expect(desk.locator("main")).to_contain_text("Karen Klerk noterede")
    assert Publication.objects.get(pk=row.pk).state == State.OUT
    sound(desk)

    go(desk.locator("form[action$='/not-posted/'] button"))
    assert Publication.objects.get(pk=row.pk).state == State.READY


def test_without_scripts_the_fields_can_be_marked(
    site: Any, open_page: OpenPage, clerk: User, editor: User
):
    row = ready(by=clerk, approved_by=editor)
    desk = open_page(f"{LIST}post/{row.pk}/", user=clerk, java_script_enabled=False)

    assert "Læs om stativerne" in desk.locator("#post-text").input_value()
    expect(desk.locator("[data-copy=post-text]")).to_be_hidden()
    desk.locator("form[action$='/posted/'] button").click()
    expect(desk.locator("main")).to_contain_text("noterede")


def test_the_record_on_paper(
    site: Any, open_page: OpenPage, clerk: User, editor: User, specialist: User, tmp_path: Path
):
    row = ready(by=clerk, approved_by=editor)
    desk = open_page(f"{LIST}{row.approval_id}/", user=specialist)
    sound_for_staff(desk)
    desk.emulate_media(media="print")
    desk.pdf(path=tmp_path / "record.pdf", format="A4")

    paper = pypdf.PdfReader(tmp_path / "record.pdf")
    width = float(paper.pages[0].mediabox.width)
    words = " ".join(" ".join(page.extract_text() for page in paper.pages).split())
    assert len(paper.pages) <= 2
    assert 590 < width < 600
    for expected in (
        *("Nye cykelstativer", "Karen Klerk", "Eva Editor", "De står ved spor 1."),
        *("Hvem og hvornår", "Hvad der skete", "Læs om stativerne"),
    ):
        assert expected in words, expected
    assert not re.search("Tag ned|Udskriv|Indstillinger", words)


def test_the_list_by_keyboard_on_a_phone(approval: Approval, open_page: OpenPage, clerk: User):
    phone = open_page(LIST, user=clerk, width=PHONE)
    in_reach(phone)
    tab_to(phone, f"main a[href$='/{approval.pk}/hold-back/']")
    with phone.expect_navigation():
        phone.keyboard.press("Enter")
    tab_to(phone, "main [name=why]")
    phone.keyboard.type("Regn")
    tab_to(phone, "main form[method=post] button[type=submit]")
    with phone.expect_navigation():
        phone.keyboard.press("Enter")

    assert Publication.objects.get(approval=approval).state == State.HELD
