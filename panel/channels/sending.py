"""From a channel to whoever acts on its network, and the key to act with."""

from __future__ import annotations

from panel.channels.kinds import adapter_for
from panel.channels.models import Channel, Credential
from panel.channels.outgoing import Account
from panel.channels.protocol import Sender


class NoSender(LookupError):
    """This kind of channel acts on no network."""


def sends(channel: Channel) -> bool:
    """Whether the channel's kind acts on a network by itself."""
    return isinstance(adapter_for(channel.kind), Sender)


def sender_for(channel: Channel) -> Sender:
    """Who acts on the channel's network. Raises ``NoSender`` and ``UnknownKind``."""
    adapter = adapter_for(channel.kind)
    if not isinstance(adapter, Sender):
        raise NoSender(channel.kind)
    return adapter


def account_of(channel: Channel) -> Account:
    """Where to act, and with which key: none where there is none, or FIELD_KEYS no longer opens it.

    Without a key every sender answers that somebody must connect the channel.
    """
    try:
        token = Credential.objects.filter(channel=channel).values_list("token", flat=True).first()
    except ValueError:
        token = None
    return Account(channel.external_id, token or "", channel.url)
