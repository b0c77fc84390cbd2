"""Which call does what on an Instagram account. Keys, limits and refusals are Graph's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from panel.channels.fake.exchange import Request, Response
from panel.channels.fake.faults import Rule
from panel.channels.fake.graph.asking import Call, sign_in
from panel.channels.fake.graph.dialect import Graph, check_scope, split
from panel.channels.fake.graph.errors import Refusal, not_found
from panel.channels.fake.graph.paging import listing_of, one_page
from panel.channels.fake.instagram.containers import Container, Containers
from panel.channels.fake.instagram.shown import asked, show
from panel.channels.fake.things import Page, Post

BASIC, PUBLISH = "instagram_basic", "instagram_content_publish"
Thing = Page | Post | Container
Route = Callable[[Call, Any], Any]


class Instagram:
    """The dialect, beside the Graph whose words it speaks."""

    def __init__(self, graph: Graph) -> None:
        self.graph, self.network = graph, graph.network
        self.containers = Containers(self.network)
        self.routes: dict[tuple[str, type, str], tuple[str, Route]] = {
            ("GET", Page, ""): (BASIC, show),
            ("GET", Page, "media"): (BASIC, _listed),
            ("POST", Page, "media"): (PUBLISH, self.containers.make),
            ("POST", Page, "media_publish"): (PUBLISH, self.containers.publish),
            ("GET", Page, "content_publishing_limit"): (PUBLISH, self.containers.limit),
            ("GET", Container, ""): (BASIC, self.containers.status),
            ("GET", Post, ""): (BASIC, show),
        }

    def knows(self, request: Request) -> bool:
        """Whether the call is about an account here, or what is on it."""
        return self._thing(split(request.path)[1].partition("/")[0]) is not None

    def answer(self, request: Request) -> Response:
        """What Instagram says to a call; whatever it is, there is an answer."""
        version, path = split(request.path)
        try:
            call = Call(self.network, request, version, sign_in(self.network, request))
            self.graph.meter.count(call.token.owner.id)
            response = Response(self._at(call, path))
        except Refusal as refusal:
            response = refusal.response()
        return self.graph.headed(request, response, version)

    def refuse(self, request: Request, rule: Rule) -> Response:
        """The refusal that a fault asks for."""
        return self.graph.refuse(request, rule)

    def _at(self, call: Call, path: str) -> Any:
        id, _slash, edge = path.partition("/")
        method, thing = call.request.method, self._thing(id)
        if thing is None or _account_of(thing) != call.token.owner.id:
            raise not_found(id, method)
        scope, route = self.routes.get((method, type(thing), edge), ("", None))
        if route is None:
            raise Refusal(2500, f"Unknown path components: /{edge}")
        check_scope(call.token, scope)
        return route(call, thing)

    def _thing(self, id: str) -> Thing | None:
        accounts = [page for page in self.network.pages.values() if page.is_instagram]
        for account in accounts:
            if account.id == id:
                return account
            post = self.network.find(f"{account.id}_{id}")
            if isinstance(post, Post):
                return post
        return self.containers.made.get(id) if accounts else None


def _account_of(thing: Thing) -> str:
    return thing.id if isinstance(thing, Page) else thing.page_id


def _listed(call: Call, account: Page) -> Any:
    """GET /{account}/media: what stands on it, the newest first."""
    posts = [post for post in account.posts if not post.removed and post.visitor is None]
    listing = listing_of(call, f"{account.id}/media", newest_first=True)
    fields = asked(call)
    return one_page(call, posts, listing, lambda post: show(call, post, fields))
