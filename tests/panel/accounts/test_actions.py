"""Accounts made, changed and ended; roles given; and the trail of it."""

from __future__ import annotations

import threading

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from panel.accounts import actions, roles
from panel.accounts.actions import citizen_for, close_account, end_employment, take_on
from panel.accounts.models import User
from panel.accounts.roles import Role, has_role, roles_of
from panel.audit.models import Event
from panel.audit.reports import verify
from tests.conftest import SignedIn
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def trail() -> list[str]:
    return list(Event.objects.order_by("sequence").values_list("what", flat=True))


def test_citizen_for_makes_an_account_with_a_proved_address():
    user = citizen_for(" Mette@Example.DK ")

    assert user.email == "mette@example.dk"
    assert not user.has_usable_password()
    assert not user.is_staff
    address = EmailAddress.objects.get()
    assert (address.user, address.email, address.verified) == (user, user.email, True)
    assert trail() == ["account.made"]


def test_citizen_for_gives_back_the_account_there_is(member: User):
    assert citizen_for(member.email.upper()) == member
    assert User.objects.count() == 1
    assert trail() == []


@pytest.mark.django_db(transaction=True)
def test_citizen_for_at_once_is_one_account():
    def make() -> None:
        try:
            citizen_for("mette@example.dk")
        finally:
            connection.close()

    threads = [threading.Thread(target=make) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert User.objects.count() == 1
    assert trail() == ["account.made"]


def test_close_account_leaves_no_account_address_or_key(member: User):
    Authenticator.objects.create(user=member, type="webauthn", data={})
    close_account(member, by=member)

    assert not User.objects.exists()
    assert not EmailAddress.objects.exists()
    assert not Authenticator.objects.exists()
    assert trail() == ["account.closed"]


def test_close_account_ends_open_sessions(signed_in: SignedIn, member: User):
    client = signed_in(member)
    assert client.get("/konto/2fa/").status_code == 200
    close_account(member, by=member)

    assert client.get("/konto/2fa/").status_code == 302


def test_close_account_refuses_a_colleague(clerk: User):
    with pytest.raises(PermissionDenied, match="ended, not deleted"):
        close_account(clerk, by=clerk)


def test_take_on_makes_a_colleague_with_roles(administrator: User):
    user = take_on(
        "ny@kommune.example",
        name="Nynne Ny",
        roles=frozenset({Role.COMMS, Role.ANALYST}),
        by=administrator,
    )

    assert user.is_staff
    assert roles_of(user) == {Role.COMMS, Role.ANALYST}
    assert trail() == ["account.made", "account.taken_on", "account.roles_set"]
    assert Event.objects.latest("sequence").by_id == administrator.pk


def test_take_on_makes_a_colleague_of_a_member(administrator: User, member: User):
    user = take_on(member.email, name="Mette", roles=frozenset({Role.SPECIALIST}), by=administrator)

    assert user == member
    assert User.objects.get(pk=member.pk).is_staff


def test_roles_are_set_not_added(clerk: User, administrator: User):
    actions.set_roles(clerk, roles=frozenset({Role.EDITOR}), by=administrator)
    actions.set_roles(clerk, roles=frozenset({Role.EDITOR}), by=administrator)

    assert roles_of(clerk) == {Role.EDITOR}
    assert Event.objects.get().detail == {"had": ["comms"], "has": ["editor"]}


def test_ended_employment_takes_roles_keys_and_the_way_in(
    signed_in: SignedIn, clerk: User, administrator: User
):
    client = signed_in(clerk)
    end_employment(clerk, by=administrator)

    gone = User.objects.get(pk=clerk.pk)
    assert not gone.is_active
    assert roles_of(gone) == frozenset()
    assert not Authenticator.objects.filter(user=gone).exists()
    assert client.get("/admin/").status_code == 302
    assert str(gone) == "Karen Klerk"


def test_taken_back_colleague_starts_without_roles_and_keys(clerk: User, administrator: User):
    end_employment(clerk, by=administrator)
    actions.take_back(clerk, by=administrator)

    assert clerk.is_active
    assert roles_of(clerk) == frozenset()


def test_roles_are_one_query(clerk: User, django_assert_num_queries):
    user = User.objects.get(pk=clerk.pk)
    with django_assert_num_queries(1):
        assert has_role(user, Role.COMMS, Role.EDITOR)
        assert not has_role(user, Role.EDITOR)


def test_superuser_has_every_role_and_nobody_else_has():
    assert roles_of(UserFactory(staff=True, is_superuser=True)) == frozenset(Role)
    assert roles_of(UserFactory(is_superuser=True, is_active=False)) == frozenset()
    assert roles_of(UserFactory()) == frozenset()


def test_sync_roles_takes_away_what_is_not_in_the_table(clerk: User, monkeypatch):
    called = []
    monkeypatch.setattr(roles, "_granters", [called.append])
    call_command("sync_roles")
    group = called[0][Role.COMMS]
    table = set(group.permissions.values_list("content_type__app_label", "codename"))
    assert table == set(roles.PERMISSIONS[Role.COMMS])

    group.permissions.clear()
    call_command("sync_roles")
    assert set(group.permissions.values_list("codename", flat=True)) == {
        name for _app, name in roles.PERMISSIONS[Role.COMMS]
    }


def test_sync_roles_names_a_permission_nobody_declares(monkeypatch):
    table = dict.fromkeys(Role, (("nowhere", "do_nothing"),))
    monkeypatch.setattr(actions, "PERMISSIONS", table)
    with pytest.raises(ImproperlyConfigured, match="do_nothing"):
        actions.sync_roles()


def test_colleagues_comings_are_in_the_trail_and_citizens_are_not(clerk: User, member: User):
    for user in (clerk, member):
        Client().force_login(user, backend="panel.accounts.backends.AccountBackend")

    assert [(event.what, event.by_id) for event in Event.objects.all()] == [
        ("account.signed_in", clerk.pk)
    ]
    assert not verify().faults


def test_take_on_command_makes_the_first_administrator(capsys):
    call_command("take_on", "chef@kommune.example", name="Chef", role=["administrator"])

    assert has_role(User.objects.get(email="chef@kommune.example"), Role.ADMINISTRATOR)
    assert Event.objects.latest("sequence").by_id is None
    with pytest.raises(CommandError, match="no e-mail address"):
        call_command("take_on", "chef", name="Chef", role=["administrator"])
