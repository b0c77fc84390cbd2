"""A channel's key: given, kept secret, replaced and tested, by command and on the screens."""

from __future__ import annotations

import base64
import io
import os
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import translation
from django.utils.html import escape

from panel.accounts.models import User
from panel.audit.models import Event
from panel.channels import actions
from panel.channels.actions import NoKeyNeeded, add_channel, check_token, set_token
from panel.channels.facebook.adapter import Facebook
from panel.channels.keys import ADVICE, DEAD, KeyCheck, KeyState, Problem
from panel.channels.kinds import KINDS
from panel.channels.models import Channel, Credential, Kind
from panel.channels.outgoing import Account, Answer, NotReached, Outcome, Trouble
from panel.channels.sending import NoSender, account_of, sender_for, sends
from panel.core.clock import now
from tests.conftest import SignedIn
from tests.factories.conversations import ChannelFactory

pytestmark = pytest.mark.django_db

TOKEN = "EAAkanariefuglNoegle"
PAGE = "100200300"


@pytest.fixture
def page(administrator: User) -> Channel:
    return add_channel(
        kind="facebook",
        slug="byen",
        name="Byens side",
        external_id=PAGE,
        token=TOKEN,
        by=administrator,
    )


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> list[KeyCheck | NotReached]:
    """What the network says next about a key."""
    says: list[KeyCheck | NotReached] = []

    def check(self: Facebook, account: Account) -> KeyCheck:
        found = says.pop(0)
        if isinstance(found, NotReached):
            raise found
        return found

    monkeypatch.setattr(Facebook, "check", check)
    return says


def everything_in(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")  # noqa: S608
        return str(cursor.fetchall())


# --- Kept -----------------------------------------------------------------------------------------


def test_a_facebook_channel_knows_the_people_of_its_export(page: Channel):
    assert page.scope == KINDS["byhand"].place(slug="x", external_id=PAGE, url="").scope


def test_a_key_is_readable_only_by_who_acts_with_it(page: Channel):
    assert account_of(page) == Account(PAGE, TOKEN, "")
    assert TOKEN not in everything_in("channels_credential")
    assert TOKEN not in everything_in("audit_event")
    assert TOKEN not in repr(page.credential)


def test_who_sends_for_a_channel(page: Channel):
    assert sends(page)
    assert isinstance(sender_for(page), Facebook)
    by_hand = ChannelFactory()
    assert not sends(by_hand)
    with pytest.raises(NoSender):
        sender_for(by_hand)


def test_a_channel_without_a_key_has_an_account_without_one():
    channel = ChannelFactory(kind=Kind.FACEBOOK, external_id="5")
    assert account_of(channel) == Account("5", "", "")


def test_a_key_nothing_opens_any_more_is_none(page: Channel, settings):
    settings.FIELD_KEYS = [base64.urlsafe_b64encode(os.urandom(32)).decode()]
    assert account_of(page).token == ""


def test_keys_move_to_a_new_field_key(page: Channel, settings):
    newest = base64.urlsafe_b64encode(os.urandom(32)).decode()
    settings.FIELD_KEYS = [newest, *settings.FIELD_KEYS]
    said = io.StringIO()
    call_command("rotate_keys", stdout=said)
    assert "channels.Credential.token: 1" in said.getvalue()
    settings.FIELD_KEYS = [newest]
    assert account_of(page).token == TOKEN


# --- Made and replaced ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"external_id": "", "token": TOKEN}, {"external_id"}),
        ({"external_id": "byensside", "token": TOKEN}, {"external_id"}),
        ({"external_id": "\uff11\uff12", "token": TOKEN}, {"external_id"}),
        ({"external_id": PAGE, "token": " "}, {"token"}),
        ({"external_id": PAGE, "token": "to ord"}, {"token"}),
        ({"external_id": PAGE, "token": "nøgle"}, {"token"}),
        ({"external_id": "", "token": ""}, {"external_id", "token"}),
    ],
)
def test_a_facebook_channel_needs_a_page_and_a_key(fields: dict[str, str], wrong: set[str]):
    with pytest.raises(ValidationError) as caught:
        add_channel(kind="facebook", slug="byen", name="Byen", by=None, **fields)
    assert set(caught.value.message_dict) == wrong
    assert not Channel.objects.exists()


