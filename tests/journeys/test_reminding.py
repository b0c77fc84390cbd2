"""A reminder, from a colleague's click to the citizen's letter and answer."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from panel.accounts.models import User
from panel.basis.models import Objection
from panel.invitations.actions import decline
from panel.invitations.models import Campaign, Invitation, InvitationState, Reminder, Way
from panel.invitations.reports import funnel
from panel.invitations.tasks import mail_reminders
from panel.members.models import Door, Member
from tests.journeys.axe import sound
from tests.journeys.conftest import OpenPage
from tests.journeys.steps import PHONE, code, submit
from tests.panel.invitations.asked import asked

NAMES = ("Anna", "Bo", "Carl")


@pytest.fixture
def campaign(site: Any, clerk: User, editor: User) -> Campaign:
    """Three people got an e-mail a week ago, and none has answered."""
    return asked(*NAMES, by=clerk, released_by=editor)


def remind(desk: Page, campaign: Campaign) -> None:
    """By the button on the campaign's page, after a look at the list."""
    desk.locator(f"main a[href$='/{campaign.pk}/remind/']").click()
    for name in NAMES:
        expect(desk.locator("main section[aria-labelledby*=mails]")).to_contain_text(name)
    sound(desk)
    desk.locator("main form:not([action]) button").click()
    expect(desk).to_have_url(re.compile(f"/campaigns/{campaign.pk}/$"))


def letter_to(name: str) -> str:
    """The text of the one letter to ``name``."""
    [found] = [each for each in mail.outbox if each.to == [f"{name}@example.dk".lower()]]
    return str(found.body)


def path_in(letter: str, ending: str) -> str:
    """The path of the letter's link that ends with ``ending``."""
    found = re.search(rf"https?://[^/\s]+(/i/[^/\s]+/{ending})(?=\s)", letter)
    assert found is not None, letter
    return found[1]


def join(phone: Page, address: str) -> None:
    submit(phone)
    phone.locator("[name=email]").fill(address)
    submit(phone)
    phone.locator("[name=code]").fill(code())
    submit(phone)
    phone.locator("[name=birth_year]").fill("1984")
    phone.locator("[name=agrees]").check()
    submit(phone)


def test_from_a_colleagues_click_to_the_citizens_answer(
    campaign: Campaign, open_page: OpenPage, clerk: User
) -> None:
    desk = open_page(f"/admin/campaigns/{campaign.pk}/", user=clerk)
    remind(desk, campaign)
    desk.reload()
    sound(desk)
    assert mail.outbox == []  # the worker sends them

    decline(Invitation.objects.get(commenter__name="Bo"))
    mail_reminders.func()
    assert sorted(to for each in mail.outbox for to in each.to) == [
        "anna@example.dk",
        "carl@example.dk",
    ]
    anna, carl = letter_to("Anna"), letter_to("Carl")

    phone = open_page(path_in(anna, ""), width=PHONE)
    sound(phone)
    join(phone, "anna@example.dk")
    assert Member.objects.get().door == Door.INVITED

    other = open_page(path_in(carl, "indsigelse/"), width=PHONE)
    submit(other)
    expect(other).to_have_url(re.compile("/indsigelse/noteret/$"))
    assert Objection.objects.exists()

    states = Invitation.objects.order_by("pk").values_list("state", "reminder")
    assert list(states) == [
        (InvitationState.JOINED, Reminder.SENT),
        (InvitationState.DECLINED, ""),
        (InvitationState.WITHDRAWN, Reminder.SENT),
    ]
    found = funnel(campaign)
    assert (found.reminded, found.joined_after_reminder) == (2, 1)
    desk.goto(f"/admin/campaigns/{campaign.pk}/remind/")
    sound(desk)
    expect(desk.locator("main form")).to_have_count(0)


def test_reminders_on_paper_are_printed_once(
    site: Any, open_page: OpenPage, clerk: User, editor: User
) -> None:
    campaign = asked(*NAMES, by=clerk, released_by=editor, way=Way.LETTER)
    desk = open_page(f"/admin/campaigns/{campaign.pk}/remind/", user=clerk, width=PHONE)
    sound(desk)
    with desk.expect_download() as letters:
        desk.locator("main form[action$='/remind-letters/'] button").click()
    assert Path(letters.value.path()).read_bytes().startswith(b"%PDF")
    desk.reload()
    expect(desk.locator("main form[action$='/remind-letters/']")).to_have_count(0)
    expect(desk.locator("main form[action$='/remind-letters-again/']")).to_have_count(1)
    sound(desk)
