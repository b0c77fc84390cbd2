"""Answers find what they answer, in whatever order the two come."""

from __future__ import annotations

from itertools import permutations

import pytest

from panel.channels.models import Channel
from panel.conversations.intake.circles import circles
from panel.conversations.models import Comment, Post
from tests.factories.conversations import ChannelFactory, said, take
from tests.panel.conversations.rows import assert_kept_is_rebuilt, everything


@pytest.fixture
def channel(db: None) -> Channel:
    return ChannelFactory()


def parent_of(number: int) -> str | None:
    parent = Comment.objects.get(external_id=f"c{number}").parent
    return parent.external_id if parent else None


def test_an_answer_that_comes_first_waits_for_what_it_answers(channel: Channel):
    take(channel, said(2, by="bo", to="c1"))
    assert parent_of(2) is None
    take(channel, said(1))
    assert parent_of(2) == "c1"
    assert_kept_is_rebuilt(channel)


def test_an_answer_without_a_post_stands_under_its_parents(channel: Channel):
    take(channel, said(1, post="p7"), said(2, post="", to="c1"), said(3, post="", to="c2"))
    assert {each.post.external_id for each in Comment.objects.all()} == {"p7"}
    assert not Post.objects.filter(external_id="").exists()


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_chain_without_posts_finds_its_thread_in_any_order(db: None, order: tuple[int, ...]):
    chain = [said(1, post="p7"), said(2, post="", to="c1"), said(3, post="", to="c2")]
    channel = ChannelFactory()
    for place in order:
        take(channel, chain[place])
    assert {each.post.external_id for each in Comment.objects.all()} == {"p7"}
    assert_kept_is_rebuilt(channel)


def test_a_comment_whose_post_becomes_known_takes_its_answers_along(channel: Channel):
    take(channel, said(1, post=""), said(2, post="", to="c1", by="bo"))
    assert {each.post.external_id for each in Comment.objects.all()} == {""}
    take(channel, said(1, post="p7"))
    assert {each.post.external_id for each in Comment.objects.all()} == {"p7"}
    assert_kept_is_rebuilt(channel)


def test_an_answer_to_itself_answers_nothing(channel: Channel):
    take(channel, said(1, to="c1"))
    assert parent_of(1) is None


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_circle_is_opened_at_its_earliest_comment(db: None, order: tuple[int, ...]):
    circle = [said(1, to="c3", by="anna"), said(2, to="c1", by="bo"), said(3, to="c2", by="carl")]
    channel = ChannelFactory()
    for place in order:
        take(channel, circle[place])
    assert (parent_of(1), parent_of(2), parent_of(3)) == (None, "c1", "c2")
    assert_kept_is_rebuilt(channel)


def test_a_circle_within_one_batch_ends_as_one_that_closes_later(db: None):
    circle = [said(1, to="c3"), said(2, to="c1", by="bo"), said(3, to="c2", by="carl")]
    at_once, in_turn = ChannelFactory(), ChannelFactory()
    take(at_once, *circle)
    for item in circle:
        take(in_turn, item)
    assert everything(at_once) == everything(in_turn)


def test_circles_are_found_once_and_tails_are_not_part_of_them():
    assert circles({1: 2, 2: 3, 3: 1, 9: 1, 4: 5}) == [[1, 2, 3]]
    assert circles({9: 1, 1: 2, 2: 1}) == [[1, 2]]
    assert circles({}) == []
