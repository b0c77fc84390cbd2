"""The administrator's screens: who works here, who starts, who leaves."""

from __future__ import annotations

import pytest
from django.contrib.messages import get_messages
from django.core import mail
from django.test import Client
from django.urls import reverse

from panel.accounts.models import User
from panel.accounts.roles import Role, roles_of
from panel.audit.models import Event
from tests.conftest import SignedIn
from tests.factories.accounts import UserFactory, staff_with

pytestmark = pytest.mark.django_db

USERS = "/admin/users/"


@pytest.fixture
def office(signed_in: SignedIn, administrator: User) -> Client:
    return signed_in(administrator)


def said(answer) -> str:
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


@pytest.mark.parametrize("who", ["clerk", "editor", "specialist", "analyst"])
@pytest.mark.parametrize("address", ["", "new/", "edit/{pk}/", "edit/{pk}/end/", "edit/{pk}/keys/"])
def test_others_have_no_business_here(
    request: pytest.FixtureRequest, signed_in: SignedIn, colleague: User, who: str, address: str
):
    client = signed_in(request.getfixturevalue(who))
    for ask in (client.get, client.post):
        answer = ask(USERS + address.format(pk=colleague.pk))
        assert answer.status_code in (302, 403)
        assert answer.status_code == 403 or answer["Location"] == "/admin/"
    assert User.objects.get(pk=colleague.pk).is_active


def test_list_shows_colleagues_and_no_citizen(office: Client, clerk: User, member: User):
    page = office.get(USERS).content.decode()

    assert clerk.name in page
    assert clerk.email in page
    assert str(Role.COMMS.label) in page
    assert member.name not in page
    assert member.email not in page


def test_list_costs_the_same_for_many(office: Client, django_assert_max_num_queries):
    office.get(USERS)
    for _number in range(15):
        staff_with(Role.COMMS, Role.EDITOR)
    with django_assert_max_num_queries(26):
        assert office.get(USERS).status_code == 200


def test_list_filters_by_role_and_search(office: Client, clerk: User, editor: User):
    page = office.get(USERS, {"groups": "editor"}).content.decode()
    assert editor.name in page
    assert clerk.name not in page

    page = office.get(USERS, {"q": "klerk"}).content.decode()
    assert clerk.name in page
    assert editor.name not in page


def test_new_colleague_gets_account_roles_and_letter(office: Client, administrator: User):
    answer = office.post(
        USERS + "new/",
        {"name": "Nynne Ny", "email": "Nynne@kommune.example", "roles": ["comms", "analyst"]},
    )

    assert answer.status_code == 302
    user = User.objects.get(email="nynne@kommune.example")
    assert user.is_staff
    assert roles_of(user) == {Role.COMMS, Role.ANALYST}
    letter = mail.outbox[0]
    assert letter.to == [user.email]
    assert administrator.name in letter.body
    assert "http://testserver/admin/login/" in letter.body


def test_new_colleague_needs_a_role_and_asks_for_no_password(office: Client):
    page = office.get(USERS + "new/").content.decode()
    assert "password" not in page.lower()
    assert 'name="username"' not in page
    assert 'name="first_name"' not in page

    answer = office.post(USERS + "new/", {"name": "Nynne", "email": "n@kommune.example"})
    assert answer.status_code == 200
    assert "roles" in answer.context["form"].errors


def test_who_works_here_already_is_not_made_again(office: Client, clerk: User):
    answer = office.post(
        USERS + "new/", {"name": "Karen", "email": clerk.email.upper(), "roles": ["comms"]}
    )

    assert "email" in answer.context["form"].errors
    assert not mail.outbox


