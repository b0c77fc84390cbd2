"""The one way in: a code by e-mail for everybody, a second key for staff, and no other door."""

from __future__ import annotations

import re
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.test import Client
from django.urls import reverse

from panel.accounts.models import User
from tests.conftest import SignedIn
from tests.factories.accounts import TOTP_SECRET, UserFactory

pytestmark = pytest.mark.django_db

LOGIN, CONFIRM = "/konto/login/", "/konto/login/code/confirm/"


def code_in_mail(number: int = -1) -> str:
    """The code in the newest letter."""
    found = re.search(r"\d{4} \d{4}", mail.outbox[number].body)
    assert found
    return found.group()


def totp_now(secret: str = TOTP_SECRET) -> str:
    """What the authenticator app shows."""
    counters = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counters[len(counters) // 2]))


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def ask(client: Client, email: str) -> Any:
    return client.post(LOGIN, {"email": email})


def test_member_comes_in_by_code(stranger: Client, member: User):
    answer = ask(stranger, member.email)
    assert answer["Location"] == CONFIRM

    answer = stranger.post(CONFIRM, {"code": code_in_mail(), "action": "verify"})

    assert answer["Location"] == reverse("members:home")
    assert is_signed_in(stranger)


def test_letter_has_text_and_face_and_the_code_in_its_subject(stranger: Client, member: User):
    ask(stranger, member.email)

    letter = mail.outbox[0]
    assert code_in_mail() in letter.subject
    assert letter.alternatives[0].mimetype == "text/html"
    assert code_in_mail() in letter.alternatives[0].content
    assert "<style" not in letter.alternatives[0].content


def test_code_may_be_typed_with_or_without_the_space(stranger: Client, member: User):
    ask(stranger, member.email)
    stranger.post(CONFIRM, {"code": code_in_mail().replace(" ", "-"), "action": "verify"})

    assert is_signed_in(stranger)


def test_wrong_code_keeps_them_out_and_says_so(stranger: Client, member: User):
    ask(stranger, member.email)
    answer = stranger.post("/en" + CONFIRM, {"code": "0000 0000", "action": "verify"})

    assert not is_signed_in(stranger)
    assert "That is not the code" in answer.content.decode()


def test_code_is_good_for_ten_minutes(stranger: Client, member: User):
    with time_machine.travel(0, tick=False) as clock:
        ask(stranger, member.email)
        clock.shift(601)
        answer = stranger.post(CONFIRM, {"code": code_in_mail(), "action": "verify"})

    assert answer["Location"] == LOGIN + "code/"
    assert not is_signed_in(stranger)


def test_right_code_after_five_wrong_ones_opens_nothing(stranger: Client, member: User):
    ask(stranger, member.email)
    for _attempt in range(5):
        stranger.post(CONFIRM, {"code": "0000 0000", "action": "verify"})
    stranger.post(CONFIRM, {"code": code_in_mail(), "action": "verify"})

    assert not is_signed_in(stranger)


def test_colleague_is_asked_for_the_second_key(stranger: Client, clerk: User):
    ask(stranger, clerk.email)
    answer = stranger.post(CONFIRM, {"code": code_in_mail(), "action": "verify"})
    assert answer["Location"] == "/konto/2fa/authenticate/"
    assert not is_signed_in(stranger)

    answer = stranger.post(answer["Location"], {"code": totp_now()})

    assert answer["Location"] == "/admin/"
    assert stranger.get("/admin/").status_code == 200


def test_code_from_the_app_is_good_once(stranger: Client, clerk: User):
    shown = totp_now()
    for expected in (True, False):
        client = Client()
        ask(client, clerk.email)
        client.post(CONFIRM, {"code": code_in_mail(), "action": "verify"})
        client.post("/konto/2fa/authenticate/", {"code": shown})
        assert is_signed_in(client) is expected


def test_citizen_with_a_passkey_may_still_come_by_code(stranger: Client, member: User):
    Authenticator.objects.create(user=member, type="webauthn", data={"name": "x", "credential": {}})
    ask(stranger, member.email)
    stranger.post(CONFIRM, {"code": code_in_mail(), "action": "verify"})

    assert is_signed_in(stranger)


def test_closed_account_gets_no_code(stranger: Client, member: User):
    member.is_active = False
    member.save()
    ask(stranger, member.email)

    assert not re.search(r"\d{4} \d{4}", mail.outbox[0].body)


def test_session_ends_with_the_first_request_after_closing(signed_in: SignedIn, clerk: User):
    client = signed_in(clerk)
    assert client.get("/admin/").status_code == 200

    User.objects.filter(pk=clerk.pk).update(is_active=False)

    assert client.get("/admin/").status_code == 302


def test_staff_session_is_a_working_day_and_a_citizens_two_weeks(member: User, clerk: User):
    ages = []
    for user in (member, clerk):
        client = Client()
        ask(client, user.email)
        client.post(CONFIRM, {"code": code_in_mail(), "action": "verify"})
        client.post("/konto/2fa/authenticate/", {"code": totp_now()})
        ages.append(client.session.get_expiry_age())

    assert ages == [14 * 24 * 3600, 12 * 3600]


def test_next_is_followed_within_the_house_only(stranger: Client, member: User):
    for wanted, reached in (("/soeg/", "/soeg/"), ("https://evil.example/", "/konto/2fa/")):
        client = Client()
        client.post(LOGIN, {"email": member.email, "next": wanted})
        answer = client.post(CONFIRM, {"code": code_in_mail(), "action": "verify", "next": wanted})
        assert "evil" not in answer["Location"]
        assert answer["Location"] == (reached if wanted == reached else reverse("members:home"))


@pytest.mark.parametrize(
    "address",
    [
        "/admin/login/",
        "/admin/password_reset/",
        "/admin/password_reset/confirm/MQ/abc-def/",
        "/django-admin/login/",
        "/konto/login/",
        "/konto/login/code/",
        "/konto/signup/",
        "/konto/password/reset/",
        "/konto/password/change/",
        "/konto/password/set/",
        "/konto/reauthenticate/",
        "/_util/authenticate_with_password/1/1/",
        "/en/konto/login/",
    ],
)
def test_no_address_lets_a_password_in(stranger: Client, address: str):
    boss = UserFactory(staff=True, is_superuser=True)
    boss.set_password("rigtig hest batteri hæfteklamme")
    boss.save()
    said = {
        "username": boss.email,
        "email": boss.email,
        "login": boss.email,
        "password": "rigtig hest batteri hæfteklamme",
    }

    answer = stranger.post(address, said)

    assert not is_signed_in(stranger)
    assert answer.status_code in (200, 302, 404, 405)
    assert not stranger.login(username=boss.email, password=said["password"])


def test_wagtails_login_leads_to_ours_and_back_within_the_house(stranger: Client):
    assert stranger.get("/admin/login/?next=/admin/pages/")["Location"] == (
        "/konto/login/?next=/admin/pages/"
    )
    assert stranger.get("/admin/login/?next=//evil.example/")["Location"] == (
        "/konto/login/?next=/admin/"
    )
    assert stranger.post("/admin/login/", {"username": "x"})["Location"].startswith("/konto/login/")


def test_signup_leads_to_joining(stranger: Client):
    assert stranger.get("/konto/signup/")["Location"] == reverse("members:join")
    stranger.post("/konto/signup/", {"email": "ny@example.dk"})
    assert not User.objects.exists()


def test_wagtails_logout_logs_out(signed_in: SignedIn, clerk: User):
    client = signed_in(clerk)
    client.post("/admin/logout/")

    assert not is_signed_in(client)


def test_sign_in_page_answers_in_english_too(stranger: Client):
    assert "Send me a code" in stranger.get("/en/konto/login/").content.decode()
