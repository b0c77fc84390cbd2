"""One call: who asks, with which key, for what; and the values in its parameters."""

from __future__ import annotations

import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from panel.channels.fake.exchange import Request
from panel.channels.fake.graph.errors import Refusal, dead_token
from panel.channels.fake.state import Network
from panel.channels.fake.things import Page, Person, Token

PAGE_KEY, USER_KEY, APP_KEY = "PAGE", "USER", "APP"
EXPIRED = 463


@dataclass(slots=True)
class Call:
    """A request, understood as far as every route needs it."""

    network: Network
    request: Request
    version: str
    token: Token

    def text(self, name: str) -> str:
        """A parameter as a string, empty where it was not given."""
        value = self.request.params.get(name)
        return "" if value is None else value if isinstance(value, str) else json.dumps(value)

    def flag(self, name: str, default: bool) -> bool:
        """A parameter as Graph reads true and false."""
        value = self.request.params.get(name)
        return default if value is None else str(value).lower() not in {"false", "0", ""}

    def data(self, name: str) -> Any:
        """A parameter that is JSON, written out or as a string; nothing where it is not."""
        value = self.request.params.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            return None

    def moment(self, name: str) -> int | None:
        """A time as seconds or ISO 8601. Raises ``Refusal``."""
        text = self.text(name)
        if not text or text.isdigit():
            return int(text) if text else None
        try:
            said = datetime.fromisoformat(text)
        except ValueError:
            raise Refusal(100, f"(#100) {name} is not a valid time") from None
        return int((said if said.tzinfo else said.replace(tzinfo=UTC)).timestamp())

    def address(self, path: str, params: dict[str, str]) -> str:
        """A link back to us, with the key in it: the real one does the same."""
        query = urlencode({"access_token": self.token.value} | params)
        return f"{self.request.base}/{self.version}/{path}?{query}"

    def own(self, page_id: str) -> Page:
        """The page a write is about. Raises ``Refusal`` where the key is another's."""
        if self.token.kind != PAGE_KEY or self.token.owner.id != page_id:
            raise Refusal(
                200, "(#200) The user hasn't authorized the application to perform this action"
            )
        return self.network.pages[page_id]


def sign_in(network: Network, request: Request) -> Token:
    """The key of a request. Raises ``Refusal`` where there is none that works."""
    value = bearer(request)
    if not value:
        raise Refusal(104)
    token = network.tokens.get(value) or app_token(network, value)
    if token is None:
        raise Refusal(190)
    if trouble := trouble_with(network, token):
        raise dead_token(trouble)
    if token.kind != APP_KEY:
        _check_proof(network, request, value)
    return token


def bearer(request: Request) -> str:
    """The key as it was handed over: in the parameters, or in the header."""
    given = request.params.get("access_token")
    if given:
        return str(given)
    scheme, _space, value = request.headers.get("authorization", "").partition(" ")
    return value.strip() if scheme.lower() in {"bearer", "oauth"} else ""


def app_token(network: Network, value: str) -> Token | None:
    """The app's own key, which is made of its id and its secret."""
    app = network.app
    if not hmac.compare_digest(value.encode(), f"{app.id}|{app.secret}".encode()):
        return None
    return Token(value, APP_KEY, Person(app.id, app.name), (), 0)


def trouble_with(network: Network, token: Token) -> int:
    """The sub-code a key is refused with; 0 where it is good."""
    if token.trouble:
        return token.trouble
    return EXPIRED if token.expires and network.now() >= token.expires else 0


def _check_proof(network: Network, request: Request, value: str) -> None:
    given = request.params.get("appsecret_proof")
    if given is None:
        if network.settings.require_proof:
            raise Refusal(
                100,
                "API calls from the server require an appsecret_proof argument",
                type="GraphMethodException",
            )
        return
    right = hmac.digest(network.app.secret.encode(), value.encode(), "sha256").hex()
    if not hmac.compare_digest(str(given).encode(), right.encode()):
        raise Refusal(
            100,
            "Invalid appsecret_proof provided in the API argument",
            type="GraphMethodException",
        )


def written(moment: int) -> str:
    """A time as Graph writes it, without the colon in its offset."""
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")
