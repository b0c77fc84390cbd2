"""Every staff page says what stands still and what needs a person, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from panel.accounts.models import User
from panel.channels.keys import KeyState
from panel.channels.models import Credential
from panel.core.clock import now
from panel.outbox import actions
from panel.outbox.components import OutboxBanner
from panel.outbox.models import State
from panel.outbox.models.outgoing import LOOKS
from tests.factories.outbox import facebook_channel, outgoing
from tests.panel.outbox.screens import HOME, Browser, markup

pytestmark = pytest.mark.django_db

BANNER = 'class="outbox-banner"'


def banner(browser: Client, page: str = HOME) -> str:
    said = markup(browser, page)
    return said[said.index(BANNER) :].split("</aside>")[0] if BANNER in said else ""


def test_nothing_is_said_while_nothing_is_wrong(
    reads: Browser, clerk: User, specialist: User, administrator: User
):
    facebook_channel()
    outgoing()
    outgoing(state=State.SENT)
    outgoing(state=State.UNKNOWN, looks=1)
    old = now() - timedelta(days=8)
    outgoing(state=State.MISSED, due_at=old, latest_at=old)

    for who in (clerk, specialist, administrator):
        assert banner(reads(who)) == ""


def test_every_page_says_which_channel_is_paused_by_whom_and_why(
    reads: Browser, clerk: User, editor: User, specialist: User, stranger: Client
):
    channel = facebook_channel()
    outgoing(channel=channel)
    outgoing(channel=channel, state=State.HELD)
    actions.pause(reason="Storm over fjorden", by=clerk, channel=channel)

    for page in (HOME, "threads:index"):
        for who, may in ((editor, True), (specialist, False)):
            said = banner(reads(who), page)
            assert "Facebook-siden is paused: Karen Klerk stopped it on" in said
            assert "Storm over fjorden" in said
            assert "2 posts and replies are waiting." in said
            assert ("Let it go on" in said) is may
            assert reverse("outbox:channel", args=[channel.pk]) in said
    assert "Storm" not in stranger.get("/").content.decode()

    actions.end_pause(by=clerk, channel=channel)
    assert banner(reads(editor)) == ""


def test_a_dead_key_leads_to_connecting_anew(reads: Browser, clerk: User, editor: User):
    channel = facebook_channel()
    outgoing(channel=channel)
    Credential.objects.update(state=KeyState.EXPIRED, checked_at=now())
    edit = reverse("channels:edit", args=[channel.pk])

    assert "Facebook-siden must be connected anew" in banner(reads(clerk))
    assert "1 post or reply is waiting." in banner(reads(clerk))
    assert edit in banner(reads(clerk))
    assert edit not in banner(reads(editor))
    actions.pause(reason="Også storm", by=clerk, channel=channel)
    said = banner(reads(clerk))
    assert "must be connected anew" in said
    assert "Også storm" in said


def test_a_key_that_runs_out_soon_is_said_to_everybody(
    reads: Browser, clerk: User, specialist: User, administrator: User
):
    channel = facebook_channel()
    at = now()
    keys = Credential.objects.filter(channel=channel)
    keys.update(state=KeyState.OK, checked_at=at, expires_at=at + timedelta(days=15))
    assert banner(reads(clerk)) == ""
    keys.update(expires_at=at + timedelta(days=3))
    assert "The key to Facebook-siden runs out on" in banner(reads(clerk))
    assert reverse("channels:key", args=[channel.pk]) in banner(reads(administrator))
    assert reverse("channels:key", args=[channel.pk]) not in banner(reads(specialist))
    assert "See what waits" not in banner(reads(clerk))


def test_a_channel_that_is_not_in_use_troubles_nobody(reads: Browser, clerk: User):
    channel = facebook_channel()
    Credential.objects.update(state=KeyState.EXPIRED, checked_at=now())
    type(channel).objects.update(is_active=False)

    assert banner(reads(clerk)) == ""


def test_who_can_settle_is_told_how_much_needs_them(
    reads: Browser, clerk: User, administrator: User, specialist: User
):
    outgoing(state=State.UNKNOWN, looks=LOOKS)
    outgoing(state=State.FAILED)
    outgoing(state=State.MISSED)

    for who in (clerk, administrator):
        assert "3 posts and replies to the networks need you." in banner(reads(who))
        assert f"{reverse('outbox:index')}?group=needs" in banner(reads(who))
    assert banner(reads(specialist)) == ""


def test_a_pause_of_everything_is_the_other_banner_s(reads: Browser, clerk: User):
    facebook_channel()
    actions.pause(reason="Storm", by=clerk)

    assert banner(reads(clerk)) == ""


def test_the_banner_costs_two_queries_and_none_for_who_may_not_see_it(
    clerk: User, member: User, django_assert_num_queries: Callable[..., object]
):
    for _number in range(3):
        channel = facebook_channel()
        outgoing(channel=channel, state=State.FAILED)
        actions.pause(reason="Storm", by=clerk, channel=channel)
    for user in (clerk, member):
        user.has_perm("outbox.view_outgoing")

    with django_assert_num_queries(2):
        assert "Storm" in OutboxBanner(clerk).render_html({})
    with django_assert_num_queries(0):
        assert OutboxBanner(member).render_html({}) == ""
