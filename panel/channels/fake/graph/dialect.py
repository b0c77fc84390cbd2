"""Which call does what: versions, routes, permissions, and fifty calls in one."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from panel.channels.fake.exchange import Request, Response, build
from panel.channels.fake.faults import Rule
from panel.channels.fake.graph import comments, connecting, posts
from panel.channels.fake.graph.asking import PAGE_KEY, Call, bearer, sign_in
from panel.channels.fake.graph.errors import Refusal, not_found
from panel.channels.fake.graph.shown import Shown
from panel.channels.fake.graph.usage import Meter
from panel.channels.fake.state import Network
from panel.channels.fake.things import Comment, Page, Photo, Post, Token

OLDEST, NEWEST = (21, 0), (26, 0)
LARGEST_BATCH = 50
READ, POSTS = "pages_read_engagement", "pages_manage_posts"
TALK, LISTEN = "pages_manage_engagement", "pages_read_user_content"
EVENTS, WRITE_TO = "pages_manage_metadata", "pages_messaging"

Route = Callable[[Call, Any], Shown]
ROUTES: dict[tuple[str, type, str], tuple[str, Route]] = {
    ("GET", Page, ""): ("", posts.read),
    ("GET", Page, "feed"): (READ, posts.feed),
    ("GET", Page, "posts"): (READ, posts.published),
    ("GET", Page, "published_posts"): (READ, posts.published),
    ("GET", Page, "visitor_posts"): (LISTEN, posts.visitors),
    ("POST", Page, "feed"): (POSTS, posts.publish),
    ("POST", Page, "photos"): (POSTS, posts.upload),
    ("POST", Page, "messages"): (WRITE_TO, comments.message),
    ("GET", Page, "subscribed_apps"): (EVENTS, connecting.subscriptions),
    ("POST", Page, "subscribed_apps"): (EVENTS, connecting.subscribe),
    ("DELETE", Page, "subscribed_apps"): (EVENTS, connecting.unsubscribe),
    ("GET", Post, ""): (READ, posts.read),
    ("POST", Post, ""): (POSTS, posts.change),
    ("DELETE", Post, ""): (POSTS, posts.delete),
    ("GET", Post, "comments"): (LISTEN, comments.listed),
    ("POST", Post, "comments"): (TALK, comments.write),
    ("GET", Photo, ""): (READ, posts.read),
    ("DELETE", Photo, ""): (POSTS, posts.delete),
    ("GET", Comment, ""): (LISTEN, posts.read),
    ("POST", Comment, ""): (TALK, comments.change),
    ("DELETE", Comment, ""): (TALK, posts.delete),
    ("GET", Comment, "comments"): (LISTEN, comments.listed),
    ("POST", Comment, "comments"): (TALK, comments.write),
}
SIGNED: dict[tuple[str, str], Callable[[Call], Shown]] = {
    ("GET", "me"): connecting.me,
    ("GET", "me/accounts"): connecting.accounts,
    ("GET", "debug_token"): connecting.debug,
}


class Graph:
    """The dialect. ``callback`` says where the app's events go, as its settings page would."""

    def __init__(self, network: Network, callback: Callable[[], str]) -> None:
        self.network, self.callback, self.meter = network, callback, Meter(network)

    def answer(self, request: Request) -> Response:
        """What Graph says to a call; whatever it is, there is an answer."""
        version, path = split(request.path)
        try:
            response = self._answer(request, version, path)
        except Refusal as refusal:
            response = refusal.response()
        return self.headed(request, response, version)

    def refuse(self, request: Request, rule: Rule) -> Response:
        """The refusal that a fault asks for; with ``minutes``, of a limit that lasts so long."""
        version, _path = split(request.path)
        kind = rule.as_kind
        code = (kind.code or 2) if rule.code is None else rule.code
        status = rule.status or kind.status
        refusal = Refusal(code, rule.message, subcode=rule.subcode, status=status)
        return self.headed(request, refusal.response(), version, rule.minutes)

    def headed(
        self, request: Request, response: Response, version: str, minutes: int = 0
    ) -> Response:
        """``response`` with the headers that every answer has."""
        token = self.network.tokens.get(bearer(request))
        owner = token.owner.id if token else ""
        response.headers["facebook-api-version"] = version
        response.headers.update(self.meter.headers(owner, minutes))
        return response

    def _answer(self, request: Request, version: str, path: str) -> Response:
        if path == "oauth/access_token":
            return Response(connecting.exchange(self.network, request))
        if path == "dialog/oauth":
            return connecting.dialog(self.network, request)
        call = Call(self.network, request, version, sign_in(self.network, request))
        self.meter.count(call.token.owner.id)
        if not path and request.method == "POST":
            return Response(self._batch(call))
        if signed := SIGNED.get((request.method, path)):
            return Response(signed(call))
        return Response(self._at(call, path))

    def _at(self, call: Call, path: str) -> Shown:
        id, _slash, edge = path.partition("/")
        if id == self.network.app.id and edge == "subscriptions":
            return connecting.app_subscriptions(call, self.callback())
        method = call.request.method
        thing = self.network.find(call.token.owner.id if id == "me" else id)
        if thing is None:
            raise not_found(id, method)
        scope, route = ROUTES.get((method, type(thing), edge), ("", None))
        if route is None:
            raise Refusal(2500, f"Unknown path components: /{edge}")
        check_scope(call.token, scope)
        return route(call, thing)

    def _batch(self, call: Call) -> list[Shown | None]:
        """POST / with ``batch``: each item its own code, and its body as a string."""
        items = call.data("batch")
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            raise Refusal(100, "(#100) Parameter batch must be an array")
        if len(items) > LARGEST_BATCH:
            raise Refusal(100, "Too many requests in batch message. Maximum batch size is 50")
        timed_out = self.network.settings.batch_null
        return [
            None if place in timed_out else self._item(call, item)
            for place, item in enumerate(items)
        ]

    def _item(self, call: Call, item: dict[str, Any]) -> Shown:
        head = dict(call.request.headers) | {"content-type": "application/x-www-form-urlencoded"}
        body = str(item.get("body", "")).encode()
        target = str(item.get("relative_url", "")).removeprefix("/")
        inner = build(str(item.get("method", "GET")), f"/{target}", head, body)
        inner.params = {"access_token": call.token.value} | _proof(call) | inner.params
        if files := str(item.get("attached_files", "")):
            inner.files = {"source": call.request.files.get(files, b"")}
        answer = self.answer(inner)
        headers = [{"name": name, "value": value} for name, value in answer.headers.items()]
        return {"code": answer.status, "headers": headers, "body": json.dumps(answer.data)}


def _proof(call: Call) -> dict[str, Any]:
    given = call.request.params.get("appsecret_proof")
    return {} if given is None else {"appsecret_proof": given}


def check_scope(token: Token, scope: str) -> None:
    """The permission a route needs; only a page's key is held to it."""
    if scope and token.kind == PAGE_KEY and scope not in token.scopes:
        raise Refusal(10, f"(#10) This endpoint requires the '{scope}' permission")


def split(path: str) -> tuple[str, str]:
    """The version that answers, and the path without it.

    One that has ended is answered by the oldest still in use, and so is a call that names none.
    """
    path = path.strip("/")
    first, _slash, rest = path.partition("/")
    number = first[1:].split(".")
    if first[:1] != "v" or not all(part.isdigit() for part in number):
        return _written(OLDEST), path
    asked = (int(number[0]), int(number[1]) if len(number) > 1 else 0)
    return _written(min(max(asked, OLDEST), NEWEST)), rest


def _written(version: tuple[int, int]) -> str:
    return f"v{version[0]}.{version[1]}"
