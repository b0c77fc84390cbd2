"""What every kind of channel can say about itself.

A kind is a folder with an adapter in it. The kinds of this version bring comments in by file or on
our own pages; a network's kind will add reading and sending here, and fill them in its own folder.
"""

from __future__ import annotations

from typing import Protocol

from django.utils.functional import Promise

from panel.channels.models import Kind


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
