"""Threads on which things vanish, as a network tells it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from panel.channels.incoming import (
    IncomingAuthor,
    IncomingHiding,
    IncomingPost,
    IncomingRemoval,
)
from panel.channels.models import Channel
from panel.conversations.intake.batch import Intake
from panel.conversations.models import How
from tests.factories.conversations import START, said

US = IncomingAuthor("100200300", "Byen", is_page=True)
CITIZEN = IncomingAuthor("77", "Bo Borger")
WORDS = "Broen er lukket fra mandag"


def minute(number: float) -> datetime:
    return START + timedelta(minutes=number)


def post(number: int = 1, *, by: IncomingAuthor | None = US, **fields: Any) -> IncomingPost:
    given = {"text": WORDS, "posted_at": START, "author": by, "seen_at": START} | fields
    return IncomingPost(f"p{number}", **given)


def gone(key: str, at: float = 0) -> IncomingRemoval:
    return IncomingRemoval(key, minute(at))


def veiled(key: str, at: float = 0, *, is_hidden: bool = True, post: str = "p1") -> IncomingHiding:
    return IncomingHiding(key, post, is_hidden, minute(at))


def thread(channel: Channel, comments: int = 5) -> None:
    """A post of ours with comments by as many citizens."""
    hear(channel, post(), *(said(number, by=f"p{number}") for number in range(1, comments + 1)))


def hear(channel: Channel, *items: Any, how: How = How.TOLD) -> None:
    """The network says all this in one delivery."""
    Intake(channel, how=how).take([item] for item in items)
