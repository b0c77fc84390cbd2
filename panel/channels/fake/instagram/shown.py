"""What an account or one of its posts looks like to who asks, field by field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from panel.channels.fake.graph.asking import Call, written
from panel.channels.fake.graph.errors import Refusal
from panel.channels.fake.graph.fields import Field, parse
from panel.channels.fake.things import Page, Post

Show = Callable[[Call, Any], Any]


def show(call: Call, thing: Page | Post, wanted: tuple[Field, ...] | None = None) -> dict[str, Any]:
    """The fields that were asked for; those without a value are left out.

    Raises ``Refusal`` where a field does not exist.
    """
    table = FIELDS[type(thing)]
    shown: dict[str, Any] = {}
    for field in asked(call) if wanted is None else wanted:
        if field.name not in table:
            raise Refusal(100, f"(#100) Tried accessing nonexisting field ({field.name})")
        value = table[field.name](call, thing)
        if value is not None:
            shown[field.name] = value
    return shown | {"id": id_of(thing)}


def asked(call: Call) -> tuple[Field, ...]:
    """The fields that a call names."""
    return parse(call.text("fields"))


def id_of(thing: Page | Post) -> str:
    """Digits only: a post's id does not tell whose it is."""
    return thing.id if isinstance(thing, Page) else str(thing.number)


def _children(call: Call, post: Post) -> dict[str, Any] | None:
    if len(post.photos) < 2:
        return None
    return {"data": [{"id": photo.id} for photo in post.photos]}


FIELDS: dict[type, dict[str, Show]] = {
    Page: {
        "id": lambda call, account: account.id,
        "username": lambda call, account: account.username,
        "name": lambda call, account: account.name,
        "media_count": lambda call, account: len(account.posts),
    },
    Post: {
        "id": lambda call, post: str(post.number),
        "caption": lambda call, post: post.message or None,
        "media_type": lambda call, post: "CAROUSEL_ALBUM" if len(post.photos) > 1 else "IMAGE",
        "permalink": lambda call, post: f"{call.request.base}/{post.page_id}/posts/{post.number}",
        "timestamp": lambda call, post: written(post.created),
        "children": _children,
    },
}
