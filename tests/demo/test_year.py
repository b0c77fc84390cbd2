"""A year of the page: the same every time, in order, of the size asked for, and alive."""

from __future__ import annotations

import tracemalloc
from collections import Counter, deque
from datetime import UTC, datetime, timedelta
from itertools import islice
from statistics import mean

import pytest

from demo.world import DEPARTMENTS, FEWEST_COMMENTS, Incoming, generate, landmarks
from demo.world.days import COPENHAGEN
from panel.channels.incoming import IncomingComment, IncomingPost
from tests.demo.year import SIZES, UNTIL, Year, who, year

ENDS = (
    UNTIL,
    datetime(2027, 3, 28, 1, 30, tzinfo=UTC),  # summer time has just begun
    datetime(2026, 10, 25, 0, 30, tzinfo=UTC),  # the hour that comes twice
    datetime(2026, 6, 1, 4, 0, tzinfo=UTC),  # before anybody is up
    datetime(2028, 2, 29, 22, 59, tzinfo=UTC),
)


def moment(item: Incoming) -> datetime:
    if isinstance(item, IncomingComment):
        return item.written_at
    if isinstance(item, IncomingPost):
        assert item.posted_at is not None
        return item.posted_at
    return item.removed_at


def test_the_same_arguments_give_the_same_year() -> None:
    once = list(generate(comments=1_000, seed=3, until=UNTIL))
    assert list(generate(comments=1_000, seed=3, until=UNTIL)) == once


def test_another_seed_gives_another_year() -> None:
    texts = [
        [
            item.text
            for item in generate(comments=400, seed=seed, until=UNTIL)
            if hasattr(item, "text")
        ]
        for seed in (1, 2)
    ]
    assert texts[0] != texts[1]


def test_the_end_may_be_given_in_any_zone() -> None:
    here = generate(comments=300, until=UNTIL.astimezone(COPENHAGEN))
    assert list(here) == list(generate(comments=300, until=UNTIL))


@pytest.mark.parametrize("size", SIZES)
def test_there_are_exactly_as_many_comments_as_asked_for(size: int) -> None:
    assert len(year(size).comments) == size


@pytest.mark.parametrize("size", SIZES)
def test_every_id_is_used_once(size: int) -> None:
    found = year(size)
    ids = [*found.posts, *found.comments]
    assert len(set(ids)) == len(ids)
    made = list(generate(comments=size, until=UNTIL))
    assert len(made) == len(ids) + len(found.removals)


@pytest.mark.parametrize("size", SIZES)
def test_a_fifth_as_many_people_write_as_there_are_comments(size: int) -> None:
    people = {who(one) for one in year(size).comments.values()} - {""}
    assert len(people) == pytest.approx(size / 5, rel=0.06)


@pytest.mark.parametrize("until", ENDS, ids=str)
def test_everything_comes_in_order_of_time_within_the_year(until: datetime) -> None:
    items = list(generate(comments=600, seed=2, until=until))
    moments = [moment(item) for item in items]
    assert moments == sorted(moments)
    assert until - timedelta(days=365, hours=2) <= moments[0]
    assert moments[-1] < until


@pytest.mark.parametrize("size", SIZES)
def test_times_are_in_utc(size: int) -> None:
    found = year(size)
    assert {one.written_at.tzinfo for one in found.comments.values()} == {UTC}
    assert {one.posted_at.tzinfo for one in found.posts.values() if one.posted_at} == {UTC}


@pytest.mark.parametrize("size", SIZES)
def test_a_post_comes_before_its_comments_and_a_comment_before_its_answers(size: int) -> None:
    seen: set[str] = set()
    for item in generate(comments=size, until=UNTIL):
        if isinstance(item, IncomingComment):
            assert item.post_external_id in seen
            assert not item.parent_external_id or item.parent_external_id in seen
        seen.add(item.external_id)


