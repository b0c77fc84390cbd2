"""An account is connected by command or on the screen."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from panel.accounts.models import User
from panel.channels.actions import add_channel
from panel.channels.fake.control import FakeNetwork
from panel.channels.instagram.adapter import Instagram
from panel.channels.keys import KeyState
from panel.channels.models import Channel, Credential, Kind
from panel.channels.outgoing import Account, Act, Verb
from panel.channels.sending import account_of, foresees, picture_rules, sender_for
from tests.conftest import SignedIn
from tests.factories.conversations import ChannelFactory
from tests.panel.channels.instagram.recorded import ACCOUNT, ID

pytestmark = pytest.mark.django_db

TOKEN = ACCOUNT.token


def connected(**fields: Any) -> Channel:
    told = {"slug": "insta", "name": "Kommunen", "external_id": ID, "token": TOKEN, "by": None}
    return add_channel(kind="instagram", **told | fields)


def test_an_account_is_known_by_its_number():
    channel = connected()
    assert (channel.external_id, channel.scope) == (ID, f"instagram:{ID}")
    assert account_of(channel) == Account(ID, TOKEN)
    assert isinstance(sender_for(channel), Instagram)


def test_it_says_what_it_asks_of_a_post():
    channel = connected()
    rules = picture_rules(channel)
    assert (rules.fetched, rules.narrowest, rules.widest) == (True, 0.8, 1.91)
    assert foresees(channel, Act(Verb.POST, "Hej")) == "no_picture"
    usual = ChannelFactory()
    assert not picture_rules(usual).fetched
    assert foresees(usual, Act(Verb.POST, "Hej")) == ""


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"external_id": ""}, {"external_id"}),
        ({"external_id": "fjordby"}, {"external_id"}),
        ({"external_id": "@fjordby"}, {"external_id"}),
        ({"token": ""}, {"token"}),
    ],
)
def test_what_does_not_fit_is_said_of_its_field(fields: dict[str, str], wrong: set[str]):
    with pytest.raises(ValidationError) as caught:
        connected(**fields)
    assert set(caught.value.message_dict) == wrong


def test_an_account_has_one_channel():
    connected()
    with pytest.raises(ValidationError, match="already"):
        connected(slug="b")


def test_the_database_wants_an_account():
    with pytest.raises(IntegrityError), transaction.atomic():
        ChannelFactory(kind=Kind.INSTAGRAM, external_id="")


def test_the_command_connects_an_account(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("IG_TOKEN", TOKEN)
    out = io.StringIO()
    words = ["instagram", "--slug", "i", "--name", "I", "--token-env", "IG_TOKEN"]
    with pytest.raises(CommandError, match="digits"):
        call_command("add_channel", *words, "--external-id", "fjordby", stdout=out)
    call_command("add_channel", *words, "--external-id", ID, stdout=out)
    assert account_of(Channel.objects.get()) == Account(ID, TOKEN)
    assert TOKEN not in out.getvalue()


# --- The screens ----------------------------------------------------------------------------------

NEW = {"kind": "instagram", "name": "Kommunen", "slug": "insta", "external_id": ID}


def test_an_administrator_connects_an_account(administrator: User, signed_in: SignedIn):
    browser = signed_in(administrator)
    form = browser.get("/admin/channels/new/").content.decode()
    assert "instagram_content_publish" in form
    answer = browser.post("/admin/channels/new/", NEW | {"token": TOKEN}, follow=True)
    channel = Channel.objects.get()
    assert answer.redirect_chain[-1][0] == f"/admin/channels/{channel.pk}/"
    assert account_of(channel) == Account(ID, TOKEN)
    assert TOKEN not in answer.content.decode()


@pytest.mark.parametrize("who", ["editor", "specialist", "member"])
def test_nobody_else_connects_one(who: str, signed_in: SignedIn, request: pytest.FixtureRequest):
    signed_in(request.getfixturevalue(who)).post("/admin/channels/new/", NEW | {"token": TOKEN})
    assert not Channel.objects.exists()


def test_a_made_up_account_is_connected_and_tested(
    administrator: User, signed_in: SignedIn, settings: Any
):
    with FakeNetwork() as network:
        settings.FACEBOOK_GRAPH_URL = network.url
        network.add_instagram("fjordby", id=ID, name="Byen", token=TOKEN)
        channel = connected()
        answer = signed_in(administrator).post(f"/admin/channels/{channel.pk}/test/", follow=True)
    assert "Byen" in answer.content.decode()
    assert Credential.objects.get().state == KeyState.OK
