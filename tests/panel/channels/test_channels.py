"""Channels are made by command or on a screen, and mean the same either way."""

from __future__ import annotations

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from panel.accounts.models import User
from panel.audit.models import Event
from panel.channels.actions import add_channel, change_channel
from panel.channels.kinds import KINDS, UnknownKind, adapter_for, kinds_with_files
from panel.channels.models import Channel, Kind
from tests.conftest import SignedIn
from tests.factories.conversations import ChannelFactory

pytestmark = pytest.mark.django_db


def test_every_kind_has_an_adapter_in_its_folder():
    assert set(KINDS) == set(Kind.values)
    assert all(type(adapter).__module__.split(".")[2] == kind for kind, adapter in KINDS.items())


def test_only_channels_by_hand_take_files():
    assert kinds_with_files() == [Kind.BYHAND]


def test_there_is_no_adapter_for_an_unknown_kind():
    with pytest.raises(UnknownKind):
        adapter_for("fax")


def test_two_exports_of_one_page_know_the_same_people():
    def scope(slug: str, external_id: str) -> str:
        return adapter_for(Kind.BYHAND).place(slug=slug, external_id=external_id, url="").scope

    assert scope("a", "9") == scope("b", "9")
    assert scope("a", "") != scope("b", "")


def test_making_a_channel_leaves_a_trail(clerk: User):
    channel = add_channel(kind="byhand", slug="byen", name="Byens side", by=clerk)
    assert (channel.scope, Event.objects.latest("pk").what) == ("byhand:byen", "channel.added")


def test_a_short_name_is_taken_once():
    ChannelFactory(slug="byen")
    with pytest.raises(ValidationError):
        add_channel(kind="byhand", slug="byen", name="Byens side", by=None)


def test_what_may_change_changes_and_the_rest_stays(clerk: User):
    channel = ChannelFactory(slug="byen")
    change_channel(channel, name="Ny", url="https://example.dk", is_active=False, by=clerk)
    again = Channel.objects.get()
    assert (again.name, again.is_active, again.slug) == ("Ny", False, "byen")
    assert not Channel.objects.active().exists()


def test_the_database_keeps_unknown_kinds_out():
    with pytest.raises(IntegrityError):
        ChannelFactory(kind="fax")


# --- The command ----------------------------------------------------------------------------------


def add(*arguments: str) -> str:
    out = io.StringIO()
    call_command("add_channel", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_makes_a_channel_and_says_what_comes_next():
    said = add("byhand", "--slug", "byen", "--name", "Byens side", "--external-id", "77")
    assert Channel.objects.get().scope == "page:77"
    assert "import_comments FILE --channel byen" in said


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["fax", "--slug", "a", "--name", "A"], "byhand, site, facebook, instagram, mastodon"),
        (["byhand", "--slug", "a b", "--name", "A"], ":"),
        (["byhand", "--slug", "a", "--name", ""], ":"),
        (["byhand", "--slug", "a", "--name", "A", "--token-env", "T"], "--token-env"),
    ],
)
def test_the_command_says_what_does_not_fit_and_makes_nothing(arguments: list[str], says: str):
    with pytest.raises(CommandError, match=says):
        add(*arguments)
    assert not Channel.objects.exists()


# --- The screens ----------------------------------------------------------------------------------


def test_a_clerk_makes_a_channel_on_the_screen(clerk: User, signed_in: SignedIn):
    browser = signed_in(clerk)
    assert browser.get("/admin/channels/new/").status_code == 200
    answer = browser.post(
        "/admin/channels/new/", {"kind": "byhand", "name": "Byens side", "slug": "byen"}
    )
    assert answer.status_code == 302
    assert Channel.objects.get().scope == "byhand:byen"
    assert "Byens side" in browser.get("/admin/channels/").content.decode()


def test_a_taken_short_name_is_said_on_the_form(clerk: User, signed_in: SignedIn):
    ChannelFactory(slug="byen")
    fields = {"kind": "byhand", "name": "Byens side", "slug": "byen"}
    answer = signed_in(clerk).post("/admin/channels/new/", fields)
    assert answer.status_code == 200
    assert Channel.objects.count() == 1


def test_a_clerk_changes_a_channel(clerk: User, signed_in: SignedIn):
    channel = ChannelFactory()
    browser = signed_in(clerk)
    assert channel.name in browser.get(f"/admin/channels/{channel.pk}/").content.decode()
    browser.post(f"/admin/channels/{channel.pk}/", {"name": "Ny", "url": "", "is_active": "on"})
    channel.refresh_from_db()
    assert channel.name == "Ny"


@pytest.mark.parametrize("address", ["/admin/channels/", "/admin/channels/new/"])
@pytest.mark.parametrize("who", ["editor", "specialist", "analyst", "member"])
def test_nobody_else_sees_channels(
    address: str, who: str, signed_in: SignedIn, request: pytest.FixtureRequest
):
    answer = signed_in(request.getfixturevalue(who)).get(address)
    assert answer.status_code in (302, 403)
    assert "channels" not in answer.headers.get("Location", "")
