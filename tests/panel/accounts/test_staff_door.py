"""Nothing of the staff address answers before both keys were shown; and what may be cached."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.messages import get_messages
from django.core.cache import cache
from django.test import Client

from panel.accounts import second_factor
from panel.accounts.models import User
from panel.accounts.roles import Role
from tests.conftest import BACKEND, SignedIn
from tests.factories.accounts import TOTP_SECRET, UserFactory, staff_with
from tests.panel.accounts.test_sign_in import totp_now

pytestmark = pytest.mark.django_db

ADDRESSES = ["/admin/", "/admin/pages/", "/admin/users/", "/admin/no-such-page/", "/admin/jsi18n/"]


def with_first_key_only(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


@pytest.mark.parametrize("address", ADDRESSES)
def test_stranger_is_led_to_sign_in_and_back(stranger: Client, address: str):
    answer = stranger.get(address)

    assert answer["Location"] == f"/konto/login/?next={address}"


def test_strangers_post_is_led_to_sign_in_and_does_nothing(stranger: Client):
    answer = stranger.post("/admin/users/new/", {"email": "ny@kommune.example"})

    assert answer["Location"] == "/konto/login/?next=/admin/"
    assert not User.objects.exists()


def test_strangers_script_gets_a_plain_no(stranger: Client):
    assert (
        stranger.get("/admin/", headers={"X-Requested-With": "XMLHttpRequest"}).status_code == 403
    )


@pytest.mark.parametrize("address", ADDRESSES)
def test_citizen_gets_a_no_and_no_circle(signed_in: SignedIn, member: User, address: str):
    answer = signed_in(member).get(address, follow=True)

    assert answer.status_code == 403
    assert not answer.redirect_chain


def test_citizen_with_a_second_key_gets_the_same_no(signed_in: SignedIn, member: User):
    Authenticator.objects.create(user=member, type="totp", data={"secret": ""})
    client = signed_in(member)
    session = client.session
    session[second_factor.SESSION_KEY] = str(member.public_id)
    session.save()

    assert client.get("/admin/").status_code == 403


def test_colleague_without_a_role_gets_a_no(signed_in: SignedIn):
    assert signed_in(staff_with()).get("/admin/").status_code == 403


@pytest.mark.parametrize("address", ADDRESSES)
def test_colleague_without_second_key_reaches_only_the_setup(address: str):
    user = UserFactory(staff=True, is_superuser=True)
    answer = with_first_key_only(user).get(address)

    assert answer["Location"] == "/konto/2fa/"
    assert list(get_messages(answer.wsgi_request))


@pytest.mark.django_db(transaction=True)
def test_setup_page_offers_app_and_passkey_and_opens_the_door():
    user = staff_with(Role.COMMS)
    Authenticator.objects.all().delete()
    client = with_first_key_only(user)
    page = client.get("/en/konto/2fa/").content.decode()
    assert "Connect an authenticator app" in page
    assert "Add a passkey" in page

    client.get("/konto/2fa/totp/activate/")
    session = client.session
    session["mfa.totp.secret"] = TOTP_SECRET
    session.save()
    answer = client.post("/konto/2fa/totp/activate/", {"code": totp_now()}, follow=True)

    assert answer.redirect_chain[-1][0] == "/konto/2fa/recovery-codes/"
    assert len(answer.context["unused_codes"]) == 10
    assert client.get("/admin/").status_code == 200


def test_session_that_showed_no_second_key_must_show_it_first(clerk: User):
    client = with_first_key_only(clerk)
    answer = client.get("/admin/pages/")
    assert answer["Location"] == "/konto/2fa/reauthenticate/?next=/admin/pages/"

    answer = client.post(answer["Location"], {"code": totp_now(), "next": "/admin/pages/"})

    assert answer["Location"] == "/admin/pages/"
    assert client.get("/admin/").status_code == 200


def test_a_second_key_shown_by_somebody_else_does_not_count(clerk: User, colleague: User):
    client = with_first_key_only(clerk)
    session = client.session
    session[second_factor.SESSION_KEY] = str(colleague.public_id)
    session.save()

    assert client.get("/admin/").status_code == 302


def test_second_key_taken_away_closes_the_door(signed_in: SignedIn, clerk: User):
    client = signed_in(clerk)
    assert client.get("/admin/").status_code == 200
    Authenticator.objects.filter(user=clerk).delete()

    assert client.get("/admin/")["Location"] == "/konto/2fa/"


def test_wrong_codes_are_limited_and_do_not_lock_out_for_ever(clerk: User):
    client = with_first_key_only(clerk)
    for _attempt in range(5):
        client.post("/konto/2fa/reauthenticate/", {"code": "000000"})
    client.post("/konto/2fa/reauthenticate/", {"code": totp_now()})
    assert client.get("/admin/").status_code == 302

    cache.clear()
    client.post("/konto/2fa/reauthenticate/", {"code": totp_now()})
    assert client.get("/admin/").status_code == 200


def test_pages_of_a_session_are_stored_nowhere(signed_in: SignedIn, member: User, clerk: User):
    for user, address in ((member, "/konto/2fa/"), (clerk, "/admin/"), (member, "/soeg/")):
        assert "no-store" in signed_in(user).get(address)["Cache-Control"]


def test_signing_in_is_stored_nowhere(stranger: Client, member: User):
    for address in ("/konto/login/", "/konto/login/code/confirm/"):
        assert "no-store" in stranger.get(address)["Cache-Control"]


def test_a_strangers_pages_carry_no_cookie_and_no_order_about_caches(stranger: Client):
    answer = stranger.get("/soeg/")

    assert not answer.cookies
    assert "no-store" not in answer.get("Cache-Control", "")
