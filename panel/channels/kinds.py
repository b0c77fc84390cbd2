"""The table of kinds: what there is in this version."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from panel.channels.byhand.adapter import ByHand
from panel.channels.facebook.adapter import Facebook
from panel.channels.instagram.adapter import Instagram
from panel.channels.mastodon.adapter import Mastodon
from panel.channels.protocol import Adapter
from panel.channels.site.adapter import Site

KINDS: Final[Mapping[str, Adapter]] = {
    adapter.kind.value: adapter
    for adapter in (ByHand(), Site(), Facebook(), Instagram(), Mastodon())
}


class UnknownKind(LookupError):
    """There is no such kind of channel."""


def adapter_for(kind: str) -> Adapter:
    """The adapter of a kind. Raises ``UnknownKind``."""
    try:
        return KINDS[kind]
    except KeyError:
        raise UnknownKind(kind) from None


def kinds_with_files() -> list[str]:
    """The kinds whose comments come in by file."""
    return [kind for kind, adapter in KINDS.items() if adapter.takes_files]