def test_a_channel_by_hand_takes_no_key(page: Channel):
    with pytest.raises(ValidationError, match="no key"):
        add_channel(kind="byhand", slug="a", name="A", token=TOKEN, by=None)
    with pytest.raises(NoKeyNeeded):
        set_token(ChannelFactory(), token=TOKEN, by=None)
    with pytest.raises(NoKeyNeeded):
        check_token(ChannelFactory(), by=None)


def test_a_page_has_one_channel(page: Channel):
    with pytest.raises(ValidationError, match="already"):
        add_channel(kind="facebook", slug="b", name="B", external_id=PAGE, token=TOKEN, by=None)
    # Its export may come in beside it.
    assert add_channel(kind="byhand", slug="c", name="C", external_id=PAGE, by=None)


def test_the_database_wants_a_page_for_a_facebook_channel():
    with pytest.raises(IntegrityError), transaction.atomic():
        ChannelFactory(kind=Kind.FACEBOOK)


def test_a_new_key_is_not_tested_yet(page: Channel, clerk: User):
    Credential.objects.update(state=KeyState.EXPIRED, problem="password", checked_at=now())
    set_token(page, token=f"  {TOKEN}2\n", by=clerk)
    key = Credential.objects.get()
    assert (key.token, key.state, key.problem) == (f"{TOKEN}2", KeyState.NOT_CHECKED, "")
    assert (key.checked_at, key.changed_by) == (None, clerk)
    event = Event.objects.latest("pk")
    assert (event.what, event.detail) == ("channel.key_set", {"slug": "byen"})


# --- Tested ---------------------------------------------------------------------------------------


def test_what_the_network_says_is_noted(page: Channel, clerk: User, network):
    ends = datetime(2027, 1, 1, tzinfo=UTC)
    network.append(KeyCheck(KeyState.OK, page="Byen", expires_at=ends))
    assert check_token(page, by=clerk).page == "Byen"
    key = Credential.objects.get()
    assert (key.state, key.expires_at, key.advice) == (KeyState.OK, ends, "")
    assert key.checked_at is not None
    assert Event.objects.latest("pk").what == "channel.key_checked"

    network.append(KeyCheck(KeyState.EXPIRED, Problem.PASSWORD, code="190/460"))
    check_token(page, by=None)
    key.refresh_from_db()
    assert (key.state, key.problem, key.expires_at) == (KeyState.EXPIRED, "password", None)
    assert "new key" in str(key.advice)
    assert Event.objects.latest("pk").detail["code"] == "190/460"


def test_silence_changes_nothing_that_is_known(page: Channel, network):
    network.append(NotReached(Answer(Outcome.NOT_TRIED, code="connect")))
    with pytest.raises(NotReached):
        check_token(page, by=None)
    assert Credential.objects.get().state == KeyState.NOT_CHECKED


def test_what_is_said_of_an_old_key_does_not_hold_for_the_new_one(
    page: Channel, network, monkeypatch: pytest.MonkeyPatch
):
    def asked_long(channel: Channel) -> Account:
        Credential.objects.update(changed_at=now() + timedelta(seconds=1))
        return Account(PAGE, "den gamle")

    monkeypatch.setattr(actions, "account_of", asked_long)
    network.append(KeyCheck(KeyState.EXPIRED, Problem.RAN_OUT))
    check_token(page, by=None)
    assert Credential.objects.get().state == KeyState.NOT_CHECKED


@pytest.mark.parametrize(
    "odd", [{"state": "ok"}, {"checked_at": now()}, {"state": "fine"}, {"problem": "x"}]
)
def test_the_database_keeps_what_is_known_of_a_key_together(page: Channel, odd: dict):
    with pytest.raises(IntegrityError), transaction.atomic():
        Credential.objects.update(**odd)


