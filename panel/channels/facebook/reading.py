"""Reading a page: its posts since a moment, each with every comment and answer below it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from panel.channels.facebook.events import author
from panel.channels.graph.client import Graph
from panel.channels.graph.moments import moment
from panel.channels.heard import Thread
from panel.channels.incoming import IncomingComment, IncomingPost
from panel.channels.outgoing import NotReached, Outcome

COMMENT: Final = "id,from,message,created_time,parent{id},like_count,permalink_url"
# The comments come with their posts: a page of 25 posts is one call and not 26.
FIELDS: Final = (
    "id,message,created_time,permalink_url,from,shares,reactions.summary(total_count).limit(0),"
    f"comments.filter(stream).order(chronological).summary(total_count).limit(100){{{COMMENT}}}"
)
POSTS_AT_ONCE: Final = "25"
NOT_FOUND: Final = "100/33"

Row = Mapping[str, Any]


class PageReading:
    """One look at a page."""

    def __init__(self, graph: Graph, page: str) -> None:
        self._graph, self._page = graph, page

    @property
    def calls(self) -> int:
        """How often the network was asked so far."""
        return self._graph.calls

    def threads(self, since: datetime) -> Iterator[Thread]:
        """Every post made since then, newest first; of each, all pages of comments.

        Raises ``NotReached``.
        """
        query = {
            "fields": FIELDS,
            "since": str(int(since.astimezone(UTC).timestamp())),
            "limit": POSTS_AT_ONCE,
        }
        for row in self._graph.read_all(f"{self._page}/feed", query):
            if row.get("id"):
                yield self._thread(row)

    def is_there(self, external_id: str) -> bool:
        """Whether Graph still knows the post or comment. Raises ``NotReached``.

        It says "not found" of what it will not show us, too: who asks must know that others of its
        kind are shown.
        """
        try:
            self._graph.read(external_id, {"fields": "id"})
        except NotReached as why:
            if why.answer.outcome is Outcome.REFUSED and why.answer.code == NOT_FOUND:
                return False
            raise
        return True

    def _thread(self, row: Row) -> Thread:
        key = str(row["id"])
        inside = row.get("comments")
        rows = self._graph.read_rest(inside)
        comments = (_comment(each, key, self._page) for each in rows)
        return Thread(
            IncomingPost(
                key,
                text=_text(row, "message"),
                posted_at=moment(row.get("created_time")),
                url=_text(row, "permalink_url"),
                author=author(row, self._page),
                reactions=_total(row.get("reactions")),
                shares=_number(_row(row.get("shares")).get("count")),
                comments=_total(inside),
            ),
            tuple(comment for comment in comments if comment is not None),
            # Where the list did not come at all, nothing can be said to be missing from it.
            is_whole=isinstance(inside, dict),
        )


def _comment(row: Row, post: str, page: str) -> IncomingComment | None:
    key, written_at = row.get("id"), moment(row.get("created_time"))
    if not key or written_at is None:
        return None
    return IncomingComment(
        str(key),
        _text(row, "message") or "",
        written_at,
        post_external_id=post,
        parent_external_id=str(_row(row.get("parent")).get("id") or ""),
        author=author(row, page),
        likes=_number(row.get("like_count")),
        url=_text(row, "permalink_url") or "",
    )


def _total(found: object) -> int | None:
    return _number(_row(_row(found).get("summary")).get("total_count"))


def _row(found: object) -> Row:
    return found if isinstance(found, dict) else {}


def _text(row: Row, name: str) -> str | None:
    found = row.get(name)
    return found if isinstance(found, str) else None


def _number(found: object) -> int | None:
    return found if isinstance(found, int) and not isinstance(found, bool) else None
