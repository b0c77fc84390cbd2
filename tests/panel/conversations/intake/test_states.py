"""Two versions become one, the same whichever comes first and however often."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import reduce
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from panel.conversations.intake.states import (
    AuthorState,
    CommentState,
    PostState,
    merged_authors,
    merged_comments,
    merged_posts,
)

T0 = datetime(2026, 1, 1, tzinfo=UTC)
moments = st.integers(0, 3).map(lambda hour: T0 + timedelta(hours=hour))
one_moment = st.just(T0)
words = st.sampled_from(["", "a", "b", "c"])
removals = st.none() | moments


def comments(seen_at: st.SearchStrategy[datetime]) -> st.SearchStrategy[CommentState]:
    """Versions of a comment, whose place in a thread the network never changes."""
    return st.builds(
        CommentState,
        external_id=st.just("c1"),
        post=st.sampled_from(["", "p1"]),
        parent=st.sampled_from(["", "c0"]),
        author=st.sampled_from(["", "anna"]),
        text=words,
        written_at=one_moment,
        likes=st.integers(0, 3),
        url=st.just(""),
        seen_at=seen_at,
    )


posts = st.builds(
    PostState,
    external_id=st.just("p1"),
    seen_at=one_moment,
    text=st.none() | st.sampled_from(["a", "b"]),
    posted_at=st.none() | moments,
    topic=st.none() | st.sampled_from(["a", "b"]),
    author=st.none() | st.sampled_from(["a", "b"]),
    reach=st.none() | st.integers(0, 3),
    removed_at=removals,
)
authors = st.builds(
    AuthorState,
    external_id=st.just("anna"),
    name=words,
    is_page=st.sampled_from([None, True, False]),
    seen_at=one_moment,
)


def some_moments(seen: list[CommentState]) -> list[CommentState]:
    """Each at a moment of its own, as edits on a network are."""
    return [
        replace(state, seen_at=T0 + timedelta(minutes=place)) for place, state in enumerate(seen)
    ]


@given(st.lists(comments(one_moment), min_size=2, max_size=4))
def test_versions_of_one_moment_merge_in_any_order(versions: list[CommentState]):
    ends = {repr(reduce(merged_comments, order)) for order in permutations(versions)}
    assert len(ends) == 1


@given(st.lists(comments(moments), min_size=2, max_size=4).map(some_moments))
def test_edits_merge_in_any_order(versions: list[CommentState]):
    ends = {repr(reduce(merged_comments, order)) for order in permutations(versions)}
    assert len(ends) == 1


@given(comments(moments), comments(moments))
def test_saying_it_again_changes_nothing(one: CommentState, two: CommentState):
    merged = merged_comments(one, two)
    assert merged_comments(merged, one) == merged
    assert merged_comments(merged, two) == merged


@given(st.lists(posts, min_size=2, max_size=4))
def test_posts_merge_in_any_order(versions: list[PostState]):
    assert len({repr(reduce(merged_posts, order)) for order in permutations(versions)}) == 1


@given(st.lists(authors, min_size=2, max_size=4))
def test_authors_merge_in_any_order(versions: list[AuthorState]):
    assert len({repr(reduce(merged_authors, order)) for order in permutations(versions)}) == 1


def a_comment(**fields: object) -> CommentState:
    known = CommentState("c1", "p1", "", "anna", "Hej", T0, 3, "https://example.dk/1", T0)
    return replace(known, **fields)


def test_the_newer_text_wins():
    newer = a_comment(text="Hej igen", seen_at=T0 + timedelta(hours=1))
    assert merged_comments(newer, a_comment()).text == "Hej igen"


def test_what_the_newer_leaves_open_stays_known():
    newer = a_comment(likes=None, url="", author="", post="", seen_at=T0 + timedelta(hours=1))
    merged = merged_comments(a_comment(), newer)
    assert (merged.likes, merged.url, merged.author, merged.post) == (
        3,
        "https://example.dk/1",
        "anna",
        "p1",
    )


def test_words_and_author_of_one_moment_are_never_mixed():
    merged = merged_comments(
        a_comment(author="anna", text="Aaa"), a_comment(author="bo", text="Bbb")
    )
    assert (merged.author, merged.text) == ("bo", "Bbb")


def test_a_removal_is_final_and_the_earliest_counts():
    removed = a_comment(removed_at=T0 + timedelta(hours=2))
    again = merged_comments(removed, a_comment(seen_at=T0 + timedelta(hours=9)))
    earlier = merged_comments(again, a_comment(removed_at=T0 + timedelta(hours=1)))
    assert (earlier.text, earlier.author, earlier.likes, earlier.url) == ("", "", None, "")
    assert earlier.removed_at == T0 + timedelta(hours=1)