def test_a_key_that_was_refused_while_posting_is_known_as_dead(page: Channel):
    before = now() - timedelta(minutes=1)
    actions.key_refused(page, asked_at=before)
    assert Credential.objects.get().state == KeyState.NOT_CHECKED  # it was the old one
    actions.key_refused(page, asked_at=now())
    actions.key_refused(page, asked_at=now())
    key = Credential.objects.get()
    assert key.state in DEAD
    assert key.advice
    assert Event.objects.filter(what="channel.key_refused").count() == 1


# --- The command ----------------------------------------------------------------------------------


def add(*arguments: str) -> str:
    out = io.StringIO()
    call_command("add_channel", "facebook", "--slug", "b", "--name", "B", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_reads_the_key_from_the_environment(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PAGE_TOKEN", f"{TOKEN}\n")
    said = add("--external-id", PAGE, "--token-env", "PAGE_TOKEN")
    assert account_of(Channel.objects.get()).token == TOKEN
    assert TOKEN not in said
    assert Credential.objects.get().changed_by is None


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--external-id", PAGE], "--token-env"),
        (["--external-id", PAGE, "--token-env", "NOT_THERE"], "NOT_THERE is empty"),
        (["--external-id", PAGE, "--token-env", "EMPTY"], "EMPTY is empty"),
        (["--token-env", "PAGE_TOKEN"], "page id"),
        (["--external-id", "byen", "--token-env", "PAGE_TOKEN"], "digits"),
        (["--external-id", PAGE, "--token-env", "WORDS"], "no key"),
    ],
)
def test_the_command_says_what_is_missing_and_makes_nothing(
    arguments: list[str], says: str, monkeypatch: pytest.MonkeyPatch
):
    for name, value in (("PAGE_TOKEN", TOKEN), ("EMPTY", " "), ("WORDS", "a b")):
        monkeypatch.setenv(name, value)
    with pytest.raises(CommandError, match=says) as caught:
        add(*arguments)
    assert TOKEN not in str(caught.value)
    assert not Channel.objects.exists()


# --- The screens ----------------------------------------------------------------------------------

NEW = {"kind": "facebook", "name": "Byens side", "slug": "byen", "external_id": PAGE}


def test_an_administrator_connects_a_page(administrator: User, signed_in: SignedIn):
    browser = signed_in(administrator)
    form = browser.get("/admin/channels/new/").content.decode()
    assert 'type="password" name="token"' in form
    answer = browser.post("/admin/channels/new/", NEW | {"token": TOKEN}, follow=True)
    channel = Channel.objects.get()
    assert answer.redirect_chain[-1][0] == f"/admin/channels/{channel.pk}/"
    assert account_of(channel).token == TOKEN
    assert TOKEN not in answer.content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"token": ""},
        {"token": TOKEN, "external_id": ""},
        {"token": TOKEN, "external_id": "byens-side"},
        {"token": TOKEN, "kind": "byhand"},
        {"token": TOKEN, "kind": "fax"},
    ],
)
def test_what_does_not_fit_is_said_on_the_form_without_the_key(
    clerk: User, signed_in: SignedIn, wrong: dict[str, str]
):
    answer = signed_in(clerk).post("/admin/channels/new/", NEW | wrong)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert TOKEN not in answer.content.decode()
    assert not Channel.objects.exists()


def test_a_taken_page_is_said_on_the_form(page: Channel, clerk: User, signed_in: SignedIn):
    fields = NEW | {"slug": "ny", "token": TOKEN}
    answer = signed_in(clerk).post("/admin/channels/new/", fields)
    assert answer.status_code == 200
    assert Channel.objects.count() == 1


def test_the_channel_s_page_says_how_its_key_is(
    page: Channel, administrator: User, signed_in: SignedIn
):
    browser, address = signed_in(administrator), f"/admin/channels/{page.pk}/"
    shown = browser.get(address).content.decode()
    assert f"{address}test/" in shown
    assert f"{address}key/" in shown
    assert TOKEN not in shown
    Credential.objects.update(
        state=KeyState.EXPIRED, problem="ran_out", checked_at=now(), expires_at=now()
    )
    with translation.override("da"):
        words = [escape(str(each)) for each in (Problem.RAN_OUT.label, ADVICE[Problem.RAN_OUT])]
    shown = browser.get(address).content.decode()
    assert all(each in shown for each in words)


