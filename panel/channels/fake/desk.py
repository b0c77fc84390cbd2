"""The control interface, below ``/_fake/``: whoever runs the network says what happens on it.

GET reads, POST does; both speak JSON. The real networks have nothing like it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import asdict
from typing import Any
from urllib.parse import urlsplit

from panel.channels.fake.exchange import Request, Response
from panel.channels.fake.faults import Rule, UnknownFault, rule_from
from panel.channels.fake.record import Asked, counted
from panel.channels.fake.state import SCOPES, Network
from panel.channels.fake.things import Comment, Page, Person, Photo, Post, Token
from panel.channels.fake.webhooks import Deliveries

PREFIX = "/_fake/"
Said = dict[str, Any]


class Nonsense(Exception):
    """What was said names something that is not there."""


class Desk:
    """Answers whoever runs the network, and keeps the rules and the record."""

    def __init__(self, network: Network, deliveries: Deliveries) -> None:
        self.network, self.deliveries = network, deliveries
        self.rules: list[Rule] = []
        self.log: list[Asked] = []

    async def answer(self, request: Request) -> Response:
        """Do or read it. What waits for others does so in a thread, so that they are answered."""
        name = request.path.removeprefix(PREFIX).strip("/")
        said = request.params
        try:
            if request.method == "POST" and name in WAITING:
                return Response(await asyncio.to_thread(WAITING[name], self, said))
            table = READING if request.method == "GET" else DOING
            if name not in table:
                return Response({"error": f"there is no {request.method} {name} here"}, 404)
            return Response(table[name](self, said))
        except (Nonsense, UnknownFault, KeyError, TypeError, ValueError) as error:
            return Response({"error": f"{type(error).__name__}: {error}"}, 400)

    # --- Pages and keys ---------------------------------------------------------------------------

    def add_page(self, said: Said) -> Said:
        """``{"id", "name", "username", "token", "subscribed": true, "instagram": false}``, with the
        token's words.
        """
        subscribed = ["feed"] if said.get("subscribed", True) else []
        id = str(said["id"])
        name, username = str(said.get("name") or id), str(said.get("username", ""))
        is_instagram = bool(said.get("instagram", False))
        page = self.network.add_page(id, name, subscribed, username, is_instagram=is_instagram)
        if said.get("token"):
            self.add_token(said | {"page": page.id})
        return {"id": page.id}

    def add_token(self, said: Said) -> Said:
        """``{"token", "page" or "user", "scopes", "expires", "data_access_expires"}``."""
        page = self.network.pages[said["page"]] if "page" in said else None
        owner = page.as_person if page else _person(said["user"])
        token = self.network.add_token(
            said["token"],
            kind="PAGE" if page else "USER",
            owner=owner or Person("0"),
            scopes=tuple(said.get("scopes") or SCOPES),
            expires=int(said.get("expires", 0)),
        )
        if "data_access_expires" in said:
            token.data_access_expires = int(said["data_access_expires"])
        return {"token": token.value}

    def revoke(self, said: Said) -> Said:
        """``{"token", "subcode": 460}``: it is refused from now on."""
        token: Token = self.network.tokens[said["token"]]
        token.trouble = int(said.get("subcode", 460))
        return {}

    # --- What people do ---------------------------------------------------------------------------

    def comment(self, said: Said) -> Said:
        """``{"on", "message", "author": {"id", "name"} or null, "at", "likes"}``."""
        target = self._thing(said["on"], Post, Comment)
        comment = self.network.comment(
            target,
            said["message"],
            author=_person(said.get("author")),
            at=int(said.get("at", 0)),
            likes=int(said.get("likes", 0)),
        )
        return {"id": comment.id}

    def post(self, said: Said) -> Said:
        """``{"page", "message", "link", "author", "at", "reactions", "shares"}``: by hand, not by
        the app.
        """
        post = self.network.publish(
            self.network.pages[said["page"]],
            said["message"],
            link=said.get("link", ""),
            by_app=False,
            visitor=_person(said.get("author")),
            at=int(said.get("at", 0)),
        )
        post.reactions, post.shares = int(said.get("reactions", 0)), int(said.get("shares", 0))
        return {"id": post.id}

    def edit(self, said: Said) -> Said:
        """``{"id", "message"}``."""
        self.network.edit(self._thing(said["id"], Post, Comment), said["message"])
        return {}

    def hide(self, said: Said) -> Said:
        """``{"id", "hidden": true}``."""
        thing = self._thing(said["id"], Post, Comment)
        self.network.hide(thing, bool(said.get("hidden", True)))
        return {}

    def remove(self, said: Said) -> Said:
        """``{"id", "silently": false}``: silently, no event tells of it."""
        thing = self._thing(said["id"], Post, Photo, Comment)
        self.network.remove(thing, silently=bool(said.get("silently", False)))
        return {}

    def figures(self, said: Said) -> Said:
        """``{"id", "reactions", "shares"}`` of a post."""
        post = self._thing(said["id"], Post)
        post.reactions = int(said.get("reactions", post.reactions))
        post.shares = int(said.get("shares", post.shares))
        return {}

    def _thing(self, id: str, *kinds: type) -> Any:
        thing = self.network.find(id)
        if thing is None or not isinstance(thing, kinds):
            raise Nonsense(f"nothing of that kind is here: {id}")
        return thing

    # --- How it behaves ---------------------------------------------------------------------------

    def fault(self, said: Said) -> Said:
        """One rule more, asked after the others; its words are those of ``faults.Rule``."""
        self.rules.append(rule_from(said))
        return {"rules": len(self.rules)}

    def behave(self, said: Said) -> Said:
        """No rules any more."""
        self.rules.clear()
        return {}

    def settings(self, said: Said) -> Said:
        """Change some of ``state.Settings``."""
        _change(self.network.settings, said)
        return asdict(self.network.settings)

    def webhooks(self, said: Said) -> Said:
        """Change some of ``webhooks.Manner``."""
        if (url := said.get("url")) and not urlsplit(url).hostname:
            raise Nonsense(url)
        _change(self.deliveries.manner, said)
        return asdict(self.deliveries.manner)

    def clock(self, said: Said) -> Said:
        """``{"offset"}``: how far ahead the network's clock is, in seconds."""
        self.network.offset = float(said["offset"])
        return {"now": self.network.now()}

    def reset(self, said: Said) -> Said:
        """A new, well-behaved network. Ids go on."""
        self.network.reset()
        self.deliveries.forget()
        self.rules.clear()
        self.log.clear()
        return {}

    # --- What waits for others --------------------------------------------------------------------

    def settle(self, said: Said) -> Said:
        """``{"seconds": 10}``: wait until every event is delivered."""
        return {"settled": self.deliveries.settle(float(said.get("seconds", 10)))}

    def again(self, said: Said) -> Said:
        """Deliver every event once more, in another order."""
        return {"sent": self.deliveries.again()}

    def verify(self, said: Said) -> Said:
        """``{"challenge"}``: ask the address to prove itself."""
        status, text = self.deliveries.verify(str(said.get("challenge", "1158201444")))
        return {"status": status, "text": text}

    # --- What there is ----------------------------------------------------------------------------

    def read_posts(self, said: Said) -> list[Said]:
        """Every post there ever was, in the order they were made."""
        return [_post(one) for one in self.network.things.values() if isinstance(one, Post)]

    def read_photos(self, said: Said) -> list[Said]:
        """Every photo there ever was."""
        return [asdict(one) for one in self.network.things.values() if isinstance(one, Photo)]

    def read_comments(self, said: Said) -> list[Said]:
        """Every comment there ever was."""
        return [asdict(one) for one in self.network.things.values() if isinstance(one, Comment)]

    def read_messages(self, said: Said) -> list[Said]:
        """Every private message, and on which comment it answers."""
        pages: list[Page] = list(self.network.pages.values())
        return [{**message, "page_id": page.id} for page in pages for message in page.messages]

    def read_requests(self, said: Said) -> list[Said]:
        """The record, from number ``after`` on."""
        return [one.as_data() for one in self.log[int(said.get("after", 0)) :]]

    def read_counters(self, said: Said) -> Said:
        """The record in numbers."""
        return counted(self.log)

    def read_faults(self, said: Said) -> list[Said]:
        """The rules, and how often each has fired."""
        return [rule.as_data() for rule in self.rules]

    def read_deliveries(self, said: Said) -> list[Said]:
        """What was delivered, and what every try was answered."""
        return [asdict(one) for one in list(self.deliveries.sent)]


