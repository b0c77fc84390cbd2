"""What is taken away on the network is taken away here, and stays away."""

from __future__ import annotations

from datetime import timedelta

import pytest

from panel.channels.incoming import IncomingPost, IncomingRemoval
from panel.channels.models import Channel
from panel.conversations.models import Comment, Post, Removal
from tests.factories.conversations import START, ChannelFactory, said, take
from tests.panel.conversations.rows import assert_kept_is_rebuilt, everything


@pytest.fixture
def channel(db: None) -> Channel:
    return ChannelFactory()


GONE = IncomingRemoval("c1", START)


def test_a_removed_comment_is_a_tombstone(channel: Channel):
    take(channel, said(1, "Noget privat", likes=2, url="https://example.dk/1"), said(2))
    outcome = take(channel, GONE)
    row = Comment.objects.get(external_id="c1")
    assert (row.text, row.commenter, row.likes, row.url, row.text_hash) == ("", None, None, "", 0)
    assert (row.removed_at, outcome.updated) == (START, 1)
    assert_kept_is_rebuilt(channel)


def test_nothing_brings_a_removed_comment_back(channel: Channel):
    take(channel, said(1), GONE)
    take(channel, said(1, "Her igen", seen_at=START + timedelta(days=400)))
    assert Comment.objects.get().text == ""


def test_a_removal_that_comes_first_waits(channel: Channel):
    take(channel, GONE)
    assert Removal.objects.get().external_id == "c1"
    take(channel, said(1, "For sent"))
    assert (Comment.objects.get().text, Comment.objects.get().removed_at) == ("", START)
    assert not Removal.objects.exists()


@pytest.mark.parametrize("first", [True, False])
def test_both_orders_end_in_the_same_rows(db: None, first: bool):
    told, other = ChannelFactory(), ChannelFactory()
    take(told, said(1), said(2, to="c1", by="bo"), GONE)
    if first:
        take(other, GONE)
        take(other, said(2, to="c1", by="bo"))
        take(other, said(1))
    else:
        take(other, said(2, to="c1", by="bo"), GONE)
        take(other, said(1))
    assert everything(told) == everything(other)


def test_of_two_removals_the_earlier_counts(channel: Channel):
    take(channel, IncomingRemoval("c1", START + timedelta(days=1)))
    take(channel, GONE)
    take(channel, IncomingRemoval("c1", START + timedelta(days=2)), said(1))
    assert Comment.objects.get().removed_at == START


def test_a_removed_post_keeps_its_place_and_loses_its_words(channel: Channel):
    take(channel, IncomingPost("p1", "Opslag", START, url="https://example.dk/p"), said(1))
    take(channel, IncomingRemoval("p1", START))
    take(channel, IncomingPost("p1", "Igen", START))
    post = Post.objects.get()
    assert (post.text, post.url, post.removed_at) == ("", "", START)
    assert Comment.objects.get().post == post


def test_a_post_removed_before_anybody_named_it_arrives_removed(channel: Channel):
    take(channel, IncomingRemoval("p1", START))
    take(channel, said(1))
    assert Post.objects.get().removed_at == START