def test_the_key_of_a_page_is_shown_even_where_nothing_opens_it(
    page: Channel, administrator: User, signed_in: SignedIn
):
    browser = signed_in(administrator)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE channels_credential SET token = 'unreadable'")
    assert browser.get(f"/admin/channels/{page.pk}/").status_code == 200


def test_a_channel_that_lost_its_key_asks_for_one(administrator: User, signed_in: SignedIn):
    channel = ChannelFactory(kind=Kind.FACEBOOK, external_id="5")
    browser = signed_in(administrator)
    shown = browser.get(f"/admin/channels/{channel.pk}/").content.decode()
    assert f"/admin/channels/{channel.pk}/key/" in shown
    assert f"/admin/channels/{channel.pk}/test/" not in shown
    browser.post(f"/admin/channels/{channel.pk}/key/", {"token": TOKEN})
    assert account_of(channel).token == TOKEN


def test_an_administrator_replaces_a_key(page: Channel, administrator: User, signed_in: SignedIn):
    browser, address = signed_in(administrator), f"/admin/channels/{page.pk}/key/"
    assert PAGE in browser.get(address).content.decode()
    answer = browser.post(address, {"token": "EAAny"})
    assert answer["Location"] == f"/admin/channels/{page.pk}/"
    assert account_of(page).token == "EAAny"


@pytest.mark.parametrize("token", ["", "to ord", "nøgle"])
def test_what_cannot_be_a_key_replaces_none(
    page: Channel, administrator: User, signed_in: SignedIn, token: str
):
    answer = signed_in(administrator).post(f"/admin/channels/{page.pk}/key/", {"token": token})
    assert answer.status_code == 200
    assert answer.context["form"].errors["token"]
    assert account_of(page).token == TOKEN


@pytest.mark.parametrize(
    ("said", "level"),
    [
        (KeyCheck(KeyState.OK, page="Byen"), "success"),
        (KeyCheck(KeyState.REFUSED, Problem.OTHER_PAGE), "error"),
        (NotReached(Answer(Outcome.NOT_TRIED, code="timeout")), "warning"),
        (NotReached(Answer(Outcome.NOT_TRIED, code="4", trouble=Trouble.LIMIT)), "warning"),
        (NotReached(Answer(Outcome.NOT_TRIED, code="no_key")), "warning"),
    ],
)
def test_testing_the_connection_says_what_came_back(
    page: Channel,
    clerk: User,
    signed_in: SignedIn,
    network,
    said: KeyCheck | NotReached,
    level: str,
):
    network.append(said)
    answer = signed_in(clerk).post(f"/admin/channels/{page.pk}/test/", follow=True)
    assert answer.status_code == 200
    assert [each.level_tag for each in answer.context["messages"]] == [level]


def test_a_channel_by_hand_has_no_key_to_see_or_test(clerk: User, signed_in: SignedIn):
    channel, browser = ChannelFactory(), signed_in(clerk)
    shown = browser.get(f"/admin/channels/{channel.pk}/").content.decode()
    assert f"/admin/channels/{channel.pk}/key/" not in shown
    assert browser.get(f"/admin/channels/{channel.pk}/key/").status_code == 404
    assert browser.post(f"/admin/channels/{channel.pk}/test/").status_code == 404


@pytest.mark.parametrize("what", ["key", "test"])
@pytest.mark.parametrize("who", ["editor", "specialist", "analyst", "member"])
def test_nobody_else_touches_a_key(
    page: Channel, what: str, who: str, signed_in: SignedIn, request: pytest.FixtureRequest
):
    browser = signed_in(request.getfixturevalue(who))
    answer = browser.post(f"/admin/channels/{page.pk}/{what}/", {"token": "EAAny"})
    assert answer.status_code in (302, 403)
    assert "channels" not in answer.headers.get("Location", "")
    assert account_of(page).token == TOKEN
