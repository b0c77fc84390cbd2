"""Moments as calendars read them: RFC 5545, as little of it as is needed. Pure, without Django."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

# Section 3.1: a line holds at most so many octets, the line's end left out.
WIDEST: Final = 75
_ESCAPED: Final = re.compile(r"[\\;,]")
_LINES: Final = re.compile(r"\r\n?|\n")
# Section 3.1 allows of the control characters only the tab.
_IMPOSSIBLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class Status(StrEnum):
    """How sure it is (section 3.8.1.11)."""

    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class Event:
    """One moment. ``uid`` stays when it is moved; ``sequence`` then is higher than before."""

    uid: str
    sequence: int
    at: datetime
    changed_at: datetime
    words: str
    url: str
    status: Status


def calendar(name: str, events: Iterable[Event]) -> bytes:
    """``events`` as a file of the type ``text/calendar``; ``name`` is what it is called."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Medspil//Medspil//DA",
        f"X-WR-CALNAME:{_text(name)}",
        *(line for event in events for line in _event(event)),
        "END:VCALENDAR",
    ]
    return b"".join(folded(line) for line in lines)


def folded(line: str) -> bytes:
    """``line`` in UTF-8 with its end, on as many lines as it needs; no letter is cut in two."""
    parts, room = [bytearray()], WIDEST
    for letter in line:
        octets = letter.encode()
        if len(parts[-1]) + len(octets) > room:
            parts.append(bytearray())
            room = WIDEST - 1  # the space that says it goes on
        parts[-1] += octets
    return b"\r\n ".join(parts) + b"\r\n"


def _event(event: Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(event.uid)}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"DTSTAMP:{_moment(event.changed_at)}"
    yield f"LAST-MODIFIED:{_moment(event.changed_at)}"
    yield f"DTSTART:{_moment(event.at)}"
    # Nobody is busy while a story goes out; without a length some calendars do not show it.
    yield "DURATION:PT15M"
    yield "TRANSP:TRANSPARENT"
    yield f"SUMMARY:{_text(event.words)}"
    yield f"STATUS:{event.status}"
    yield f"URL:{_IMPOSSIBLE.sub('', event.url)}"
    yield "END:VEVENT"


def _text(words: str) -> str:
    """As a value of the type TEXT (section 3.3.11)."""
    escaped = _ESCAPED.sub(r"\\\g<0>", words)
    return _IMPOSSIBLE.sub("", _LINES.sub(r"\\n", escaped))


def _moment(then: datetime) -> str:
    return then.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
