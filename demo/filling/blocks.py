"""The world's page texts as the blocks of the site's pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from demo.world.pages import (
    Block,
    Bullets,
    Call,
    Cards,
    Figures,
    Heading,
    Newest,
    Paragraph,
    Quote,
    Titled,
    html,
    inline,
)

Link = Callable[[str], str]
Keys = Callable[[str], int]
Raw = dict[str, Any]


def stream(blocks: Iterable[Block], *, link: Link, page: Keys, name: str) -> list[Raw]:
    """``blocks`` as a stream field stores them.

    ``link`` makes a goal in running text into an anchor's attributes, ``page`` a page's key into
    its primary key; ``name`` is the stream's own, from which the blocks' ids are made.
    """
    kinds = list(_blocks(blocks, link, page))
    return [
        {"type": kind, "value": value, "id": str(uuid5(NAMESPACE_URL, f"{name}/{number}"))}
        for number, (kind, value) in enumerate(kinds)
    ]


def titled(blocks: Iterable[Block], link: Link) -> list[Raw]:
    """Questions with answers, or rules with meanings, as the items of a list block."""
    return [
        {"title": block.title, "text": f"<p>{inline(block.text, link)}</p>"}
        for block in blocks
        if isinstance(block, Titled)
    ]


def _blocks(blocks: Iterable[Block], link: Link, page: Keys) -> Iterator[tuple[str, Any]]:
    for kind, found in groupby(blocks, key=_kind):
        some = tuple(found)
        if kind == "text":
            yield kind, html(some, link)
        elif kind == "questions":
            yield kind, titled(some, link)
        else:
            yield from ((kind, _value(block, page)) for block in some)


def _kind(block: Block) -> str:
    match block:
        case Heading(level=level):
            return "heading" if level == 1 else "subheading"
        case Paragraph() | Bullets():
            return "text"
        case Titled():
            return "questions"
        case Quote():
            return "quote"
        case Cards():
            return "cards"
        case Call():
            return "call_to_action"
        case Newest():
            return "stories"
    return "figures"


def _value(block: Block, page: Keys) -> Any:
    match block:
        case Heading(text):
            return text
        case Quote(text, who):
            return {"text": text, "who": who}
        case Cards(title, cards):
            items = [{"page": page(key), "text": words} for key, words in cards]
            return {"title": title, "cards": items}
        case Call(title, text, button, goal):
            leads = {"joins": False, "page": page(goal), "url": ""}
            return {"title": title, "text": text, "link_text": button, "goal": leads}
        case Newest(title):
            return {"title": title}
        case Figures():
            return None
    raise TypeError(f"{type(block).__name__} is no block of its own")
