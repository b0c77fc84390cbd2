"""“Download your information” of a Facebook page: its posts, and the comments the page itself
wrote.

There are no ids in it, so a post or comment goes by a hash of what does not change: its second, its
text, and the names of its pictures. Only the lists of posts and comments are read; messages,
visitors and everything else stay unopened. Two layouts are known, and files split into _1, _2.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import IO, Any
from zipfile import ZipFile, ZipInfo

from panel.channels.incoming import IncomingAuthor, IncomingComment, IncomingPost

from . import archive
from .comment_rows import page_by_name
from .faults import Fault, Refused, UnreadableFile
from .json_stream import elements
from .lines import decoded
from .mojibake import mended
from .records import Entry, Record
from .times import from_timestamp
from .values import NAME_MOST, limited, written

LISTS = frozenset({"", "status_updates", "posts", "comments_v2", "comments"})
"""The keys under which the lists stand; "" for a document that is itself the list."""

_ENCODING = "utf-8-sig"
_POSTS = re.compile(r"(profile_posts|your_posts).*", re.IGNORECASE)
_COMMENTS = re.compile(r"comments(_\d+)?", re.IGNORECASE)
_MENTION = re.compile(r"@\[\d+:\d+:([^\]\n]{1,200})\]", re.ASCII)
_DIGITS = re.compile(r"(\d+)")
_LOOKED_AT = 20

Json = Mapping[str, Any]


def entries(path: Path) -> Iterator[Entry]:
    """A record or fault for every post and comment, numbered from 1 through all the files of the
    export.
    """
    number = 0
    for key, element in _elements(path):
        if key in LISTS:
            number += 1
            yield _entry(number, element)


def check(path: Path) -> None:
    """Raises ``UnreadableFile`` unless this is a page's export, or one file of it. Reads the first
    entries only.
    """
    looked_at = 0
    for key, element in _elements(path):
        looked_at += key in LISTS
        if key in LISTS and _is_known(element):
            return
        if looked_at >= _LOOKED_AT:
            break
    if looked_at or not archive.is_zip(path):
        raise UnreadableFile("json_other")


def _elements(path: Path) -> Iterator[tuple[str, Any]]:
    if not archive.is_zip(path):
        with path.open("rb") as file:
            yield from elements(decoded(file, _ENCODING))
        return
    with archive.opened(path) as packed:
        for member in _members(packed):
            with archive.damage_told():
                unpacked = packed.open(member)
            with unpacked:
                yield from elements(_pieces(unpacked))


def _pieces(file: IO[bytes]) -> Iterator[str]:
    with archive.damage_told():
        yield from decoded(file, _ENCODING)


def _members(packed: ZipFile) -> list[ZipInfo]:
    """The files to read: posts, then comments, each in the order of their numbers."""
    paths = {PurePosixPath(member.filename): member for member in packed.infolist()}
    wanted = [path for path in paths if _is_wanted(path)]
    found = [
        paths[path] for path in sorted(wanted, key=_order) if path.suffix.casefold() == ".json"
    ]
    if not found:
        is_html = any(path.suffix.casefold() == ".html" for path in wanted)
        raise UnreadableFile("facebook_html" if is_html else "zip_other")
    archive.check_readable(found)
    return found


def _is_wanted(path: PurePosixPath) -> bool:
    if "messages" in path.parts:
        return False
    in_comments = any("comments" in folder for folder in path.parts[:-1])
    return bool(_POSTS.fullmatch(path.stem) or (in_comments and _COMMENTS.fullmatch(path.stem)))


def _order(path: PurePosixPath) -> tuple[bool, list[tuple[bool, int, str]]]:
    """Posts first; _2 before _10."""
    parts = [
        (part.isdigit(), int(part) if part.isdigit() else 0, part)
        for part in _DIGITS.split(str(path))
    ]
    return bool(_COMMENTS.fullmatch(path.stem)), parts


def _is_known(element: Any) -> bool:
    return isinstance(element, dict) and (
        _spoken(element) is not None
        or ("timestamp" in element and bool({"data", "attachments", "title"} & element.keys()))
    )


def _entry(number: int, element: Any) -> Entry:
    try:
        if not _is_known(element):
            raise Refused("entry_unknown")
        whole = mended(element)
        spoken = _spoken(whole)
        return Record(number, (_post(whole) if spoken is None else _comment(whole, spoken),))
    except Refused as refused:
        return Fault(number, refused.code, refused.field, refused.values)
    except RecursionError:
        return Fault(number, "entry_unknown")


def _spoken(element: Json) -> Json | None:
    """The comment inside an entry, None for a post."""
    for part in _parts(element.get("data")):
        if isinstance(part.get("comment"), dict):
            return dict(part["comment"])
    return None


def _comment(element: Json, spoken: Json) -> IncomingComment:
    said = _text(spoken, "comment")
    author = limited(_text(spoken, "author"), NAME_MOST, "author")
    time = _number(spoken.get("timestamp")) or _number(element.get("timestamp"))
    return IncomingComment(
        _key("comment", time, said, [author, *_media(element)]),
        _readable(said),
        from_timestamp(time, "timestamp"),
        author=IncomingAuthor(page_by_name(author), author, is_page=True),
    )


def _post(element: Json) -> IncomingPost:
    parts = _parts(element.get("data"))
    said = next((_text(part, "post") for part in parts if _text(part, "post")), "")
    time = _number(element.get("timestamp"))
    updated = max((_number(part.get("update_timestamp")) for part in parts), default=0)
    return IncomingPost(
        _key("post", time, said, _media(element)),
        _readable(said) or None,
        from_timestamp(time, "timestamp"),
        seen_at=from_timestamp(updated, "update_timestamp") if updated else None,
    )


def _readable(text: str) -> str:
    """``text`` with the names of those mentioned instead of their codes."""
    return _MENTION.sub(r"\1", written(text, "text"))


def _media(element: Json) -> list[str]:
    """The names of the pictures and the addresses of links: the folders differ from one layout to
    the other.
    """
    found: set[str] = set()
    for attachment in _parts(element.get("attachments")):
        for part in _parts(attachment.get("data")):
            media, link = part.get("media"), part.get("external_context")
            if isinstance(media, dict):
                found.add(PurePosixPath(_text(media, "uri")).name)
            if isinstance(link, dict):
                found.add(_text(link, "url"))
    return sorted(found - {""})


def _key(kind: str, time: int, text: str, names: list[str]) -> str:
    """An id for what has none: the same in every export that holds it."""
    told = "\0".join((kind, str(time), text, *names))
    return "export-" + hashlib.sha256(told.encode()).hexdigest()[:40]


def _parts(value: Any) -> list[Json]:
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []


def _text(part: Json, name: str) -> str:
    value = part.get(name)
    return value if isinstance(value, str) else ""


def _number(value: Any) -> int:
    """A whole number, 0 for anything else; a hash must not depend on how a number is written."""
    return int(value) if isinstance(value, int | float) and abs(value) < 10**12 else 0
