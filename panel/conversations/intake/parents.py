"""Hanging answers under what they answer, in whatever order the two come."""

# ruff: noqa: S608 - keys are parameters

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from panel.channels.models import Channel
from panel.conversations.models import Comment

from . import comments, sql
from .circles import circles
from .comments import Place, Row


class Hanging:
    """Where the written comments of one batch hang. ``known`` are all its comments, all in all."""

    def __init__(self, channel: Channel, written: list[Row], known: Mapping[str, Row]) -> None:
        self._channel = channel
        self._written = written
        self._known = known
        self._outside = comments.places(
            channel,
            {row.state.parent for row in written if row.state.parent} - known.keys(),
        )
        self.deep: set[int] = set()

    def hang(self) -> None:
        """Give every written comment its parent, where there is one, and the name of its post."""
        for row in self._written:
            row.parent_id = None
            parent = row.state.parent
            if parent:
                above = self._known.get(parent) or self._outside.get(parent)
                if above is not None:
                    row.parent_id = above.key
                    self._note_depth(row, above)
            row.post = row.state.post or (self._post_above(parent) if parent else "")

    def _note_depth(self, row: Row, above: Row | Place) -> None:
        """An answer to an answer might close a circle."""
        if above.state.parent if isinstance(above, Row) else above.parent:
            self.deep.add(row.key)

    def _post_above(self, parent: str) -> str:
        """An answer whose own post is unknown stands under its parent's, or that one's parent's."""
        met: set[str] = set()
        while parent and parent not in met:
            met.add(parent)
            row = self._known.get(parent)
            if row is None:
                outside = self._outside.get(parent)
                return outside.post if outside else ""
            if row.post or row.state.post:
                return row.post or row.state.post
            parent = row.state.parent
        return ""


@dataclass(slots=True)
class Followed:
    """What older comments did because of new ones: got a parent, or went along to another post."""

    adopted: set[int] = field(default_factory=set)
    recount: set[int] = field(default_factory=set)


def follow(
    channel: Channel, new: Iterable[Row], moved: Iterable[int], deep: Collection[int]
) -> Followed:
    """Older answers find their parents among ``new``; answers without a post follow ``moved``
    comments.
    """
    followed = Followed()
    by_name = {row.state.external_id: row for row in new}
    grown: set[int] = set()
    if by_name:
        for key, parent in _waiting(channel, by_name):
            followed.adopted.add(key)
            grown.add(by_name[parent].key)
            sql.amend(Comment, ("parent_id",), [(by_name[parent].key, key)])
    parents = grown.union(moved)
    followed.recount = _go_along(channel, parents)
    if parents:
        _close_empty(channel)
    if deep or followed.adopted:
        followed.recount |= _open_circles({*deep, *followed.adopted})
    return followed


def _waiting(channel: Channel, by_name: Mapping[str, Row]) -> list[tuple[int, str]]:
    where, param = sql.among("c.parent_external_id", by_name.keys())
    return [
        (key, parent)
        for key, parent in sql.rows(
            "SELECT c.id, c.parent_external_id FROM conversations_comment c "
            "WHERE c.channel_id = %s AND c.parent_id IS NULL "
            f"AND NOT (c.parent_external_id = '') AND {where}",
            [channel.pk, param],
        )
        if key not in {by_name[parent].key}
    ]


def _go_along(channel: Channel, parents: set[int]) -> set[int]:
    """Answers under the unknown post go where their parents are, and theirs after them; who wrote
    them.
    """
    writers: set[int] = set()
    while parents:
        where, param = sql.among("p.id", parents)
        found = sql.rows(
            "SELECT p.post_id, c.id, c.commenter_id FROM conversations_comment p "
            "JOIN conversations_comment c ON c.parent_id = p.id "
            "JOIN conversations_post o ON o.id = c.post_id "
            f"WHERE {where} AND o.channel_id = %s AND o.external_id = '' "
            "AND p.post_id <> c.post_id",
            [param, channel.pk],
        )
        sql.amend(Comment, ("post_id",), [(post, key) for post, key, _writer in found])
        parents = {key for _post, key, _writer in found}
        writers |= {writer for _post, _key, writer in found if writer is not None}
    return writers


def _close_empty(channel: Channel) -> None:
    """The place for comments without a post is there only while some stand in it."""
    sql.execute(
        "DELETE FROM conversations_post WHERE channel_id = %s AND external_id = '' AND NOT EXISTS "
        "(SELECT 1 FROM conversations_comment c WHERE c.post_id = conversations_post.id)",
        [channel.pk],
    )


def _open_circles(deep: Collection[int]) -> set[int]:
    """Where answers answer each other in a circle, the earliest answers nothing; who wrote them."""
    where, param = sql.among("c.id", deep)
    edges = dict(
        sql.rows(
            "WITH RECURSIVE up(id, parent_id) AS ("
            f"SELECT c.id, c.parent_id FROM conversations_comment c WHERE {where} "
            "UNION SELECT c.id, c.parent_id FROM up "
            "JOIN conversations_comment c ON c.id = up.parent_id"
            ") SELECT id, parent_id FROM up WHERE parent_id IS NOT NULL",
            [param],
        )
    )
    writers: set[int] = set()
    for circle in circles(edges):
        first = Comment.objects.filter(pk__in=circle).order_by("written_at", "external_id")[0]
        Comment.objects.filter(pk=first.pk).update(parent=None)
        writers |= set(
            Comment.objects.filter(pk__in=circle, commenter__isnull=False).values_list(
                "commenter_id", flat=True
            )
        )
    return writers
