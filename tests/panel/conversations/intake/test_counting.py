"""What counts, and that counters kept batch by batch are those made anew."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command

from panel.channels.incoming import IncomingAuthor, IncomingRemoval
from panel.channels.models import Channel
from panel.conversations.intake import counting
from panel.conversations.models import Comment, Exchange, Participation, Post, Tally
from tests.factories.conversations import START, ChannelFactory, said, take
from tests.panel.conversations.rows import assert_kept_is_rebuilt, counters, marks

PAGE = IncomingAuthor("side", "Kommunen", is_page=True)


@pytest.fixture
def channel(db: None) -> Channel:
    return ChannelFactory()


@pytest.mark.parametrize(
    ("fields", "counts"),
    [
        ({"text": "Lygten er ude"}, True),
        ({"by": None, "text": "Uden afsender"}, False),
        ({"by": PAGE, "text": "Vi kigger på det"}, False),
        ({"text": "@Ole"}, False),
        ({"text": "👍"}, False),
        ({"text": "  "}, False),
    ],
)
def test_a_comment_counts_by_who_wrote_it_and_that_it_says_something(
    channel: Channel, fields: dict[str, Any], counts: bool
):
    take(channel, said(1, **fields))
    assert marks(channel) == {"c1": counts}


def test_only_the_first_of_ones_own_copies_counts(channel: Channel):
    take(channel, said(1, "Enig"), said(2, "ENIG "), said(3, "enig", by="bo"))
    assert marks(channel) == {"c1": True, "c2": False, "c3": True}


def test_an_earlier_copy_that_comes_later_takes_the_others_place(channel: Channel):
    take(channel, said(5, "Enig", post="p5"))
    take(channel, said(1, "Enig", post="p1"))
    assert marks(channel) == {"c1": True, "c5": False}
    assert [each.post.external_id for each in Participation.objects.all()] == ["p1"]
    assert_kept_is_rebuilt(channel)


def test_when_the_first_is_removed_the_next_copy_counts(channel: Channel):
    take(channel, said(1, "Enig"), said(2, "Enig"))
    take(channel, IncomingRemoval("c1", START))
    assert marks(channel) == {"c1": False, "c2": True}
    assert_kept_is_rebuilt(channel)


def test_an_edit_that_makes_it_a_copy_stops_it_counting(channel: Channel):
    take(channel, said(1, "Enig"), said(2, "Uenig"), at=START)
    take(channel, said(2, "Enig"), at=START + timedelta(days=1))
    assert marks(channel) == {"c1": True, "c2": False}
    assert_kept_is_rebuilt(channel)


def test_a_citizen_who_turns_out_to_be_a_page_stops_counting(channel: Channel):
    take(channel, said(1, by=IncomingAuthor("side", "Kommunen")), at=START)
    take(channel, said(2, by=PAGE), at=START + timedelta(days=1))
    assert marks(channel) == {"c1": False, "c2": False}
    assert not Tally.objects.exists()


def test_new_comments_under_a_competition_do_not_count(channel: Channel):
    take(channel, said(1, post="p2"))
    Post.objects.create(channel=channel, external_id="p1", is_competition=True)
    take(channel, said(2), said(3, post="p2"))
    assert marks(channel) == {"c1": True, "c2": False, "c3": True}
    assert_kept_is_rebuilt(channel)


def test_a_week_is_a_box_from_monday_to_sunday_in_utc(channel: Channel):
    sunday = datetime(2026, 1, 4, 23, 59, 59, 999_000, tzinfo=UTC)
    take(
        channel,
        said(1, at=sunday),
        said(2, at=sunday + timedelta(milliseconds=1)),
        said(3, at=sunday + timedelta(days=7)),
    )
    spans = Participation.objects.order_by("week").values_list("week", "comments", "first_at")
    monday = sunday + timedelta(milliseconds=1)
    week = (monday - datetime(1970, 1, 5, tzinfo=UTC)).days // 7
    assert list(spans) == [(week - 1, 1, sunday), (week, 2, monday)]


def test_an_exchange_is_between_two_identified_citizens(channel: Channel):
    take(
        channel,
        said(1, by="anna"),
        said(2, by="bo", to="c1"),
        said(3, "Selvsvar", by="anna", to="c1"),
        said(4, by=PAGE, to="c1"),
        said(5, by="carl", to="c4"),
        said(6, by="carl", to="c7"),
        said(7, by=None),
        said(8, "👍", by="ditte", to="c1"),
    )
    assert list(Exchange.objects.values_list("answerer__name", "answered__name")) == [
        ("Bo", "Anna")
    ]


def test_an_answer_to_what_does_not_count_says_so(channel: Channel):
    take(channel, said(1, "👍", by="anna"), said(2, by="bo", to="c1"))
    assert Exchange.objects.get().is_asked_counted is False
    tally = Tally.objects.get()
    assert (tally.commenter.name, tally.answered, tally.answered_by) == ("Bo", 1, 0)


def test_a_removed_question_has_no_answer(channel: Channel):
    take(channel, said(1, by="anna"), said(2, by="bo", to="c1"))
    take(channel, IncomingRemoval("c1", START))
    assert not Exchange.objects.exists()
    assert Tally.objects.get().answered == 0
    assert_kept_is_rebuilt(channel)


def test_a_tally_counts_different_weeks_posts_and_people(channel: Channel):
    week = timedelta(days=7)
    take(
        channel,
        said(1, at=START),
        said(2, at=START + week, post="p2"),
        said(3, at=START + week, post="p2"),
        said(4, by="bo", to="c1"),
        said(5, by="bo", to="c2"),
        said(6, by="carl", to="c2"),
        said(7, to="c6", at=START + 2 * week),
    )
    tally = Tally.objects.get(commenter__name="Anna")
    assert (tally.comments, tally.weeks, tally.posts) == (4, 3, 2)
    assert (tally.answered_by, tally.answered) == (2, 1)
    assert tally.last_at == START + 2 * week


def test_a_rhythm_weighs_the_newest_weeks_most_and_full_weeks_double(channel: Channel):
    take(channel, said(1, at=START), said(2, at=START), said(3, at=START + timedelta(days=14)))
    week = (START - datetime(1970, 1, 5, tzinfo=UTC)).days // 7
    weight = 2 * 2 ** (week / 8.57) + 2 ** ((week + 2) / 8.57)
    assert Tally.objects.get().rhythm == math.ceil(128 * math.log2(weight))


def test_rebuilding_mends_what_is_wrong(channel: Channel):
    take(channel, said(1), said(2, by="bo", to="c1"), said(3, post="p2"))
    kept = counters(channel)
    Comment.objects.update(is_counted=False)
    Participation.objects.update(comments=99)
    Exchange.objects.all().delete()
    Tally.objects.all().delete()
    call_command("rebuild_counters")
    assert counters(channel) == kept


def test_nothing_to_count_asks_nothing(django_assert_num_queries: Any, db: None):
    with django_assert_num_queries(0):
        counting.count_new([])
        counting.recount([])
