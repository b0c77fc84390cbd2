"""Replying to a comment in the page's name, and looking whether a reply is there."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from panel.channels.facebook.finding import MARGIN, Row, plain
from panel.channels.graph.client import Graph
from panel.channels.graph.moments import moment
from panel.channels.outgoing import Act, Answer, NotReached, Outcome, Seen

# What Facebook's own page takes; Graph's reference names no number.
LONGEST: Final = 8000
FIELDS: Final = "id,message,created_time,from,permalink_url"
_ID: Final = re.compile(r"[0-9]+(_[0-9]+)*")


def reply(graph: Graph, page: str, act: Act) -> Answer:
    """Put it there, once. Comments nest two levels, so a reply to a reply hangs beside it."""
    if not act.text.strip():
        return Answer(Outcome.REFUSED, code="empty")
    if length(act.text) > LONGEST:
        return Answer(Outcome.REFUSED, code="too_long")
    above = _above(act)
    if not above:
        return Answer(Outcome.REFUSED, code="asked")
    answer = graph.write(f"{above}/comments", {"message": act.text})
    if answer.outcome is Outcome.DONE:
        answer = replace(answer, url=address_of(page, answer.external_id))
    return answer


def find(graph: Graph, page: str, act: Act, since: datetime) -> list[Seen]:
    """What the page itself has written below the comment since then with these words, the oldest
    first.

    Raises ``NotReached`` where Graph may answer later. Where it refuses, it always will: the
    comment is gone, and what hung below it too, or the key may not read it. Then nothing was seen,
    and in the end a person is asked.
    """
    above = _above(act)
    if not above:
        return []
    query = {"fields": FIELDS, "filter": "stream", "order": "chronological", "limit": "100"}
    try:
        rows = list(graph.read_all(f"{above}/comments", query))
    except NotReached as why:
        if why.answer.outcome is Outcome.REFUSED:
            return []
        raise
    first = since.astimezone(UTC) - MARGIN
    found = [
        Seen(str(row["id"]), _address_in(row, page), at)
        for row in rows
        if row.get("id") and (at := moment(row.get("created_time"))) is not None
        if at >= first and _is_by(row, page) and _says(row, act)
    ]
    return sorted(found, key=lambda seen: seen.at)


def length(text: str) -> int:
    """How long Facebook takes a text to be: its characters, a line break as one."""
    return len(text.replace("\r\n", "\n"))


def address_of(page: str, external_id: str) -> str:
    """Where a comment is found by its id alone, which is its post's number and its own."""
    post, _line, number = external_id.partition("_")
    if not number:
        return f"https://www.facebook.com/{external_id}"
    return f"https://www.facebook.com/{page}/posts/{post}?comment_id={number}"


def _above(act: Act) -> str:
    """What the reply hangs under; nothing for what cannot be a comment's id."""
    above = act.top or act.answers
    return above if _ID.fullmatch(above) else ""


def _is_by(row: Row, page: str) -> bool:
    """Whether Graph says that the page wrote it: of citizens it may say nothing."""
    author = row.get("from")
    return isinstance(author, dict) and str(author.get("id")) == page


def _says(row: Row, act: Act) -> bool:
    return plain(str(row.get("message") or "")) == plain(act.text)


def _address_in(row: Row, page: str) -> str:
    link = row.get("permalink_url")
    is_whole = isinstance(link, str) and link.startswith(("https://", "http://"))
    return str(link) if is_whole else address_of(page, str(row["id"]))
