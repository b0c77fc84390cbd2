"""An account is connected by command or on the screen, and its key goes to one server."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from panel.accounts.models import User
from panel.channels.actions import add_channel, change_channel
from panel.channels.fake.control import FakeNetwork
from panel.channels.keys import KeyState
from panel.channels.mastodon.adapter import Mastodon
from panel.channels.models import Channel, Credential, Kind
from panel.channels.outgoing import Account
from panel.channels.sending import account_of, sender_for
from tests.conftest import SignedIn
from tests.factories.conversations import ChannelFactory
from tests.panel.channels.mastodon.recorded import TOKEN, URL

pytestmark = pytest.mark.django_db

NAME = "@kommune@social.example"


def connected(**fields: Any) -> Channel:
    told: dict[str, Any] = {
        "slug": "toot",
        "name": "Kommunen",
        "external_id": NAME,
        "token": TOKEN,
        "by": None,
    }
    return add_channel(kind="mastodon", **told | fields)


def test_an_account_is_kept_in_one_spelling_and_its_server_is_its_address():
    channel = connected(external_id="https://Social.Example/@Kommune")
    assert (channel.external_id, channel.url, channel.scope) == (
        NAME,
        URL,
        "mastodon:social.example",
    )
    assert account_of(channel) == Account(NAME, TOKEN, URL)
    assert isinstance(sender_for(channel), Mastodon)


def test_a_server_may_have_another_name_than_its_accounts():
    channel = connected(external_id="@kommune@kommune.dk", url="https://social.kommune.dk/@kommune")
    assert (channel.url, channel.scope) == ("https://social.kommune.dk", "mastodon:kommune.dk")


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"external_id": ""}, {"external_id"}),
        ({"external_id": "100200300"}, {"external_id"}),
        ({"token": ""}, {"token"}),
        ({"url": "http://social.example"}, {"url"}),
        ({"url": "https://10.0.0.1"}, {"url"}),
        ({"url": "https://user:pw@social.example"}, {"url"}),
        ({"external_id": "@kommune@127.0.0.1"}, {"url"}),
    ],
)
def test_what_does_not_fit_is_said_of_its_field(fields: dict[str, str], wrong: set[str]):
    with pytest.raises(ValidationError) as caught:
        connected(**fields)
    assert set(caught.value.message_dict) == wrong
    assert not Channel.objects.exists()


def test_an_account_has_one_channel_however_it_is_spelled():
    connected()
    with pytest.raises(ValidationError, match="already"):
        connected(slug="b", external_id="Kommune@social.example")
    assert connected(slug="c", external_id="@presse@social.example")


@pytest.mark.parametrize("fields", [{"url": URL}, {"external_id": NAME}])
def test_the_database_wants_an_account_and_a_server(fields: dict[str, str]):
    with pytest.raises(IntegrityError), transaction.atomic():
        ChannelFactory(kind=Kind.MASTODON, **fields)


def test_a_key_is_not_led_to_another_server(clerk: User):
    channel = connected()
    with pytest.raises(ValidationError, match="new channel"):
        change_channel(channel, name="Ny", url="https://evil.example", is_active=True, by=clerk)
    channel.refresh_from_db()
    assert (channel.name, channel.url) == ("Kommunen", URL)
    change_channel(channel, name="Ny", url=URL, is_active=False, by=clerk)
    channel.refresh_from_db()
    assert (channel.name, channel.is_active) == ("Ny", False)


# --- The command ----------------------------------------------------------------------------------


def add(*arguments: str) -> str:
    out = io.StringIO()
    call_command("add_channel", "mastodon", "--slug", "t", "--name", "T", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_connects_an_account(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TOOT_TOKEN", TOKEN)
    said = add("--url", URL, "--external-id", NAME, "--token-env", "TOOT_TOKEN")
    assert account_of(Channel.objects.get()) == Account(NAME, TOKEN, URL)
    assert TOKEN not in said


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--external-id", NAME], "--token-env"),
        (["--external-id", "kommune", "--token-env", "TOOT_TOKEN"], "@kommune@social.example"),
        (["--external-id", NAME, "--url", "http://a.dk", "--token-env", "TOOT_TOKEN"], "https://"),
    ],
)
def test_the_command_says_what_does_not_fit(
    arguments: list[str], says: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("TOOT_TOKEN", TOKEN)
    with pytest.raises(CommandError, match=says) as caught:
        add(*arguments)
    assert TOKEN not in str(caught.value)
    assert not Channel.objects.exists()


# --- The screens ----------------------------------------------------------------------------------

NEW = {"kind": "mastodon", "name": "Kommunen", "slug": "toot", "external_id": NAME}


def test_an_administrator_connects_an_account(administrator: User, signed_in: SignedIn):
    browser = signed_in(administrator)
    form = browser.get("/admin/channels/new/").content.decode()
    assert "@kommune@social.example" in form
    assert "write:statuses" in form
    answer = browser.post("/admin/channels/new/", NEW | {"token": TOKEN}, follow=True)
    channel = Channel.objects.get()
    assert answer.redirect_chain[-1][0] == f"/admin/channels/{channel.pk}/"
    assert account_of(channel) == Account(NAME, TOKEN, URL)
    assert TOKEN not in answer.content.decode()


def test_an_account_that_is_taken_is_said_on_the_form(clerk: User, signed_in: SignedIn):
    connected()
    again = NEW | {"slug": "ny", "external_id": "Kommune@Social.Example", "token": TOKEN}
    answer = signed_in(clerk).post("/admin/channels/new/", again)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert Channel.objects.count() == 1


def test_the_address_of_a_server_cannot_be_changed_on_the_screen(
    administrator: User, signed_in: SignedIn
):
    channel, browser = connected(), signed_in(administrator)
    address = f"/admin/channels/{channel.pk}/"
    assert "disabled" in browser.get(address).content.decode()
    new = {"name": "Ny", "url": "https://evil.example", "is_active": "on"}
    assert browser.post(address, new).status_code == 302
    channel.refresh_from_db()
    assert (channel.name, channel.url) == ("Ny", URL)


def test_the_page_of_its_key_says_where_a_new_one_is_made(administrator: User, signed_in: SignedIn):
    channel, browser = connected(), signed_in(administrator)
    shown = browser.get(f"/admin/channels/{channel.pk}/key/").content.decode()
    assert "write:statuses" in shown
    assert NAME in shown
    assert TOKEN not in shown


@pytest.mark.parametrize("who", ["editor", "specialist", "member"])
def test_nobody_else_connects_one(who: str, signed_in: SignedIn, request: pytest.FixtureRequest):
    browser = signed_in(request.getfixturevalue(who))
    browser.post("/admin/channels/new/", NEW | {"token": TOKEN})
    assert not Channel.objects.exists()


def test_a_made_up_server_is_connected_and_tested(
    administrator: User, signed_in: SignedIn, settings: Any
):
    with FakeNetwork() as network:
        settings.NETWORK_PRIVATE_HOSTS = ["127.0.0.1"]
        network.add_account("kommune", id="42", name="Byen", token=TOKEN)
        channel = connected(url=network.url)
        answer = signed_in(administrator).post(f"/admin/channels/{channel.pk}/test/", follow=True)
    assert "Byen" in answer.content.decode()
    assert Credential.objects.get().state == KeyState.OK