def _person(said: Said | None) -> Person | None:
    return Person(str(said["id"]), said.get("name", "")) if said else None


def _change(what: Any, said: Said) -> None:
    known = asdict(what)
    for name, value in said.items():
        if name not in known:
            raise Nonsense(name)
        setattr(what, name, tuple(value) if isinstance(value, list) else value)


def _post(post: Post) -> Said:
    photos = [{"id": one.id, "alt": one.alt, "sha256": one.sha256} for one in post.photos]
    names = (
        "id",
        "page_id",
        "message",
        "link",
        "created",
        "published",
        "by_app",
        "hidden",
        "removed",
    )
    return {name: getattr(post, name) for name in names} | {"photos": photos}


Answerer = Callable[[Desk, Said], Any]
DOING: dict[str, Answerer] = {
    "pages": Desk.add_page,
    "tokens": Desk.add_token,
    "revoke": Desk.revoke,
    "comments": Desk.comment,
    "posts": Desk.post,
    "edit": Desk.edit,
    "hide": Desk.hide,
    "remove": Desk.remove,
    "figures": Desk.figures,
    "faults": Desk.fault,
    "behave": Desk.behave,
    "settings": Desk.settings,
    "webhooks": Desk.webhooks,
    "clock": Desk.clock,
    "reset": Desk.reset,
}
WAITING: dict[str, Answerer] = {
    "settle": Desk.settle,
    "again": Desk.again,
    "verify": Desk.verify,
}
READING: dict[str, Answerer] = {
    "posts": Desk.read_posts,
    "photos": Desk.read_photos,
    "comments": Desk.read_comments,
    "messages": Desk.read_messages,
    "requests": Desk.read_requests,
    "counters": Desk.read_counters,
    "faults": Desk.read_faults,
    "deliveries": Desk.read_deliveries,
}
