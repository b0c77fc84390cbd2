"""Channels and what is written on them: rows one by one, or through intake as files bring them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import factory
from factory.django import DjangoModelFactory

from panel.channels.incoming import IncomingAuthor, IncomingComment
from panel.channels.models import Channel, Kind
from panel.conversations.intake import counting
from panel.conversations.intake.batch import Intake, Outcome
from panel.conversations.intake.marks import is_bare, text_mark
from panel.conversations.models import Comment, Commenter, Department, Post
from panel.core.clock import now

START = datetime(2026, 1, 5, 12, tzinfo=UTC)


class ChannelFactory(DjangoModelFactory[Channel]):
    """A channel by hand."""

    class Meta:
        model = Channel

    slug = factory.Sequence(lambda number: f"kanal-{number}")
    name = factory.Sequence(lambda number: f"Kanal {number}")
    kind = Kind.BYHAND
    scope = factory.LazyAttribute(lambda channel: f"byhand:{channel.slug}")


class DepartmentFactory(DjangoModelFactory[Department]):
    """A department."""

    class Meta:
        model = Department

    slug = factory.Sequence(lambda number: f"forvaltning-{number}")
    name = factory.Sequence(lambda number: f"Forvaltning {number}")


class CommenterFactory(DjangoModelFactory[Commenter]):
    """A citizen who comments; trait ``page`` makes it a page."""

    class Meta:
        model = Commenter

    channel = factory.SubFactory(ChannelFactory)
    external_id = factory.Sequence(lambda number: f"person-{number}")
    name = factory.Sequence(lambda number: f"Person {number}")
    name_seen_at = factory.LazyFunction(now)

    class Params:
        page = factory.Trait(is_page=True)


class PostFactory(DjangoModelFactory[Post]):
    """A post of ours; trait ``competition`` makes it one."""

    class Meta:
        model = Post

    channel = factory.SubFactory(ChannelFactory)
    external_id = factory.Sequence(lambda number: f"post-{number}")
    text = factory.Sequence(lambda number: f"Opslag {number}")
    posted_at = factory.Sequence(lambda number: START + timedelta(hours=number))

    class Params:
        competition = factory.Trait(is_competition=True)


class CommentFactory(DjangoModelFactory[Comment]):
    """A comment on the post's channel, by somebody on it. Not counted: see ``counted``."""

    class Meta:
        model = Comment

    post = factory.SubFactory(PostFactory)
    channel = factory.SelfAttribute("post.channel")
    commenter = factory.SubFactory(CommenterFactory, channel=factory.SelfAttribute("..channel"))
    external_id = factory.Sequence(lambda number: f"comment-{number}")
    text = factory.Sequence(lambda number: f"Jeg synes noget om sag {number}")
    written_at = factory.Sequence(lambda number: START + timedelta(minutes=number))
    seen_at = factory.LazyFunction(now)
    parent_external_id = factory.LazyAttribute(
        lambda comment: comment.parent.external_id if comment.parent else ""
    )
    text_hash = factory.LazyAttribute(lambda comment: text_mark(comment.text))
    is_bare = factory.LazyAttribute(lambda comment: is_bare(comment.text))
    parent = None

    class Params:
        hidden = factory.Trait(hidden_at=START, hidden_rule="Hold en god tone")


def counted() -> None:
    """The counters of what factories made."""
    counting.rebuild()


def said(
    number: int | str,
    text: str = "",
    *,
    by: str | IncomingAuthor | None = "anna",
    post: str = "p1",
    to: str = "",
    at: datetime | None = None,
    **fields: Any,
) -> IncomingComment:
    """A comment as it arrives: ``number`` is its id, ``by`` a name or nobody, ``to`` what it
    answers.
    """
    minute = number if isinstance(number, int) else 0
    author = IncomingAuthor(by, by.capitalize()) if isinstance(by, str) else by
    return IncomingComment(
        f"c{number}" if isinstance(number, int) else number,
        text or f"Om sag {number}",
        at or START + timedelta(minutes=minute),
        post,
        to,
        author,
        **fields,
    )


def take(channel: Channel, *items: Any, at: datetime | None = None) -> Outcome:
    """Let intake take ``items`` in one batch."""
    return Intake(channel, at=at).take([(item,) for item in items])
