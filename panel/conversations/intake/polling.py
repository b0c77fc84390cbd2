"""Reading a network for what is new, changed or gone: what a webhook may have missed.

Posts are read by their own age, comments with them, so each reading overlaps with the last. Nothing
is taken for gone because it is missing from a list: it is asked for by its id, and only while the
network shows us others of its kind.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Final

from django.conf import settings

from panel.channels import actions as channels
from panel.channels import hearing
from panel.channels.heard import Thread
from panel.channels.incoming import IncomingRemoval
from panel.channels.listening import reader_of
from panel.channels.models import Channel
from panel.channels.outgoing import NotReached, Trouble
from panel.channels.protocol import Reading
from panel.channels.sending import account_of
from panel.conversations.models import Comment, How, Post
from panel.core.clock import now
from panel.jobs.current import current_job

from .batch import Intake

THREADS_AT_ONCE: Final = 25
# More than so many missing at once is asked for in the next readings.
MOST_ASKED: Final = 50


class NothingToRead(LookupError):
    """This kind of channel has no network to read."""


@dataclass(slots=True)
class Polled:
    """What one reading of a channel came to."""

    slug: str
    posts: dict[str, int] = field(default_factory=lambda: {"added": 0, "updated": 0})
    comments: dict[str, int] = field(
        default_factory=lambda: {"added": 0, "updated": 0, "removed": 0}
    )
    calls: int = 0
    errors: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """As ``manage.py poll --json`` prints it."""
        return {
            "slug": self.slug,
            "posts": self.posts,
            "comments": self.comments,
            "calls": self.calls,
            "errors": self.errors,
        }


@dataclass(slots=True)
class _Missing:
    """What we know and the reading did not show, and whether it shows us what others wrote."""

    comments: list[str] = field(default_factory=list)
    sees_comments: bool = False
    posts: set[str] = field(default_factory=set)


def readable() -> list[Channel]:
    """The channels in use whose network can be read."""
    return [channel for channel in Channel.objects.active() if reader_of(channel) is not None]


def poll(channel: Channel, *, since: datetime | None = None) -> Polled:
    """Read a channel: posts made since then, ``POLL_DAYS`` back where it is not said.

    What was read before the network stopped answering is kept. Raises ``NothingToRead``.
    """
    reader, polled, began = reader_of(channel), Polled(channel.slug), now()
    if reader is None:
        raise NothingToRead(channel.kind)
    reading: Reading | None = None
    try:
        reading = reader.reading(account_of(channel))
        _read(channel, reading, since or began - timedelta(days=settings.POLL_DAYS), polled)
    except NotReached as why:
        polled.errors.append(why.answer.code)
        hearing.was_not_read(channel, at=began, code=why.answer.code)
        if why.answer.trouble is Trouble.SIGN_IN:
            channels.key_refused(channel, asked_at=began)
    else:
        hearing.was_read(channel, at=began)
    polled.calls = reading.calls if reading is not None else 0
    return polled


def _read(channel: Channel, reading: Reading, since: datetime, polled: Polled) -> None:
    threads, missing = iter(reading.threads(since)), _Missing()
    known = Post.objects.filter(channel=channel, posted_at__gte=since).present()
    missing.posts = set(known.exclude(external_id="").values_list("external_id", flat=True))
    while True:
        # Before they are asked for: what happens meanwhile is newer.
        at = now()
        some = list(islice(threads, THREADS_AT_ONCE))
        if not some:
            break
        _take(channel, some, polled, at)
        _compare(channel, some, missing)
        current_job().checkpoint()
    _remove(channel, _gone(reading, missing), polled)


def _take(channel: Channel, threads: Iterable[Thread], polled: Polled, at: datetime) -> None:
    """Posts before comments, each dated with the moment at which they were asked for."""
    intake = Intake(channel, at=at, how=How.READ)
    posts = intake.take([thread.post] for thread in threads)
    comments = intake.take([each] for thread in threads for each in thread.comments)
    for counts, outcome in ((polled.posts, posts), (polled.comments, comments)):
        counts["added"] += outcome.added
        counts["updated"] += outcome.updated


def _compare(channel: Channel, threads: Iterable[Thread], missing: _Missing) -> None:
    """What stands here under these posts and was not among what came."""
    shown = {each.external_id for thread in threads for each in thread.comments}
    missing.sees_comments |= any(
        each.author is None or not each.author.is_page
        for thread in threads
        for each in thread.comments
    )
    missing.posts -= {thread.post.external_id for thread in threads}
    whole = [thread.post.external_id for thread in threads if thread.is_whole]
    known = Comment.objects.filter(
        channel=channel, post__external_id__in=whole, removed_at__isnull=True
    ).order_by("written_at")
    ids = known.values_list("external_id", flat=True)
    missing.comments += [key for key in ids.iterator() if key not in shown]


def _gone(reading: Reading, missing: _Missing) -> list[str]:
    """What the network says it has not."""
    asked = list(missing.posts) + (missing.comments if missing.sees_comments else [])
    return [key for key in asked[:MOST_ASKED] if not reading.is_there(key)]


def _remove(channel: Channel, gone: list[str], polled: Polled) -> None:
    if not gone:
        return
    at = now()
    removals = [[IncomingRemoval(key, at)] for key in gone]
    outcome = Intake(channel, at=at, how=How.READ).take(removals)
    polled.comments["removed"] += outcome.updated
