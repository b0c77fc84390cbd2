"""What every kind of channel can say about itself, and what a network's kind can do.

A kind is a folder with an adapter in it. Some bring comments in by file or on our own pages; those
that sign in to a network also send.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol, runtime_checkable

from django.utils.functional import Promise

from panel.channels.keys import KeyCheck
from panel.channels.models import Kind
from panel.channels.outgoing import Account, Act, Answer, Seen


class Adapter(Protocol):
    """One kind of channel.

    Nothing outside its folder knows how it works.
    """

    @property
    def kind(self) -> Kind:
        """Its name in the database."""

    @property
    def about(self) -> Promise:
        """One sentence for the person who chooses a kind."""

    @property
    def takes_files(self) -> bool:
        """Whether comments come in by file."""

    @property
    def needs_token(self) -> bool:
        """Whether it signs in somewhere."""

    def scope(self, *, slug: str, external_id: str) -> str:
        """Within what the network's ids are the same people: never changed once a channel is
        made."""


@runtime_checkable
class Sender(Protocol):
    """A kind that acts on a network. It tries once; when to try again is the outbox's to say."""

    def send(self, account: Account, act: Act) -> Answer:
        """Do it once. Whatever the network does, the answer is sorted and nothing is raised."""

    def find(self, account: Account, act: Act, *, since: datetime) -> Sequence[Seen]:
        """Everything there since a moment that could be ``act``, the oldest first.

        Raises ``NotReached`` where the network cannot be asked just now.
        """


@runtime_checkable
class KeyHolder(Protocol):
    """A kind that signs in with a key somebody has pasted."""

    def check(self, account: Account) -> KeyCheck:
        """Ask the network whether the key still opens its page.

        Raises ``NotReached`` where it cannot be asked just now.
        """
