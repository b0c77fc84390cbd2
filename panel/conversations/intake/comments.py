"""The comments' table as intake reads and writes it: many rows at once, by the network's ids."""

# ruff: noqa: S608 - keys are parameters

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from panel.channels.models import Channel
from panel.conversations.models import Comment

from . import sql
from .marks import is_bare, text_mark
from .states import CommentState

_NEW = (
    "id",
    "public_id",
    "channel_id",
    "external_id",
    "post_id",
    "parent_id",
    "parent_external_id",
    "commenter_id",
    "text",
    "written_at",
    "likes",
    "url",
    "seen_at",
    "text_hash",
    "is_bare",
    "is_counted",
    "removed_at",
    "hidden_rule",
)
_CHANGED = (
    "post_id",
    "parent_id",
    "parent_external_id",
    "commenter_id",
    "text",
    "written_at",
    "likes",
    "url",
    "seen_at",
    "text_hash",
    "is_bare",
    "removed_at",
    "is_counted",
)


@dataclass(slots=True)
class Row:
    """A comment with its keys. ``post`` is the network's id of where it stands, its own or its
    parent's.
    """

    state: CommentState
    key: int = 0
    post_id: int = 0
    parent_id: int | None = None
    commenter_id: int | None = None
    is_counted: bool = False
    post: str = ""


@dataclass(slots=True)
class Place:
    """Where a comment stands: enough to hang an answer under it."""

    key: int
    post_id: int
    post: str
    parent: str


def stored(channel: Channel, external_ids: Collection[str]) -> dict[str, Row]:
    """The comments there are among these, by the network's id."""
    where, param = sql.among("c.external_id", external_ids)
    found = sql.rows(
        "SELECT c.external_id, o.external_id, c.parent_external_id, w.external_id, c.text, "
        "c.written_at, c.likes, c.url, c.seen_at, c.removed_at, "
        "c.id, c.post_id, c.parent_id, c.commenter_id, c.is_counted "
        "FROM conversations_comment c "
        "JOIN conversations_post o ON o.id = c.post_id "
        "LEFT JOIN conversations_commenter w ON w.id = c.commenter_id "
        f"WHERE c.channel_id = %s AND {where}",
        [channel.pk, param],
    )
    return {row[0]: _row(row) for row in found}


def _row(row: tuple[Any, ...]) -> Row:
    external_id, post, parent, author, text, written_at, likes, url, seen_at, removed_at = row[:10]
    state = CommentState(
        external_id,
        post,
        parent,
        author or "",
        text,
        sql.aware(written_at),
        likes,
        url,
        sql.aware(seen_at),
        sql.aware(removed_at) if removed_at else None,
    )
    key, post_id, parent_id, commenter_id, is_counted = row[10:]
    return Row(state, key, post_id, parent_id, commenter_id, bool(is_counted))


def places(channel: Channel, external_ids: Collection[str]) -> dict[str, Place]:
    """Where these comments stand, those that there are."""
    if not external_ids:
        return {}
    where, param = sql.among("c.external_id", external_ids)
    found = sql.rows(
        "SELECT c.external_id, c.id, c.post_id, o.external_id, c.parent_external_id "
        "FROM conversations_comment c JOIN conversations_post o ON o.id = c.post_id "
        f"WHERE c.channel_id = %s AND {where}",
        [channel.pk, param],
    )
    return {external_id: Place(*place) for external_id, *place in found}


def add(channel: Channel, new: list[Row]) -> None:
    """Put new comments in; they have their keys already.

    ``is_counted`` is a guess from who wrote it and where; what the text says is added to it here.
    """
    rows = []
    moment = sql.moments()
    for row, public_id in zip(new, sql.public_ids(len(new)), strict=True):
        state = row.state
        mark, bare = text_mark(state.text), is_bare(state.text)
        rows.append(
            (
                row.key,
                public_id,
                channel.pk,
                state.external_id,
                row.post_id,
                row.parent_id,
                state.parent,
                row.commenter_id,
                state.text,
                moment(state.written_at),
                state.likes,
                state.url,
                moment(state.seen_at),
                mark,
                bare,
                row.is_counted and mark != 0 and not bare,
                moment(state.removed_at),
                "",
            )
        )
    sql.load(Comment, _NEW, rows)


def change(changed: list[Row]) -> None:
    """Write comments that were there before."""
    moment = sql.moments()
    sql.amend(
        Comment,
        _CHANGED,
        [
            (
                row.post_id,
                row.parent_id,
                row.state.parent,
                row.commenter_id,
                row.state.text,
                moment(row.state.written_at),
                row.state.likes,
                row.state.url,
                moment(row.state.seen_at),
                text_mark(row.state.text),
                is_bare(row.state.text),
                moment(row.state.removed_at),
                row.is_counted and row.state.removed_at is None,
                row.key,
            )
            for row in changed
        ],
    )
