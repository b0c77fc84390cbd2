"""What every kind of channel can say about itself, and what a network's kind can do.

A kind is a folder with an adapter in it. Some bring comments in by file or on our own pages; those
that sign in to a network also send.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import inf
from typing import Protocol, runtime_checkable

from django.utils.functional import Promise

from panel.channels.heard import Ears, Heard, Thread
from panel.channels.keys import KeyCheck
from panel.channels.models import Kind
from panel.channels.outgoing import Account, Act, Answer, Seen


@dataclass(frozen=True, slots=True)
class Place:
    """Where a channel is, as it is kept: one spelling for one place.

    ``scope`` says within what the network's ids are the same people.
    """

    external_id: str
    url: str
    scope: str


@dataclass(frozen=True, slots=True)
class PictureRules:
    """What a network asks of pictures, where it asks more than most.

    ``fetched``: it comes for them, so each needs an address that the whole world can open.
    ``narrowest`` and ``widest`` are shapes, as width by height.
    """

    fetched: bool = False
    narrowest: float = 0.0
    widest: float = inf


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
    def id_help(self) -> Promise | str:
        """What to write as the id on the network; empty where there is none."""

    @property
    def key_help(self) -> Promise | str:
        """Where its key is made, for who pastes it; empty where it signs in nowhere."""

    @property
    def takes_files(self) -> bool:
        """Whether comments come in by file."""

    @property
    def needs_token(self) -> bool:
        """Whether it signs in somewhere."""

    @property
    def calls_its_address(self) -> bool:
        """Whether the key is sent to the channel's address, which then stays as it was made."""

    def place(self, *, slug: str, external_id: str, url: str) -> Place:
        """Where the channel is. Its id and its scope never change once it is made.

        Raises ``ValidationError`` with a message for each field.
        """


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
class Particular(Protocol):
    """A kind whose network takes less, or in another way, than most."""

    @property
    def pictures(self) -> PictureRules:
        """What it asks of pictures."""

    def foresees(self, act: Act) -> str:
        """The code ``act`` would be refused with before anybody is called; empty for none.

        Of a picture whose bytes are not there yet, it only counts that there is one.
        """


@runtime_checkable
class Answerer(Protocol):
    """A kind whose sender can reply to a comment on its network."""

    @property
    def longest_reply(self) -> int:
        """How long a reply may be, as the network counts."""

    def reply_length(self, text: str) -> int:
        """How long a text is, as the network counts."""


@runtime_checkable
class KeyHolder(Protocol):
    """A kind that signs in with a key somebody has pasted."""

    def check(self, account: Account) -> KeyCheck:
        """Ask the network whether the key still opens its page.

        Raises ``NotReached`` where it cannot be asked just now.
        """


class Reading(Protocol):
    """One look at a page. ``calls`` is how often the network was asked so far."""

    @property
    def calls(self) -> int:
        """How often the network was asked so far."""

    def threads(self, since: datetime) -> Iterator[Thread]:
        """Every post made since then, newest first, with its comments. Raises ``NotReached``."""

    def is_there(self, external_id: str) -> bool:
        """Whether the network still has a post or comment. Raises ``NotReached``."""


@runtime_checkable
class Listener(Protocol):
    """A kind whose network tells us what happens."""

    def lacks(self) -> tuple[str, ...]:
        """The settings without which the network cannot tell us anything."""

    def answer_to(self, query: Mapping[str, str]) -> str | None:
        """What to answer when the network asks whether we are who it looks for; None for no."""

    def is_from_network(self, body: bytes, headers: Mapping[str, str]) -> bool:
        """Whether the delivery is signed with what only the network and we know."""

    def heard(self, body: bytes) -> Heard:
        """What a delivery says. Raises ``Unreadable``."""

    def listen(self, account: Account, *, address: str) -> Ears:
        """Ask the network to tell us at ``address``, as far as we may; what it does now.

        Raises ``NotReached``. Asking twice changes nothing.
        """


@runtime_checkable
class Reader(Protocol):
    """A kind whose network can be read."""

    def reading(self, account: Account) -> Reading:
        """Begin to read. Raises ``NotReached`` without a key."""
