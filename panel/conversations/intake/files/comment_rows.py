"""Rows of a table of comments to records, by the mapping of fields to columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter

from panel.channels.incoming import IncomingAuthor, IncomingComment, IncomingPost

from .columns import COMMENT_HEADINGS
from .faults import Refused
from .times import moment
from .values import (
    NAME_MOST,
    TOPIC_MOST,
    count,
    filled,
    flag,
    identifier,
    is_overlong_number,
    is_plain_id,
    limited,
    web_address,
    written,
)

_FIELDS = tuple(COMMENT_HEADINGS)
_POSTS_KEPT = 5_000
_POST_LETTERS_KEPT = 4_000_000


def _never(cell: str) -> None:
    """No id is whole at first sight."""


class CommentRows:
    """Turns rows into records. Knows the posts seen last, which most lines repeat."""

    def __init__(
        self,
        columns: Sequence[str],
        mapping: Mapping[str, str],
        *,
        month_first: bool = False,
        rounded: Iterable[str] = (),
    ) -> None:
        nowhere = len(columns)
        self.month_first = month_first
        self.rounded = frozenset(name for name, column in mapping.items() if column in set(rounded))
        # The quick way past the checks of an id; there is none when Excel has cut some of them.
        self.is_whole: Callable[[str], object] = _never if self.rounded else is_plain_id
        # What is not mapped is read from one empty cell behind the row's end.
        places = [columns.index(mapping[name]) if name in mapping else nowhere for name in _FIELDS]
        self.pick = itemgetter(*places)
        self.posts: dict[str, tuple[str, str, str]] = {}
        self.letters = 0

    def items(self, cells: list[str]) -> tuple[IncomingPost | IncomingComment, ...]:
        """The comment of a row, behind its post unless that was just seen. Raises ``Refused``.

        ``cells`` are one more than the columns; the last is empty.
        """
        (
            comment_cell, text, time, post_cell, post_text, post_time, post_topic,
            parent_cell, author_id, author_name, author_is_page, likes, url,
        ) = self.pick(cells)  # fmt: skip
        is_whole = self.is_whole
        comment_id = comment_cell if is_whole(comment_cell) else self._own_id(comment_cell)
        post_id = post_cell if is_whole(post_cell) else self._id(post_cell, "post_id")
        comment = IncomingComment(
            comment_id,
            written(filled(text, "text"), "text"),
            moment(time, "time", month_first=self.month_first),
            post_id,
            self._parent(parent_cell, comment_id, post_id) if parent_cell else "",
            self._author(author_id, author_name, author_is_page),
            count(likes, "likes"),
            web_address(url, "url"),
        )
        if not post_id or self.posts.get(post_id) == (post_text, post_time, post_topic):
            return (comment,)
        return (self._post(post_id, post_text, post_time, post_topic), comment)

    def _own_id(self, cell: str) -> str:
        return filled(self._id(cell, "comment_id"), "comment_id")

    def _id(self, cell: str, field: str) -> str:
        if field in self.rounded and is_overlong_number(cell.strip()):
            raise Refused("id_damaged", field, value=cell.strip())
        return identifier(cell, field)

    def _parent(self, cell: str, comment_id: str, post_id: str) -> str:
        """The networks give the post as the parent of what answers it directly: that is no answer
        to a comment.
        """
        parent_id = self._id(cell, "parent_id")
        if parent_id and parent_id == comment_id:
            raise Refused("answers_itself", "parent_id")
        return "" if parent_id == post_id else parent_id

    def _author(self, id_cell: str, name_cell: str, page_cell: str) -> IncomingAuthor | None:
        """None without an id: two people of one name must not become one. A page may go by its
        name.
        """
        external_id = id_cell if self.is_whole(id_cell) else self._id(id_cell, "author_id")
        name = limited(name_cell.strip(), NAME_MOST, "author_name")
        is_page = flag(page_cell, "author_is_page") if page_cell else None
        if not external_id and is_page:
            external_id = page_by_name(name)
        return IncomingAuthor(external_id, name, is_page) if external_id else None

    def _post(self, post_id: str, text: str, time: str, topic: str) -> IncomingPost:
        post = IncomingPost(
            post_id,
            written(text, "post_text") or None,
            moment(time, "post_time", month_first=self.month_first) if time.strip() else None,
            limited(topic.strip(), TOPIC_MOST, "post_topic") or None,
        )
        self.letters += len(text)
        if len(self.posts) >= _POSTS_KEPT or self.letters > _POST_LETTERS_KEPT:
            self.posts.clear()
            self.letters = len(text)
        self.posts[post_id] = (text, time, topic)
        return post


def page_by_name(name: str) -> str:
    """The id of a page that is known by its name only."""
    return f"page:{name}"[:NAME_MOST]
