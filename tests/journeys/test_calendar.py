"""Comms over the calendar: by keyboard on a phone, and with the mouse on a desk."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cms.publishing import actions, sweeping
from cms.publishing.models import Publication
from cms.review.models import Approval, State
from panel.accounts.models import User
from panel.core.clock import in_copenhagen, now
from tests.cms.publishing.planned import planned
from tests.factories.stories import channel, scheduled, story, teaser
from tests.journeys.axe import in_reach, sound_for_staff
from tests.journeys.conftest import OpenPage
from tests.journeys.steps import PHONE, go, tab_to

MONTH, WEEK = "/admin/udgivelser/month/", "/admin/udgivelser/week/"
TITLE = "Nye cykelstativer ved stationen"


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' clock is the database's."""
    monkeypatch.setattr(sweeping, "clock", now)


@pytest.fixture
def approval(site: Any, clerk: User, editor: User) -> Approval:
    """Approved, to go out in three hours."""
    return planned(TITLE, by=clerk, approved_by=editor)


def due(approval: Approval) -> datetime:
    """By the clock on the town hall."""
    found = Publication.objects.filter(approval=approval).values_list("due_at", flat=True)[0]
    assert found is not None
    return in_copenhagen(found)


def asked_anew(approval: Approval) -> Approval:
    return Approval.objects.get(page=approval.page_id, state=State.ASKED)


def of(moment: datetime, name: str = MONTH) -> str:
    """The calendar's address for the days around ``moment``."""
    return f"{name}?day={moment.date()}"


def day(page: Page, moment: datetime) -> Any:
    return page.locator(f"[data-day='{moment.date()}']")


def fill(clerk: User, editor: User) -> None:
    """Something in every state, on several channels."""
    for hours in range(1, 8):
        page = story(by=clerk, title=f"{TITLE} {hours}")
        teaser(page, channel(), by=clerk)
        scheduled(page, asked_by=clerk, by=editor, due_at=now() + timedelta(hours=7 * hours))
    held = Approval.objects.filter(state=State.APPROVED).order_by("pk")[0]
    actions.hold_back(held, why="Regn", by=clerk)
    actions.submit(story(by=clerk), due_at=now() + timedelta(hours=30), by=clerk)
    actions.submit(story(by=clerk, title="Når den er godkendt"), by=clerk)
    scheduled(story(by=clerk, title="Ude"), asked_by=clerk, by=editor)
    sweeping.sweep()


def test_move_by_keyboard_on_a_phone(approval: Approval, open_page: OpenPage, clerk: User):
    before = due(approval)
    phone = open_page(of(before), user=clerk, width=PHONE)
    in_reach(phone)
    tab_to(phone, f"main a[href*='/{approval.pk}/move/']")
    with phone.expect_navigation():
        phone.keyboard.press("Enter")
    expect(phone.locator(".outgoing-happens")).to_contain_text("Eva Editor")
    after = before + timedelta(days=9)
    # The day's field has three parts, and its keys differ by browser: filled in, the rest by keys.
    phone.locator("[name=day]").fill(after.date().isoformat())
    tab_to(phone, "main [name=why]")
    phone.keyboard.type("Regn")
    tab_to(phone, "main form[method=post] button[type=submit]")
    with phone.expect_navigation():
        phone.keyboard.press("Enter")

    # The calendar shows the day it was moved to, in whichever month that is.
    expect(day(phone, after)).to_contain_text(TITLE)
    expect(day(phone, after)).to_contain_text("Venter på godkendelse")
    in_reach(phone)
    assert due(asked_anew(approval)) == after.replace(second=0, microsecond=0)


def test_a_story_dragged_to_another_day_asks_before_it_moves(
    site: Any, open_page: OpenPage, clerk: User, editor: User
):
    # In a week to come every day can still be chosen.
    monday = in_copenhagen(now()).replace(hour=10, minute=30, second=0, microsecond=0)
    monday += timedelta(days=14 - monday.weekday())
    ahead = monday - now()
    approval = planned(TITLE, by=clerk, approved_by=editor, ahead=ahead)
    thursday = monday + timedelta(days=3)
    desk = open_page(of(monday, WEEK), user=clerk)

    desk.locator("[data-entry]").drag_to(day(desk, monday))  # where it is: nothing
    assert desk.url.endswith(of(monday, WEEK))
    with desk.expect_navigation():
        desk.locator("[data-entry]").drag_to(day(desk, thursday))

    assert desk.locator("[name=day]").input_value() == thursday.date().isoformat()
    assert desk.locator("[name=at]").input_value() == f"{due(approval):%H:%M}"
    approval.refresh_from_db()
    assert approval.state == State.APPROVED
    sound_for_staff(desk)
    desk.locator("[name=why]").fill("Regn")
    go(desk.locator("main form[method=post] button[type=submit]"))
    expect(day(desk, thursday)).to_contain_text(TITLE)


def test_in_every_state_it_can_be_read_by_everybody(
    site: Any, open_page: OpenPage, clerk: User, editor: User
):
    desk = open_page(MONTH, user=clerk)
    sound_for_staff(desk)
    fill(clerk, editor)
    for address in (MONTH, WEEK):
        desk.goto(address)
        sound_for_staff(desk)


def test_make_an_address_for_one_s_own_calendar_and_close_it(
    approval: Approval, open_page: OpenPage, clerk: User
):
    desk = open_page(MONTH, user=clerk)
    go(desk.locator("main a[href$='/own-calendar/']"))
    sound_for_staff(desk)
    go(desk.locator("main button[name=make]"))
    sound_for_staff(desk)
    assert re.search(r"/kalender/[\w-]{32}\.ics$", desk.locator("#calendar-address").input_value())
    go(desk.locator("main button[name=close]"))
    expect(desk.locator("#calendar-address")).to_have_count(0)
    expect(desk.locator("main button[name=close]")).to_have_count(0)


def test_from_the_list_to_the_month_and_back(approval: Approval, open_page: OpenPage, clerk: User):
    desk = open_page("/admin/udgivelser/", user=clerk)
    go(desk.locator(".ways a[href$='/month/']"))
    go(desk.locator(".ways a[href*='/week/']"))
    go(desk.locator(".ways a[href$='/udgivelser/']"))
    expect(desk.locator("main")).to_contain_text(TITLE)


def test_without_scripts_the_way_to_move_is_there(
    approval: Approval, open_page: OpenPage, clerk: User
):
    desk = open_page(of(due(approval)), user=clerk, java_script_enabled=False)
    expect(desk.locator("[data-drag-hint]")).to_be_hidden()
    desk.locator("[data-move]").first.click()
    expect(desk.locator("[name=why]")).to_be_visible()
