"""From a channel, or a kind, to whoever hears and reads its network."""

from __future__ import annotations

from panel.channels.kinds import adapter_for
from panel.channels.models import Channel
from panel.channels.protocol import Listener, Reader


def listener_for(kind: str) -> Listener | None:
    """Who understands what a kind's network tells; None for one that tells nothing."""
    adapter = adapter_for(kind)
    return adapter if isinstance(adapter, Listener) else None


def reader_of(channel: Channel) -> Reader | None:
    """Who reads the channel's network; None where there is nothing to read."""
    adapter = adapter_for(channel.kind)
    return adapter if isinstance(adapter, Reader) else None
