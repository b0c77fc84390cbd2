"""The address of a picture that a network comes for: open while it is sent, and to nobody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from panel.channels.models import Channel
from panel.channels.outgoing import Act, Answer, Outcome, Picture, Trouble, Verb
from panel.core.clock import now
from panel.outbox import sending
from panel.outbox.fetching import NotThere, address_of, picture_at, with_addresses
from panel.outbox.models import Outgoing, State
from panel.outbox.payloads import digests, storage
from tests.factories.network_pictures import jpeg
from tests.factories.outbox import facebook_channel, instagram_channel, outgoing
from tests.panel.outbox.scripted import Scripted, network

__all__ = ["network"]
pytestmark = pytest.mark.django_db

PICTURE, OTHER = Picture(jpeg("#123456"), "En bro"), Picture(jpeg("#654321"), "En å")
POST = Act(Verb.POST, "Se her", pictures=(PICTURE,))


@pytest.fixture
def account(db: None) -> Channel:
    return instagram_channel()


def being_sent(account: Channel, **fields: Any) -> Outgoing:
    return outgoing(**{"channel": account, "act": POST, "state": State.SENDING} | fields)


def path_of(row: Outgoing, digest: str = "") -> str:
    address = address_of(row, digest or digests(row.payload)[0])
    assert address.startswith("http://testserver/network-picture/")
    return address.removeprefix("http://testserver")


def test_the_picture_is_shown_while_it_is_sent(account: Channel, client: Client):
    answer = client.get(path_of(being_sent(account)))
    assert (answer.status_code, answer.content) == (200, PICTURE.data)
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Robots-Tag"] == "noindex"
    assert not answer.cookies
    assert "Vary" not in answer or "Cookie" not in answer["Vary"]


def test_who_only_asks_whether_it_is_there_gets_no_picture(account: Channel, client: Client):
    answer = client.head(path_of(being_sent(account)))
    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_can_only_be_read(account: Channel, client: Client, method: str):
    assert getattr(client, method)(path_of(being_sent(account))).status_code == 405


@pytest.mark.parametrize("state", [state for state in State if state != State.SENDING])
def test_what_is_not_being_sent_is_not_shown(account: Channel, client: Client, state: str):
    answer = client.get(path_of(being_sent(account, state=state)))
    assert (answer.status_code, answer.content) == (404, b"Not here.")
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies


def test_only_networks_that_come_for_pictures_are_shown_one(client: Client):
    assert client.get(path_of(being_sent(facebook_channel()))).status_code == 404


def test_only_pictures_of_the_post_are_shown(account: Channel, client: Client):
    row = being_sent(account)
    other = being_sent(account, act=Act(Verb.POST, "Nej", pictures=(OTHER,)))
    assert client.get(path_of(row, digests(other.payload)[0])).status_code == 404


def test_after_a_few_hours_it_is_closed(account: Channel, client: Client):
    path = path_of(being_sent(account))
    with time_machine.travel(now() + timedelta(hours=2, minutes=59)):
        assert client.get(path).status_code == 200
    with time_machine.travel(now() + timedelta(hours=3, minutes=1)):
        assert client.get(path).status_code == 404


def test_a_file_that_is_gone_or_another_one_now_is_not_shown(account: Channel, client: Client):
    row = being_sent(account, act=Act(Verb.POST, "Se", pictures=(OTHER,)))
    [digest] = digests(row.payload)
    kept = storage.path(f"{digest}.jpg")
    with open(kept, "wb") as file:
        file.write(PICTURE.data)
    assert client.get(path_of(row)).status_code == 404
    storage.delete(f"{digest}.jpg")
    assert client.get(path_of(row)).status_code == 404


@given(st.data())
def test_no_address_that_was_not_signed_leads_anywhere(data: st.DataObject):
    token = "WzEsImFiIl0.1abcDE.c2lnbmF0dXJlLW9mLW5vYm9keQ"
    at = data.draw(st.integers(0, len(token) - 1))
    letter = data.draw(st.characters(codec="utf-8"))
    with pytest.raises(NotThere):
        picture_at(token[:at] + letter + token[at + 1 :])


def test_any_change_to_a_good_address_closes_it(
    account: Channel, client: Client, django_assert_num_queries: Any
):
    path = path_of(being_sent(account))
    token = path.removeprefix("/network-picture/").removesuffix(".jpg")
    for at in range(len(token)):
        changed = token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :]
        # Nothing of ours is looked up for who only tries.
        with django_assert_num_queries(0), pytest.raises(NotThere):
            picture_at(changed)
    assert client.get(f"/network-picture/{changed}.jpg").status_code == 404
    assert client.get("/network-picture/x.jpg").status_code == 404


# --- On the way out -------------------------------------------------------------------------------


def test_only_who_needs_an_address_is_told_one(account: Channel):
    row, elsewhere = being_sent(account), being_sent(facebook_channel())
    [picture] = with_addresses(row, POST).pictures
    assert picture.address.startswith("http://testserver/network-picture/")
    assert picture.data == PICTURE.data
    assert with_addresses(elsewhere, POST) is POST


def test_the_network_can_fetch_each_picture_during_the_call_and_not_after(
    account: Channel, client: Client, network: Scripted
):
    act = Act(Verb.POST, "Se her", pictures=(PICTURE, OTHER))
    row = outgoing(channel=account, act=act)
    got: list[bytes] = []

    def fetch() -> None:
        _account, asked = network.asked[-1]
        got.extend(client.get(each.address).content for each in asked.pictures)

    network.meanwhile = fetch
    sending.deliver()
    assert got == [PICTURE.data, OTHER.data]
    row.refresh_from_db()
    assert row.state == State.SENT
    _account, asked = network.asked[-1]
    assert client.get(asked.pictures[0].address).status_code == 404


def test_a_spent_quota_holds_the_channel_back_and_loses_nothing(
    account: Channel, network: Scripted
):
    row = outgoing(channel=account, act=POST)
    network.answers = [
        Answer(Outcome.NOT_TRIED, code="quota", trouble=Trouble.LIMIT, wait=timedelta(hours=1))
    ]
    sending.deliver()
    sending.deliver()
    row.refresh_from_db()
    assert (row.state, row.code, len(network.asked)) == (State.DUE, "quota", 1)
