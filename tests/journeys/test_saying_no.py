"""Declining, objecting and leaving, by hand and by keyboard alone; and joining by keyboard."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import expect

from panel.basis.models import Objection
from panel.conversations.models import Commenter
from panel.invitations.models import Invitation, InvitationState
from panel.members.models import Member
from tests.journeys.axe import sound
from tests.journeys.cast import link, mette
from tests.journeys.conftest import OpenPage
from tests.journeys.steps import PHONE, code, submit, tab_to

__all__ = ["link", "mette"]  # fixtures


# --- Saying no ------------------------------------------------------------------------------------


def test_invited_citizen_declines(link: str, open_page: OpenPage):
    page = open_page(link, width=PHONE)
    page.locator("a[href$='/nej-tak/']").first.click()
    sound(page)
    submit(page)

    sound(page)
    assert Invitation.objects.get().state == InvitationState.DECLINED
    page.watch.expected.add(link)
    page.goto(link)
    sound(page)  # the link is used up
    page.locator("main a").first.click()
    expect(page).to_have_url(re.compile("/deltag/$"))


def test_invited_citizen_objects_by_the_link(link: str, open_page: OpenPage):
    page = open_page(link, width=PHONE)
    page.locator("a[href$='/indsigelse/']").first.click()
    sound(page)
    submit(page)

    expect(page).to_have_url(re.compile("/indsigelse/noteret/$"))
    sound(page)
    assert Objection.objects.exists()
    assert not Commenter.objects.exists()


def test_member_objects_and_stays_a_member(mette: Member, open_page: OpenPage):
    page = open_page("/min-side/indsigelse/", user=mette.user, width=PHONE)
    sound(page)
    submit(page)

    sound(page)
    assert not Commenter.objects.exists()
    assert Member.objects.get() == mette
    page.goto("/min-side/indsigelse/")
    sound(page)  # nothing left to object to


def test_who_has_no_invitation_reads_how_to_object(site: Any, open_page: OpenPage):
    page = open_page("/indsigelse/", width=PHONE)
    sound(page)
    assert page.context.cookies() == []


# --- By keyboard alone ----------------------------------------------------------------------------


def test_join_by_keyboard_alone(link: str, open_page: OpenPage):
    page = open_page(link, width=PHONE)
    tab_to(page, "main form button")
    page.keyboard.press("Enter")
    tab_to(page, "[name=email]")
    page.keyboard.type("tast@example.dk")
    page.keyboard.press("Enter")
    tab_to(page, "[name=code]")
    page.keyboard.type(code())
    page.keyboard.press("Enter")
    tab_to(page, "[name=birth_year]")
    page.keyboard.type("1984")
    tab_to(page, "[name=agrees]")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    tab_to(page, "[name=age_band]")
    page.keyboard.press("ArrowDown")
    tab_to(page, "main form button")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("/deltag/velkommen/$"))
    assert Member.objects.get().user.email == "tast@example.dk"


def test_decline_by_keyboard_alone(link: str, open_page: OpenPage):
    page = open_page(link, width=PHONE)
    tab_to(page, "main a[href$='/nej-tak/']")
    page.keyboard.press("Enter")
    tab_to(page, "main form button")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("/nej-tak/$"))
    expect(page.locator("main form")).to_have_count(0)
    assert Invitation.objects.get().state == InvitationState.DECLINED


def test_object_by_keyboard_alone(link: str, open_page: OpenPage):
    page = open_page(link, width=PHONE)
    tab_to(page, "main a[href$='/indsigelse/']")
    page.keyboard.press("Enter")
    tab_to(page, "main form button")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("/indsigelse/noteret/$"))


def test_leave_by_keyboard_alone(mette: Member, open_page: OpenPage):
    page = open_page("/min-side/", user=mette.user, width=PHONE)
    tab_to(page, "main a[href$='/min-side/forlad/']")
    page.keyboard.press("Enter")
    tab_to(page, "main form button")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("/farvel/$"))
    assert not Member.objects.exists()
