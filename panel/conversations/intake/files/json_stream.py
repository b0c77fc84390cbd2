"""JSON read entry by entry: lists of any length, with one element in memory at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from .faults import UnreadableFile

ELEMENT_MOST = 16_000_000
"""Characters of one element. Something larger is a file cut short or no export."""

_AHEAD = 1 << 19
_BLANK = " \t\r\n\ufeff"


class _Document:
    """A document's text, read as far as needed."""

    def __init__(self, pieces: Iterator[str]) -> None:
        self.pieces = pieces
        self.text = ""
        self.at = 0
        self.ended = False
        self.decoder = json.JSONDecoder()

    def next_mark(self) -> str:
        """The next character that is not blank, "" at the end; not taken."""
        while True:
            while self.at < len(self.text):
                mark = self.text[self.at]
                if mark not in _BLANK:
                    return mark
                self.at += 1
            if self.ended:
                return ""
            self._more(1)

    def take(self, *marks: str) -> str:
        """The next character, which must be one of ``marks``."""
        mark = self.next_mark()
        if mark not in marks:
            raise ValueError(mark)
        self.at += 1
        return mark

    def value(self) -> Any:
        """The next value, whole. Raises ``ValueError`` or ``RecursionError`` for what is none."""
        self.next_mark()
        wanted = _AHEAD
        while True:
            self._more(wanted)
            try:
                value, end = self.decoder.raw_decode(self.text, self.at)
            except ValueError:
                # Not whole yet, or never.
                if self.ended or wanted > ELEMENT_MOST:
                    raise
            else:
                if end < len(self.text) or self.ended:
                    self.at = end
                    return value
            wanted *= 4

    def _more(self, wanted: int) -> None:
        """Have ``wanted`` characters ahead, if the document has them."""
        if self.ended or len(self.text) - self.at >= wanted:
            return
        parts = [self.text[self.at :]]
        length = len(parts[0])
        while length < wanted:
            piece = next(self.pieces, None)
            if piece is None:
                self.ended = True
                break
            parts.append(piece)
            length += len(piece)
        self.text = "".join(parts)
        self.at = 0


def elements(pieces: Iterator[str]) -> Iterator[tuple[str, Any]]:
    """(key, element) for every list at the top: the key is "" when the document is itself a list.

    What else stands at the top is passed over. Raises ``UnreadableFile`` where the document is
    damaged.
    """
    document = _Document(pieces)
    number = 0
    try:
        for element in _top(document):
            number += 1
            yield element
        if document.next_mark():
            raise ValueError(document.next_mark())
    except (ValueError, RecursionError) as error:
        raise UnreadableFile("json_damaged", line=number) from error


def _top(document: _Document) -> Iterator[tuple[str, Any]]:
    if document.take("[", "{") == "[":
        yield from _list(document, "")
        return
    if document.next_mark() == "}":
        document.take("}")
        return
    closing = ","
    while closing == ",":
        key = document.value()
        document.take(":")
        if document.next_mark() == "[":
            document.take("[")
            yield from _list(document, str(key))
        else:
            document.value()
        closing = document.take(",", "}")


def _list(document: _Document, key: str) -> Iterator[tuple[str, Any]]:
    """The elements of a list whose opening bracket has been taken."""
    if document.next_mark() == "]":
        document.take("]")
        return
    closing = ","
    while closing == ",":
        yield key, document.value()
        closing = document.take(",", "]")
