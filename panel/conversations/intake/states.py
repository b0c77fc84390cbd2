"""What is known of a comment, post or author, and how two versions of it become one.

``seen_at`` says which is newer, and the newer wins; what it leaves open is filled from the older.
Two versions of the same moment (one id twice in a file) are settled by their content, each field,
or the inseparable ones together, by the greatest: so order and repeats change nothing.
``removed_at`` is final and the earliest counts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

Known = TypeVar("Known", int, str, bool, datetime)


@dataclass(slots=True)
class CommentState:
    """A comment by the network's ids; "" and ``None`` are unknown."""

    external_id: str
    post: str
    parent: str
    author: str
    text: str
    written_at: datetime
    likes: int | None
    url: str
    seen_at: datetime
    removed_at: datetime | None = None

    @property
    def words(self) -> tuple[bool, str, datetime, str]:
        """Who wrote what when: never mixed from two versions of one moment."""
        return (self.author != "", self.text, self.written_at, self.author)

    def says(self, other: CommentState) -> bool:
        """Whether ``other`` would change nothing but the time at which it was seen."""
        return (
            self.text == other.text
            and self.written_at == other.written_at
            and self.removed_at == other.removed_at
            and (self.likes == other.likes or other.likes is None)
            and (self.author == other.author or not other.author)
            and (self.post == other.post or not other.post)
            and (self.parent == other.parent or not other.parent)
            and (self.url == other.url or not other.url)
        )


@dataclass(slots=True)
class PostState:
    """A post by the network's id. ``topic`` is the department's name or short name as a file gives
    it.
    """

    external_id: str
    seen_at: datetime
    text: str | None = None
    posted_at: datetime | None = None
    topic: str | None = None
    url: str | None = None
    author: str | None = None
    reactions: int | None = None
    shares: int | None = None
    stated_comments: int | None = None
    reach: int | None = None
    removed_at: datetime | None = None


@dataclass(slots=True)
class AuthorState:
    """A person or page. ``is_page`` is ``None`` where the source does not say."""

    external_id: str
    name: str
    is_page: bool | None
    seen_at: datetime


def merged_comments(one: CommentState, two: CommentState) -> CommentState:
    """One comment of two versions, the same whichever comes first."""
    if one.seen_at == two.seen_at:
        return _of_one_moment(one, two)
    older, newer = (one, two) if one.seen_at < two.seen_at else (two, one)
    return tombstone(
        CommentState(
            external_id=newer.external_id,
            post=newer.post or older.post,
            parent=newer.parent or older.parent,
            author=newer.author or older.author,
            text=newer.text,
            written_at=newer.written_at,
            likes=older.likes if newer.likes is None else newer.likes,
            url=newer.url or older.url,
            seen_at=newer.seen_at,
            removed_at=earliest(one.removed_at, two.removed_at),
        )
    )


def _of_one_moment(one: CommentState, two: CommentState) -> CommentState:
    told = one if one.words >= two.words else two
    return tombstone(
        replace(
            told,
            post=max(one.post, two.post),
            parent=max(one.parent, two.parent),
            likes=greatest(one.likes, two.likes),
            url=max(one.url, two.url),
            removed_at=earliest(one.removed_at, two.removed_at),
        )
    )


def tombstone(state: CommentState) -> CommentState:
    """A removed comment keeps where it stood and when, and no more; others stay as they are."""
    if state.removed_at is not None:
        state.text = state.author = state.url = ""
        state.likes = None
    return state


_POST_FIELDS = (
    "text",
    "posted_at",
    "topic",
    "url",
    "author",
    "reactions",
    "shares",
    "stated_comments",
    "reach",
)


def merged_posts(one: PostState, two: PostState) -> PostState:
    """One post of two versions, the same whichever comes first."""
    older, newer = (one, two) if one.seen_at <= two.seen_at else (two, one)
    merged = PostState(newer.external_id, newer.seen_at)
    for name in _POST_FIELDS:
        old, new = getattr(older, name), getattr(newer, name)
        if one.seen_at == two.seen_at:
            new = greatest(old, new)
        setattr(merged, name, old if new is None else new)
    merged.removed_at = earliest(one.removed_at, two.removed_at)
    return post_tombstone(merged)


def post_tombstone(state: PostState) -> PostState:
    """A removed post keeps its place, time and figures; others stay as they are."""
    if state.removed_at is not None:
        state.text = state.author = state.url = None
    return state


def merged_authors(one: AuthorState, two: AuthorState) -> AuthorState:
    """One author of two versions, the same whichever comes first."""
    older, newer = (one, two) if one.seen_at <= two.seen_at else (two, one)
    name, is_page = newer.name or older.name, newer.is_page
    if one.seen_at == two.seen_at:
        name, is_page = max(one.name, two.name), greatest(one.is_page, two.is_page)
    return AuthorState(
        newer.external_id,
        name,
        older.is_page if is_page is None else is_page,
        newer.seen_at,
    )


def greatest(one: Known | None, two: Known | None) -> Known | None:
    """The greater of two, or the one that is known."""
    if one is None or two is None:
        return two if one is None else one
    return max(one, two)


def earliest(one: datetime | None, two: datetime | None) -> datetime | None:
    """The earlier of two, or the one that is known."""
    if one is None or two is None:
        return two if one is None else one
    return min(one, two)
