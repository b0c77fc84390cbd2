"""Handing something over to be sent."""

from __future__ import annotations

from datetime import datetime

from panel.channels.models import Channel
from panel.channels.outgoing import Act
from panel.outbox.models import Outgoing
from panel.outbox.payloads import kept


def hand_over(
    *,
    key: str,
    channel: Channel,
    act: Act,
    title: str,
    due_at: datetime,
    latest_at: datetime | None = None,
) -> Outgoing:
    """From the commit of the caller's transaction on, this will be done once, or a person told why
    not.

    ``key`` says what causes it; handing over the same again is handing over nothing. No record of
    its own: the decision that causes it is recorded beside it.
    """
    made, _is_new = Outgoing.objects.get_or_create(
        key=key,
        defaults={
            "channel": channel,
            "verb": act.verb.value,
            "title": title[:255],
            "payload": kept(act),
            "due_at": due_at,
            "latest_at": latest_at,
            "next_at": due_at,
        },
    )
    return made
