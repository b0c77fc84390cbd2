"""Looking on a page whether a post of ours is there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from panel.channels.facebook.posting import address_of, text_of
from panel.channels.graph.client import Graph
from panel.channels.graph.moments import moment
from panel.channels.outgoing import Act, Seen

# Their clock is not ours.
MARGIN: Final = timedelta(minutes=5)
FIELDS: Final = (
    "id,message,created_time,permalink_url,from,is_published,"
    "attachments{media_type,type,url,unshimmed_url,subattachments.limit(100){media_type,type}}"
)
KINDS_OF_PICTURE: Final = ("photo", "cover_photo", "profile_media")
# What Facebook adds to a link on its way out.
ADDED: Final = frozenset({"fbclid", "h", "s"})

Row = dict[str, Any]


def find(graph: Graph, page: str, act: Act, since: datetime) -> list[Seen]:
    """The posts since ``since`` with the act's words, link and number of pictures, oldest first.

    Raises ``NotReached``.
    """
    first = since.astimezone(UTC) - MARGIN
    query = {"fields": FIELDS, "since": str(int(first.timestamp())), "limit": "100"}
    found = [
        Seen(str(row["id"]), _address_of(row), at)
        for row in graph.read_all(f"{page}/published_posts", query)
        if row.get("id") and (at := moment(row.get("created_time"))) is not None
        if at >= first and is_ours(row, page) and is_it(row, act)
    ]
    return sorted(found, key=lambda seen: seen.at)


def is_ours(row: Row, page: str) -> bool:
    """Whether the page itself wrote it and all can see it, as far as Graph says."""
    author = row.get("from")
    writer = author.get("id") if isinstance(author, dict) else None
    return str(writer or page) == page and row.get("is_published") is not False


def is_it(row: Row, act: Act) -> bool:
    """Whether a post says and shows what the act would have put there."""
    shown = list(_attachments(row))
    if plain(str(row.get("message") or "")) != plain(text_of(act)):
        return False
    if sum(_pictures(each) for each in shown) != len(act.pictures):
        return False
    if act.pictures or not act.link:
        return True
    return _address(act.link) in {_address(link) for each in shown for link in _links(each)}


def _address_of(row: Row) -> str:
    link = row.get("permalink_url")
    is_whole = isinstance(link, str) and link.startswith(("https://", "http://"))
    return str(link) if is_whole else address_of(str(row["id"]))


def plain(text: str) -> str:
    """Words without what a network changes about the room between them."""
    return " ".join(text.split())


def _attachments(row: Row) -> Iterator[Row]:
    yield from _data(row.get("attachments"))


def _data(found: object) -> list[Row]:
    rows = found.get("data") if isinstance(found, dict) else None
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _pictures(attachment: Row) -> int:
    """How many pictures: an album holds them one level down."""
    inside = _data(attachment.get("subattachments"))
    return sum(map(_is_picture, inside)) if inside else int(_is_picture(attachment))


def _is_picture(attachment: Row) -> bool:
    return any(attachment.get(name) in KINDS_OF_PICTURE for name in ("media_type", "type"))


def _links(attachment: Row) -> Iterator[str]:
    for name in ("unshimmed_url", "url"):
        link = attachment.get(name)
        if isinstance(link, str):
            yield link


def _address(link: str) -> tuple[str, str, str]:
    """What makes two links the same: where they lead, not how they are spelled or followed."""
    try:
        parts = urlsplit(link.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return link, "", ""
    if host in ("l.facebook.com", "lm.facebook.com") and (there := parse_qs(parts.query).get("u")):
        return _address(there[0])
    query = [pair for pair in parse_qsl(parts.query) if pair[0] not in ADDED]
    return host, parts.path.rstrip("/"), urlencode(sorted(query))
