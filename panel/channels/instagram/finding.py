"""Looking on an account whether a post of ours is there."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from panel.channels.graph.client import Graph
from panel.channels.graph.moments import moment
from panel.channels.instagram.limits import text_of
from panel.channels.instagram.posting import HOME
from panel.channels.outgoing import Act, Seen

# Their clock is not ours.
MARGIN: Final = timedelta(minutes=5)
QUERY: Final = {
    "fields": "id,caption,permalink,timestamp,media_type,children{id}",
    "limit": "50",
}
# The list is newest first, but for what an account has pinned: so many older ones are its end.
OLDER: Final = 10
ONE, SEVERAL = "IMAGE", "CAROUSEL_ALBUM"

Row = dict[str, Any]


def find(graph: Graph, account: str, act: Act, since: datetime) -> list[Seen]:
    """The posts since ``since`` with the act's words and number of pictures, oldest first.

    Raises ``NotReached``.
    """
    first = since.astimezone(UTC) - MARGIN
    found = [
        Seen(str(row["id"]), _address_of(row), at)
        for row, at in _since(graph, account, first)
        if row.get("id") and is_it(row, act)
    ]
    return sorted(found, key=lambda seen: seen.at)


def is_it(row: Row, act: Act) -> bool:
    """Whether a post says and shows what the act would have put there."""
    if _plain(str(row.get("caption") or "")) != _plain(text_of(act)):
        return False
    if len(act.pictures) < 2:
        return row.get("media_type") == ONE
    return row.get("media_type") == SEVERAL and _children(row) in (None, len(act.pictures))


def _since(graph: Graph, account: str, first: datetime) -> Iterator[tuple[Row, datetime]]:
    """The account's posts with their times; read on while there may be more."""
    older = 0
    for row in graph.read_all(f"{account}/media", QUERY):
        at = moment(row.get("timestamp"))
        if at is None:
            continue
        older = 0 if at >= first else older + 1
        if not older:
            yield row, at
        elif older >= OLDER:
            return


def _children(row: Row) -> int | None:
    """How many pictures an album shows; None where Instagram does not say."""
    inside = row.get("children")
    rows = inside.get("data") if isinstance(inside, dict) else None
    return len(rows) if isinstance(rows, list) else None


def _plain(text: str) -> str:
    """Words without what a network changes about the room between them."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _address_of(row: Row) -> str:
    link = row.get("permalink")
    return link if isinstance(link, str) and link.startswith(("https://", "http://")) else HOME
