"""From a channel to whoever acts on its network, and the key to act with."""

from __future__ import annotations

from panel.channels.kinds import adapter_for
from panel.channels.models import Channel, Credential
from panel.channels.outgoing import Account, Act
from panel.channels.protocol import Answerer, Particular, PictureRules, Sender


class NoSender(LookupError):
    """This kind of channel acts on no network."""


def sends(channel: Channel) -> bool:
    """Whether the channel's kind acts on a network by itself."""
    return isinstance(adapter_for(channel.kind), Sender)


def answerer_of(channel: Channel) -> Answerer | None:
    """Who knows how to reply on the channel's network; None where nobody can from here."""
    adapter = adapter_for(channel.kind)
    return adapter if isinstance(adapter, Answerer) and sends(channel) else None


def sender_for(channel: Channel) -> Sender:
    """Who acts on the channel's network. Raises ``NoSender`` and ``UnknownKind``."""
    adapter = adapter_for(channel.kind)
    if not isinstance(adapter, Sender):
        raise NoSender(channel.kind)
    return adapter


def picture_rules(channel: Channel) -> PictureRules:
    """What the channel's network asks of pictures."""
    adapter = adapter_for(channel.kind)
    return adapter.pictures if isinstance(adapter, Particular) else PictureRules()


def foresees(channel: Channel, act: Act) -> str:
    """The code ``act`` would be refused with on ``channel``, as far as it is known before anybody
    is called; empty for none.
    """
    adapter = adapter_for(channel.kind)
    return adapter.foresees(act) if isinstance(adapter, Particular) else ""


def account_of(channel: Channel) -> Account:
    """Where to act, and with which key: none where there is none, or FIELD_KEYS no longer opens it.

    Without a key every sender answers that somebody must connect the channel.
    """
    try:
        token = Credential.objects.filter(channel=channel).values_list("token", flat=True).first()
    except ValueError:
        token = None
    return Account(channel.external_id, token or "", channel.url)
