"""What a webhook says, as posts, comments and removals.

An entry's ``time`` is that of sending and the only clock of an edit or removal. Verbs and items are
those of Meta's reference and of recorded deliveries; whatever else comes is counted by its name.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from panel.channels.heard import Heard, Unreadable
from panel.channels.incoming import (
    Incoming,
    IncomingAuthor,
    IncomingComment,
    IncomingHiding,
    IncomingPost,
    IncomingRemoval,
)

POSTS: Final = frozenset({"post", "status", "photo", "video", "share", "album", "event", "note"})
NEW: Final = frozenset({"add"})
CHANGED: Final = frozenset({"edit", "edited", "update"})
GONE: Final = frozenset({"remove", "delete"})
# A picture that is gone names the post it hung in, which may be there still: reading tells.
WHOLE: Final = frozenset({"comment", "post", "status", "share"})
VEILED: Final = {"hide": True, "unhide": False}
# Known, and read rather than taken from here: counts, and what hides or shows more than a comment.
PASSED_OVER: Final = frozenset({"hide", "unhide", "block", "unblock", "follow", "mute"})
COUNTED: Final = frozenset({"reaction", "like", "rating"})
# Messages are dated in thousandths.
THOUSANDTHS: Final = 10**11
LATEST: Final = 2**33
# A second holds more than one thing: said in the same one, other words are newer than the first.
AFTER: Final = timedelta(microseconds=1)
NAME_MOST: Final = 40
SHAPE_MOST: Final = 300

Value = Mapping[str, Any]


def heard(body: bytes) -> Heard:
    """Everything one delivery says. Raises ``Unreadable`` for what is no delivery."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        raise Unreadable("json") from None
    if not isinstance(said, dict) or not isinstance(said.get("entry"), list):
        raise Unreadable("shape")
    found = Heard()
    for entry in _rows(said["entry"]):
        for change in _rows(entry.get("changes")):
            _take(found, str(said.get("object")), entry, change)
    return found


def _take(found: Heard, kind: str, entry: Value, change: Value) -> None:
    page, at, value = _id(entry.get("id")), moment(entry.get("time")), change.get("value")
    said: Value = value if isinstance(value, dict) else {}
    item, verb = str(said.get("item", "")), str(said.get("verb", ""))
    name = "/".join(_word(each) for each in (kind, change.get("field"), item, verb))
    if _is_passed_over(item, verb):
        found.passed_over[name] += 1
        return
    read = _reader(item, verb) if (kind, change.get("field")) == ("page", "feed") else None
    taken = read(said, page, at, verb) if read is not None and page and at is not None else None
    if taken is None:
        found.strange[name] += 1
        found.shapes[name] = ",".join(sorted(_word(key) for key in said))[:SHAPE_MOST]
    else:
        found.items.setdefault(page, []).append(taken)


def _is_passed_over(item: str, verb: str) -> bool:
    if item == "comment" and verb in VEILED:
        return False
    return item in COUNTED or verb in PASSED_OVER or (verb in GONE and item in POSTS - WHOLE)


def _reader(item: str, verb: str) -> Callable[[Value, str, datetime, str], Incoming | None] | None:
    if verb in GONE:
        return _removal if item in WHOLE else None
    if verb in VEILED:
        return _hiding
    if verb in NEW | CHANGED:
        return _comment if item == "comment" else _post if item in POSTS else None
    return None


def _comment(said: Value, page: str, at: datetime, verb: str) -> IncomingComment | None:
    """Without words an edit says nothing: reading the page finds them."""
    external_id, text = _id(said.get("comment_id")), said.get("message")
    if not external_id or (verb in CHANGED and not isinstance(text, str)):
        return None
    post, parent = _id(said.get("post_id")), _id(said.get("parent_id"))
    return IncomingComment(
        external_id,
        text if isinstance(text, str) else "",
        moment(said.get("created_time")) or at,
        post_external_id=post,
        parent_external_id="" if parent == post else parent,
        author=author(said, page),
        seen_at=_seen(at, verb),
    )


def _post(said: Value, page: str, at: datetime, verb: str) -> IncomingPost | None:
    external_id, text = _id(said.get("post_id")), said.get("message")
    if not external_id:
        return None
    return IncomingPost(
        external_id,
        text=text if isinstance(text, str) else None,
        posted_at=moment(said.get("created_time")),
        author=author(said, page),
        seen_at=_seen(at, verb),
    )


def _removal(said: Value, page: str, at: datetime, verb: str) -> IncomingRemoval | None:
    key = "comment_id" if said.get("item") == "comment" else "post_id"
    external_id = _id(said.get(key))
    return IncomingRemoval(external_id, at) if external_id else None


def _hiding(said: Value, page: str, at: datetime, verb: str) -> IncomingHiding | None:
    external_id, post = _id(said.get("comment_id")), _id(said.get("post_id"))
    if not external_id or not post:
        return None
    return IncomingHiding(external_id, post, VEILED[verb], at)


def author(said: Value, page: str) -> IncomingAuthor | None:
    """Who wrote, in the newer form or the older one; None where it is not said."""
    sender = said.get("from")
    who: Value = sender if isinstance(sender, dict) else {}
    key = _id(who.get("id")) or _id(said.get("sender_id"))
    name = who.get("name") or said.get("sender_name")
    if not key:
        return None
    return IncomingAuthor(key, name if isinstance(name, str) else "", is_page=key == page or None)


def moment(value: object) -> datetime | None:
    """Seconds or thousandths since 1970; None for what is no such time."""
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    if not 0 < value < LATEST * 1000:
        return None
    seconds = value / 1000 if value > THOUSANDTHS else value
    return datetime.fromtimestamp(seconds, UTC) if seconds < LATEST else None


def _seen(at: datetime, verb: str) -> datetime:
    return at + AFTER if verb in CHANGED else at


def _id(value: object) -> str:
    """An id as text: some come as numbers."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return str(value)


def _word(value: object) -> str:
    """A name that is safe to keep: what else somebody calls things is not repeated."""
    text = str(value) if isinstance(value, str) else ""
    fits = text.isascii() and text.replace("_", "").isalnum() and len(text) <= NAME_MOST
    return text if fits else "?"


def _rows(found: object) -> list[dict[str, Any]]:
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []
