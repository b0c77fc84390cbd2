"""What every dialect can do: the rest of the network knows none of them."""

from __future__ import annotations

from typing import Protocol

from panel.channels.fake.exchange import Request, Response
from panel.channels.fake.faults import Rule


class Dialect(Protocol):
    """One network's way of speaking."""

    def answer(self, request: Request) -> Response:
        """What the network says to a call; whatever it is, there is an answer."""

    def refuse(self, request: Request, rule: Rule) -> Response:
        """The refusal that a fault asks for, in the network's own words."""