def test_answers_are_under_the_post_of_what_they_answer_and_two_levels_deep_at_most() -> None:
    found = year()
    depths = Counter(depth(found, one) for one in found.comments.values())
    assert set(depths) == {0, 1, 2}
    assert 0.24 < (depths[1] + depths[2]) / len(found.comments) < 0.36


def depth(found: Year, comment: IncomingComment) -> int:
    if not comment.parent_external_id:
        return 0
    parent = found.comments[comment.parent_external_id]
    assert parent.post_external_id == comment.post_external_id
    return 1 + depth(found, parent)


@pytest.mark.parametrize("size", SIZES)
def test_a_post_says_how_many_comments_it_gets(size: int) -> None:
    found = year(size)
    under = Counter(one.post_external_id for one in found.comments.values())
    assert {key: post.comments for key, post in found.posts.items()} == {
        key: under[key] for key in found.posts
    }


def test_a_few_comments_have_no_author_and_a_few_are_taken_away() -> None:
    found = year(20_000)
    assert 0.01 < sum(one.author is None for one in found.comments.values()) / 20_000 < 0.06
    assert 0.005 < len(found.removals) / 20_000 < 0.02
    assert all(
        found.comments[one.external_id].written_at < one.removed_at for one in found.removals
    )


def test_the_page_answers_now_and_then() -> None:
    assert 20 <= len(year().by("municipality")) <= 200


def test_a_few_write_much_and_half_write_once() -> None:
    each = Counter(who(one) for one in year(20_000).comments.values() if one.author)
    often = sorted(each.values(), reverse=True)
    assert sum(often[: len(often) // 10]) > 0.5 * sum(often)
    assert 0.35 < sum(count == 1 for count in often) / len(often) < 0.65


def test_people_write_in_the_evening_and_sleep_at_night() -> None:
    hours = Counter(
        one.written_at.astimezone(COPENHAGEN).hour for one in year(20_000).comments.values()
    )
    assert hours[20] > 3 * hours[10] > 20 * hours[3]


def test_weekends_are_quieter() -> None:
    days = Counter(
        one.written_at.astimezone(COPENHAGEN).weekday() for one in year(20_000).comments.values()
    )
    assert mean(days[day] for day in (5, 6)) < 0.75 * mean(days[day] for day in range(5))


def test_a_heated_thread_stands_out() -> None:
    found = year()
    heated = found.posts[found.marks.posts["heated"]].comments
    assert heated is not None
    assert heated > 8 * mean(post.comments or 0 for post in found.posts.values())


def test_every_department_posts_and_some_posts_have_none() -> None:
    topics = Counter(post.topic for post in year().posts.values())
    assert set(topics) == {None, *(department.slug for department in DEPARTMENTS)}


def test_winter_is_salted_and_summer_is_not() -> None:
    found = year(20_000)
    salted = [post for post in found.posts.values() if post.text and "ton salt" in post.text]
    months = {post.posted_at.month for post in salted if post.posted_at}
    assert months
    assert months <= {11, 12, 1, 2, 3}


def test_landmarks_point_at_posts_there_are() -> None:
    for until in ENDS:
        marks = landmarks(comments=300, until=until)
        found = year(300, 1, until)
        assert set(marks.posts) >= {"duevej", "blomsterkvarteret", "flood", "heated", "storm"}
        assert {*marks.posts.values(), *marks.competitions} <= set(found.posts)
        assert set(marks.hidden) <= set(found.comments)


def test_too_small_a_year_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match=f"at least {FEWEST_COMMENTS} comments"):
        generate(comments=FEWEST_COMMENTS - 1, until=UNTIL)


def test_an_end_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        generate(until=UNTIL.replace(tzinfo=None))


def test_a_big_year_is_not_held_in_memory() -> None:
    stream = generate(comments=200_000, until=UNTIL)
    deque(islice(stream, 20_000), maxlen=0)
    tracemalloc.start()
    try:
        deque(islice(stream, 15_000), maxlen=0)
        before = tracemalloc.get_traced_memory()[0]
        deque(islice(stream, 15_000), maxlen=0)
        grown = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert grown < 2_000_000
