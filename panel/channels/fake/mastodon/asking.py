"""One call: who asks, with which key, for what."""

from __future__ import annotations

from dataclasses import dataclass

from panel.channels.fake.exchange import Request
from panel.channels.fake.mastodon.errors import Refusal
from panel.channels.fake.state import Network
from panel.channels.fake.things import Page, Token


@dataclass(slots=True)
class Call:
    """A request, understood as far as every route needs it."""

    network: Network
    request: Request
    token: Token
    id: str = ""  # what stands in the path

    def text(self, name: str) -> str:
        """A parameter, empty where it was not given."""
        value = self.request.params.get(name)
        return "" if value is None else str(value)

    def several(self, name: str) -> list[str]:
        """A parameter that holds several, as a form writes them or as JSON."""
        params = self.request.params
        found = params.get(f"{name}[]", params.get(name, []))
        return [str(each) for each in found] if isinstance(found, list) else []

    @property
    def account(self) -> Page:
        """Whose key it is. Raises ``Refusal`` for a key that is no account's."""
        found = self.network.pages.get(self.token.owner.id)
        if found is None:
            raise Refusal(422, "This method requires an authenticated user")
        return found


def bearer(request: Request) -> str:
    """The key as it was handed over; empty where there is none."""
    scheme, _space, value = request.headers.get("authorization", "").partition(" ")
    return value.strip() if scheme.lower() == "bearer" else ""


def sign_in(network: Network, request: Request) -> Token:
    """The key of a request. Raises ``Refusal`` where there is none that works."""
    token = network.tokens.get(bearer(request))
    if token is None:
        raise Refusal(401)
    if token.trouble:
        raise Refusal(401, "The access token was revoked")
    if token.expires and network.now() >= token.expires:
        raise Refusal(401, "The access token expired")
    return token


def check_scope(token: Token, scope: str) -> None:
    """``read`` holds ``read:accounts``, and ``profile`` is enough to ask who one is."""
    enough = {scope, scope.partition(":")[0]} | ({"profile"} if scope == "read:accounts" else set())
    if scope and not enough & set(token.scopes):
        raise Refusal(403, "This action is outside the authorized scopes")
