"""Bytes to lines of text: which encoding, and characters a database cannot keep replaced.

What is no character (a NUL, half a surrogate pair, a byte the encoding does not know) becomes
U+FFFD, the visible mark for it, and the file goes on. Only ids refuse to hold it.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple

from .faults import UnreadableFile

CHUNK = 1 << 18
LINE_MOST = 8_000_000
"""Characters in one physical line. A cell may be refused; a line beyond this is no table at all."""

HEAD = 1 << 14
REPLACEMENT = "\ufffd"

_BOMS = (
    (codecs.BOM_UTF32_LE, ""),
    (codecs.BOM_UTF32_BE, ""),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Half a surrogate pair as careless programs write it: broken, and yet a sign of UTF-8.
_HALF_PAIR = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_CONTROLS_MOST = 20
_CONTROLS = frozenset(range(32)) - {0, 9, 10, 12, 13}


class Survey(NamedTuple):
    """How a text file is written, and about how many lines it has."""

    encoding: str
    lines: int


def survey(path: Path) -> Survey:
    """Read all of the file once and say how it is written. Raises ``UnreadableFile`` for what is no
    text.

    Without a mark at its start a file is UTF-8 unless it holds more bytes that do not fit than ones
    that do; then it is Windows-1252. All of it must be looked at: the first æ may come late.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head:
        raise UnreadableFile("empty")
    encoding = _marked(head) or "utf-8"
    fitting, unfitting, lines = _count(path, encoding)
    if encoding == "utf-8" and unfitting > fitting:
        encoding = "cp1252"
    if _is_binary(head.decode(encoding, "replace")):
        raise UnreadableFile("not_text")
    return Survey(encoding, lines)


def _marked(head: bytes) -> str:
    """The encoding that the first bytes give away, "" if they do not. UTF-16 may lack its mark."""
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            if not encoding:
                raise UnreadableFile("not_text")
            return encoding
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if (even + odd) * 10 < len(head) * 3 or min(even, odd) * 10 > max(even, odd):
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _count(path: Path, encoding: str) -> tuple[int, int, int]:
    """(bytes after the first of a character, bytes that fit nothing, lines)."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    fitting = unfitting = feeds = returns = 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            text = decoder.decode(chunk)
            broken = text.count(REPLACEMENT) - chunk.count(b"\xef\xbf\xbd")
            unfitting += max(broken, 0)
            fitting += len(chunk) - len(text)
            if broken:
                fitting += 3 * len(_HALF_PAIR.findall(chunk))
            feeds += text.count("\n")
            returns += text.count("\r")
    return fitting, unfitting, max(feeds, returns)


def _is_binary(head: str) -> bool:
    controls = sum(head.count(chr(code)) for code in _CONTROLS)
    return controls > max(_CONTROLS_MOST, len(head) // 20) or head.count("\0") * 3 > len(head)


def lines(path: Path, encoding: str) -> Iterator[str]:
    """The physical lines with their ends, as ``csv`` wants them. Raises ``UnreadableFile`` for an
    endless one.
    """
    number = 1
    rest = ""
    for text in texts(path, encoding):
        rest += text
        if cut := _after_last_end(rest):
            whole, rest = rest[:cut], rest[cut:]
            number += whole.count("\n")
            yield from io.StringIO(whole, newline="")
        elif len(rest) > LINE_MOST:
            raise UnreadableFile("line_endless", line=number, most=LINE_MOST)
    yield from io.StringIO(rest, newline="")


def texts(path: Path, encoding: str) -> Iterator[str]:
    """The file's text in pieces, cleaned of what is no character."""
    with path.open("rb") as file:
        yield from decoded(file, encoding)


def decoded(file: IO[bytes], encoding: str) -> Iterator[str]:
    """The text of an open file in pieces, cleaned of what is no character."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    while chunk := file.read(CHUNK):
        yield _without_nul(decoder.decode(chunk))
    yield _without_nul(decoder.decode(b"", final=True))


def _without_nul(text: str) -> str:
    return text.replace("\0", REPLACEMENT) if "\0" in text else text


def _after_last_end(text: str) -> int:
    """The place behind the last line end; a carriage return at the very end may be half of one."""
    return max(text.rfind("\n"), text.rfind("\r", 0, len(text) - 1)) + 1
