"""Getting in, as people meet it: on a phone, with a keyboard, with a passkey."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from playwright.sync_api import Page, expect

from panel.accounts.models import User
from panel.accounts.roles import Role
from tests.factories.accounts import UserFactory, staff_with
from tests.journeys.axe import sound
from tests.journeys.conftest import OpenPage
from tests.panel.accounts.test_sign_in import code_in_mail, totp_now

pytestmark = pytest.mark.usefixtures("site")

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_fingerprint_reader(page: Page) -> Page:
    """``page`` on a device that can keep passkeys, and whose owner has their finger on it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return page


def sign_in_by_code(page: Page, email: str) -> None:
    page.goto("/en/konto/login/")
    page.get_by_label("E-mail address").fill(email)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Look in your e-mail")
    page.get_by_label("The code from the e-mail").fill(code_in_mail())
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.fixture
def resident(transactional_db: None) -> User:
    return UserFactory(email="mette@example.dk", name="Mette Medlem")


def test_member_signs_in_with_the_keyboard_on_a_phone(open_page: OpenPage, resident: User):
    page = open_page("/en/konto/login/", width=320)
    sound(page)

    page.get_by_label("E-mail address").focus()
    page.keyboard.type(resident.email)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Look in your e-mail")
    sound(page)
    page.get_by_label("The code from the e-mail").focus()
    page.keyboard.type(code_in_mail())
    with page.expect_navigation():
        page.keyboard.press("Enter")

    page.goto("/en/konto/2fa/")
    expect(page.get_by_text(resident.email)).to_be_visible()
    sound(page)


def test_wrong_code_is_said_at_the_field(open_page: OpenPage, resident: User):
    page = open_page("/en/konto/login/", width=320)
    page.get_by_label("E-mail address").fill(resident.email)
    page.keyboard.press("Enter")
    page.get_by_label("The code from the e-mail").fill("0000 0000")
    page.keyboard.press("Enter")

    expect(page).to_have_title(re.compile("^Error:"))
    expect(page.locator(".error-summary")).to_be_focused()
    sound(page)


def test_stranger_is_told_the_same_and_gets_another_letter(open_page: OpenPage):
    page = open_page("/en/konto/login/")
    page.get_by_label("E-mail address").fill("ingen@example.dk")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Look in your e-mail")
    assert not re.search(r"\d{4} \d{4}", mail.outbox[0].body)


def test_sign_in_without_javascript(open_page: OpenPage, resident: User):
    page = open_page("/en/konto/login/", java_script_enabled=False)
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    sign_in_by_code(page, resident.email)

    page.goto("/en/konto/2fa/")
    expect(page.get_by_text(resident.email)).to_be_visible()


def test_member_adds_a_passkey_and_comes_in_with_it(open_page: OpenPage, resident: User):
    page = with_fingerprint_reader(open_page("/en/konto/2fa/", user=resident))
    page.get_by_role("link", name="Add a passkey").click()
    sound(page)
    page.get_by_label("What to call it").fill("Min telefon")
    page.get_by_role("button", name="Add the passkey").click()

    page.get_by_role("link", name="See and change them").click()
    expect(page.get_by_role("heading", name="Min telefon")).to_be_visible()
    sound(page)

    page.goto("/en/konto/logout/")
    sound(page)
    page.get_by_role("button", name="Log out").click()
    page.goto("/en/konto/login/?next=/en/konto/2fa/")
    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page).to_have_url(re.compile("/en/konto/2fa/$"))
    expect(page.get_by_text(resident.email)).to_be_visible()


def test_passkey_that_is_not_here_is_said_in_words(open_page: OpenPage):
    page = with_fingerprint_reader(open_page("/en/konto/login/"))
    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page.get_by_text("The passkey did not work")).to_be_visible()
    sound(page)


def test_new_colleague_chooses_an_app_and_gets_to_work(open_page: OpenPage, transactional_db: None):
    colleague = UserFactory(staff=True, email="ny@kommune.example")
    colleague.groups.add(Group.objects.get(name=Role.COMMS.value))
    page = open_page("/en/konto/login/")
    sign_in_by_code(page, colleague.email)

    page.goto("/en/konto/2fa/")
    expect(page.get_by_text("Choose a second key")).to_be_visible()
    sound(page)
    page.get_by_role("link", name="Connect an authenticator app").click()
    secret = page.locator(".secret").inner_text()
    sound(page)
    page.get_by_label("The six digits your app shows now").fill(totp_now(secret))
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    expect(page.locator(".codes li")).to_have_count(10)
    sound(page)
    page.goto("/admin/")
    expect(page).to_have_url(re.compile("/admin/$"))


def test_colleague_shows_the_second_key(open_page: OpenPage, transactional_db: None):
    colleague = staff_with(Role.COMMS)
    page = open_page("/en/konto/login/", width=320)
    sign_in_by_code(page, colleague.email)
    expect(page.get_by_role("heading", level=1)).to_have_text("Show your second key")
    sound(page)

    page.get_by_label("Code from your authenticator app").fill(totp_now())
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("/admin/$"))


def test_citizen_at_the_staff_door_gets_a_page_that_says_no(open_page: OpenPage, resident: User):
    page = open_page("/en/konto/2fa/", user=resident)
    page.watch.expected.add("/admin/")
    page.goto("/admin/")

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    sound(page)
