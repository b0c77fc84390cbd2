"""What a network tells us by itself, and what it answers when it is read.

The folder of a kind turns a delivery, or a page that was read, into these; intake takes nothing
else.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from panel.channels.incoming import Incoming, IncomingComment, IncomingPost


class Unreadable(ValueError):
    """A delivery that says nothing anybody could take."""


@dataclass(slots=True)
class Heard:
    """What one delivery says: items by the network's id of the page they are about.

    ``passed_over`` counts what is known and not taken, ``strange`` what is not known, each by its
    name ("feed/comment/like"); ``shapes`` are the fields that something strange came with, never
    what they held.
    """

    items: dict[str, list[Incoming]] = field(default_factory=dict)
    passed_over: Counter[str] = field(default_factory=Counter)
    strange: Counter[str] = field(default_factory=Counter)
    shapes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Thread:
    """A post as it was read, with its comments. ``is_whole``: there are no others."""

    post: IncomingPost
    comments: tuple[IncomingComment, ...]
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Ears:
    """Whether the two halves of listening are there: the page tells our app, and the app tells us.

    ``app`` is None where the network cannot be asked about our app.
    """

    page: bool
    app: bool | None
