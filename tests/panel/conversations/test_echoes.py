"""What we sent comes back, before the answer or after it, and both pages know of one another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from panel.accounts.models import User
from panel.channels.models import Channel
from panel.channels.outgoing import Act, Verb
from panel.conversations.echoes import echoes_of, outgoing_of
from panel.conversations.models import Post
from panel.core.clock import now
from panel.outbox import actions, sending
from panel.outbox.models import Outgoing, State
from tests.factories.conversations import ChannelFactory, said
from tests.factories.outbox import attempt, facebook_channel, outgoing
from tests.panel.conversations.vanishing import CITIZEN, US, hear, post
from tests.panel.outbox.screens import Browser, in_english, markup, press, says

pytestmark = pytest.mark.django_db

WORDS = "Nu er der plads til 200 cykler."
URL = "https://www.facebook.com/100200300_7"


@pytest.fixture
def channel(db: None) -> Channel:
    return facebook_channel(external_id="100200300", name="Byens side")


@pytest.fixture
def reads(
    signed_in: Callable[[User], Client], clerk: User, specialist: User, analyst: User
) -> Browser:
    in_english(clerk, specialist, analyst)
    return signed_in


def echo(channel: Channel, **fields: Any) -> Post:
    hear(channel, post(7, **({"text": WORDS, "posted_at": now(), "url": URL} | fields)))
    return Post.objects.get(channel=channel, external_id="p7")


def doubtful(channel: Channel, text: str = WORDS) -> Outgoing:
    row = outgoing(channel=channel, state=State.UNKNOWN, act=Act(Verb.POST, text=text))
    attempt(row, started_at=now() - timedelta(minutes=1))
    return row


@pytest.mark.parametrize("first", ["echo", "answer"])
def test_whichever_comes_first_they_find_one_another(channel: Channel, first: str):
    row = outgoing(channel=channel, state=State.SENDING)
    if first == "echo":
        echo(channel)
        assert outgoing_of(Post.objects.get()) is None
        assert echoes_of(row).of is None
    found = sending.sent("p7", URL, at=now())
    Outgoing.objects.filter(pk=row.pk).update(**found)
    row.refresh_from_db()
    if first == "answer":
        assert echoes_of(row).of is None
        echo(channel)
    hear(channel, said(1, post="p7"), said(2, post="p7"))

    assert outgoing_of(Post.objects.get()) == row
    back = echoes_of(row).of
    assert back is not None
    assert back.comments == 2


def test_the_same_id_on_another_channel_is_something_else(channel: Channel):
    row = outgoing(channel=channel, state=State.SENT, external_id="p7")
    other = echo(ChannelFactory())
    assert outgoing_of(other) is None
    assert echoes_of(row).of is None
    hear(channel, said(1, post=""))
    assert outgoing_of(Post.objects.get(external_id="", channel=channel)) is None


def test_an_address_that_a_person_gave_is_enough(channel: Channel, clerk: User):
    row = doubtful(channel)
    there = echo(channel)
    assert outgoing_of(there) is None
    actions.is_there(row, url=URL, by=clerk)
    row.refresh_from_db()
    assert outgoing_of(there) == row
    assert echoes_of(row).of is not None


def test_both_pages_lead_to_one_another(
    reads: Browser, clerk: User, analyst: User, channel: Channel
):
    row = outgoing(channel=channel, state=State.SENT, external_id="p7", title="Nye stativer")
    there = echo(channel)
    hear(channel, said(1, post="p7"), said(2, post="p7"))
    thread = reverse("threads:thread", args=[there.public_id])

    assert "2 comments have come in under it." in says(reads(clerk), "outbox:item", row.pk)
    assert thread in markup(reads(clerk), "outbox:item", row.pk)
    # Figures are an analyst's, citizens' words are not.
    assert "2 comments have come in under it." in says(reads(analyst), "outbox:item", row.pk)
    assert thread not in markup(reads(analyst), "outbox:item", row.pk)

    assert "Sent by us, from “Nye stativer”" in says(
        reads(clerk), "threads:thread", there.public_id
    )
    assert reverse("outbox:item", args=[row.pk]) in markup(
        reads(clerk), "threads:thread", there.public_id
    )


def test_what_we_did_not_send_says_nothing_of_it(reads: Browser, clerk: User, channel: Channel):
    there = echo(channel)
    assert "Sent by us" not in says(reads(clerk), "threads:thread", there.public_id)
    row = outgoing(channel=channel)
    assert "come in under it" not in says(reads(clerk), "outbox:item", row.pk)


def test_the_same_words_are_proposed_and_never_decided(
    reads: Browser, clerk: User, channel: Channel
):
    row = doubtful(channel)
    there = echo(channel, text="Nu er der  plads til\n200 cykler.\n\nhttps://fjordby.dk")

    shown = says(reads(clerk), "outbox:item", row.pk)
    assert "a post of ours with the same words" in shown
    assert f'value="{URL}"' in markup(reads(clerk), "outbox:item", row.pk)
    row.refresh_from_db()
    assert (row.state, row.external_id, row.url) == (State.UNKNOWN, "", "")

    press(reads(clerk), "is_there", row, url=URL)
    row.refresh_from_db()
    assert (row.state, row.settled_by) == (State.SENT, clerk)
    assert outgoing_of(there) == row


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "Andre ord"},
        {"by": CITIZEN},
        {"by": None},
        {"posted_at": now() - timedelta(hours=2)},
    ],
)
def test_what_is_not_ours_or_older_or_other_words_is_not_proposed(
    channel: Channel, fields: dict[str, Any]
):
    row = doubtful(channel)
    echo(channel, **fields)
    assert echoes_of(row).like == ()


def test_what_is_something_else_of_ours_or_gone_is_not_proposed(channel: Channel):
    row = doubtful(channel)
    there = echo(channel)
    assert len(echoes_of(row).like) == 1
    other = outgoing(channel=channel, state=State.SENT, external_id="p7")
    assert echoes_of(row).like == ()
    other.delete()
    Post.objects.filter(pk=there.pk).update(removed_at=now())
    assert echoes_of(row).like == ()


def test_without_words_or_a_try_there_is_nothing_to_compare(channel: Channel):
    echo(channel)
    assert echoes_of(doubtful(channel, text=" ")).like == ()
    assert echoes_of(outgoing(channel=channel, state=State.UNKNOWN)).like == ()


def test_of_two_with_the_same_words_none_is_filled_in(
    reads: Browser, clerk: User, channel: Channel
):
    row = doubtful(channel)
    echo(channel)
    hear(channel, post(8, by=US, text=WORDS, posted_at=now(), url=URL + "8"))
    assert len(echoes_of(row).like) == 2
    assert f'value="{URL}' not in markup(reads(clerk), "outbox:item", row.pk)
