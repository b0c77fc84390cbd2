"""Which call does what, with which scope; and the headers every answer has."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from email.utils import formatdate
from typing import Any

from panel.channels.fake.exchange import Request, Response
from panel.channels.fake.faults import Rule
from panel.channels.fake.mastodon import statuses
from panel.channels.fake.mastodon.asking import Call, bearer, check_scope, sign_in
from panel.channels.fake.mastodon.errors import Refusal
from panel.channels.fake.mastodon.limits import Meter
from panel.channels.fake.mastodon.shown import Shown, account
from panel.channels.fake.state import Network

PATHS = "/api/"
Route = Callable[[Call], Any]


class Mastodon:
    """The dialect."""

    def __init__(self, network: Network) -> None:
        self.network, self.meter, self.uploads = network, Meter(network), statuses.Uploads()
        self._traces = itertools.count(1)
        self._routes: dict[tuple[str, str], tuple[str, Route]] = {
            ("GET", "v1/accounts/verify_credentials"): ("read:accounts", _me),
            ("GET", "v1/apps/verify_credentials"): ("", _app),
            ("GET", "v1/accounts/*/statuses"): ("read:statuses", statuses.listed),
            ("GET", "v1/statuses/*"): ("read:statuses", statuses.read),
            ("POST", "v1/statuses"): ("write:statuses", statuses.publish),
            ("POST", "v2/media"): ("write:media", self.uploads.upload),
            ("GET", "v1/media/*"): ("write:media", self.uploads.read),
            ("DELETE", "v1/media/*"): ("write:media", self.uploads.delete),
        }

    def answer(self, request: Request) -> Response:
        """What Mastodon says to a call; whatever it is, there is an answer."""
        try:
            said = self._answer(request)
        except Refusal as refusal:
            said = refusal.response()
        return self._headed(request, said if isinstance(said, Response) else Response(said))

    def refuse(self, request: Request, rule: Rule) -> Response:
        """The refusal that a fault asks for; with ``minutes``, of a limit that lasts so long."""
        status = rule.status or rule.as_kind.status or 422
        minutes = rule.minutes if status == 429 else None
        return self._headed(request, Refusal(status, rule.message).response(), minutes)

    def _answer(self, request: Request) -> Any:
        path = request.path.removeprefix(PATHS).strip("/")
        if (request.method, path) == ("GET", "v2/instance"):
            return _instance(self.network, request)
        pattern, id = path, ""
        if (request.method, path) not in self._routes:
            version, noun, id, *rest = [*path.split("/"), "", "", ""]
            pattern = "/".join([version, noun, "*", *filter(None, rest)])
        if (request.method, pattern) not in self._routes:
            raise Refusal(404)
        scope, route = self._routes[request.method, pattern]
        token = sign_in(self.network, request)
        self.meter.count(token.owner.id)
        check_scope(token, scope)
        return route(Call(self.network, request, token, id))

    def _headed(self, request: Request, response: Response, minutes: int | None = None) -> Response:
        token = self.network.tokens.get(bearer(request))
        response.headers.update(self.meter.headers(token.owner.id if token else "", minutes))
        response.headers["Date"] = formatdate(self.network.now(), usegmt=True)
        response.headers["X-Request-Id"] = f"fake-{next(self._traces):08d}"
        return response


def _me(call: Call) -> Shown:
    """GET /api/v1/accounts/verify_credentials."""
    return account(call.account, call.request.base)


def _app(call: Call) -> Shown:
    """GET /api/v1/apps/verify_credentials."""
    return {"id": "1", "name": call.network.app.name, "scopes": list(call.token.scopes)}


def _instance(network: Network, request: Request) -> Shown:
    """GET /api/v2/instance: anybody may ask."""
    of_posts = {
        "max_characters": network.settings.max_characters,
        "max_media_attachments": statuses.MOST_PICTURES,
        "characters_reserved_per_url": 23,
    }
    domain = request.base.partition("://")[2]
    return {"domain": domain, "version": "4.5.0", "configuration": {"statuses": of_posts}}
