"""Looking on an account whether a post of ours is there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import quote

from panel.channels.mastodon.accounts import Handle
from panel.channels.mastodon.asking import Me, as_whom
from panel.channels.mastodon.client import TRIES, Row, Server
from panel.channels.mastodon.errors import id_in, moment
from panel.channels.mastodon.posting import address_of, text_of
from panel.channels.mastodon.words import alike, plain
from panel.channels.outgoing import Act, Seen

# Their clock is not ours.
MARGIN: Final = timedelta(minutes=5)
QUERY: Final = {"limit": "40", "exclude_reblogs": "true"}
# A server that keeps an account's posts out of its lists turns the one into the other.
SEEN_BY_ALL: Final = ("public", "unlisted")


def find(server: Server, handle: Handle, act: Act, since: datetime) -> list[Seen]:
    """The posts since ``since`` with the act's words, link and number of pictures, oldest first.

    Raises ``NotReached``.
    """
    first = since.astimezone(UTC) - MARGIN
    me = as_whom(server, handle, tries=TRIES)
    found = [
        Seen(id_in(row), address_of(server, me, id_in(row), row), at)
        for row, at in _since(server, me, first)
        if id_in(row) and is_ours(row, me) and is_it(row, act)
    ]
    return sorted(found, key=lambda seen: seen.at)


def is_ours(row: Row, me: Me) -> bool:
    """Whether the account itself wrote it, to nobody in particular, where all can see it."""
    author = row.get("account")
    writer = id_in(author) if isinstance(author, dict) else me.id
    is_own = row.get("reblog") is None and row.get("in_reply_to_id") is None
    return writer == me.id and is_own and row.get("visibility") in SEEN_BY_ALL


def is_it(row: Row, act: Act) -> bool:
    """Whether a post says and shows what the act would have put there."""
    shown = row.get("media_attachments")
    pictures = len(shown) if isinstance(shown, list) else 0
    said = alike(plain(str(row.get("content") or "")))
    # The link is a part of the words.
    return pictures == len(act.pictures) and said == alike(text_of(act))


def _since(server: Server, me: Me, first: datetime) -> Iterator[tuple[Row, datetime]]:
    """The account's posts, newest first, with their times; read on while there may be more."""
    for rows in server.read_pages(f"v1/accounts/{quote(me.id, safe='')}/statuses", QUERY):
        timed = [(row, at) for row in rows if (at := moment(row.get("created_at"))) is not None]
        yield from ((row, at) for row, at in timed if at >= first)
        if timed and all(at < first for _row, at in timed):
            return
