"""What arrives from the outside, whatever it came as: file, form, poll or webhook.

Adapters and file readers turn everything into these; intake takes nothing else. All times are aware
and in UTC. ``external_id`` is the network's own id, unique within one channel. ``seen_at`` is when
the network says that the state described came to be (an edit's time); the newest wins, so order and
repeats do not matter. ``None`` means "the source does not say" and never overwrites something
known.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class IncomingAuthor:
    """A person or page as known on one channel.

    ``external_id`` is page-scoped on Facebook: not a profile, and different on every page.
    ``is_page`` is ``None`` where the source does not say.
    """

    external_id: str
    name: str = ""
    is_page: bool | None = None


@dataclass(frozen=True, slots=True)
class IncomingPost:
    """What starts a thread: a post by us or by a visitor."""

    external_id: str
    text: str | None = None
    posted_at: datetime | None = None
    topic: str | None = None
    url: str | None = None
    author: IncomingAuthor | None = None
    seen_at: datetime | None = None
    reactions: int | None = None
    shares: int | None = None
    comments: int | None = None
    reach: int | None = None


@dataclass(frozen=True, slots=True)
class IncomingComment:
    """One comment or answer.

    Without an author it is kept and shown, and never counted or merged.
    """

    external_id: str
    text: str
    written_at: datetime
    post_external_id: str = ""
    parent_external_id: str = ""
    author: IncomingAuthor | None = None
    likes: int | None = None
    url: str = ""
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class IncomingRemoval:
    """The network, or its author, took a comment or post away."""

    external_id: str
    removed_at: datetime


@dataclass(frozen=True, slots=True)
class IncomingHiding:
    """Somebody hid a comment on the network, or showed it again: it is there all the time."""

    external_id: str
    post_external_id: str
    is_hidden: bool
    at: datetime


Incoming = IncomingPost | IncomingComment | IncomingRemoval | IncomingHiding
