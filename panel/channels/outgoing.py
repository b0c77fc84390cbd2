"""What we say to the outside, and what may become of saying it.

The outbox hands an ``Act`` to a channel's adapter and gets an ``Answer``; a network's own words
stay in its folder. An adapter sorts: only it knows which answers mean that nothing was done.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

# How files of a kind begin.
SIGNATURES: Final = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"RIFF", "image/webp"),
)


class Verb(StrEnum):
    """What is to be done there."""

    POST = "post"
    REPLY = "reply"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that goes with a post: its file's bytes, and what it shows, in words.

    ``address`` is where a network finds it that comes for pictures itself; empty for all others.
    """

    data: bytes
    alt: str = ""
    name: str = "picture.jpg"
    address: str = ""

    @property
    def file_name(self) -> str:
        """Its name as it can stand in a header."""
        kept = "".join(
            each for each in self.name if each.isascii() and (each.isalnum() or each in "._-")
        )
        return kept[-80:] or "picture"

    @property
    def media_type(self) -> str:
        """What kind of file it is, by how it begins."""
        found = (kind for start, kind in SIGNATURES if self.data.startswith(start))
        return next(found, "image/jpeg")


@dataclass(frozen=True, slots=True)
class Act:
    """One thing to be done on a network, complete: whoever does it asks nobody anything else.

    ``key`` is the same for every try at one thing and no other thing's, for networks that know a
    double by it; it says nothing about what it is. A reply ``answers`` a comment, by the network's
    id; ``top`` is the comment right under the post that both stand below, which may be the same
    one: networks with two levels know no deeper place.
    """

    verb: Verb
    text: str = ""
    link: str = ""
    pictures: tuple[Picture, ...] = ()
    key: str = ""
    answers: str = ""
    top: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """Where, and in whose name: a page and its key. The key never shows in a log or an error."""

    external_id: str
    token: str
    url: str = ""

    def __repr__(self) -> str:
        return f"Account({self.external_id!r})"


class Outcome(StrEnum):
    """What became of one try."""

    DONE = "done"
    REFUSED = "refused"  # surely not done, and never will be as it is
    NOT_TRIED = "not_tried"  # surely not done, and may be tried again
    UNKNOWN = "unknown"  # done or not: only looking there tells


class Trouble(StrEnum):
    """What stands in the way of everything on a channel, not of one act alone."""

    NONE = ""
    SIGN_IN = "sign_in"  # the key is dead: somebody must connect the channel anew
    LIMIT = "limit"  # too much was asked of the network: wait


@dataclass(frozen=True, slots=True)
class Answer:
    """What a network answered to an act, sorted.

    ``code`` is the network's own, "190/460" for a code and a sub-code, or a word of ours
    ("timeout", "connect") where it gave none; ``trace`` is what its support asks for. ``wait`` is
    how long the network asks to be left alone, which it may do beside a yes.
    """

    outcome: Outcome
    external_id: str = ""
    url: str = ""
    code: str = ""
    trace: str = ""
    wait: timedelta | None = None
    trouble: Trouble = Trouble.NONE


@dataclass(frozen=True, slots=True)
class Seen:
    """Something of ours that was found on the network."""

    external_id: str
    url: str
    at: datetime


class NotReached(Exception):
    """The network could not be read just now. ``answer`` says why, sorted as an act's answer is."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.code)
        self.answer = answer
