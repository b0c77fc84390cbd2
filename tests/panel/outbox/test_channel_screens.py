"""One channel's way to its network: what stands in it, what waits, its pause."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from panel.accounts.models import User
from panel.channels import actions as channels
from panel.channels.keys import KeyState, Problem
from panel.channels.models import Channel, Credential
from panel.core.clock import now
from panel.outbox import actions
from panel.outbox.models import Lane, Pause, State
from panel.outbox.models.outgoing import LOOKS
from tests.factories.outbox import TOKEN, facebook_channel, outgoing
from tests.factories.stories import channel as by_hand
from tests.panel.outbox.screens import HOME, INDEX, Browser, main_of, markup, says, text

pytestmark = pytest.mark.django_db

PAGE, PAUSE, GO_ON = "outbox:channel", "outbox:pause", "outbox:go_on"


def kill_key(channel: Channel, problem: str = Problem.PASSWORD) -> None:
    Credential.objects.filter(channel=channel).update(
        state=KeyState.EXPIRED, problem=problem, checked_at=now()
    )


def test_a_channel_that_is_well_says_so_to_every_colleague(
    reads: Browser, clerk: User, specialist: User, analyst: User
):
    channel = facebook_channel()
    for who in (clerk, specialist, analyst):
        assert "What is due goes out at once" in says(reads(who), PAGE, channel.pk)
    assert "Pause this channel" in says(reads(clerk), PAGE, channel.pk)
    assert "Pause this channel" not in says(reads(specialist), PAGE, channel.pk)


def test_somebody_pauses_one_channel_with_a_reason(reads: Browser, clerk: User, editor: User):
    channel, other = facebook_channel(), facebook_channel(name="Biblioteket")
    browser = reads(clerk)
    path = reverse(PAUSE, args=[channel.pk])
    empty = browser.post(path, {"reason": " "})
    assert empty.status_code == 422
    assert "Error:" in empty.content.decode()
    assert not Pause.objects.exists()

    said = text(browser.post(path, {"reason": "Storm"}, follow=True))

    assert "Facebook-siden is paused. Nothing goes out there." in said
    assert "Karen Klerk paused the channel on" in said
    row, elsewhere = outgoing(channel=channel), outgoing(channel=other)
    assert "Waits: the channel is paused" in says(reads(editor), "outbox:item", row.pk)
    assert "Goes out in a moment" in says(reads(editor), "outbox:item", elsewhere.pk)
    assert "Paused by Karen Klerk" in says(reads(editor), INDEX)


def test_two_who_pause_at_once_the_second_is_told(reads: Browser, clerk: User, editor: User):
    channel = facebook_channel()
    actions.pause(reason="Storm", by=clerk, channel=channel)

    answer = reads(editor).post(
        reverse(PAUSE, args=[channel.pk]), {"reason": "Også mig"}, follow=True
    )

    assert "This channel is paused already." in text(answer)
    assert Pause.objects.get().started_by == clerk


def test_a_pause_says_what_its_end_does(reads: Browser, clerk: User, editor: User):
    hour = timedelta(hours=1)
    channel = facebook_channel()
    actions.pause(reason="Storm", by=clerk, channel=channel)
    outgoing(channel=channel)
    outgoing(channel=channel, due_at=now() + hour)
    outgoing(channel=channel, due_at=now() - 2 * hour, latest_at=now() - hour)
    outgoing(channel=channel, state=State.MISSED, latest_at=now() + timedelta(seconds=1))
    outgoing(channel=channel, state=State.MISSED, due_at=now() - 3 * hour, latest_at=now() - hour)
    outgoing(channel=channel, state=State.UNKNOWN)
    outgoing(channel=channel, state=State.UNKNOWN, looks=LOOKS)
    browser = reads(editor)

    said = says(browser, PAGE, channel.pk)
    figures = "Waiting 3 Would go out at once 1 Too late by now 2"
    assert f"{figures} Being looked for 1 In doubt, for a person 1" in said

    answer = browser.post(reverse(GO_ON, args=[channel.pk]), follow=True)
    assert "The pause of Facebook-siden is over." in text(answer)
    assert not Pause.objects.on().exists()
    again = browser.post(reverse(GO_ON, args=[channel.pk]), follow=True)
    assert "Nothing is paused." in text(again)


def test_who_may_only_look_stops_nothing(
    reads: Browser, clerk: User, specialist: User, analyst: User, stranger: Client
):
    channel = facebook_channel()
    for who in (specialist, analyst):
        answer = reads(who).post(reverse(PAUSE, args=[channel.pk]), {"reason": "Nej"})
        assert answer["Location"] == reverse(HOME)
    assert not Pause.objects.exists()

    actions.pause(reason="Storm", by=clerk, channel=channel)
    reads(specialist).post(reverse(GO_ON, args=[channel.pk]))
    assert stranger.post(reverse(GO_ON, args=[channel.pk])).status_code == 302
    assert Pause.objects.on().exists()
    assert "administrator can let it go on" in says(reads(specialist), PAGE, channel.pk)


def test_a_dead_key_says_what_is_wrong_and_leads_to_who_can_mend_it(
    reads: Browser, clerk: User, editor: User
):
    channel = facebook_channel()
    row = outgoing(channel=channel)
    kill_key(channel)
    edit = reverse("channels:edit", args=[channel.pk])

    said = says(reads(clerk), PAGE, channel.pk)
    assert "Must be connected anew" in said
    assert "has changed their password" in said
    assert edit in main_of(markup(reads(clerk), PAGE, channel.pk))
    assert edit not in markup(reads(editor), PAGE, channel.pk)
    assert "an administrator can connect it anew" in says(reads(editor), PAGE, channel.pk)
    assert "Waits: the channel must be connected anew" in says(reads(clerk), "outbox:item", row.pk)

    channels.set_token(channel, token=TOKEN + "1", by=clerk)
    assert "What is due goes out at once" in says(reads(clerk), PAGE, channel.pk)


def test_what_is_in_doubt_behind_a_dead_key_waits_for_the_key(reads: Browser, clerk: User):
    channel = facebook_channel()
    row = outgoing(channel=channel, state=State.UNKNOWN)
    kill_key(channel)

    said = says(reads(clerk), "outbox:item", row.pk)
    assert "We ask the network as soon as the channel is connected anew." in said
    Channel.objects.update(is_active=False)
    said = says(reads(clerk), "outbox:item", row.pk)
    assert "We ask the network as soon as the channel is in use again." in said


def test_a_network_that_is_left_alone_says_until_when(reads: Browser, specialist: User):
    channel = facebook_channel()
    row = outgoing(channel=channel)
    until = now() + timedelta(days=400)
    Lane.objects.create(channel=channel, quiet_until=until, code="4")

    said = says(reads(specialist), PAGE, channel.pk)

    assert "We leave the network alone for now and try again" in said
    assert f"{until.year} at" in said
    assert "We had asked the network too much" in said
    assert "Waits: the network is left alone" in says(reads(specialist), "outbox:item", row.pk)


def test_while_everything_is_paused_each_channel_says_so(reads: Browser, clerk: User):
    channel = facebook_channel()
    row = outgoing(channel=channel)
    actions.pause(reason="Storm over fjorden", by=clerk)

    assert "Karen Klerk paused everything on" in says(reads(clerk), PAGE, channel.pk)
    assert "Waits: everything is paused" in says(reads(clerk), "outbox:item", row.pk)


def test_a_channel_that_is_not_in_use_says_so(reads: Browser, clerk: User):
    channel = facebook_channel()
    row = outgoing(channel=channel)
    Channel.objects.update(is_active=False)

    assert "The channel is not in use" in says(reads(clerk), PAGE, channel.pk)
    assert "Waits: the channel is not in use" in says(reads(clerk), "outbox:item", row.pk)


def test_a_channel_by_hand_has_no_way_to_a_network(reads: Browser, clerk: User):
    channel = by_hand()

    for name in (PAGE, PAUSE, GO_ON):
        answer = reads(clerk).post(reverse(name, args=[channel.pk]), {"reason": "Nej"})
        assert answer.status_code in (404, 405)
    assert reads(clerk).get(reverse(PAGE, args=[channel.pk])).status_code == 404