def test_letter_that_cannot_be_sent_is_said(office: Client, monkeypatch: pytest.MonkeyPatch):
    def away(*args: object, **kwargs: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("panel.core.mail.send", away)
    answer = office.post(
        USERS + "new/", {"name": "Nynne", "email": "n@kommune.example", "roles": ["comms"]}
    )

    assert "n@kommune.example" in said(answer)
    assert User.objects.filter(email="n@kommune.example").exists()


def test_roles_and_name_are_changed(office: Client, clerk: User):
    office.post(
        f"{USERS}edit/{clerk.pk}/", {"name": "Karen Kvik", "roles": ["editor", "specialist"]}
    )

    changed = User.objects.get(pk=clerk.pk)
    assert changed.name == "Karen Kvik"
    assert roles_of(changed) == {Role.EDITOR, Role.SPECIALIST}
    assert list(Event.objects.order_by("sequence").values_list("what", flat=True)) == [
        "account.renamed",
        "account.roles_set",
    ]


def test_last_administrator_stays_one(office: Client, administrator: User):
    answer = office.post(
        f"{USERS}edit/{administrator.pk}/", {"name": administrator.name, "roles": ["comms"]}
    )

    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors()
    assert roles_of(User.objects.get(pk=administrator.pk)) == {Role.ADMINISTRATOR}


def test_citizens_account_is_not_found_here(office: Client, member: User):
    for address in ("", "end/", "keys/", "back/", "welcome/"):
        assert office.get(f"{USERS}edit/{member.pk}/{address}").status_code == 404
        assert office.post(f"{USERS}edit/{member.pk}/{address}").status_code == 404
    assert User.objects.get(pk=member.pk).is_active


def test_access_is_ended_and_given_again(office: Client, clerk: User):
    address = f"{USERS}edit/{clerk.pk}/"
    assert "end/" in office.get(address).content.decode()

    office.post(address + "end/")
    assert not User.objects.get(pk=clerk.pk).is_active
    assert "back/" in office.get(address).content.decode()

    office.post(address + "back/")
    assert User.objects.get(pk=clerk.pk).is_active


def test_asking_changes_nothing(office: Client, clerk: User):
    for name in ("end", "keys", "back", "welcome"):
        assert office.get(f"{USERS}edit/{clerk.pk}/{name}/").status_code == 200
    assert User.objects.get(pk=clerk.pk).is_active
    assert not Event.objects.exists()
    assert not mail.outbox


def test_nobody_ends_their_own_access(office: Client, administrator: User):
    staff_with(Role.ADMINISTRATOR)
    answer = office.post(f"{USERS}edit/{administrator.pk}/end/")

    assert said(answer)
    assert User.objects.get(pk=administrator.pk).is_active


def test_lost_keys_are_reset(office: Client, clerk: User):
    office.post(f"{USERS}edit/{clerk.pk}/keys/")

    assert not clerk.authenticator_set.exists()
    assert Event.objects.get().what == "account.second_factor_forgotten"


def test_welcome_is_sent_again(office: Client, clerk: User):
    office.post(f"{USERS}edit/{clerk.pk}/welcome/")

    assert mail.outbox[0].to == [clerk.email]


def test_nobody_is_deleted_or_changed_in_bulk(office: Client, clerk: User, signed_in: SignedIn):
    boss = signed_in(UserFactory(staff=True, is_superuser=True, email="chef@kommune.example"))
    boss_user = User.objects.get(email="chef@kommune.example")
    boss_user.authenticator_set.create(type="totp", data={"secret": ""})
    for client in (office, boss):
        assert client.post(f"{USERS}delete/{clerk.pk}/").status_code in (302, 403)
        for action in ("delete", "set_active_state", "assign_role"):
            address = f"/admin/bulk/accounts/user/{action}/?id={clerk.pk}"
            assert client.get(address).status_code == 403
            assert client.post(address, {"mark_as_active": "False"}).status_code == 403
    kept = User.objects.get(pk=clerk.pk)
    assert kept.is_active
    assert roles_of(kept) == {Role.COMMS}


def test_own_account_page_asks_for_name_and_language_only(signed_in: SignedIn, clerk: User):
    client = signed_in(clerk)
    page = client.get("/admin/account/").content.decode()
    assert "first_name" not in page
    assert "password" not in page.lower()
    assert 'type="file"' not in page
    assert reverse("mfa_index") in page

    answer = client.post(
        "/admin/account/",
        {
            "name-name": "Karen K.",
            "locale-preferred_language": "en",
            "theme-theme": "system",
            "theme-contrast": "system",
            "theme-density": "default",
        },
    )
    assert answer.status_code == 302
    assert User.objects.get(pk=clerk.pk).name == "Karen K."
